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
        Assert.IsType<LateSignalRecorded>(again.History[^1]);
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
            given.When(call => CallSignals.Hear(call, Id, signal))
                .Then(new LateSignalRecorded(Id, kind.ToString(), At(90), signal.Identity));
            Assert.Equal(given.State.Phase, given.After(call => CallSignals.Hear(call, Id, signal)).State.Phase);
        });
    }

    public static TheoryData<SignalKind> EveryKind() => [.. Enum.GetValues<SignalKind>()];
}
