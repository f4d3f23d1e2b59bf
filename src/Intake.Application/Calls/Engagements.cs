using Intake.Application.Staff;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Staff;

namespace Intake.Application.Calls;

/// <summary>
/// Nobody has two calls, and no call two people: whoever reaches for a call is engaged in his session first, under its expected
/// revision, and then has the call decided under its own. Who does not get it is freed again. Each step is recognised on a retry.
/// </summary>
public sealed class Engagements(CommandRunner runner, Shifts shifts)
{
    /// <summary>Gets a call for the person who commands.</summary>
    /// <param name="claim">Decides on the call; by an attempt that may have been given up meanwhile.</param>
    public async Task<CommandResult> Get(
        string callId, CommandContext context, Func<Call, string, Decision> claim, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(claim);
        var attempt = context.CommandId.ToString("N");
        var foreseen = claim((await runner.Load(Call.Stream, callId, cancel)).State, attempt);
        if (foreseen.Events.Count == 0 || foreseen.Refusal is not null)
        {
            // He cannot get it, or has it: no session is touched. Who was refused for his own sake is told so again.
            var earlier = await shifts.Run(
                context.By.Id, context.Step("engage"), _ => Decision.Nothing, cancel);
            return earlier is Refused ? earlier : await Claim();
        }

        var engaged = await shifts.Run(
            context.By.Id, context.Step("engage"),
            session => OperatorSession.Engage(session, context.By, context.Actor.Role, callId, attempt, context.Now), cancel);
        if (engaged is not Done)
        {
            return engaged;
        }

        var claimed = await Claim();
        if (claimed is not Done)
        {
            await End(context.By.Id, callId, attempt, EngagementEnd.NotObtained, context.Step("not-obtained"), cancel);
        }

        return claimed;

        Task<CommandResult> Claim() => runner.Run(Call.Stream, callId, context, call => claim(call, attempt), cancel);
    }

    /// <summary>The person no longer has the call.</summary>
    /// <param name="attempt">Only where he has it by this attempt; null for any.</param>
    public Task<CommandResult> End(
        string staffId, string callId, string? attempt, EngagementEnd cause, CommandContext context, CancellationToken cancel) => shifts.Run(
        staffId, context,
        session => OperatorSession.End(session, callId, attempt, cause, context.Now), cancel);

    /// <summary>By which attempt the person has the call; null where his session knows nothing of it.</summary>
    public async Task<string?> AttemptOf(string staffId, string callId, CancellationToken cancel) =>
        (await shifts.Load(staffId, cancel)).Engagement is { } held && held.CallId == callId
            ? held.AttemptId
            : null;

    /// <summary>
    /// Whoever is engaged with the call and does not have it is freed. An attempt that may still come is given up on the call first, so
    /// that it cannot succeed once its person is free.
    /// </summary>
    public async Task<CommandResult> Settle(string callId, string staffId, CommandContext context, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(context);
        var session = await shifts.Load(staffId, cancel);
        if (session.Engagement is not { } held || held.CallId != callId)
        {
            return new Done(-1, Changed: false);
        }

        var givenUp = await runner.Run(
            Call.Stream, callId, context.Step("give-up"), call => CallDecisions.GiveUp(call, session.Person, held.AttemptId), cancel);
        var call = (await runner.Load(Call.Stream, callId, cancel)).State;
        return givenUp is not Done || call.Occupies(staffId)
            ? givenUp
            : await End(staffId, callId, held.AttemptId, CauseOf(call, staffId), context, cancel);
    }

    private static EngagementEnd CauseOf(Call call, string staffId) => call switch
    {
        { Phase: CallPhase.Closed } when call.Assignee?.Id == staffId => EngagementEnd.Registered,
        { Phase: CallPhase.ConvertedToCallback } when call.Assignee?.Id == staffId => EngagementEnd.CallOver,
        _ when call.Earlier.Contains(staffId) => EngagementEnd.TakenOver,
        _ when call.HelpedBefore.Contains(staffId) || call.Helpers.ContainsKey(staffId) => EngagementEnd.HelpOver,
        _ => EngagementEnd.NotObtained,
    };
}
