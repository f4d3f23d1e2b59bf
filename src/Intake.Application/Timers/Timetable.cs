using Intake.Application.Callbacks;
using Intake.Application.Calls;
using Intake.Domain;
using Intake.Domain.Callbacks;
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
        typeof(CallbackRequested), typeof(CallbackScheduled), typeof(CallbackLeased), typeof(CallbackLeaseEnded), typeof(CallbackEscalated),
        typeof(CallbackBreached), typeof(CallbackClosed),
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
            CallbackRequested e => [OfLine(TimerKind.CallbackMissed, e.CallbackId, e.Deadline)],
            CallbackScheduled e => [OfLine(TimerKind.CallbackMissed, e.CallbackId, e.Window.Until)],
            CallbackEscalated e => [OfLine(TimerKind.CallbackMissed, e.CallbackId, e.Deadline)],
            CallbackBreached e => [Clear(TimerKind.CallbackMissed, e.CallbackId)],
            CallbackLeased e => [OfLine(TimerKind.CallbackLeaseOver, e.CallbackId, e.Until)],
            CallbackLeaseEnded e => [Clear(TimerKind.CallbackLeaseOver, e.CallbackId)],
            CallbackClosed e => [Clear(TimerKind.CallbackMissed, e.CallbackId), Clear(TimerKind.CallbackLeaseOver, e.CallbackId)],
            _ => [],
        };

        TimerChange Set(TimerKind kind, string subject, string streamId, DateTimeOffset due) =>
            new TimerChange.Set(new Timer(kind, subject, streamId, due, occurred.Envelope.CorrelationId));

        TimerChange OfLine(TimerKind kind, string callbackId, DateTimeOffset due) => Set(kind, callbackId, occurred.Recorded.Stream.Id, due);

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
            TimerKind.CallbackLeaseOver => new ExpireLease(timer.StreamId, timer.Subject) { Context = context },
            TimerKind.CallbackMissed => new BreachCallback(timer.StreamId, timer.Subject) { Context = context },
            _ => throw new ArgumentOutOfRangeException(nameof(timer), timer.Kind, "No command belongs to this timer."),
        };
    }
}
