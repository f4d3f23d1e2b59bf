namespace Intake.Domain.Calls;

/// <summary>What telephony signals do to a call. They only move it forward: a late one is kept and changes nothing.</summary>
public static class CallSignals
{
    /// <summary>Hears a signal; a duplicate is recognised by its identity and changes nothing.</summary>
    public static Decision Hear(Call call, string callId, CallSignal signal)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(signal);
        if (call.Signals.Contains(signal.Identity))
        {
            return Decision.Nothing;
        }

        return (signal.Kind, call.Phase) switch
        {
            (SignalKind.Arrived, CallPhase.Unknown) => Decision.Accept(Arrived(callId, signal)),
            (SignalKind.Queued, CallPhase.Unknown) => Decision.Accept(Arrived(callId, signal), Queued(callId, signal, signal.From)),
            (SignalKind.Queued, CallPhase.Arrived) => Decision.Accept(
                Queued(callId, signal, signal.From.Length > 0 ? signal.From : call.FromNumber)),
            (SignalKind.Abandoned or SignalKind.Ended, CallPhase.Unknown) =>
                Decision.Accept(Arrived(callId, signal), Abandoned(call, callId, signal)),
            (SignalKind.Abandoned or SignalKind.Ended, CallPhase.Arrived or CallPhase.Queued) =>
                Decision.Accept(Abandoned(call, callId, signal)),
            (SignalKind.Held, CallPhase.Connected) => Decision.Accept(new CallHeld(callId, signal.OccurredAt, signal.Identity)),
            (SignalKind.Resumed, CallPhase.Held) => Decision.Accept(new CallResumed(callId, signal.OccurredAt, signal.Identity)),
            (SignalKind.Abandoned or SignalKind.Ended, CallPhase.Connected or CallPhase.Held) => Decision.Accept(
                new CallEnded(
                    callId, signal.OccurredAt, Elapsed.Ms(call.AnsweredAt, signal.OccurredAt), signal.Cause, signal.Identity)),
            (SignalKind.CallbackAsked, CallPhase.Arrived or CallPhase.Queued) =>
                Decision.Accept(new CallbackAsked(callId, signal.OccurredAt, signal.Identity)),
            _ => Decision.Accept(new LateSignalRecorded(callId, signal.Kind.ToString(), signal.OccurredAt, signal.Identity)),
        };
    }

    private static CallArrived Arrived(string callId, CallSignal signal) => new(
        callId, signal.Source, signal.SourceCallId, signal.Direction, signal.From, signal.To, signal.OccurredAt, signal.Identity);

    private static CallQueued Queued(string callId, CallSignal signal, string from) =>
        new(callId, signal.Queue, from, signal.OccurredAt, signal.Identity);

    private static CallAbandoned Abandoned(Call call, string callId, CallSignal signal)
    {
        var since = call.Phase == CallPhase.Queued ? call.QueuedAt : signal.OccurredAt;
        return new CallAbandoned(
            callId, call.Queue, since, signal.OccurredAt, Elapsed.Ms(since, signal.OccurredAt), signal.Identity);
    }
}
