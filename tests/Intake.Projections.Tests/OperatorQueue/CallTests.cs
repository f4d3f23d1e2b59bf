using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Projections.OperatorQueue;
using static Intake.Projections.Tests.Fold;

namespace Intake.Projections.Tests.OperatorQueue;

public sealed class CallTests
{
    private static readonly StaffRef Ana = new("ana", "Ana");
    private static readonly StaffRef Mihai = new("mihai", "Mihai");
    private static readonly StaffRef Vera = new("vera", "Vera");
    private static readonly RoutingInputs Key = new(CallPurpose.Order, ClientType.Key, true, DebtStanding.NotAsked);

    private static readonly IEvent[] Waiting =
    [
        new CallArrived("c1", "pbx", "1", CallDirection.Inbound, "+37369123456", "100", Nine, "s1"),
        new CallQueued("c1", "orders", string.Empty, Nine.AddSeconds(1), "s2"),
    ];

    private static readonly IEvent[] Talking =
    [
        .. Waiting,
        new CallClaimed("c1", Ana, "orders", Nine.AddSeconds(1), Nine.AddSeconds(9), 8000),
    ];

    private static readonly IEvent[] Routed =
    [
        .. Talking,
        new CallerIdentified("c1", "k7", "Linella", ClientType.Key, "Ion", true),
        new PurposeStated("c1", CallPurpose.Order, string.Empty),
        new RoutingDecided("c1", "routing-1", "A.III.4 key client", Key, RoutingDestination.Transfer, []),
        new TransferOffered("c1", Mihai, StaffRole.KeyAccountManager, "c1-1", Nine.AddSeconds(40)),
    ];

    [Fact]
    public void A_call_answered_on_a_phone_waits_no_longer_and_leaves_the_queue_when_it_is_over_though_nobody_took_it()
    {
        var answered = Call([.. Waiting, new PhoneAnswered("c1", "101", Nine.AddSeconds(9), "s3")]);
        Assert.Equal((CallPhase.Answered, false), (answered.Phase, answered.IsOver));
        var over = Call(
        [
            .. Waiting, new PhoneAnswered("c1", "101", Nine.AddSeconds(9), "s3"),
            new PhoneCallEnded("c1", "101", Nine.AddSeconds(1), Nine.AddSeconds(9), Nine.AddSeconds(60), 8_000, 51_000, "", "s4"),
        ]);
        Assert.Equal((CallPhase.Unregistered, true, Nine.AddSeconds(60)), (over.Phase, over.IsOver, over.EndedAt));
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void A_call_that_nobody_took_keeps_the_phone_that_answered_it_and_is_closed_when_it_is_registered_afterwards()
    {
        IEvent[] over =
        [
            .. Waiting, new PhoneAnswered("c1", "102", Nine.AddSeconds(11), "s3"), new PhoneAnswered("c1", "101", Nine.AddSeconds(9), "s4"),
            new PhoneCallEnded("c1", "101", Nine.AddSeconds(1), Nine.AddSeconds(9), Nine.AddSeconds(60), 8_000, 51_000, "", "s5"),
        ];
        Assert.Equal(("101", 1L), Call(over) is var owed ? (owed.Extension, owed.ArrivedAtPosition) : default);

        var registered = Call([.. over, new CallRegisteredAfterwards(
            "c1", Ana, CallPurpose.Complaint, CallResult.ComplaintRecorded, "k7", "Linella", ClientType.Key, "Ion", "", Nine, Nine.AddHours(1))]);
        Assert.Equal(
            (CallPhase.Closed, true, CallPurpose.Complaint, CallResult.ComplaintRecorded, "Linella", ClientType.Key, Nine.AddSeconds(60), null),
            (registered.Phase, registered.IsOver, registered.Purpose, registered.Result, registered.ClientName, registered.ClientType,
                registered.EndedAt, registered.Assignee));
    }

    [Fact]
    public void An_answer_that_was_heard_late_names_its_phone() => Assert.Equal("101", Call(
    [
        .. Waiting, new CallAbandoned("c1", "orders", Nine.AddSeconds(1), Nine.AddSeconds(30), 29_000, "s3"),
        new PhoneRecordCorrected("c1", PhoneRecord.Silent.With(SignalKind.Answered, Nine.AddSeconds(9), "101"), "s4"),
    ]).Extension);

    [Fact]
    public void A_call_that_is_presumed_over_leaves_the_queue()
    {
        var call = Call([.. Waiting, new CallPresumedEnded("c1", Nine.AddSeconds(1), Nine.AddHours(4))]);
        Assert.Equal((CallPhase.PresumedEnded, true), (call.Phase, call.IsOver));
    }

    [Fact]
    public void A_call_waits_with_its_queue_and_the_number_from_which_it_came()
    {
        var call = Call(Waiting);

        Assert.Equal(
            (CallPhase.Queued, false, "orders", "+37369123456", Nine.AddSeconds(1)),
            (call.Phase, call.IsOver, call.Queue, call.FromNumber, call.QueuedAt));
    }

    [Fact]
    public void A_taken_call_names_who_took_it_and_who_may_be_calling()
    {
        var call = Call([.. Talking, new CallerCandidatesFound("c1", "+37369123456", [new CallerCandidate("k7", "Linella", "Ion")])]);

        Assert.Equal((CallPhase.Connected, Ana, Ana, StaffRole.Operator), (call.Phase, call.ClaimedBy, call.Assignee, call.AssigneeRole));
        Assert.Equal("k7", Assert.Single(call.Candidates).ClientId);
    }

    [Fact]
    public void A_waiting_call_shows_at_whom_it_rings_and_how_often_it_has()
    {
        IEvent[] rings = [.. Waiting, new CallOfferedToOperator("c1", Ana, "o2", 2, Nine.AddSeconds(5))];

        var call = Call(rings);
        Assert.Equal((CallPhase.Queued, Ana, Nine.AddSeconds(5), 2), (call.Phase, call.OfferedTo, call.OfferedAt, call.Attempt));
        IEvent[] ends =
        [
            new OfferNotAnswered("c1", Ana, "o2", 2, Nine.AddSeconds(25)), new OfferWithdrawn("c1", Ana, "o2", "Break", Nine.AddSeconds(8)),
            new CallClaimed("c1", Ana, "orders", Nine.AddSeconds(1), Nine.AddSeconds(9), 8000),
            new CallAbandoned("c1", "orders", Nine.AddSeconds(1), Nine.AddSeconds(6), 5000, "s3"),
        ];
        Assert.All(ends, end => Assert.Equal((null, null, 2), (Call([.. rings, end]).OfferedTo, Call([.. rings, end]).OfferedAt, Call([.. rings, end]).Attempt)));
    }

    [Fact]
    public void An_abandoned_call_is_over_and_nobody_has_it()
    {
        var call = Call([.. Waiting, new CallAbandoned("c1", "orders", Nine.AddSeconds(1), Nine.AddSeconds(6), 5000, "s3")]);

        Assert.Equal((CallPhase.Abandoned, true, null, Nine.AddSeconds(6)), (call.Phase, call.IsOver, call.Assignee, call.EndedAt));
    }

    [Fact]
    public void A_routed_call_shows_the_row_that_spoke_and_who_is_asked()
    {
        var call = Call(Routed);

        Assert.Equal(
            (RoutingDestination.Transfer, "A.III.4 key client", Mihai, Nine.AddSeconds(40), Ana),
            (call.Destination, call.RoutingRule, call.AskedNow, call.AskedAt, call.Assignee));
    }

    [Fact]
    public void A_call_taken_over_remembers_from_whom_hop_by_hop()
    {
        var call = Call(
        [
            .. Routed,
            new TransferDeclined("c1", Mihai, "lunch", "c1-1", Nine.AddSeconds(50)),
            new TransferOffered("c1", Vera, StaffRole.Head, "c1-2", Nine.AddSeconds(50)),
            new TransferAccepted("c1", Vera, StaffRole.Head, Nine.AddSeconds(55)),
            new TransferAccepted("c1", Mihai, StaffRole.KeyAccountManager, Nine.AddSeconds(99)),
        ]);

        Assert.Equal(
            (Mihai, Vera, Ana, StaffRole.KeyAccountManager, null),
            (call.Assignee, call.PreviousAssignee, call.ClaimedBy, call.AssigneeRole, call.AskedNow));
    }

    [Fact]
    public void Who_did_not_answer_is_asked_no_more()
    {
        var call = Call([.. Routed, new TransferTimedOut("c1", Mihai, "c1-1", Nine.AddSeconds(99))]);

        Assert.Equal((null, null, Ana), (call.AskedNow, call.AskedAt, call.Assignee));
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void Who_is_asked_is_asked_no_more_when_the_offer_is_withdrawn()
    {
        var call = Call([.. Routed, new TransferWithdrawn("c1", Mihai, "c1-1", Nine.AddSeconds(45))]);
        Assert.Equal((null, null, Ana), (call.AskedNow, call.AskedAt, call.Assignee));
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public void A_call_shows_for_whom_the_stand_in_has_it_until_somebody_has_it_for_himself()
    {
        IEvent[] forMihai = [.. Routed, new TransferAccepted("c1", Vera, StaffRole.KeyAccountManager, Nine.AddSeconds(55), For: Mihai)];
        Assert.Equal((Vera, Mihai), (Call(forMihai).Assignee, Call(forMihai).ActingFor));
        Assert.Null(Call([.. forMihai, new TransferAccepted("c1", Mihai, StaffRole.KeyAccountManager, Nine.AddSeconds(99))]).ActingFor);
        Assert.Null(Call([.. forMihai, new CallLeft("c1", Vera, "Dismissed", Nine.AddSeconds(60))]).ActingFor);
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public void A_call_that_was_left_is_nobodys_and_can_be_taken_up_while_its_line_is_open()
    {
        var left = new CallLeft("c1", Ana, "Dismissed", Nine.AddSeconds(50));
        var ended = new CallEnded("c1", Nine.AddSeconds(60), 51_000, "", "s4");
        var open = Call([.. Talking, left]);
        Assert.Equal((CallPhase.Answered, false, null, Ana), (open.Phase, open.IsOver, open.Assignee, open.PreviousAssignee));
        Assert.Equal((CallPhase.Connected, Vera), (Call([.. Talking, left, new CallTakenUp("c1", Vera, Nine.AddSeconds(55))]).Phase, Call([.. Talking, left, new CallTakenUp("c1", Vera, Nine.AddSeconds(55))]).Assignee));
        Assert.All(
            new[] { Call([.. Talking, left, ended]), Call([.. Talking, ended, left]) },
            over => Assert.Equal((CallPhase.Unregistered, true, null, Nine.AddSeconds(60)), (over.Phase, over.IsOver, over.Assignee, over.EndedAt)));
    }

    [Fact]
    public void What_was_decided_on_another_identity_falls()
    {
        var call = Call([.. Routed, new CallerIdentified("c1", "r2", "Alimentara", ClientType.Retail, string.Empty, false)]);

        Assert.Equal((null, string.Empty, "Alimentara"), (call.Destination, call.RoutingRule, call.ClientName));
    }

    [Fact]
    public void A_call_that_became_a_callback_is_over_when_its_envelope_says()
    {
        var call = Call([.. Routed, new CallConvertedToCallback("c1", "c1", Mihai, Nine.AddHours(1))]);

        Assert.Equal((CallPhase.ConvertedToCallback, true, null, Nine), (call.Phase, call.IsOver, call.AskedNow, call.EndedAt));
    }

    [Fact]
    public void A_closed_call_keeps_its_result_its_order_and_the_moment_at_which_it_was_hung_up()
    {
        var call = Call(
        [
            .. Talking,
            new OrderOpened("o1", "c1", "r2", "Alimentara", ClientType.Retail, null, Ana, StaffRole.Operator, Nine),
            new CallEnded("c1", Nine.AddSeconds(90), 81000, "hangup", "s4"),
            new LateSignalRecorded("c1", "Held", Nine.AddSeconds(60), "s5"),
            new CallClosed(
                "c1", Ana, CallPurpose.Order, CallResult.OrderTaken, string.Empty, "r2", Nine.AddSeconds(99), Nine.AddSeconds(1), 90000),
        ]);

        Assert.Equal(
            (CallPhase.Closed, true, CallResult.OrderTaken, "o1", Nine.AddSeconds(90), Ana),
            (call.Phase, call.IsOver, call.Result, call.OrderId, call.EndedAt, call.Assignee));
    }

    [Fact]
    [Trait("Clause", "A.III.22")]
    public void A_call_shows_with_what_help_is_asked_and_who_helps()
    {
        var asked = new HelpAsked("c1", "h1", Ana, "customs papers", Nine.AddSeconds(20));
        var joined = new HelpJoined("c1", "h1", Ana, Mihai, StaffRole.Operator, Nine.AddSeconds(30));

        Assert.Equal(("customs papers", Nine.AddSeconds(20)), (Call([.. Talking, asked]).HelpWanted, Call([.. Talking, asked]).HelpAskedAt));
        Assert.Null(Call([.. Talking, asked, new HelpNoLongerAsked("c1", "h1", Ana, Nine.AddSeconds(25))]).HelpWanted);
        var helped = Call([.. Talking, asked, joined]);
        Assert.Equal((null, Mihai), (helped.HelpWanted, Assert.Single(helped.Helpers)));
        Assert.Empty(Call([.. Talking, asked, joined, new HelpEnded("c1", "h1", Ana, Mihai, HelpEnd.Left, 1, Nine.AddSeconds(40))]).Helpers);
    }

    [Fact]
    public void Events_of_a_call_that_is_not_there_make_no_row() => Assert.Empty(
        All(
            OperatorQueueProjection.Definition,
            [.. Routed.Skip(1), new CallClosed("c1", Ana, CallPurpose.Order, CallResult.HandedOver, string.Empty, "k7", Nine, Nine, 1)])
            .Of<CallRow>("call"));

    private static CallRow Call(IReadOnlyList<IEvent> events) => All(OperatorQueueProjection.Definition, events).Only<CallRow>("call");
}
