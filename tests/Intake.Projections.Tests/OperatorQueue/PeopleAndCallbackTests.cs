using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using Intake.Projections.OperatorQueue;
using static Intake.Projections.Tests.Fold;

namespace Intake.Projections.Tests.OperatorQueue;

public sealed class PeopleAndCallbackTests
{
    private static readonly StaffRef Ana = new("ana", "Ana");
    private static readonly StaffAppointed Appointed = new("ana", "Ana", StaffRole.Operator, "sales", "11", "");
    private static readonly CallbackRequested Requested =
        new("c1", "c1", "+37369123456", "k7", "Linella", Ana, "nobody present", Nine, Nine.AddMinutes(30));

    [Fact]
    public void An_appointed_person_is_offline_since_the_appointment() =>
        Assert.Equal((Presence.Offline, string.Empty, Nine), State(Person(Appointed)));

    [Fact]
    public void Presence_follows_the_shift()
    {
        var opened = new SessionOpened(Ana, StaffRole.Operator, Nine.AddMinutes(1));
        var ready = new BecameReady(Ana, StaffRole.Operator, Nine.AddMinutes(2));
        var pause = new BecameNotReady(Ana, StaffRole.Operator, "Break", Nine.AddMinutes(3));
        var closed = new SessionClosed(Ana, StaffRole.Operator, Nine.AddMinutes(4));

        Assert.Equal((Presence.NotReady, "SignedOn", Nine.AddMinutes(1)), State(Person(Appointed, opened)));
        Assert.Equal((Presence.Ready, string.Empty, Nine.AddMinutes(2)), State(Person(Appointed, opened, ready)));
        Assert.Equal((Presence.NotReady, "Break", Nine.AddMinutes(3)), State(Person(Appointed, opened, ready, pause)));
        Assert.Equal((Presence.Offline, string.Empty, Nine.AddMinutes(4)), State(Person(Appointed, opened, ready, pause, closed)));
    }

    [Fact]
    public void The_row_says_which_shift_was_opened_last()
    {
        var first = new SessionOpened(Ana, StaffRole.Operator, Nine);
        var closed = new SessionClosed(Ana, StaffRole.Operator, Nine);
        (string, IEvent)[] one = [("ana", Appointed), ("ana", first), ("ana", closed)];
        (string, IEvent)[] two = [.. one, ("ana:1", first), ("ana:1", closed)];
        Assert.Equal(
            [0, 1, 12], new[] { one, two, [.. two, ("ana:12", first)] }
                .Select(events => Fold.InStreams(OperatorQueueProjection.Definition, events).Only<PersonRow>("person").Shift));
    }

    [Fact]
    [Trait("Clause", "B.V.5")]
    public void What_a_person_does_on_a_call_follows_from_his_session()
    {
        IEvent[] reserved =
        [
            Appointed, new BecameReady(Ana, StaffRole.Operator, Nine), new SessionReserved(Ana, StaffRole.Operator, "c1", "o1", Nine.AddSeconds(5)),
        ];
        IEvent[] onCall = [.. reserved, new CallEngaged(Ana, StaffRole.Operator, "c1", "a", Nine.AddSeconds(9))];
        IEvent[] wrapUp = [.. onCall, new WrapUpBegun(Ana, StaffRole.Operator, "c1", Nine.AddSeconds(60))];
        IEvent[] free =
        [
            .. wrapUp, new EngagementEnded(Ana, StaffRole.Operator, "c1", EngagementEnd.Registered, Nine.AddSeconds(80)),
            new BecameReady(Ana, StaffRole.Operator, Nine.AddSeconds(80)),
        ];

        Assert.Equal(
            [
                (Presence.Reserved, "c1", Nine.AddSeconds(5)), (Presence.OnCall, "c1", Nine.AddSeconds(9)),
                (Presence.WrapUp, "c1", Nine.AddSeconds(60)), (Presence.Ready, "", Nine.AddSeconds(80)),
            ],
            new[] { reserved, onCall, wrapUp, free }.Select(Person).Select(person => (person.Presence, person.CallId, person.Since)));
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void Who_is_reserved_is_asked_or_rung_as_his_calls_event_says()
    {
        IEvent[] asked =
        [
            Appointed, new BecameReady(Ana, StaffRole.Head, Nine), new SessionReserved(Ana, StaffRole.Head, "c1", "c1-1", Nine.AddSeconds(5)),
            new TransferOffered("c1", Ana, StaffRole.Head, "c1-1", Nine.AddSeconds(5)),
        ];
        Assert.Equal((Presence.Reserved, "c1", true), (Person(asked).Presence, Person(asked).CallId, Person(asked).Asked));
        Assert.False(Person(asked[..3]).Asked);
        Assert.All(
            [
                (IEvent)new ReservationReleased(Ana, StaffRole.Head, "c1", "c1-1", Nine.AddSeconds(9)),
                new BecameNotReady(Ana, StaffRole.Head, "RingNoAnswer", Nine.AddSeconds(65)),
                new CallEngaged(Ana, StaffRole.Head, "c1", "a", Nine.AddSeconds(9)),
            ],
            end => Assert.False(Person([.. asked, end]).Asked));
    }

    [Fact]
    public void Who_was_rung_in_vain_is_idle_as_long_as_before()
    {
        var person = Person(
            Appointed, new BecameReady(Ana, StaffRole.Operator, Nine),
            new SessionReserved(Ana, StaffRole.Operator, "c1", "o1", Nine.AddSeconds(5)),
            new ReservationReleased(Ana, StaffRole.Operator, "c1", "o1", Nine.AddSeconds(8)));

        Assert.Equal((Presence.Ready, "", Nine, Nine), (person.Presence, person.CallId, person.Since, person.IdleSince));
    }

    [Fact]
    public void What_he_asks_for_after_the_call_is_shown_until_then()
    {
        IEvent[] asked =
        [
            Appointed, new CallEngaged(Ana, StaffRole.Operator, "c1", "a", Nine),
            new NotReadyAfterCallRequested(Ana, StaffRole.Operator, "c1", "Break", Nine.AddSeconds(9)),
        ];

        Assert.Equal("Break", Person(asked).AfterCall);
        Assert.Equal("", Person([.. asked, new NotReadyAfterCallWithdrawn(Ana, StaffRole.Operator, "c1", Nine.AddSeconds(12))]).AfterCall);
        Assert.Equal("", Person([.. asked, new BecameNotReady(Ana, StaffRole.Operator, "Break", Nine.AddSeconds(20))]).AfterCall);
    }

    [Fact]
    public void Skills_are_on_the_row() =>
        Assert.Equal(["horeca"], Person(Appointed, new SkillsSet("ana", ["main"]), new SkillsSet("ana", ["horeca"])).Skills);

    [Fact]
    public void A_new_appointment_changes_the_role_and_not_the_presence()
    {
        var person = Person(
            Appointed,
            new BecameReady(Ana, StaffRole.Operator, Nine),
            Appointed with { Role = StaffRole.Supervisor, Department = "floor" });

        Assert.Equal((StaffRole.Supervisor, "floor", Presence.Ready), (person.Role, person.Department, person.Presence));
    }

    [Fact]
    public void A_dismissed_person_stays_on_the_list_and_is_offline()
    {
        var person = Person(Appointed, new BecameReady(Ana, StaffRole.Operator, Nine), new StaffDismissed("ana", "17", "left"));

        Assert.Equal((true, Presence.Offline), (person.Dismissed, person.Presence));
    }

    [Fact]
    public void A_person_who_signs_on_without_a_known_appointment_is_seen_all_the_same() =>
        Assert.Equal("Ana", Person(new BecameReady(Ana, StaffRole.Operator, Nine)).Name);

    [Fact]
    public void A_callback_counts_attempts_and_ends_with_how_it_was_settled()
    {
        var callback = Callback(
            Requested,
            new CallbackAttempted("c1", Ana, 1, AttemptResult.Busy, "busy", Nine.AddMinutes(10), Nine.AddMinutes(15)),
            new CallbackBreached("c1", Ana, Nine.AddMinutes(30), Nine.AddMinutes(30)),
            new CallbackAttempted("c1", Ana, 2, AttemptResult.Reached, string.Empty, Nine.AddMinutes(40), null),
            new CallbackClosed("c1", Ana, "reached", true, string.Empty, "o1", Nine.AddMinutes(40)));

        Assert.Equal((2, true, "reached", true), (callback.Attempts, callback.Closed, callback.Result, callback.Overdue));
        Assert.Equal(
            (AttemptResult.Reached, Nine.AddMinutes(15), Nine.AddMinutes(30), "o1"),
            (callback.LastResult, callback.NotBefore, callback.BreachedAt, callback.OrderId));
    }

    [Fact]
    public void A_callback_shows_who_has_it_in_hand_and_whose_it_has_become()
    {
        var boris = new StaffRef("boris", "Boris");
        IEvent[] leased =
        [
            Requested,
            new CallbackTakenDown("c1", "form", CallbackSource.Web, "main", "Ion", "Casa Verde", "oil", "ro", Nine),
            new CallbackScheduled("c1", new CallbackWindow(Nine.AddHours(1), Nine.AddHours(2), "Europe/Chisinau"), "asked", Nine),
            new CallbackLeased("c1", 1, boris, Nine, Nine.AddMinutes(10)),
        ];
        var callback = Callback(leased);
        Assert.Equal(
            (boris, Nine.AddMinutes(10), "main", Nine.AddHours(1), Nine.AddHours(2), "Europe/Chisinau"),
            (callback.LeasedBy, callback.LeasedUntil, callback.Queue, callback.NotBefore, callback.Deadline, callback.Zone));
        var back = Callback([.. leased, new CallbackLeaseEnded("c1", 1, boris, LeaseEnd.Expired, Nine.AddMinutes(10))]);
        Assert.Equal((null, null, Ana), (back.LeasedBy, back.LeasedUntil, back.Owner));
        var given = Callback([.. leased, new CallbackReassigned("c1", Ana, boris, Ana, "ill", Nine)]);
        Assert.Equal((boris, ""), (given.Owner, given.Queue));
        var escalated = Callback([.. leased, new CallbackEscalated("c1", Ana, boris, 4, Nine, Nine.AddHours(3))]);
        Assert.Equal((boris, true, Nine.AddHours(3)), (escalated.Owner, escalated.Escalated, escalated.Deadline));
    }

    [Fact]
    public void A_merged_request_adds_its_number_and_stays_one()
    {
        var callback = Callback(
            Requested,
            new CallbackMerged("c1", "form", CallbackSource.Web, "+37322270450", "k9", "Other", "Ion", "", "oil", Nine),
            new CallbackMerged("c1", "form2", CallbackSource.Web, "+37369123456", "", "", "", "", "", Nine));
        Assert.Equal(["37369123456", "37322270450"], callback.Digits);
        Assert.Equal((3, "k7", "Ion", "oil"), (callback.Requests, callback.ClientId, callback.Contact, callback.Words));
    }

    [Fact]
    public void A_promise_has_an_owner_and_a_deadline()
    {
        var callback = Callback(Requested);

        Assert.Equal(
            (Ana, Nine, Nine.AddMinutes(30), false), (callback.Owner, callback.RequestedAt, callback.Deadline, callback.Closed));
    }

    private static (Presence Presence, string Reason, DateTimeOffset Since) State(PersonRow person) =>
        (person.Presence, person.Reason, person.Since);

    private static PersonRow Person(params IReadOnlyList<IEvent> events) =>
        All(OperatorQueueProjection.Definition, events).Only<PersonRow>("person");

    private static CallbackRow Callback(params IReadOnlyList<IEvent> events) =>
        All(OperatorQueueProjection.Definition, events).Only<CallbackRow>("callback");
}
