using FsCheck.Xunit;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Staff;
using static Intake.Domain.Tests.Calls.CallStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>Which waiting call rings at whom, and what becomes of it.</summary>
[Trait("Clause", "A.III.1")]
public sealed class DistributionTests
{
    private static readonly DistributionPolicy Policy = DistributionPolicy.Default with
    {
        ByQueue = DistributionPolicy.Default.ByQueue.Add("regions", TimeSpan.FromSeconds(30)),
    };

    [Fact]
    public void The_longest_waiting_call_rings_at_the_longest_idle_operator() =>
        Assert.Equal(["c1>boris", "c2>anna"], Pairs([Call("c2", 20), Call("c1", 10)], [Idle(Anna, 8), Idle(Boris, 5)]));

    [Fact]
    public void Calls_without_an_operator_wait_and_operators_without_a_call_stay_ready()
    {
        Assert.Equal(["c1>anna"], Pairs([Call("c2", 20), Call("c1", 10)], [Idle(Anna, 8)]));
        Assert.Equal(["c1>boris"], Pairs([Call("c1", 10)], [Idle(Anna, 8), Idle(Boris, 5)]));
        Assert.Empty(Pairs([], [Idle(Anna, 8)]));
        Assert.Empty(Pairs([Call("c1", 10)], []));
    }

    [Fact]
    public void A_key_client_counts_as_waiting_longer_and_does_not_keep_others_waiting_for_ever()
    {
        Assert.Equal(["key>anna"], Pairs([Call("shop", 10), Call("key", 60, types: ClientType.Key)], [Idle(Anna, 8)]));
        Assert.Equal(["shop>anna"], Pairs([Call("shop", 10), Call("key", 71, types: ClientType.Key)], [Idle(Anna, 8)]));
        Assert.Equal(
            ["maybe>anna"], Pairs([Call("shop", 10), Call("maybe", 60, types: [ClientType.Retail, ClientType.Key])], [Idle(Anna, 8)]));
    }

    [Fact]
    public void A_queue_may_have_a_head_start_too_and_both_add_up()
    {
        Assert.Equal(["r>anna"], Pairs([Call("c", 10), Call("r", 39, "regions")], [Idle(Anna, 8)]));
        Assert.Equal(["r>anna"], Pairs([Call("c", 10), Call("r", 99, "regions", ClientType.Key)], [Idle(Anna, 8)]));
    }

    [Fact]
    public void A_call_rings_only_at_who_has_the_skill_and_passes_its_turn_where_nobody_has()
    {
        var horeca = Idle(Anna, 1, "horeca");
        Assert.Equal(["c1>boris"], Pairs([Call("c1", 10)], [horeca, Idle(Boris, 5)]));
        Assert.Equal(["c2>anna"], Pairs([Call("c1", 10), Call("c2", 20, "horeca")], [horeca]));
    }

    [Property(MaxTest = 500)]
    public void Nobody_gets_two_calls_no_call_two_people_and_nobody_is_left_idle_beside_a_call_that_he_could_take(byte[] calls, byte[] people)
    {
        var waiting = calls.Select((b, index) => Call($"c{index}", b, b % 3 == 0 ? "horeca" : "main", b % 5 == 0 ? [ClientType.Key] : [])).ToList();
        var ready = people.Select((b, index) => Idle(new StaffRef($"p{index:000}", ""), b, b % 2 == 0 ? [] : [b % 4 == 1 ? "horeca" : "main"])).ToList();

        var pairs = Distribution.Pairs(Policy, waiting, ready);

        Assert.Equal(pairs.Count, pairs.Select(pair => pair.Call.CallId).Distinct().Count());
        Assert.Equal(pairs.Count, pairs.Select(pair => pair.Operator.Person.Id).Distinct().Count());
        Assert.All(pairs, pair => Assert.True(pair.Operator.Skills.Cover(pair.Call.Queue)));
        var left = waiting.Except(pairs.Select(pair => pair.Call)).ToList();
        var idle = ready.Except(pairs.Select(pair => pair.Operator)).ToList();
        Assert.DoesNotContain(left, call => idle.Exists(one => one.Skills.Cover(call.Queue)));
        Assert.Equal(pairs, Distribution.Pairs(Policy, waiting.AsEnumerable().Reverse(), ready.AsEnumerable().Reverse()));
    }

    [Fact]
    public void A_call_that_rings_out_waits_on_in_the_same_place_and_rings_again()
    {
        var rang = Given(Waiting)
            .After(call => Ringing.Offer(call, Anna, "o1", At(10)))
            .After(call => Ringing.TimeOut(call, "o1", At(30)));
        Assert.Equal(
            [new CallOfferedToOperator(Id, Anna, "o1", 1, At(10)), new OfferNotAnswered(Id, Anna, "o1", 1, At(30))],
            rang.History.Skip(Waiting.Count));
        Assert.Equal((CallPhase.Queued, At(2), null), (rang.State.Phase, rang.State.QueuedAt, rang.State.Ringing));
        rang.When(call => Ringing.Offer(call, Boris, "o2", At(31))).Then(new CallOfferedToOperator(Id, Boris, "o2", 2, At(31)));
    }

    [Fact]
    public void A_call_whose_operator_is_not_ready_any_more_waits_on_in_the_same_place() =>
        Rings().When(call => Ringing.Withdraw(call, "o1", "Break", At(15))).Then(new OfferWithdrawn(Id, Anna, "o1", "Break", At(15)));

    [Fact]
    public void What_rings_or_waits_no_more_is_not_offered_and_an_old_offer_ends_nothing()
    {
        Rings().When(call => Ringing.Offer(call, Boris, "o2", At(11))).ThenNothing();
        Given(InHand).When(call => Ringing.Offer(call, Boris, "o2", At(13))).ThenNothing();
        Given(Arrived).When(call => Ringing.Offer(call, Boris, "o2", At(1))).ThenNothing();
        Rings().When(call => Ringing.TimeOut(call, "o0", At(30))).ThenNothing();
        Rings().When(call => Ringing.Withdraw(call, "o0", "Break", At(30))).ThenNothing();
        var taken = Rings().After(call => CallDecisions.Take(call, Anna, At(12)));
        taken.When(call => Ringing.TimeOut(call, "o1", At(30))).ThenNothing();
    }

    [Fact]
    public void While_it_rings_at_one_no_other_takes_it()
    {
        var refusal = Rings().When(call => CallDecisions.Take(call, Boris, At(12))).ThenRefused("call-rings-at-another");
        Assert.Contains(Anna.Name, refusal.Reason, StringComparison.Ordinal);
        Rings().When(call => CallDecisions.Take(call, Anna, At(12))).ThenOne<CallClaimed>();
        Rings().After(call => Ringing.TimeOut(call, "o1", At(30))).When(call => CallDecisions.Take(call, Boris, At(31))).ThenOne<CallClaimed>();
    }

    [Fact]
    public void A_call_is_taken_by_hand_only_by_who_has_the_skill()
    {
        Given(Waiting).When(call => CallDecisions.Take(call, Anna, At(12), new Skills(["horeca"]))).ThenRefused("skill-missing");
        Given(Waiting).When(call => CallDecisions.Take(call, Anna, At(12), new Skills(["orders"]))).ThenOne<CallClaimed>();
    }

    [Fact]
    public void A_caller_gives_up_while_it_rings()
    {
        var gone = Rings().After(call => CallSignals.Hear(call, Id, Signal(SignalKind.Abandoned, 14)));
        Assert.Equal((CallPhase.Abandoned, "o1"), (gone.State.Phase, gone.State.Ringing?.OfferId));
        gone.When(call => Ringing.TimeOut(call, "o1", At(30))).ThenNothing();
    }

    [Fact]
    public void An_attempt_that_was_given_up_gets_the_call_no_more()
    {
        var givenUp = Given(Waiting).After(call => CallDecisions.GiveUp(call, Anna, "a1"));
        Assert.Equal(new AttemptLapsed(Id, Anna, "a1"), givenUp.History[^1]);
        givenUp.When(call => CallDecisions.GiveUp(call, Anna, "a1")).ThenNothing();
        givenUp.When(call => CallDecisions.Take(call, Anna, At(12), Skills.All, "a1")).ThenRefused("attempt-lapsed");
        givenUp.When(call => CallDecisions.Take(call, Anna, At(12), Skills.All, "a2")).ThenOne<CallClaimed>();
        Given(InHand).When(call => CallDecisions.GiveUp(call, Anna, "a1")).ThenNothing();
        Given(InHand).When(call => CallDecisions.GiveUp(call, Boris, "a1")).ThenOne<AttemptLapsed>();
    }

    private static Given<Call> Rings() => Given(Waiting).After(call => Ringing.Offer(call, Anna, "o1", At(10)));

    private static IEnumerable<string> Pairs(IEnumerable<WaitingCall> calls, IEnumerable<ReadyOperator> people) =>
        Distribution.Pairs(Policy, calls, people).Select(pair => $"{pair.Call.CallId}>{pair.Operator.Person.Id}");

    private static WaitingCall Call(string id, int second, string queue = "main", params ClientType[] types) => new(id, queue, At(second), types);

    private static ReadyOperator Idle(StaffRef person, int second, params string[] queues) => new(person, new Skills([.. queues]), At(second));
}
