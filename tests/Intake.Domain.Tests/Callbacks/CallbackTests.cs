using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using static Intake.Domain.Tests.Callbacks.CallbackStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Callbacks;

public sealed class CallbackTests
{
    private static readonly DateTimeOffset Ten = Window.From;

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void A_callback_is_asked_for_with_an_owner_a_window_and_a_deadline()
    {
        Given().When(Ask(FromWeb)).Then(
            new CallbackRequested(Id, "", Number, "", "", Hugo, "A.III.1 ordered on the web", Nine, Window.Until),
            new CallbackTakenDown(Id, "form-1", CallbackSource.Web, "main", "Ion", "Casa Verde", "olive oil", "ro", Nine),
            new CallbackScheduled(Id, Window, "asked", Nine));
        Asked(FromWeb).When(Ask(FromWeb)).ThenNothing();
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void A_second_request_for_the_number_is_merged_into_the_first_and_never_a_second_one()
    {
        var second = FromWeb with { RequestId = "form-2", Words = "and vinegar", ClientId = "c1", ClientName = "Casa Verde" };
        var merged = Asked(FromWeb).After(Ask(second, At(5)));
        Assert.Equal(
            new CallbackMerged(Id, "form-2", CallbackSource.Web, Number, "c1", "Casa Verde", "Ion", "Casa Verde", "and vinegar", At(5)),
            merged.History[^1]);
        Assert.Equal((1, "c1"), (merged.State.Rounds, merged.State.Open!.ClientId));
        merged.When(Ask(second, At(6))).ThenNothing();
    }

    [Theory]
    [InlineData(90, 150, 90, 120)]
    [InlineData(30, 90, 60, 90)]
    [InlineData(10, 40, 10, 40)]
    [InlineData(115, 180, 60, 120)]
    [InlineData(180, 240, 60, 120)]
    [Trait("Clause", "A.III.1")]
    public void Of_two_wishes_the_earlier_and_narrower_rules(int from, int until, int ruledFrom, int ruledUntil)
    {
        var second = FromWeb with { RequestId = "form-2", Window = Window with { From = Nine.AddMinutes(from), Until = Nine.AddMinutes(until) } };
        var open = Asked(FromWeb).After(Ask(second)).State.Open!;
        Assert.Equal((Nine.AddMinutes(ruledFrom), Nine.AddMinutes(ruledUntil)), (open.Window.From, open.Window.Until));
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void A_call_meant_for_a_person_makes_a_queues_promise_his_own_and_sooner()
    {
        var merged = Asked(FromWeb).After(Ask(FromTransfer));
        var open = merged.State.Open!;
        Assert.Equal((Id, Kira, "", Nine.AddHours(1)), (open.CallbackId, open.Owner, open.Queue, open.Window.Until));

        // And by the call's id it is found.
        merged.When(Lease(Kira, Nine, StaffRole.KeyAccountManager, "call-1")).ThenOne<CallbackLeased>();
    }

    [Fact]
    public void Asked_for_again_after_it_was_closed_it_is_the_next_one_of_the_number()
    {
        var again = Asked(FromWeb).After(Attempt(Hugo, AttemptResult.Reached, Ten)).After(Ask(FromWeb with { RequestId = "form-2" }, Ten));
        Assert.Equal("line-2", again.State.Open!.CallbackId);
        again.When(Attempt(Hugo, AttemptResult.Reached, Ten)).ThenRefused("callback-closed");
    }

    [Fact]
    public void Asked_for_too_often_on_the_web_nothing_more_is_written_down()
    {
        var flood = Enumerable.Range(2, 20).Aggregate(Asked(FromWeb), (told, n) => told.After(Ask(FromWeb with { RequestId = $"form-{n}" })));
        Assert.Equal(Policy.MostWebRequests - 1, flood.History.OfType<CallbackMerged>().Count());
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void One_person_has_it_in_hand_at_a_time_and_the_slower_one_learns_who()
    {
        var leased = Asked(FromWeb).After(Lease(Anna, Ten));
        Assert.Equal(new CallbackLeased(Id, 1, Anna, Ten, Ten + Policy.LeaseFor), leased.History[^1]);
        leased.When(Lease(Anna, Ten)).ThenNothing();
        leased.When(Lease(Boris, Ten)).Then(new CallbackAlreadyLeased(Id, Anna, Boris));
        leased.When(callback => CallbackWork.GiveBack(callback, Id, Anna, Ten)).Then(new CallbackLeaseEnded(Id, 1, Anna, LeaseEnd.GivenBack, Ten));
        leased.When(callback => CallbackWork.GiveBack(callback, Id, Boris, Ten)).ThenNothing();
    }

    [Fact]
    public void A_lease_comes_back_when_its_time_is_over_and_not_before()
    {
        var leased = Asked(FromWeb).After(Lease(Anna, Ten));
        var over = Ten + Policy.LeaseFor;
        leased.When(callback => CallbackWork.Expire(callback, Id, over.AddSeconds(-1))).ThenNothing();
        var back = leased.After(callback => CallbackWork.Expire(callback, Id, over));
        Assert.Equal(new CallbackLeaseEnded(Id, 1, Anna, LeaseEnd.Expired, over), back.History[^1]);
        back.When(callback => CallbackWork.Expire(callback, Id, over)).ThenNothing();
        back.When(Lease(Boris, over)).Then(new CallbackLeased(Id, 2, Boris, over, over + Policy.LeaseFor));

        // Where what gives it back is late, the next person need not wait for it.
        leased.When(Lease(Boris, over)).Then(
            new CallbackLeaseEnded(Id, 1, Anna, LeaseEnd.Expired, over), new CallbackLeased(Id, 2, Boris, over, over + Policy.LeaseFor));
    }

    [Fact]
    public void Before_its_time_only_the_owner_or_who_may_step_in_takes_it_in_hand()
    {
        Asked(FromWeb).When(Lease(Anna, Nine)).ThenRefused("callback-not-due");
        Asked(FromWeb).When(Lease(Hugo, Nine, StaffRole.Supervisor)).ThenOne<CallbackLeased>();
        Asked(FromWeb).When(Lease(Hanna, Nine, StaffRole.Head)).ThenOne<CallbackLeased>();
    }

    [Fact]
    public void What_a_person_owes_is_not_taken_from_him_by_his_equals()
    {
        Asked(FromTransfer).When(Lease(Anna, Nine, id: "call-1")).ThenRefused("callback-of-another");
        Asked(FromTransfer).When(Lease(Kira, Nine, StaffRole.KeyAccountManager, "call-1")).ThenOne<CallbackLeased>();
    }

    [Fact]
    public void Only_who_has_it_in_hand_or_owns_it_records_an_attempt()
    {
        var leased = Asked(FromWeb).After(Lease(Anna, Ten));
        leased.When(Attempt(Boris, AttemptResult.NoAnswer, Ten)).ThenRefused("callback-not-leased");
        leased.When(Attempt(Anna, AttemptResult.NoAnswer, Ten)).ThenOne<CallbackAttempted>();
        leased.When(Attempt(Hugo, AttemptResult.NoAnswer, Ten)).ThenOne<CallbackAttempted>();
    }

    [Theory]
    [InlineData(AttemptResult.NoAnswer, 30)]
    [InlineData(AttemptResult.Voicemail, 30)]
    [InlineData(AttemptResult.Busy, 5)]
    public void An_attempt_that_reaches_nobody_gives_it_back_and_is_tried_again_later(AttemptResult result, int minutes)
    {
        var tried = Asked(FromWeb).After(Lease(Anna, Ten)).After(Attempt(Anna, result, Ten));
        Assert.Equal(
            [
                new CallbackAttempted(Id, Anna, 1, result, "", Ten, Ten.AddMinutes(minutes)),
                new CallbackLeaseEnded(Id, 1, Anna, LeaseEnd.Attempted, Ten),
            ],
            tried.History.TakeLast(2));
        tried.When(Lease(Boris, Ten.AddMinutes(minutes - 1))).ThenRefused("callback-not-due");
        tried.When(Lease(Boris, Ten.AddMinutes(minutes))).ThenOne<CallbackLeased>();
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void Tried_as_often_as_may_be_it_is_the_heads_with_a_deadline_once()
    {
        var tried = Enumerable.Range(1, Policy.MostAttempts).Aggregate(
            Asked(FromWeb), (told, n) => told.After(Attempt(Hugo, AttemptResult.NoAnswer, Ten.AddMinutes(n))));
        var last = Ten.AddMinutes(Policy.MostAttempts);
        var escalated = Assert.Single(tried.History.OfType<CallbackEscalated>());
        Assert.Equal(new CallbackEscalated(Id, Hugo, Hanna, Policy.MostAttempts, last, last + Policy.CallWithin), escalated);
        Assert.Equal((Hanna, ""), (tried.State.Open!.Owner, tried.State.Open.Queue));
        Assert.Single(tried.After(Attempt(Hanna, AttemptResult.Busy, last)).History.OfType<CallbackEscalated>());
    }

    [Theory]
    [InlineData(AttemptResult.Reached, "reached")]
    [InlineData(AttemptResult.WrongNumber, "wrongNumber")]
    [InlineData(AttemptResult.Refused, "refused")]
    public void An_answer_closes_it_with_its_result(AttemptResult result, string said)
    {
        var order = result == AttemptResult.Reached ? "order-1" : "";
        Asked(FromWeb).After(Lease(Anna, Ten)).When(Attempt(Anna, result, Ten, order: order)).Then(
            new CallbackAttempted(Id, Anna, 1, result, "", Ten, null), new CallbackLeaseEnded(Id, 1, Anna, LeaseEnd.Attempted, Ten),
            new CallbackClosed(Id, Anna, said, false, "", order, Ten));
    }

    [Fact]
    public void A_client_who_postpones_names_another_time()
    {
        var later = new CallbackWindow(Nine.AddHours(5), Nine.AddHours(6), "Europe/Chisinau");
        var leased = Asked(FromWeb).After(Lease(Anna, Ten));
        leased.When(Attempt(Anna, AttemptResult.Postponed, Ten)).ThenRefused("callback-time-missing");
        var postponed = leased.After(Attempt(Anna, AttemptResult.Postponed, Ten, later));
        Assert.Equal(new CallbackScheduled(Id, later, "postponed", Ten), postponed.History[^1]);
        Assert.Equal((later, null), (postponed.State.Open!.Window, postponed.State.Open.Lease));
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void A_missed_deadline_is_an_alarm_once_that_stays_until_it_is_closed_as_overdue()
    {
        var asked = Asked(FromWeb);
        asked.When(callback => CallbackWork.Breach(callback, Id, Window.Until.AddSeconds(-1))).ThenNothing();
        var missed = asked.After(callback => CallbackWork.Breach(callback, Id, Window.Until));
        Assert.Equal(new CallbackBreached(Id, Hugo, Window.Until, Window.Until), missed.History[^1]);
        missed.When(callback => CallbackWork.Breach(callback, Id, Window.Until.AddHours(1))).ThenNothing();

        // Another time does not make up for it.
        var later = new CallbackWindow(Nine.AddHours(5), Nine.AddHours(6), "");
        var postponed = missed.After(Attempt(Hugo, AttemptResult.Postponed, Nine.AddHours(3), later));
        Assert.True(postponed.State.Open!.Breached);
        Assert.True(postponed.When(Attempt(Hugo, AttemptResult.Reached, Nine.AddHours(5))).ThenOne<CallbackClosed>().Overdue);
    }

    [Fact]
    public void Closed_late_it_is_overdue_even_before_the_alarm_was_raised() =>
        Assert.True(Asked(FromWeb).When(Attempt(Hugo, AttemptResult.Reached, Window.Until.AddSeconds(1))).ThenOne<CallbackClosed>().Overdue);

    [Fact]
    public void Given_to_another_person_it_is_his_with_the_reason_and_nobody_elses_in_hand()
    {
        var leased = Asked(FromWeb).After(Lease(Anna, Ten));
        leased.When(Reassign(Member(Boris), "")).ThenRefused("reason-missing");
        leased.When(Reassign(Member(Boris) with { Dismissed = true }, "ill")).ThenRefused("nobody-to-ring");
        leased.When(Reassign(Member(Boris, StaffRole.Auditor), "ill")).ThenRefused("nobody-to-ring");
        leased.When(Reassign(Member(Boris), "Anna is ill")).Then(
            new CallbackLeaseEnded(Id, 1, Anna, LeaseEnd.Reassigned, Ten), new CallbackReassigned(Id, Hugo, Boris, Hanna, "Anna is ill", Ten));
        leased.When(Reassign(Member(Anna), "hers anyway")).Then(new CallbackReassigned(Id, Hugo, Anna, Hanna, "hers anyway", Ten));

        static Func<Callback, Decision> Reassign(Domain.Staff.StaffMember to, string reason) =>
            callback => CallbackWork.Reassign(callback, Id, to, Hanna, reason, Ten);
    }

    [Theory]
    [InlineData("anna", true, "")]
    [InlineData("anna", false, "callback-of-another-client")]
    [InlineData("boris", true, "call-of-another")]
    [Trait("Clause", "A.III.1")]
    public void A_call_with_the_client_settles_what_was_owed(string by, bool sameNumber, string refused)
    {
        var call = Scenario.Given(Call.Stream, Calls.CallStory.InHand).State;
        var outcome = Asked(FromWeb).When(callback => CallbackWork.Settle(callback, Id, by == "anna" ? Anna : Boris, call, sameNumber, "o1", Ten));
        if (refused.Length > 0)
        {
            outcome.ThenRefused(refused);
        }
        else
        {
            outcome.Then(new CallbackClosed(Id, Anna, "settledByCall", false, call.Id, "o1", Ten));
        }
    }

    [Fact]
    public void A_promise_from_before_the_streams_of_numbers_is_kept_like_any_other()
    {
        var old = Given(new CallbackRequested("b1", "call-1", Number, "c1", "Casa Verde", Hanna, "A.III.15 new client", Nine, Deadline));
        var tried = old.After(Attempt(Hanna, AttemptResult.NoAnswer, Nine, id: "b1"));
        Assert.Equal((1, Hanna), (tried.State.Open!.Attempts, tried.State.Open.Owner));
        Assert.Equal("reached", tried.When(Attempt(Hanna, AttemptResult.Reached, Nine, id: "b1")).ThenOne<CallbackClosed>().Result);
    }

    [Fact]
    public void Nothing_is_done_with_a_callback_that_there_is_not()
    {
        Given().When(Lease(Anna, Ten)).ThenRefused("callback-unknown");
        Given().When(Attempt(Anna, AttemptResult.Reached, Ten)).ThenRefused("callback-unknown");
        Given().When(callback => CallbackWork.Breach(callback, Id, Ten)).ThenNothing();
    }
}
