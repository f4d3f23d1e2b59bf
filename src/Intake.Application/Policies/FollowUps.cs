using Intake.Application.Calls;
using Intake.Application.Escalations;
using Intake.Application.Finance;
using Intake.Application.Ordering;
using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Escalations;
using Intake.Domain.Ordering;
using Intake.EventLog.Serialisation;

namespace Intake.Application.Policies;

/// <summary>
/// What one event makes necessary elsewhere. The commands' ids derive from the event's, so that however often an event is seen
/// each is carried out once.
/// </summary>
public sealed class FollowUps(CommandRunner runner, TimeProvider clock)
{
    /// <summary>Until when the owner of an escalation has to answer.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(15);

    /// <summary>The events that make anything necessary; all others need not be decoded.</summary>
    public static IReadOnlySet<Type> Handles { get; } = new HashSet<Type>
    {
        typeof(CallQueued), typeof(TransferOffered), typeof(TransferDeclined), typeof(TransferTimedOut), typeof(TransferAccepted),
        typeof(CallConvertedToCallback), typeof(CallClosed), typeof(OrderSubmitted), typeof(OrderCancelled),
    };

    /// <summary>The commands that follow from the event; none for most.</summary>
    public async Task<IReadOnlyList<Command>> Of(EventInLog occurred, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(occurred);
        return occurred.Event switch
        {
            // Of a feed that is taken over later nobody is on the line to be asked.
            CallQueued { FromNumber.Length: > 0 } e when occurred.Envelope.Source != "import" =>
                [new SuggestCaller(e.CallId, e.FromNumber) { Context = Caused(occurred, 0) }],
            TransferOffered e => [await Raise(e, occurred, cancel)],
            TransferDeclined e =>
                [new DecideEscalation(e.EscalationId, e.By, "declined: " + e.Reason) { Context = Caused(occurred, 0) }],
            TransferTimedOut e =>
                [new DecideEscalation(e.EscalationId, StaffRef.System, "not answered") { Context = Caused(occurred, 0) }],
            TransferAccepted e => await OfEscalation(
                e.CallId, id => new AcceptEscalation(id, e.By) { Context = Caused(occurred, 0) }, cancel),
            CallConvertedToCallback e => [await Promise(e, occurred, cancel)],
            CallClosed e => await OfEscalation(
                e.CallId, id => new DecideEscalation(id, e.By, e.Result.ToString()) { Context = Caused(occurred, 0) }, cancel),
            OrderSubmitted e =>
            [
                new ChargeOrder(e.ClientId, e.OrderId, e.Total) { Context = Caused(occurred, 0) },
                .. e.SlotId is { } slot ? [new ConfirmSlot(slot, e.OrderId) { Context = Caused(occurred, 1) }] : Array.Empty<Command>(),
            ],
            OrderCancelled e =>
            [
                new ReleaseCredit(e.ClientId, e.OrderId, "order cancelled") { Context = Caused(occurred, 0) },
                .. e.SlotId is { } slot
                    ? [new ReleaseSlot(slot, e.OrderId, "order cancelled") { Context = Caused(occurred, 1) }]
                    : Array.Empty<Command>(),
            ],
            _ => [],
        };
    }

    private async Task<Command> Raise(TransferOffered offered, EventInLog occurred, CancellationToken cancel)
    {
        var call = (await runner.Load(Call.Stream, offered.CallId, cancel)).State;
        var client = call.ClientId is { } id ? (await runner.Load(Domain.Clients.Client.Stream, id, cancel)).State : null;
        return new RaiseEscalation(new EscalationRaised(
            offered.EscalationId, KindOf(call), call.Route?.Rule ?? string.Empty, offered.CallId, client?.Id ?? string.Empty,
            client?.Name ?? string.Empty, call.ClientType, call.ClaimedBy ?? StaffRef.System, offered.To, offered.Role, offered.At,
            offered.At + AnswerWithin))
        {
            Context = Caused(occurred, 0),
        };
    }

    private async Task<Command> Promise(CallConvertedToCallback converted, EventInLog occurred, CancellationToken cancel)
    {
        var call = (await runner.Load(Call.Stream, converted.CallId, cancel)).State;
        var client = call.ClientId is { } id ? (await runner.Load(Domain.Clients.Client.Stream, id, cancel)).State : null;
        return new RequestCallback(new CallbackRequested(
            converted.CallbackId, converted.CallId, call.FromNumber, client?.Id ?? string.Empty, client?.Name ?? string.Empty,
            converted.Owner, call.Route?.Rule ?? string.Empty, clock.GetUtcNow(), converted.Deadline))
        {
            Context = Caused(occurred, 0),
        };
    }

    private async Task<IReadOnlyList<Command>> OfEscalation(string callId, Func<string, Command> command, CancellationToken cancel)
    {
        var call = (await runner.Load(Call.Stream, callId, cancel)).State;
        return call.EscalationId is { } id ? [command(id)] : [];
    }

    private static EscalationKind KindOf(Call call) => call.Route?.Inputs switch
    {
        { Purpose: CallPurpose.Order, HasManager: false } => EscalationKind.NewClient,
        { Purpose: CallPurpose.Order, ClientType: Domain.Clients.ClientType.Key } => EscalationKind.KeyClient,
        { Purpose: CallPurpose.Order } => EscalationKind.Debtor,
        _ => EscalationKind.OtherPurpose,
    };

    private CommandContext Caused(EventInLog occurred, int index) => new(
        EventId.Derive(occurred.Recorded.EventId, $"follow-up {index}"), Actor.System, clock.GetUtcNow(),
        occurred.Envelope.CorrelationId, "policy", CausationId: occurred.Recorded.EventId.ToString());
}
