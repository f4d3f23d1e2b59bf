using Intake.Application.LookUps;
using Intake.Application.Staff;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;
using Intake.Domain.Staff;
using MediatR;

namespace Intake.Application.Calls;

/// <summary>Carries out what is commanded about calls.</summary>
public sealed class CallHandlers(
    CommandRunner runner, Shifts shifts, Engagements engagements, Transfers transfers, CallerDirectory callers, StaffDirectory staff, Home home, CreditPolicy creditPolicy, FloorPolicy floorPolicy) :
    IRequestHandler<RecordCallSignals, CommandResult>,
    IRequestHandler<PresumeCallEnded, CommandResult>,
    IRequestHandler<SuggestCaller, CommandResult>,
    IRequestHandler<TakeCall, CommandResult>,
    IRequestHandler<IdentifyCaller, CommandResult>,
    IRequestHandler<StatePurpose, CommandResult>,
    IRequestHandler<RouteCall, CommandResult>,
    IRequestHandler<AcceptTransfer, CommandResult>,
    IRequestHandler<DeclineTransfer, CommandResult>,
    IRequestHandler<TimeOutTransfer, CommandResult>,
    IRequestHandler<SettleTransfer, CommandResult>,
    IRequestHandler<CloseCall, CommandResult>,
    IRequestHandler<RegisterAfterwards, CommandResult>,
    IRequestHandler<SettleEngagement, CommandResult>,
    IRequestHandler<BeginWrapUp, CommandResult>
{
    public Task<CommandResult> Handle(RecordCallSignals request, CancellationToken cancellationToken) => runner.Run(
        Call.Stream, request.CallId, request.Context, call => CallSignals.Hear(call, request.CallId, request.Signals),
        cancellationToken);

    public Task<CommandResult> Handle(PresumeCallEnded request, CancellationToken cancellationToken) => runner.Run(
        Call.Stream, request.CallId, request.Context,
        call => CallSignals.PresumeEnded(call, request.Context.Now, floorPolicy.PresumeEndedAfter), cancellationToken, floorPolicy.Version);

    public async Task<CommandResult> Handle(SuggestCaller request, CancellationToken cancellationToken)
    {
        var candidates = await callers.KnownBy(request.Number, cancellationToken);
        return await runner.Run(
            Call.Stream, request.CallId, request.Context, call => CallDecisions.Suggest(call, candidates), cancellationToken);
    }

    public async Task<CommandResult> Handle(TakeCall request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        var skills = (await runner.Load(StaffMember.Stream, context.By.Id, cancellationToken)).State.Skills;
        return await engagements.Get(
            request.CallId, context, (call, attempt) => CallDecisions.Take(call, context.By, context.Now, skills, attempt),
            cancellationToken);
    }

    public async Task<CommandResult> Handle(IdentifyCaller request, CancellationToken cancellationToken)
    {
        var client = (await runner.Load(Client.Stream, request.ClientId, cancellationToken)).State;
        return await transfers.Ask(
            request.CallId, request.Context,
            (call, _) => CallDecisions.Identify(call, request.Context.By, client, request.Contact, request.Context.Now), cancellationToken);
    }

    public Task<CommandResult> Handle(StatePurpose request, CancellationToken cancellationToken) => transfers.Ask(
        request.CallId, request.Context,
        (call, _) => CallDecisions.StatePurpose(call, request.Context.By, request.Purpose, request.Note, request.Context.Now),
        cancellationToken);

    public async Task<CommandResult> Handle(RouteCall request, CancellationToken cancellationToken)
    {
        var now = request.Context.Now;
        var clientId = (await runner.Load(Call.Stream, request.CallId, cancellationToken)).State.ClientId;
        var client = clientId is null
            ? Client.Stream.Initial
            : (await runner.Load(Client.Stream, clientId, cancellationToken)).State;
        var owed = clientId is null
            ? ClientReceivables.Stream.Initial
            : (await runner.Load(ClientReceivables.Stream, clientId, cancellationToken)).State;
        var debt = creditPolicy.Assess(owed, string.Empty, 0, now, home.DayOf(now)).Verdict switch
        {
            CreditVerdict.Overdue => DebtStanding.Overdue,
            CreditVerdict.Excess => DebtStanding.Excess,
            _ => DebtStanding.Clean,
        };
        var people = await staff.PeopleFor(client.Manager, now, cancellationToken);
        return await transfers.Ask(
            request.CallId, request.Context,
            (call, notReady) => CallDecisions.Route(
                call, request.Context.By, client.Type, client.Manager is not null, debt, people, now, now + floorPolicy.CallBackWithin,
                notReady),
            cancellationToken, RoutingTable.Version, creditPolicy.Version);
    }

    public async Task<CommandResult> Handle(AcceptTransfer request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        var before = (await runner.Load(Call.Stream, request.CallId, cancellationToken)).State.Assignee;
        // Asked before the call changes hands: by this attempt he has it now, by another one he may get it again.
        var attemptBefore = before is null ? null : await engagements.AttemptOf(before.Id, request.CallId, cancellationToken);
        var accepted = await engagements.Get(
            request.CallId, context, (call, attempt) => CallDecisions.AcceptTransfer(call, context.By, context.Now, attempt),
            cancellationToken);
        if (accepted is not Done { Changed: true })
        {
            return accepted;
        }

        if (before is not null && before.Id != context.By.Id && attemptBefore is not null)
        {
            await engagements.End(
                before.Id, request.CallId, attemptBefore, EngagementEnd.TakenOver, context.Step("free"), cancellationToken);
        }

        // The caller may have hung up before it was taken over.
        await Handle(new BeginWrapUp(request.CallId) { Context = context.Step("wrap-up") }, cancellationToken);
        return accepted;
    }

    public Task<CommandResult> Handle(DeclineTransfer request, CancellationToken cancellationToken) => transfers.Ask(
        request.CallId, request.Context,
        (call, notReady) => CallDecisions.DeclineTransfer(
            call, request.Context.By, request.Reason, request.Context.Now, request.Context.Now + floorPolicy.CallBackWithin, notReady),
        cancellationToken);

    public Task<CommandResult> Handle(TimeOutTransfer request, CancellationToken cancellationToken) => transfers.Ask(
        request.CallId, request.Context,
        (call, notReady) => CallDecisions.TimeOutTransfer(
            call, request.EscalationId, request.Context.Now, request.Context.Now + floorPolicy.CallBackWithin, notReady),
        cancellationToken, floorPolicy.Version);

    public Task<CommandResult> Handle(SettleTransfer request, CancellationToken cancellationToken) => transfers.Free(
        request.StaffId, request.CallId, request.EscalationId, request.InVain, request.Context, cancellationToken);

    public async Task<CommandResult> Handle(CloseCall request, CancellationToken cancellationToken)
    {
        var closed = await runner.Run(
            Call.Stream, request.CallId, request.Context,
            call => CallDecisions.Close(call, request.Context.By, request.Result, request.Note, request.Context.Now), cancellationToken);
        if (closed is Done)
        {
            await engagements.End(
                request.Context.By.Id, request.CallId, attempt: null, EngagementEnd.Registered, request.Context.Step("free"),
                cancellationToken);
        }

        return closed;
    }

    public async Task<CommandResult> Handle(RegisterAfterwards request, CancellationToken cancellationToken)
    {
        var clientId = request.ClientId ?? (await runner.Load(Call.Stream, request.CallId, cancellationToken)).State.ClientId;
        var client = clientId is null ? null : (await runner.Load(Client.Stream, clientId, cancellationToken)).State;
        var report = new CallReport(request.Purpose, request.Result, client, request.Contact, request.Note);
        return await runner.Run(
            Call.Stream, request.CallId, request.Context,
            call => Registration.Afterwards(call, request.Context.By, report, request.Context.Now), cancellationToken);
    }

    public Task<CommandResult> Handle(SettleEngagement request, CancellationToken cancellationToken) =>
        engagements.Settle(request.CallId, request.StaffId, request.Context, cancellationToken);

    public async Task<CommandResult> Handle(BeginWrapUp request, CancellationToken cancellationToken)
    {
        CommandResult result = new Done(-1, Changed: false);
        var call = (await runner.Load(Call.Stream, request.CallId, cancellationToken)).State;
        if (call is { Phase: CallPhase.WrapUp, Assignee: { } assignee })
        {
            foreach (var person in call.Helpers.Keys.Prepend(assignee.Id))
            {
                result = await shifts.Run(
                    person, request.Context,
                    session => OperatorSession.BeginWrapUp(session, request.CallId, request.Context.Now), cancellationToken);
            }
        }

        return result;
    }
}
