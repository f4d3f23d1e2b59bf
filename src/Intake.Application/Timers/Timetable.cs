using Intake.Application.Calls;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.EventLog.Serialisation;

namespace Intake.Application.Timers;

/// <summary>
/// Which events set and clear which timers, and which command each sends when it is due. The command changes nothing where what it
/// waited for has happened meanwhile, so a timer that comes twice or late does no harm.
/// </summary>
public sealed class Timetable(FloorPolicy floor)
{
    /// <summary>The events that change any timer; all others need not be decoded.</summary>
    public static IReadOnlySet<Type> Handles { get; } = new HashSet<Type>
    {
        typeof(TransferOffered), typeof(TransferDeclined), typeof(TransferAccepted), typeof(TransferTimedOut),
        typeof(CallArrived), typeof(CallQueued), typeof(CallLeftQueue), typeof(CallRequeued), typeof(PhoneRang), typeof(PhoneRangOut),
        typeof(PhoneAnswered), typeof(PhoneTransferred), typeof(CallHeld), typeof(CallResumed), typeof(CallClaimed), typeof(CallAbandoned),
        typeof(CallEnded), typeof(PhoneCallEnded), typeof(CallPresumedEnded), typeof(CallConvertedToCallback), typeof(CallClosed),
    };

    /// <summary>What the event does to the timers; nothing for most.</summary>
    public IReadOnlyList<TimerChange> Of(EventInLog occurred)
    {
        ArgumentNullException.ThrowIfNull(occurred);
        return occurred.Event switch
        {
            TransferOffered e => [Set(TimerKind.TransferUnanswered, e.EscalationId, e.CallId, e.At + floor.AnswerTransferWithin)],
            TransferDeclined e => [Clear(TimerKind.TransferUnanswered, e.EscalationId)],
            TransferTimedOut e => [Clear(TimerKind.TransferUnanswered, e.EscalationId)],
            CallArrived e => [Heard(e.CallId)],
            CallQueued e => [Heard(e.CallId)],
            CallLeftQueue e => [Heard(e.CallId)],
            CallRequeued e => [Heard(e.CallId)],
            PhoneRang e => [Heard(e.CallId)],
            PhoneRangOut e => [Heard(e.CallId)],
            PhoneAnswered e => [Heard(e.CallId)],
            PhoneTransferred e => [Heard(e.CallId)],
            CallHeld e => [Heard(e.CallId)],
            CallResumed e => [Heard(e.CallId)],
            CallClaimed e => [Heard(e.CallId)],
            CallAbandoned e => [Over(e.CallId)],
            CallEnded e => [Over(e.CallId)],
            PhoneCallEnded e => [Over(e.CallId)],
            CallPresumedEnded e => [Over(e.CallId)],
            CallConvertedToCallback e => [Over(e.CallId)],
            CallClosed e => [Over(e.CallId)],
            _ => [],
        };

        // By our clock: of a feed that is taken over late every signal is old, and the next one may be on its way.
        TimerChange Heard(string callId) =>
            Set(TimerKind.CallSilent, callId, callId, occurred.Envelope.OccurredAt + floor.PresumeEndedAfter);

        static TimerChange Over(string callId) => Clear(TimerKind.CallSilent, callId);

        TimerChange Set(TimerKind kind, string subject, string streamId, DateTimeOffset due) =>
            new TimerChange.Set(new Timer(kind, subject, streamId, due, occurred.Envelope.CorrelationId));

        static TimerChange Clear(TimerKind kind, string subject) => new TimerChange.Clear(kind, subject);
    }

    /// <summary>The command of a timer that is due. Its id is the timer's, so that it is carried out once, however often it is sent.</summary>
    public static Command Due(Timer timer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(timer);
        var context = new CommandContext(
            EventId.Named($"timer {timer.Kind} {timer.Subject} {timer.DueAt.UtcDateTime:O}"), Actor.System, now, timer.CorrelationId, "timer");
        return timer.Kind switch
        {
            TimerKind.TransferUnanswered => new TimeOutTransfer(timer.StreamId, timer.Subject) { Context = context },
            TimerKind.CallSilent => new PresumeCallEnded(timer.StreamId) { Context = context },
            _ => throw new ArgumentOutOfRangeException(nameof(timer), timer.Kind, "No command belongs to this timer."),
        };
    }
}
