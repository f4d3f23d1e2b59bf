using Intake.Application.LookUps;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;
using MediatR;

namespace Intake.Application.Calls;

/// <summary>Carries out what is commanded about calls.</summary>
public sealed class CallHandlers(
    CommandRunner runner, CallerDirectory callers, StaffDirectory staff, Home home, CreditPolicy creditPolicy, FloorPolicy floorPolicy) :
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
    IRequestHandler<CloseCall, CommandResult>
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

    public Task<CommandResult> Handle(TakeCall request, CancellationToken cancellationToken) => runner.Run(
        Call.Stream, request.CallId, request.Context,
        call => CallDecisions.Take(call, request.Context.By, request.Context.Now), cancellationToken);

    public async Task<CommandResult> Handle(IdentifyCaller request, CancellationToken cancellationToken)
    {
        var client = (await runner.Load(Client.Stream, request.ClientId, cancellationToken)).State;
        return await runner.Run(
            Call.Stream, request.CallId, request.Context,
            call => CallDecisions.Identify(call, request.Context.By, client, request.Contact), cancellationToken);
    }

    public Task<CommandResult> Handle(StatePurpose request, CancellationToken cancellationToken) => runner.Run(
        Call.Stream, request.CallId, request.Context,
        call => CallDecisions.StatePurpose(call, request.Context.By, request.Purpose, request.Note), cancellationToken);

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
        var people = await staff.PeopleFor(client.Manager, cancellationToken);
        return await runner.Run(
            Call.Stream, request.CallId, request.Context,
            call => CallDecisions.Route(
                call, request.Context.By, client.Type, client.Manager is not null, debt, people, now, now + floorPolicy.CallBackWithin),
            cancellationToken, RoutingTable.Version, creditPolicy.Version);
    }

    public Task<CommandResult> Handle(AcceptTransfer request, CancellationToken cancellationToken) => runner.Run(
        Call.Stream, request.CallId, request.Context,
        call => CallDecisions.AcceptTransfer(call, request.Context.By, request.Context.Now), cancellationToken);

    public Task<CommandResult> Handle(DeclineTransfer request, CancellationToken cancellationToken) => runner.Run(
        Call.Stream, request.CallId, request.Context,
        call => CallDecisions.DeclineTransfer(
            call, request.Context.By, request.Reason, request.Context.Now, request.Context.Now + floorPolicy.CallBackWithin),
        cancellationToken);

    public Task<CommandResult> Handle(TimeOutTransfer request, CancellationToken cancellationToken) => runner.Run(
        Call.Stream, request.CallId, request.Context,
        call => CallDecisions.TimeOutTransfer(
            call, request.EscalationId, request.Context.Now, request.Context.Now + floorPolicy.CallBackWithin),
        cancellationToken, floorPolicy.Version);

    public Task<CommandResult> Handle(CloseCall request, CancellationToken cancellationToken) => runner.Run(
        Call.Stream, request.CallId, request.Context,
        call => CallDecisions.Close(call, request.Context.By, request.Result, request.Note, request.Context.Now), cancellationToken);
}
