using Intake.Domain.Staff;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Staff;

/// <summary>A person's session while calls ring at him and he has them.</summary>
public sealed class SessionTests
{
    private static readonly Given<OperatorSession> Ready = Scenario.Given(
        OperatorSession.Stream, new SessionOpened(Anna, StaffRole.Operator, At(0)), new BecameReady(Anna, StaffRole.Operator, At(0)));

    private static readonly Given<OperatorSession> Reserved = Ready.After(session => OperatorSession.Reserve(session, "c1", "o1", At(5)));
    private static readonly Given<OperatorSession> OnCall = Reserved.After(Engage("c1"));
    private static readonly Given<OperatorSession> WrapUp = OnCall.After(session => OperatorSession.BeginWrapUp(session, "c1", At(60)));

    [Fact]
    public void A_session_goes_from_ready_through_reserved_call_and_wrap_up_to_ready()
    {
        var free = WrapUp.After(Registered);
        Assert.Equal(
            [Presence.Ready, Presence.Reserved, Presence.OnCall, Presence.WrapUp, Presence.Ready],
            new[] { Ready, Reserved, OnCall, WrapUp, free }.Select(given => given.State.Presence));
        Assert.Equal(
            [
                typeof(SessionOpened), typeof(BecameReady), typeof(SessionReserved), typeof(CallEngaged), typeof(WrapUpBegun),
                typeof(EngagementEnded), typeof(BecameReady),
            ],
            free.History.Select(e => e.GetType()));
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void Cannot_reach_for_another_call_before_the_one_in_hand_is_registered() => Assert.All([OnCall, WrapUp], given =>
    {
        var refusal = given.When(Engage("c2")).ThenRefused("another-call-in-hand");
        Assert.Equal(new AnotherCallInHand(Anna, "c1", "c2"), refusal);
        Assert.Contains("c1", refusal.Reason, StringComparison.Ordinal);
    });

    [Fact]
    public void Cannot_reach_twice_at_once_for_the_same_call() => OnCall.When(Engage("c1")).ThenRefused("reaching-already");

    [Fact]
    public void Cannot_reach_for_another_call_while_one_rings() => Reserved.When(Engage("c2")).ThenRefused("another-call-rings");

    [Fact]
    public void Reaching_for_a_call_opens_the_session_and_afterwards_one_is_there_and_not_ready()
    {
        var taken = Scenario.Given(OperatorSession.Stream).After(Engage("c1"));
        Assert.Equal(
            [new SessionOpened(Anna, StaffRole.Operator, At(9)), new CallEngaged(Anna, StaffRole.Operator, "c1", "a-c1", At(9))],
            taken.History);
        taken.When(Registered).Then(
            new EngagementEnded(Anna, StaffRole.Operator, "c1", EngagementEnd.Registered, At(90)),
            new BecameNotReady(Anna, StaffRole.Operator, "SignedOn", At(90)));
    }

    [Fact]
    public void Who_took_a_call_in_his_break_is_in_his_break_again_afterwards()
    {
        var pause = Ready.After(Become(Presence.NotReady, "Break")).After(Engage("c1"));
        Assert.Equal("Break", pause.When(Registered).ThenOne<BecameNotReady>().Reason);
    }

    [Fact]
    [Trait("Clause", "B.V.5")]
    public void Being_on_a_call_is_never_typed()
    {
        Assert.All(
            new[] { Presence.Reserved, Presence.OnCall, Presence.WrapUp },
            derived => Ready.When(Become(derived)).ThenRefused("state-derived"));
        Assert.All([OnCall, WrapUp], given =>
        {
            Assert.Contains("c1", given.When(Become(Presence.Ready)).ThenRefused("on-a-call").Reason, StringComparison.Ordinal);
            given.When(Become(Presence.Offline)).ThenRefused("on-a-call");
        });
    }

    [Fact]
    public void Not_ready_after_this_call_is_kept_and_carried_out_when_the_call_is_registered()
    {
        var asked = OnCall.After(Become(Presence.NotReady, "Break"));
        Assert.Equal(new NotReadyAfterCallRequested(Anna, StaffRole.Operator, "c1", "Break", At(30)), asked.History[^1]);
        Assert.Equal(Presence.OnCall, asked.State.Presence);
        asked.When(Become(Presence.NotReady, "Break")).ThenNothing();
        Assert.Equal("Break", asked.When(Registered).ThenOne<BecameNotReady>().Reason);

        var withdrawn = asked.After(Become(Presence.Ready));
        Assert.Equal(new NotReadyAfterCallWithdrawn(Anna, StaffRole.Operator, "c1", At(30)), withdrawn.History[^1]);
        withdrawn.When(Registered).ThenOne<BecameReady>();
    }

    [Fact]
    public void A_call_rings_only_at_who_is_ready_and_only_one()
    {
        Ready.When(session => OperatorSession.Reserve(session, "c1", "o1", At(5)))
            .Then(new SessionReserved(Anna, StaffRole.Operator, "c1", "o1", At(5)));
        Assert.All(
            [Reserved, OnCall, WrapUp, Ready.After(Become(Presence.Offline)), Ready.After(Become(Presence.NotReady, "Break"))],
            given => given.When(session => OperatorSession.Reserve(session, "c2", "o2", At(5))).ThenNothing());
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void Who_is_reserved_for_an_offer_is_for_the_one_that_comes_in_its_place_and_for_no_other()
    {
        var again = Reserved.After(session => OperatorSession.Reserve(session, "c1", "o2", At(7), instead: "o1"));
        Assert.Equal(new Reservation("c1", "o2"), again.State.Reservation);
        again.When(session => OperatorSession.Release(session, "o1", At(8))).ThenNothing();
        Reserved.When(session => OperatorSession.Reserve(session, "c1", "o2", At(7), instead: "o0")).ThenNothing();
        Reserved.When(session => OperatorSession.Reserve(session, "c1", "o2", At(7))).ThenNothing();
        OnCall.When(session => OperatorSession.Reserve(session, "c1", "o2", At(7), instead: "o1")).ThenNothing();
    }

    [Fact]
    public void Who_lets_it_ring_is_not_ready_and_an_answer_in_time_leaves_him_alone()
    {
        Reserved.When(session => OperatorSession.LetRing(session, "o1", At(25)))
            .Then(new BecameNotReady(Anna, StaffRole.Operator, "RingNoAnswer", At(25)));
        Reserved.When(session => OperatorSession.LetRing(session, "o0", At(25))).ThenNothing();
        OnCall.When(session => OperatorSession.LetRing(session, "o1", At(25))).ThenNothing();
    }

    [Fact]
    public void A_call_that_is_gone_leaves_who_it_rang_at_ready()
    {
        var released = Reserved.After(session => OperatorSession.Release(session, "o1", At(8)));
        Assert.Equal(new ReservationReleased(Anna, StaffRole.Operator, "c1", "o1", At(8)), released.History[^1]);
        Assert.Equal((Presence.Ready, null), (released.State.Presence, released.State.Reservation));
        Reserved.When(session => OperatorSession.Release(session, "o0", At(8))).ThenNothing();
        OnCall.When(session => OperatorSession.Release(session, "o1", At(8))).ThenNothing();
    }

    [Fact]
    public void A_lost_connection_counts_only_for_who_could_be_given_work()
    {
        Assert.All([Ready, Reserved], given => Assert.Equal(
            "ConnectionLost", given.When(session => OperatorSession.LoseConnection(session, At(40))).ThenOne<BecameNotReady>().Reason));
        Assert.All(
            [OnCall, WrapUp, Ready.After(Become(Presence.Offline)), Ready.After(Become(Presence.NotReady, "Break"))],
            given => given.When(session => OperatorSession.LoseConnection(session, At(40))).ThenNothing());
    }

    [Fact]
    public void Only_the_attempt_that_failed_frees_its_person()
    {
        OnCall.When(session => OperatorSession.End(session, "c1", "a-c1", EngagementEnd.NotObtained, At(10))).ThenOne<BecameReady>();
        OnCall.When(session => OperatorSession.End(session, "c1", "another", EngagementEnd.NotObtained, At(10))).ThenNothing();
        OnCall.When(session => OperatorSession.End(session, "c2", null, EngagementEnd.Registered, At(10))).ThenNothing();
        Ready.When(Registered).ThenNothing();
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void A_wrap_up_is_ended_by_force_with_a_reason_and_its_person_is_free()
    {
        Func<OperatorSession, Decision> force = session => OperatorSession.ForceWrapUp(session, Hanna, "queue is long", At(200));
        WrapUp.When(force).Then(
            new WrapUpForced(Anna, StaffRole.Operator, "c1", Hanna, "queue is long", At(200)),
            new BecameReady(Anna, StaffRole.Operator, At(200)));
        WrapUp.After(force).When(Engage("c2")).ThenOne<CallEngaged>();
        WrapUp.When(session => OperatorSession.ForceWrapUp(session, Hanna, " ", At(200))).ThenRefused("reason-missing");
        Assert.All([Ready, Reserved, OnCall], given => given.When(force).ThenRefused("not-in-wrap-up"));
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public void A_dismissal_closes_the_session_at_once_and_keeps_it_closed()
    {
        Func<OperatorSession, Decision> bar = session => OperatorSession.Bar(session, "anna", At(50));
        Assert.All([Ready, Reserved, OnCall, WrapUp], given => given.When(bar).Then(
            new SessionClosed(Anna, StaffRole.Operator, At(50)), new SessionBarred("anna", At(50))));
        Scenario.Given(OperatorSession.Stream).When(bar).Then(new SessionBarred("anna", At(50)));

        var barred = Ready.After(bar);
        barred.When(bar).ThenNothing();
        barred.When(Become(Presence.Ready)).ThenRefused("not-appointed");
        barred.When(Become(Presence.NotReady, "Break")).ThenRefused("not-appointed");
        barred.When(Engage("c1")).ThenRefused("not-appointed");
        barred.When(Become(Presence.Offline)).ThenNothing();

        var again = barred.After(session => OperatorSession.Unbar(session, "anna", At(60)));
        again.When(Become(Presence.Ready)).ThenOne<BecameReady>();
        again.When(session => OperatorSession.Unbar(session, "anna", At(60))).ThenNothing();
    }

    [Fact]
    public void A_shift_is_over_when_its_session_is_closed_and_one_that_never_began_is_not() => Assert.Equal(
        [false, false, false, false, true],
        new[] { Scenario.Given(OperatorSession.Stream), Ready, OnCall, Ready.After(Become(Presence.NotReady, "Break")), Ready.After(Become(Presence.Offline)) }
            .Select(given => given.State.IsOver));

    [Fact]
    [Trait("Clause", "A.I.3")]
    public void The_shift_of_who_is_dismissed_is_not_over_before_he_is_appointed_again_so_that_no_next_one_begins()
    {
        Func<OperatorSession, Decision> bar = session => OperatorSession.Bar(session, "anna", At(50));
        Func<OperatorSession, Decision> unbar = session => OperatorSession.Unbar(session, "anna", At(60));
        Assert.Equal(
            [(false, true), (false, false)],
            new[] { Ready, Scenario.Given(OperatorSession.Stream) }
                .Select(given => (given.After(bar).State.IsOver, given.After(bar).After(unbar).State.IsOver)));
    }

    [Theory]
    [InlineData(0, "anna")]
    [InlineData(1, "anna:1")]
    [InlineData(12, "anna:12")]
    public void The_first_shift_has_the_persons_own_id_and_the_next_ones_a_number(int shift, string id)
    {
        Assert.Equal(id, ShiftStream.Id("anna", shift));
        Assert.Equal(shift, ShiftStream.Shift(id));
    }

    private static Decision Registered(OperatorSession session) =>
        OperatorSession.End(session, "c1", null, EngagementEnd.Registered, At(90));

    private static Func<OperatorSession, Decision> Engage(string callId) =>
        session => OperatorSession.Engage(session, Anna, StaffRole.Operator, callId, $"a-{callId}", At(9));

    private static Func<OperatorSession, Decision> Become(Presence presence, string reason = "") =>
        session => OperatorSession.Become(session, Anna, StaffRole.Operator, presence, reason, At(30));
}
