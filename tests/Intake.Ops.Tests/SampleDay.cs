using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Escalations;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using Intake.Domain.Staff;
using Intake.EventLog;
using Intake.EventLog.Serialisation;

namespace Intake.Ops.Tests;

/// <summary>Two days on a small floor, as the log would have them: what server-side projections are tried on.</summary>
internal static class SampleDay
{
    public static readonly StaffRef Olga = new("olga", "Olga");
    public static readonly StaffRef Irina = new("irina", "Irina");
    public static readonly StaffRef Pavel = new("pavel", "Pavel");

    // Still the evening of the 24th in Moscow's zone when it is the 24th in UTC; an hour after midnight there is the 24th in UTC too.
    private static readonly DateTimeOffset First = new(2026, 11, 24, 10, 0, 0, TimeSpan.FromHours(3));
    private static readonly DateTimeOffset AfterMidnight = new(2026, 11, 25, 1, 0, 0, TimeSpan.FromHours(3));
    private static readonly DateTimeOffset Second = new(2026, 11, 25, 10, 0, 0, TimeSpan.FromHours(3));

    /// <summary>The events in the order in which they happened, each with its stream.</summary>
    public static readonly IReadOnlyList<(StreamName Stream, IEvent Event)> Events =
    [
        (Call("c1"), new CallArrived("c1", "pbx", "1", CallDirection.Inbound, "+37322000001", "100", First, "s1")),
        (Call("c1"), new CallClaimed("c1", Olga, "sales", First, First.AddSeconds(9), 9_000)),
        (Call("c1"), new CallAlreadyTaken("c1", Olga, Irina)),
        (Order("o1"), new OrderOpened("o1", "c1", "north", "North", ClientType.OwnOutlet, null, Olga, StaffRole.Operator, First)),
        (Order("o2"), new OrderRefused("o2", "c1", "south", "South", ClientType.OwnOutlet, Olga, "no-contract", "There is no contract.")),
        (Order("o1"), new LineRefused("o1", "p1", "no-price", "There is no price.")),
        (Order("o1"), new SubmissionRefused("o1", [new OpenGate(Gate.Credit, "Check."), new OpenGate(Gate.Contract, "Sign.")])),
        (Order("o1"), new SubmissionRefused("o1", [new OpenGate(Gate.Contract, "Sign.")])),
        (Order("unknown"), new CommandRefused("CancelOrder", "order-unknown", "There is no such order.")),
        (new StreamName("receivables", "south"), new CreditRefused("south", "o2", Assessed(CreditVerdict.Overdue))),
        (new StreamName("receivables", "south"), new CreditRefused("south", "o2", Assessed(CreditVerdict.Excess))),
        (new StreamName("deliverySlot", "d1"), new SlotFull("d1", "o1", 3)),
        (Call("c1"), new CloseRefused("c1", ["purpose"])),
        (Call("c1"), new CallClosed("c1", Olga, CallPurpose.Order, CallResult.OrderTaken, "", "north", First, First, 60_000)),
        (Call("c2"), new CallArrived("c2", "pbx", "2", CallDirection.Inbound, "+37322000002", "100", AfterMidnight, "s2")),
        (Call("c2"), new CallAbandoned("c2", "sales", AfterMidnight, AfterMidnight, 0, "s3")),
        (Call("c3"), new CallArrived("c3", "pbx", "3", CallDirection.Inbound, "+37322000003", "100", Second, "s4")),
        (Escalation("e1"), Raised("e1", Irina)),
        (Escalation("e2"), Raised("e2", Irina)),
        (Escalation("e3"), Raised("e3", Pavel)),
        (Escalation("e1"), new EscalationAccepted("e1", Irina, Second)),
        (Escalation("e3"), new EscalationDecided("e3", Pavel, "taken-over", Second)),
        (Escalation("e4"), Raised("e4", Irina)),
        (Escalation("e4"), new EscalationAccepted("e4", Irina, Second)),
        (Escalation("e4"), new EscalationReassigned("e4", Irina, Pavel, StaffRole.Manager, "leave", Second)),
        (new StreamName("operatorSession", "olga"), new AnotherCallInHand(Olga, "c3", "c1")),
        (new StreamName("callback", "b1"), new CallbackAlreadyLeased("b1", Olga, Irina)),
        (Order("o3"), new OrderOpened("o3", "c3", "north", "North", ClientType.OwnOutlet, Irina, Irina, StaffRole.Manager, Second)),
        (Order("o3"), new OrderCancelled("o3", null, "north", Irina, "Asked for.")),
        (new StreamName("remoteAccess", "olga"), new ClientsWithheld(Olga, ClientReading.Card, "north", 60, Second.AddHours(1), Second)),
    ];

    /// <summary>The events as they are stored, each with its revision in its stream.</summary>
    public static IEnumerable<(StreamName Stream, long Revision, NewEvent Stored)> Stored()
    {
        var lengths = new Dictionary<StreamName, long>();
        foreach (var (stream, @event) in Events)
        {
            var revision = lengths.GetValueOrDefault(stream);
            lengths[stream] = revision + 1;
            var envelope = new Envelope(Guid.NewGuid(), stream.Id, "", First, Actor.System, null, [], "import");
            yield return (stream, revision, EventCodec.Default.Encode(Guid.NewGuid(), @event, envelope));
        }
    }

    private static StreamName Call(string id) => new("call", id);

    private static StreamName Order(string id) => new("order", id);

    private static StreamName Escalation(string id) => new("escalation", id);

    private static EscalationRaised Raised(string id, StaffRef owner) => new(
        id, EscalationKind.Debtor, "row", "c1", "north", "North", ClientType.OwnOutlet, Olga, owner, StaffRole.Manager, First, Second);

    private static CreditAssessment Assessed(CreditVerdict verdict) => new(verdict, 1, 1, 1, null, 0, 0, 0, 1, First, "credit-1", First);
}
