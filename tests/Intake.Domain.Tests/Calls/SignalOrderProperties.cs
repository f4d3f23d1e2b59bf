using FsCheck.Xunit;
using Intake.Domain.Calls;
using static Intake.Domain.Tests.Calls.CallStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>
/// Signals in any order and any number of times: the call ends where it ends, once. What does depend on the order is how long
/// an abandoned call waited, when the signal that it was queued comes after the one that it was abandoned.
/// </summary>
public sealed class SignalOrderProperties
{
    private static readonly CallSignal[] GivenUp =
        [Signal(SignalKind.Arrived, 0), Signal(SignalKind.Queued, 2), Signal(SignalKind.Abandoned, 30)];

    private static readonly CallSignal[] Talk =
    [
        Signal(SignalKind.Held, 20), Signal(SignalKind.Resumed, 30), Signal(SignalKind.Held, 40), Signal(SignalKind.Resumed, 45),
        Signal(SignalKind.Ended, 72),
    ];

    [Property(MaxTest = 500)]
    public void A_call_given_up_ends_abandoned_once_whatever_the_order(byte[] picks)
    {
        var heard = Hear(Given(), picks, GivenUp);

        Assert.Equal(CallPhase.Abandoned, heard.State.Phase);
        Assert.Equal(Number, heard.State.FromNumber);
        Assert.Single(heard.History.OfType<CallArrived>());
        Assert.Equal(At(30), Assert.Single(heard.History.OfType<CallAbandoned>()).At);
    }

    [Property(MaxTest = 500)]
    public void A_call_talked_on_ends_once_with_the_same_talk_whatever_the_order(byte[] picks)
    {
        var heard = Hear(Given(InHand), picks, Talk);

        Assert.Equal(CallPhase.WrapUp, heard.State.Phase);
        var ended = Assert.Single(heard.History.OfType<CallEnded>());
        Assert.Equal((At(72), 60_000L, "normal"), (ended.At, ended.TalkMs, ended.Cause));
    }

    [Property(MaxTest = 500)]
    public void A_waiting_call_waits_once_with_its_number_whatever_the_order(byte[] picks)
    {
        var heard = Hear(Given(), picks, GivenUp[..2]);

        Assert.Equal(CallPhase.Queued, heard.State.Phase);
        Assert.Equal((At(2), "orders", Number), (heard.State.QueuedAt, heard.State.Queue, heard.State.FromNumber));
        Assert.Single(heard.History.OfType<CallArrived>());
        Assert.Single(heard.History.OfType<CallQueued>());
    }

    [Property(MaxTest = 500)]
    public void Every_signal_is_kept_and_none_twice(byte[] picks)
    {
        var all = GivenUp.Concat(Talk).ToArray();
        var heard = Hear(Given(), picks, all);

        Assert.Equal(all.Select(signal => signal.Identity).Order(), heard.State.Signals.Order());
        Assert.All(all, signal => heard.When(call => CallSignals.Hear(call, Id, signal)).ThenNothing());
    }

    // Any order with any repetitions: the picks, then all once more, so that none is missing.
    private static Given<Call> Hear(Given<Call> given, byte[] picks, CallSignal[] signals) =>
        picks.Select(pick => signals[pick % signals.Length]).Concat(signals)
            .Aggregate(given, (heard, signal) => heard.After(call => CallSignals.Hear(call, Id, signal)));
}
