using Intake.Application.Staff;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Staff;

namespace Intake.Application.Calls;

/// <summary>
/// Asking people to take a call over. Whoever is to be asked is reserved in his session first, so that nobody is asked twice at once, nor
/// while a call rings at him; whoever cannot be reserved is not ready, and the call is decided on again without him. Who is asked no more is
/// freed. Each step is recognised on a retry.
/// </summary>
public sealed class Transfers(CommandRunner runner, Shifts shifts, Engagements engagements)
{
    /// <summary>Runs a decider that may ask somebody, on the call.</summary>
    /// <param name="decide">Decides on the call, knowing the ids of those who turned out not to be ready.</param>
    /// <param name="policies">Versions of the policies that decide.</param>
    public async Task<CommandResult> Ask(
        string callId, CommandContext context, Func<Call, IReadOnlySet<string>, Decision> decide, CancellationToken cancel,
        params string[] policies)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(decide);
        var notReady = new HashSet<string>(StringComparer.Ordinal);
        TransferOffered? reserved = null;
        for (var round = 1; ; round++)
        {
            TransferOffered? before = null;
            TransferOffered? wanted = null;
            IReadOnlyList<IEvent> decided = [];
            var result = await runner.Run(
                Call.Stream, callId, context,
                call =>
                {
                    before = call.AskedNow;
                    decided = decide(call, notReady).Events;
                    wanted = decided.OfType<TransferOffered>().SingleOrDefault();
                    return wanted is null || IsFor(reserved, wanted) ? new Decision(decided) : Decision.Nothing;
                },
                cancel, policies);
            var isDecided = wanted is null || IsFor(reserved, wanted);
            if (reserved is not null && !(isDecided && wanted is not null && result is Done { Changed: true }))
            {
                await Free(reserved.To.Id, callId, reserved.EscalationId, inVain: false, context.Step(Try("release")), cancel);
                reserved = null;
            }

            if (isDecided)
            {
                await Freed(callId, result is Done { Changed: true } ? decided : [], context, cancel);
                return result;
            }

            if (await Reserve(wanted!, before, context.Step(Try("reserve")), cancel))
            {
                reserved = wanted;
            }
            else
            {
                notReady.Add(wanted!.To.Id);
            }

            // Who was reserved by a try that was cut off may have been freed since: this one is another.
            string Try(string what) => $"{what} {round} {context.Now.UtcDateTime:O}";
        }
    }

    /// <summary>Frees a person from an offer of a call, where the call does not ask him by it.</summary>
    /// <param name="inVain">He did not answer, so he is not ready.</param>
    public async Task<CommandResult> Free(
        string staffId, string callId, string escalationId, bool inVain, CommandContext context, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(context);
        var asked = (await runner.Load(Call.Stream, callId, cancel)).State.AskedNow;
        return asked?.To.Id == staffId && asked.EscalationId == escalationId
            ? new Done(-1, Changed: false)
            : await shifts.Run(
                staffId, context,
                session => inVain
                    ? OperatorSession.LetRing(session, escalationId, context.Now)
                    : OperatorSession.Release(session, escalationId, context.Now),
                cancel);
    }

    private async Task<bool> Reserve(TransferOffered wanted, TransferOffered? before, CommandContext context, CancellationToken cancel)
    {
        var isSo = false;
        var reserved = await shifts.Run(
            wanted.To.Id, context,
            session =>
            {
                isSo = session.Reservation == new Reservation(wanted.CallId, wanted.EscalationId);
                return isSo
                    ? Decision.Nothing
                    : OperatorSession.Reserve(session, wanted.CallId, wanted.EscalationId, context.Now, before?.EscalationId);
            },
            cancel);
        return isSo || reserved is Done { Changed: true };
    }

    // What follows from these events does the same, should the host die here. A call that became a callback is in nobody's hands any more.
    private async Task Freed(string callId, IReadOnlyList<IEvent> decided, CommandContext context, CancellationToken cancel)
    {
        foreach (var e in decided)
        {
            await (e switch
            {
                TransferDeclined d => Free(d.By.Id, callId, d.EscalationId, inVain: false, context.Step("free asked"), cancel),
                TransferTimedOut t => Free(t.To.Id, callId, t.EscalationId, inVain: true, context.Step("free asked"), cancel),
                TransferWithdrawn w => Free(w.To.Id, callId, w.EscalationId, inVain: false, context.Step("free asked"), cancel),
                CallConvertedToCallback when (await runner.Load(Call.Stream, callId, cancel)).State.Assignee is { } assignee =>
                    engagements.End(assignee.Id, callId, attempt: null, EngagementEnd.CallOver, context.Step("free"), cancel),
                _ => Task.CompletedTask,
            });
        }
    }

    private static bool IsFor(TransferOffered? reserved, TransferOffered wanted) =>
        reserved is not null && reserved.To.Id == wanted.To.Id && reserved.EscalationId == wanted.EscalationId;
}
