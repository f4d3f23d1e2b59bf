using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Intake.Domain.Calls;
using static Intake.Domain.Tests.Calls.CallStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>
/// Signals in any order and any number of times: what the telephony says of the call, and how the call counts, is the same in the end. What
/// people do with the call in between is kept apart from it.
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
    public void A_call_given_up_ends_abandoned_once_with_its_whole_wait_whatever_the_order(byte[] picks)
    {
        var heard = Hear(Given(), picks, GivenUp);

        Assert.Equal(CallPhase.Abandoned, heard.State.Phase);
        Assert.Equal(Number, heard.State.FromNumber);
        Assert.Single(heard.History.OfType<CallArrived>());
        Assert.Equal(At(30), Assert.Single(heard.History.OfType<CallAbandoned>()).At);
        Assert.Equal(new CallCount(At(2), CallOutcome.Missed, 28_000, null, 0), heard.State.Count);
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
    public void A_hold_whose_end_was_heard_first_does_not_hold_the_call_for_ever(byte[] picks) =>
        Assert.Equal(CallPhase.Connected, Hear(Given(InHand), picks, Talk[..4]).State.Phase);

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

    [Property(MaxTest = 2000)]
    public Property Any_history_in_any_order_with_any_repetitions_leaves_one_record_and_one_count() => Prop.ForAll(
        Histories(), Picks(), Picks(), (history, one, other) =>
        {
            var (first, second) = (Hear(Given(), one, history).State, Hear(Given(), other, history).State);
            Assert.Equal(first.Phone, second.Phone);
            Assert.Equal(first.Count, second.Count);
        });

    [Property(MaxTest = 2000)]
    public Property Whatever_was_counted_on_the_way_is_counted_right_in_the_end() => Prop.ForAll(
        Histories(), Picks(), (history, picks) =>
        {
            var heard = Hear(Given(), picks, history);
            Assert.Equal(CallCount.Of(heard.State), heard.State.Count);
            Assert.All(heard.History.OfType<CallRecounted>(), recount => Assert.NotEqual(recount.Before, recount.After));
            Assert.Equal(CallCount.Of(Hear(Given(), [], history).State), heard.State.Count);
        });

    // Readers of events add up as they come; a call must not stand in their sums twice, nor after it was taken away.
    [Property(MaxTest = 5000)]
    public Property What_readers_add_up_on_the_way_is_how_the_call_counts_in_the_end() => Prop.ForAll(
        Histories(), Picks(), Picks(), (history, before, after) =>
        {
            var untaken = Hear(Given(), before, history);
            Assert.Equal(Sums(untaken.State.Count), untaken.History.Aggregate((0, 0, 0, 0L, 0, 0L), Add));

            var waiting = Heard(Given(), before, history);
            if (waiting.State.IsWaiting || waiting.State.Phase == CallPhase.Answered)
            {
                var taken = Hear(waiting.After(call => CallDecisions.Take(call, Anna, At(35))), after, history)
                    .After(call => CallSignals.Hear(call, Id, Signal(SignalKind.Ended, 90)));
                Assert.Equal(Sums(taken.State.Count), taken.History.Aggregate((0, 0, 0, 0L, 0, 0L), Add));
            }
        });

    [Property(MaxTest = 1000)]
    public Property What_the_phones_did_is_the_same_whenever_somebody_takes_the_call() => Prop.ForAll(
        Histories(), Picks(), Picks(), (history, before, after) =>
        {
            var taken = Heard(Given(), before, history).After(call => CallDecisions.Take(call, Anna, At(35)));
            Assert.Equal(Hear(Given(), [], history).State.Phone, Hear(taken, after, history).State.Phone);
        });

    [Property(MaxTest = 2000)]
    [Trait("Clause", "A.III.14")]
    public Property A_call_that_is_over_never_comes_back() => Prop.ForAll(Histories(), Picks(), (history, picks) =>
    {
        var given = Given();
        foreach (var pick in picks)
        {
            var before = given.State;
            given = given.After(call => CallSignals.Hear(call, Id, history[pick % history.Length]));
            Assert.False(before.IsOver && given.State is { IsRunning: true } or { Phase: CallPhase.WrapUp });
        }
    });

    // Offered, answered, missed, waited, ended, talked: as the figures add them up.
    private static (int, int, int, long, int, long) Add((int, int, int, long, int, long) sum, IEvent e) => e switch
    {
        CallQueued => Plus(sum, (1, 0, 0, 0, 0, 0), 1),
        CallClaimed c when c.Queue.Length > 0 || c.QueuedAt != c.At => Plus(sum, (0, 1, 0, c.WaitedMs, 0, 0), 1),
        CallAbandoned c when c.Queue.Length > 0 || c.QueuedAt != c.At => Plus(sum, (0, 0, 1, c.WaitedMs, 0, 0), 1),
        CallLeftQueue c => Plus(sum, (0, 0, 1, c.WaitedMs, 0, 0), 1),
        CallEnded c => Plus(sum, (0, 0, 0, 0, 1, c.TalkMs), 1),
        PhoneCallEnded { QueuedAt: null } c => Plus(sum, (0, 0, 0, 0, 1, c.TalkMs), 1),
        PhoneCallEnded c => Plus(sum, (0, 1, 0, c.WaitedMs, 1, c.TalkMs), 1),
        CallRecounted c => Plus(Plus(sum, Sums(c.Before), -1), Sums(c.After), 1),
        _ => sum,
    };

    private static (int, int, int, long, int, long) Plus((int, int, int, long, int, long) sum, (int, int, int, long, int, long) more, int times) => (
        sum.Item1 + (times * more.Item1), sum.Item2 + (times * more.Item2), sum.Item3 + (times * more.Item3),
        sum.Item4 + (times * more.Item4), sum.Item5 + (times * more.Item5), sum.Item6 + (times * more.Item6));

    private static (int, int, int, long, int, long) Sums(CallCount count)
    {
        var queued = count.QueuedAt is null ? 0 : 1;
        return (
            queued, count.Outcome == CallOutcome.Answered ? queued : 0, count.Outcome == CallOutcome.Missed ? queued : 0,
            queued * count.WaitedMs, count.EndedAt is null ? 0 : 1, count.TalkMs);
    }

    // A call with up to a dozen signals of any kind in the same minute, each with an identity of its own.
    private static Arbitrary<CallSignal[]> Histories()
    {
        var signals =
            from kind in Gen.Elements(Enum.GetValues<SignalKind>())
            from second in Gen.Choose(0, 60)
            from extension in Gen.Elements("", "101", "102")
            select Signal(kind, second, @from: second % 2 == 0 ? Number : "", extension: extension);
        return (
            from length in Gen.Choose(1, 12)
            from history in Gen.ArrayOf(signals, length)
            select history.DistinctBy(signal => signal.Identity).ToArray()).ToArbitrary();
    }

    private static Arbitrary<byte[]> Picks() => ArbMap.Default.ArbFor<byte[]>();

    // Any order with any repetitions: the picks, then all once more, so that none is missing.
    private static Given<Call> Hear(Given<Call> given, byte[] picks, CallSignal[] signals) =>
        signals.Aggregate(Heard(given, picks, signals), (heard, signal) => heard.After(call => CallSignals.Hear(call, Id, signal)));

    private static Given<Call> Heard(Given<Call> given, byte[] picks, CallSignal[] signals) =>
        picks.Select(pick => signals[pick % signals.Length])
            .Aggregate(given, (heard, signal) => heard.After(call => CallSignals.Hear(call, Id, signal)));
}
