using Intake.Domain.Calls;
using static Intake.Domain.Tests.Calls.CallStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

public sealed class SignalTests
{
    [Fact]
    public void An_arriving_call_is_written_down_with_its_number()
    {
        var signal = Signal(SignalKind.Arrived, 0);
        Given().When(call => CallSignals.Hear(call, Id, signal))
            .Then(new CallArrived(Id, "pbx", "77", CallDirection.Inbound, Number, "100", At(0), signal.Identity));
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void A_call_whose_arrival_was_never_signalled_is_registered_all_the_same()
    {
        var queued = Signal(SignalKind.Queued, 2);
        Given().When(call => CallSignals.Hear(call, Id, queued)).Then(
            new CallArrived(Id, "pbx", "77", CallDirection.Inbound, Number, "100", At(2), queued.Identity),
            new CallQueued(Id, "orders", Number, At(2), queued.Identity));

        var ended = Signal(SignalKind.Ended, 9);
        Given().When(call => CallSignals.Hear(call, Id, ended)).Then(
            new CallArrived(Id, "pbx", "77", CallDirection.Inbound, Number, "100", At(9), ended.Identity),
            new CallAbandoned(Id, "", At(9), At(9), 0, ended.Identity));
    }

    [Fact]
    public void A_queued_call_keeps_the_number_with_which_it_arrived()
    {
        var queued = Signal(SignalKind.Queued, 2, from: "");
        Given(Arrived).When(call => CallSignals.Hear(call, Id, queued))
            .Then(new CallQueued(Id, "orders", Number, At(2), queued.Identity));
    }

    [Fact]
    public void A_call_put_into_a_queue_again_waits_since_the_first_time()
    {
        var again = Given(Waiting).After(call => CallSignals.Hear(call, Id, Signal(SignalKind.Queued, 20)));
        Assert.Single(again.History.OfType<LateSignalRecorded>());
        Assert.DoesNotContain(again.History, e => e is CallRecounted);
        Assert.Equal(At(2), again.State.QueuedAt);
    }

    [Theory]
    [InlineData(SignalKind.Abandoned)]
    [InlineData(SignalKind.Ended)]
    public void Hanging_up_while_waiting_is_abandoning_and_the_wait_is_counted_from_the_queue(SignalKind kind)
    {
        var gone = Signal(kind, 32);
        Given(Waiting).When(call => CallSignals.Hear(call, Id, gone))
            .Then(new CallAbandoned(Id, "orders", At(2), At(32), 30_000, gone.Identity));
    }

    [Fact]
    public void A_wait_is_never_negative_however_the_clocks_go()
    {
        var gone = Signal(SignalKind.Abandoned, -60);
        var abandoned = Given(Waiting).When(call => CallSignals.Hear(call, Id, gone)).ThenOne<CallAbandoned>();
        Assert.Equal(0, abandoned.WaitedMs);
    }

    [Fact]
    public void Talk_is_counted_from_the_answer_holds_included()
    {
        var held = Signal(SignalKind.Held, 20);
        var resumed = Signal(SignalKind.Resumed, 30);
        var ended = Signal(SignalKind.Ended, 72);
        var talking = Given(InHand);
        talking.When(call => CallSignals.Hear(call, Id, held)).Then(new CallHeld(Id, At(20), held.Identity));
        var onHold = talking.After(call => CallSignals.Hear(call, Id, held));
        onHold.When(call => CallSignals.Hear(call, Id, resumed)).Then(new CallResumed(Id, At(30), resumed.Identity));
        onHold.When(call => CallSignals.Hear(call, Id, ended))
            .Then(new CallEnded(Id, At(72), 60_000, "normal", ended.Identity));
        Assert.Equal(CallPhase.WrapUp, onHold.After(call => CallSignals.Hear(call, Id, ended)).State.Phase);
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void A_call_that_somebody_answered_on_the_phone_and_nobody_took_ends_unregistered()
    {
        var (rang, answered, ended) = (
            Signal(SignalKind.Offered, 4, extension: "101"), Signal(SignalKind.Answered, 9, extension: "101"), Signal(SignalKind.Ended, 70));
        var given = Given(Waiting);
        given.When(call => CallSignals.Hear(call, Id, rang)).Then(new PhoneRang(Id, "101", At(4), rang.Identity));
        given.When(call => CallSignals.Hear(call, Id, answered)).Then(new PhoneAnswered(Id, "101", At(9), answered.Identity));
        var over = given.After(call => CallSignals.Hear(call, Id, answered, ended));
        Assert.Equal(
            new PhoneCallEnded(Id, "101", At(2), At(9), At(70), 7_000, 61_000, "normal", ended.Identity), over.History[^1]);
        Assert.Equal((CallPhase.Unregistered, true), (over.State.Phase, over.State.IsOver));
    }

    [Fact]
    public void Who_answered_on_his_phone_takes_the_call_afterwards_and_the_wait_is_counted_to_his_phone()
    {
        var answered = Signal(SignalKind.Answered, 9, extension: "101");
        var taken = Given(Waiting).After(call => CallSignals.Hear(call, Id, answered)).After(call => CallDecisions.Take(call, Anna, At(15)));
        Assert.Equal(new CallClaimed(Id, Anna, "orders", At(2), At(15), 7_000), taken.History[^1]);
        var ended = Signal(SignalKind.Ended, 29);
        taken.When(call => CallSignals.Hear(call, Id, ended)).Then(new CallEnded(Id, At(29), 20_000, "normal", ended.Identity));
    }

    [Fact]
    public void The_callers_place_as_the_telephony_counts_stands_with_his_entering_the_queue()
    {
        var queued = Signal(SignalKind.Queued, 2) with { Position = 3 };
        Assert.Equal(3, Given(Arrived).When(call => CallSignals.Hear(call, Id, queued)).ThenOne<CallQueued>().Position);
        var back = Signal(SignalKind.Queued, 40) with { Position = 1 };
        Assert.Equal(1, Given(Waiting).After(call => CallSignals.Hear(call, Id, Signal(SignalKind.Transferred, 32)))
            .When(call => CallSignals.Hear(call, Id, back)).ThenOne<CallRequeued>().Position);
    }

    [Fact]
    [Trait("Clause", "B.V.5")]
    public void The_words_of_the_telephony_go_with_the_first_event_that_they_caused_late_ones_too()
    {
        var decision = CallSignals.Hear(
            Call.Stream.Initial, Id, Signal(SignalKind.Queued, 2) with { Raw = "ENTERQUEUE" }, Signal(SignalKind.Queued, 2) with { Raw = "twice" },
            Signal(SignalKind.Abandoned, 9), Signal(SignalKind.Answered, 5) with { Raw = "CONNECT" });
        Assert.Equal(
            [(nameof(CallArrived), "ENTERQUEUE"), (nameof(LateSignalRecorded), "CONNECT")],
            decision.Raw.OrderBy(words => words.Key).Select(words => (decision.Events[words.Key].GetType().Name, words.Value)));
    }

    [Fact]
    public void A_phone_that_rings_out_does_not_make_a_missed_call()
    {
        var waits = Given(Waiting).After(call => CallSignals.Hear(
            call, Id, Signal(SignalKind.Offered, 4, extension: "101"), Signal(SignalKind.NotAnswered, 14, extension: "101")));
        Assert.Equal((CallPhase.Queued, CallOutcome.Open), (waits.State.Phase, waits.State.Count.Outcome));
        Assert.Equal(CallOutcome.Answered, waits
            .After(call => CallSignals.Hear(call, Id, Signal(SignalKind.Answered, 20), Signal(SignalKind.Ended, 30))).State.Count.Outcome);
    }

    [Fact]
    public void A_call_that_leaves_its_queue_unanswered_is_missed_until_it_enters_another()
    {
        var left = Signal(SignalKind.Transferred, 32);
        var given = Given(Waiting);
        given.When(call => CallSignals.Hear(call, Id, left))
            .Then(new CallLeftQueue(Id, "orders", At(2), At(32), 30_000, "normal", left.Identity));
        var gone = given.After(call => CallSignals.Hear(call, Id, left));
        Assert.Equal((CallPhase.Arrived, CallOutcome.Missed), (gone.State.Phase, gone.State.Count.Outcome));

        var back = Signal(SignalKind.Queued, 33);
        var again = gone.After(call => CallSignals.Hear(call, Id, back));
        Assert.Equal((CallPhase.Queued, CallOutcome.Open, At(2)), (again.State.Phase, again.State.Count.Outcome, again.State.QueuedAt));
        Assert.Equal(
            new CallRecounted(
                Id, new CallCount(At(2), CallOutcome.Missed, 30_000, null, 0), new CallCount(At(2), CallOutcome.Open, 0, null, 0),
                back.Identity),
            again.History[^1]);
    }

    [Fact]
    public void An_answer_that_is_heard_after_the_end_puts_the_missed_call_right_and_reopens_nothing()
    {
        var late = Signal(SignalKind.Answered, 9, extension: "101");
        var over = Given(Waiting).After(call => CallSignals.Hear(call, Id, Signal(SignalKind.Ended, 32), late));
        Assert.Equal(CallPhase.Unregistered, over.State.Phase);
        Assert.Equal(new CallCount(At(2), CallOutcome.Answered, 7_000, At(32), 23_000), over.State.Count);
        Assert.Equal(
            [nameof(CallAbandoned), nameof(LateSignalRecorded), nameof(PhoneRecordCorrected), nameof(CallRecounted)],
            over.History.Skip(2).Select(e => e.GetType().Name));
    }

    [Fact]
    public void Many_signals_heard_at_once_are_as_heard_one_by_one()
    {
        CallSignal[] signals =
        [
            Signal(SignalKind.Queued, 2), Signal(SignalKind.Offered, 4), Signal(SignalKind.Answered, 9), Signal(SignalKind.Queued, 2),
            Signal(SignalKind.Ended, 30),
        ];
        var atOnce = Given().After(call => CallSignals.Hear(call, Id, signals));
        var oneByOne = signals.Aggregate(Given(), (given, signal) => given.After(call => CallSignals.Hear(call, Id, signal)));
        Assert.Equal(oneByOne.History.Select(Scenario.Told), atOnce.History.Select(Scenario.Told));
    }

    public static TheoryData<int, CallPhase> Silent() => new()
    {
        { 0, CallPhase.PresumedEnded }, { 1, CallPhase.Unregistered }, { 2, CallPhase.WrapUp },
    };

    [Theory]
    [MemberData(nameof(Silent))]
    public void A_call_of_which_nothing_was_heard_for_long_is_presumed_over_and_a_late_end_is_kept_as_late(int story, CallPhase phase)
    {
        var given = story switch
        {
            0 => Given(Waiting),
            1 => Given([.. Waiting, new PhoneAnswered(Id, "101", At(9), "answered")]),
            _ => Given(InHand),
        };
        var last = story switch { 0 => 2, 1 => 9, _ => 12 };
        given.When(call => CallSignals.PresumeEnded(call, At(last + 99), TimeSpan.FromSeconds(100))).ThenNothing();
        var silent = given.When(call => CallSignals.PresumeEnded(call, At(last + 100), TimeSpan.FromSeconds(100)));
        silent.Then(new CallPresumedEnded(Id, At(last), At(last + 100)));

        var presumed = given.After(call => CallSignals.PresumeEnded(call, At(last + 100), TimeSpan.FromSeconds(100)));
        Assert.Equal((phase, false), (presumed.State.Phase, presumed.State.IsRunning));
        presumed.When(call => CallSignals.PresumeEnded(call, At(last + 900), TimeSpan.FromSeconds(100))).ThenNothing();
        var ended = Signal(SignalKind.Ended, 60);
        presumed.When(call => CallSignals.Hear(call, Id, ended)).ThenOne<LateSignalRecorded>();
        Assert.Equal(phase, presumed.After(call => CallSignals.Hear(call, Id, ended)).State.Phase);
    }

    [Fact]
    public void The_same_signal_twice_is_one_signal()
    {
        var signals = new[]
        {
            Signal(SignalKind.Arrived, 0), Signal(SignalKind.Queued, 2), Signal(SignalKind.Abandoned, 30),
        };
        foreach (var twice in signals)
        {
            var heard = signals.TakeWhile(signal => signal != twice).Append(twice)
                .Aggregate(Given(), (given, signal) => given.After(call => CallSignals.Hear(call, Id, signal)));
            heard.When(call => CallSignals.Hear(call, Id, twice)).ThenNothing();
        }

        var late = Signal(SignalKind.Resumed, 40);
        Given(Waiting).After(call => CallSignals.Hear(call, Id, late)).When(call => CallSignals.Hear(call, Id, late)).ThenNothing();
    }

    [Fact]
    public void Signals_of_two_legs_or_of_two_moments_are_two_signals()
    {
        var first = Signal(SignalKind.Held, 20);
        var held = Given(InHand).After(call => CallSignals.Hear(call, Id, first));
        held.When(call => CallSignals.Hear(call, Id, Signal(SignalKind.Held, 20, leg: "2"))).ThenOne<LateSignalRecorded>();
        held.When(call => CallSignals.Hear(call, Id, Signal(SignalKind.Held, 21))).ThenOne<LateSignalRecorded>();
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void No_late_signal_reopens_a_call_that_is_over(SignalKind kind)
    {
        IReadOnlyList<IEvent>[] over =
        [
            [.. Waiting, new CallAbandoned(Id, "orders", At(2), At(30), 28_000, "gone")],
            [.. InHand, new CallEnded(Id, At(60), 48_000, "normal", "ended")],
            [.. InHand, new CallConvertedToCallback(Id, Id, Hanna, Deadline)],
            [.. InHand, new CallClosed(Id, Anna, CallPurpose.Order, CallResult.OrderTaken, "", "c1", At(70), At(2), 58_000)],
        ];
        var signal = Signal(kind, 90);
        Assert.All(over, history =>
        {
            var given = Given(history);
            given.When(call => CallSignals.Hear(call, Id, signal)).ThenOne<LateSignalRecorded>();
            var after = given.After(call => CallSignals.Hear(call, Id, signal)).State;
            Assert.Equal((given.State.IsRunning, given.State.IsOver), (after.IsRunning, after.IsOver));
            Assert.False(after.IsRunning);
        });
    }

    public static TheoryData<SignalKind> EveryKind() => [.. Enum.GetValues<SignalKind>()];
}
