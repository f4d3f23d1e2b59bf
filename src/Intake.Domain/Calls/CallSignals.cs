namespace Intake.Domain.Calls;

/// <summary>
/// What telephony signals do to a call. They only move it forward: a late one reopens nothing, but what it teaches is kept, and how the
/// call counts is put right.
/// </summary>
public static class CallSignals
{
    /// <summary>Hears signals of one call in the order in which they came; what is heard twice changes nothing.</summary>
    public static Decision Hear(Call call, string callId, params IReadOnlyList<CallSignal> signals)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(signals);
        var telling = new Telling();
        foreach (var signal in signals.Where(signal => !call.Signals.Contains(signal.Identity)))
        {
            telling.Hear(signal.Raw);
            if (call.Phase == CallPhase.Unknown)
            {
                Tell(Arrived(callId, signal));
                if (signal.Kind == SignalKind.Arrived)
                {
                    continue;
                }
            }

            Tell(Moves(call, callId, signal) ?? new LateSignalRecorded(callId, signal.Kind.ToString(), signal.OccurredAt, signal.Identity));
            if (call.Phone.With(signal) is var record && record != call.Phone)
            {
                Tell(new PhoneRecordCorrected(callId, record, signal.Identity));
            }

            // That it had left was heard before that it was there.
            if (call is { Phase: CallPhase.Queued, Phone: { HasLeftQueue: true, Transferred: { } left } })
            {
                Tell(new CallLeftQueue(
                    callId, call.Queue, call.QueuedAt, left.At, Elapsed.Ms(call.QueuedAt, left.At), string.Empty, signal.Identity));
            }

            if (CallCount.Of(call) is var count && count != call.Count)
            {
                Tell(new CallRecounted(callId, call.Count, count, signal.Identity));
            }
        }

        return telling.Decide();

        void Tell(IEvent e)
        {
            telling.Tell(e);
            call = Call.Stream.Evolve(call, e);
        }
    }

    /// <summary>Presumes that the call is over when nothing was heard of it for so long; one that was heard of meanwhile is left alone.</summary>
    public static Decision PresumeEnded(Call call, DateTimeOffset now, TimeSpan silentFor)
    {
        ArgumentNullException.ThrowIfNull(call);
        var last = call.AnsweredAt > call.Phone.LastAt ? call.AnsweredAt : call.Phone.LastAt;
        return (call.IsWaiting || call.Phase is CallPhase.Answered or CallPhase.Connected or CallPhase.Held) && now - last >= silentFor
            ? Decision.Accept(new CallPresumedEnded(call.Id, last, now))
            : Decision.Nothing;
    }

    // What the signal does where it comes in its turn; null where it is too late for that.
    private static IEvent? Moves(Call call, string callId, CallSignal signal) => (signal.Kind, call) switch
    {
        (SignalKind.Queued, { Phase: CallPhase.Arrived, Phone.Queued: null }) => new CallQueued(
            callId, signal.Queue, signal.From.Length > 0 ? signal.From : call.FromNumber, signal.OccurredAt, signal.Identity,
            signal.Position),
        (SignalKind.Queued, { Phase: CallPhase.Arrived }) when signal.OccurredAt >= call.Phone.Transferred?.At =>
            new CallRequeued(callId, signal.Queue, signal.OccurredAt, signal.Identity, signal.Position),
        (SignalKind.Transferred, { Phase: CallPhase.Queued }) when signal.OccurredAt > call.Phone.LastQueued?.At => new CallLeftQueue(
            callId, call.Queue, call.QueuedAt, signal.OccurredAt, Elapsed.Ms(call.QueuedAt, signal.OccurredAt), signal.Cause, signal.Identity),
        (SignalKind.Offered, { IsRunning: true }) => new PhoneRang(callId, signal.Extension, signal.OccurredAt, signal.Identity),
        (SignalKind.NotAnswered, { IsRunning: true }) => new PhoneRangOut(callId, signal.Extension, signal.OccurredAt, signal.Identity),
        (SignalKind.Answered, { IsRunning: true }) => new PhoneAnswered(callId, signal.Extension, signal.OccurredAt, signal.Identity),
        (SignalKind.Transferred, { IsRunning: true, IsWaiting: false }) =>
            new PhoneTransferred(callId, signal.To, signal.OccurredAt, signal.Identity),
        (SignalKind.Held, { Phase: CallPhase.Connected }) when IsLatest(call, signal) => new CallHeld(callId, signal.OccurredAt, signal.Identity),
        (SignalKind.Resumed, { Phase: CallPhase.Held }) when IsLatest(call, signal) => new CallResumed(callId, signal.OccurredAt, signal.Identity),
        (SignalKind.Abandoned or SignalKind.Ended, { IsWaiting: true }) => Abandoned(call, callId, signal),
        // One that was taken here and left is counted as answered already.
        (SignalKind.Abandoned or SignalKind.Ended,
            { Phase: CallPhase.Connected or CallPhase.Held } or { Phase: CallPhase.Answered, ClaimedBy: not null }) => new CallEnded(
            callId, signal.OccurredAt, Elapsed.Ms(call.AnsweredAt, signal.OccurredAt), signal.Cause, signal.Identity),
        (SignalKind.Abandoned or SignalKind.Ended, { Phase: CallPhase.Answered, Phone.Answered: { } answered }) => new PhoneCallEnded(
            callId, answered.Said, call.Phone.Queued?.At, answered.At, signal.OccurredAt,
            call.Phone.Queued is { } queued ? Elapsed.Ms(queued.At, answered.At) : 0, Elapsed.Ms(answered.At, signal.OccurredAt),
            signal.Cause, signal.Identity),
        (SignalKind.CallbackAsked, { IsWaiting: true }) => new CallbackAsked(callId, signal.OccurredAt, signal.Identity),
        _ => null,
    };

    // A hold whose end is known already is over.
    private static bool IsLatest(Call call, CallSignal signal) =>
        call.Phone.With(signal).Hold is { } last && last.At == signal.OccurredAt && last.Said == signal.Kind.ToString();

    private static CallArrived Arrived(string callId, CallSignal signal) => new(
        callId, signal.Source, signal.SourceCallId, signal.Direction, signal.From, signal.To, signal.OccurredAt, signal.Identity);

    // Who gives up outside of a queue has no wait there.
    private static CallAbandoned Abandoned(Call call, string callId, CallSignal signal)
    {
        var since = call.Phase == CallPhase.Queued ? call.QueuedAt : signal.OccurredAt;
        return new CallAbandoned(
            callId, call.Queue, since, signal.OccurredAt, Elapsed.Ms(since, signal.OccurredAt), signal.Identity);
    }
}
