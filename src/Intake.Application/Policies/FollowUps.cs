using Intake.Application.Callbacks;
using Intake.Application.Calls;
using Intake.Application.Escalations;
using Intake.Application.Finance;
using Intake.Application.Ordering;
using Intake.Application.Staff;
using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Escalations;
using Intake.Domain.Ordering;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;

namespace Intake.Application.Policies;

/// <summary>
/// What one event makes necessary elsewhere. The commands' ids derive from the event's, so that however often an event is seen
/// each is carried out once.
/// </summary>
public sealed class FollowUps(CommandRunner runner, FloorPolicy floor, TimeProvider clock)
{
    /// <summary>The events that make anything necessary; all others need not be decoded.</summary>
    public static IReadOnlySet<Type> Handles { get; } = new HashSet<Type>
    {
        typeof(CallQueued), typeof(TransferOffered), typeof(TransferDeclined), typeof(TransferTimedOut), typeof(TransferAccepted),
        typeof(TransferWithdrawn),
        typeof(CallConvertedToCallback), typeof(CallClosed), typeof(ConsultRequested), typeof(ConsultDecided),
        typeof(CoverageStarted), typeof(CoverageEnded), typeof(EscalationRaised), typeof(OrderSubmitted), typeof(OrderCancelled),
        typeof(CallAbandoned), typeof(CallLeftQueue), typeof(PhoneCallEnded), typeof(CallEnded), typeof(CallPresumedEnded), typeof(StaffDismissed),
        typeof(CallbackAsked), typeof(CallbackPromised), typeof(CallLeft), typeof(HelpEnded),
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
            [
                new DecideEscalation(e.EscalationId, e.By, "declined: " + e.Reason) { Context = Caused(occurred, 0) },
                new SettleTransfer(e.CallId, e.By.Id, e.EscalationId, InVain: false) { Context = Caused(occurred, "free") },
            ],
            TransferTimedOut e =>
            [
                new DecideEscalation(e.EscalationId, StaffRef.System, "not answered") { Context = Caused(occurred, 0) },
                new SettleTransfer(e.CallId, e.To.Id, e.EscalationId, InVain: true) { Context = Caused(occurred, "free") },
            ],
            TransferWithdrawn e =>
            [
                new DecideEscalation(e.EscalationId, StaffRef.System, "withdrawn") { Context = Caused(occurred, 0) },
                new SettleTransfer(e.CallId, e.To.Id, e.EscalationId, InVain: false) { Context = Caused(occurred, "free") },
            ],
            TransferAccepted e =>
            [
                .. await OfEscalation(e.CallId, id => new AcceptEscalation(id, e.By) { Context = Caused(occurred, 0) }, cancel),
                .. await Free(e.CallId, occurred, cancel),
            ],
            CallConvertedToCallback e =>
            [
                await Promise(e, occurred, cancel),
                new SettleOffer(e.CallId) { Context = Caused(occurred, "ring") },
                .. await Free(e.CallId, occurred, cancel),
            ],
            CallClosed e =>
            [
                .. await OfEscalation(
                    e.CallId, id => new DecideEscalation(id, e.By, e.Result.ToString()) { Context = Caused(occurred, 0) }, cancel),
                .. await Free(e.CallId, occurred, cancel),
            ],
            HelpEnded e => [new SettleEngagement(e.CallId, e.Helper.Id) { Context = Caused(occurred, 0) }],
            CallbackAsked e => [new LeaveQueueForCallback(e.CallId) { Context = Caused(occurred, 0) }],
            CallbackPromised e => [await Promise(e, occurred, cancel)],
            CallAbandoned e => [new SettleOffer(e.CallId) { Context = Caused(occurred, 0) }],
            CallLeftQueue e => [new SettleOffer(e.CallId) { Context = Caused(occurred, 0) }],
            PhoneCallEnded e => [new SettleOffer(e.CallId) { Context = Caused(occurred, 0) }],
            CallPresumedEnded e =>
            [
                new SettleOffer(e.CallId) { Context = Caused(occurred, 0) },
                new BeginWrapUp(e.CallId) { Context = Caused(occurred, 1) },
            ],
            CallEnded e => [new BeginWrapUp(e.CallId) { Context = Caused(occurred, 0) }],
            StaffDismissed e =>
            [
                new BarSession(e.StaffId) { Context = Caused(occurred, 0) },
                new TakeOpenWorkFrom(e.StaffId, occurred.Recorded.Position) { Context = Caused(occurred, 1) },
                new WithdrawDevices(e.StaffId, "dismissed: " + e.Reason) { Context = Caused(occurred, "devices") },
            ],
            CallLeft e =>
            [
                .. await OfEscalation(
                    e.CallId, id => new DecideEscalation(id, StaffRef.System, "left: " + e.Reason) { Context = Caused(occurred, 0) }, cancel),
                .. await Free(e.CallId, occurred, cancel),
            ],
            CoverageStarted e => [HandOver(e.Absent, e.CoverageId, occurred)],
            CoverageEnded e => [HandOver(e.Absent, e.CoverageId, occurred)],
            EscalationRaised e => await ToStandIn(e, occurred, cancel),
            ConsultRequested e => [Raise(e, occurred)],
            ConsultDecided e =>
            [
                new DecideEscalation(e.EscalationId, e.By, (e.Approved ? "approved: " : "rejected: ") + e.Answer)
                {
                    Context = Caused(occurred, 0),
                },
            ],
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

    // Help ends with the call; whoever had it is freed where his host died before it did so.
    private async Task<IReadOnlyList<Command>> Free(string callId, EventInLog occurred, CancellationToken cancel)
    {
        var call = (await runner.Load(Call.Stream, callId, cancel)).State;
        return
        [
            .. call.HelpWanted is not null || !call.Helpers.IsEmpty
                ? [new SettleHelp(callId) { Context = Caused(occurred, "help") }]
                : Array.Empty<Command>(),
            .. call.Earlier.Append(call.IsOver ? call.Assignee?.Id : null).OfType<string>()
                .Select(id => new SettleEngagement(callId, id) { Context = Caused(occurred, $"free {id}") }),
        ];
    }

    private async Task<Command> Raise(TransferOffered offered, EventInLog occurred, CancellationToken cancel)
    {
        var call = (await runner.Load(Call.Stream, offered.CallId, cancel)).State;
        var client = call.ClientId is { } id ? (await runner.Load(Domain.Clients.Client.Stream, id, cancel)).State : null;
        return new RaiseEscalation(new EscalationRaised(
            offered.EscalationId, KindOf(call), call.Route?.Rule ?? string.Empty, offered.CallId, client?.Id ?? string.Empty,
            client?.Name ?? string.Empty, call.ClientType, call.ClaimedBy ?? StaffRef.System, offered.To, offered.Role, offered.At,
            offered.At + floor.AnswerEscalationWithin, offered.For))
        {
            Context = Caused(occurred, 0),
        };
    }

    private HandOverOpenWork HandOver(StaffRef absent, string coverageId, EventInLog occurred) =>
        new(absent.Id, coverageId, occurred.Recorded.Position) { Context = Caused(occurred, 0) };

    // What is raised while its owner is absent is his who stands in (A.I.6).
    private async Task<IReadOnlyList<Command>> ToStandIn(EscalationRaised raised, EventInLog occurred, CancellationToken cancel)
    {
        var absences = (await runner.Load(Absences.Stream, raised.Owner.Id, cancel)).State;
        return absences.InForce(clock.GetUtcNow()) is { Ordered: var order }
            ? [new ReassignEscalation(raised.EscalationId, order.StandIn.Id, CoverageHandlers.WhyAbsent(order), order.AbsentRole)
            {
                Context = Caused(occurred, 0),
            }]
            : [];
    }

    private RaiseEscalation Raise(ConsultRequested asked, EventInLog occurred) => new(new EscalationRaised(
        asked.EscalationId, EscalationKind.NonStandard, "A.III.11 non-standard order", asked.CallId, asked.ClientId, asked.ClientName,
        asked.ClientType, asked.By, asked.To, StaffRole.Head, asked.At, asked.At + floor.AnswerEscalationWithin, asked.For))
    {
        Context = Caused(occurred, 0),
    };

    // What nobody of a chain could take is the owner's own; what was still waiting belongs to the queue that it waited in.
    private async Task<Command> Promise(CallConvertedToCallback converted, EventInLog occurred, CancellationToken cancel)
    {
        var call = (await runner.Load(Call.Stream, converted.CallId, cancel)).State;
        var waited = call.ClaimedBy is null;
        return await Request(
            call, converted.CallbackId, waited ? CallbackSource.Queue : CallbackSource.FailedTransfer, call.FromNumber, converted.Owner,
            waited ? (call.Queue.Length > 0 ? call.Queue : "main") : string.Empty,
            waited ? "A.III.1 asked for in the queue" : call.Route?.Rule ?? string.Empty, string.Empty,
            new CallbackWindow(occurred.Envelope.OccurredAt, converted.Deadline, string.Empty), occurred, cancel);
    }

    private async Task<Command> Promise(CallbackPromised promised, EventInLog occurred, CancellationToken cancel)
    {
        var call = (await runner.Load(Call.Stream, promised.CallId, cancel)).State;
        return await Request(
            call, string.Empty, CallbackSource.Operator, promised.Number, promised.By, string.Empty, "A.III.1 promised during a call",
            promised.Words, promised.Window, occurred, cancel);
    }

    private async Task<Command> Request(
        Call call, string callbackId, CallbackSource source, string number, StaffRef owner, string queue, string reason, string words,
        CallbackWindow window, EventInLog occurred, CancellationToken cancel)
    {
        var client = call.ClientId is { } id ? (await runner.Load(Domain.Clients.Client.Stream, id, cancel)).State : null;
        var request = callbackId.Length > 0 ? callbackId : occurred.Recorded.EventId.ToString("N");
        return new RequestCallback(new CallbackRequest(
            request, callbackId, call.Id, source, number, client?.Id ?? string.Empty, client?.Name ?? string.Empty, owner, queue, reason,
            string.Empty, string.Empty, words, string.Empty, window))
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

    private CommandContext Caused(EventInLog occurred, int index) =>
        Caused(occurred, index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private CommandContext Caused(EventInLog occurred, string name) => new(
        EventId.Derive(occurred.Recorded.EventId, $"follow-up {name}"), Actor.System, clock.GetUtcNow(),
        occurred.Envelope.CorrelationId, "policy", CausationId: occurred.Recorded.EventId.ToString());
}
