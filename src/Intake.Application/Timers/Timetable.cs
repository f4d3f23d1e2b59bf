using Intake.Application.Callbacks;
using Intake.Application.Calls;
using Intake.Application.Escalations;
using Intake.Application.Staff;
using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Escalations;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;

namespace Intake.Application.Timers;

/// <summary>
/// Which events set and clear which timers, and which command each sends when it is due. The command changes nothing where what it
/// waited for has happened meanwhile, so a timer that comes twice or late does no harm.
/// </summary>
public sealed class Timetable(FloorPolicy floor, DistributionPolicy distribution)
{
    /// <summary>The events that change any timer; all others need not be decoded.</summary>
    public static IReadOnlySet<Type> Handles { get; } = new HashSet<Type>
    {
        typeof(TransferOffered), typeof(TransferDeclined), typeof(TransferAccepted), typeof(TransferTimedOut), typeof(TransferWithdrawn),
        typeof(EscalationRaised), typeof(EscalationDecided), typeof(CoverageOrdered), typeof(CoverageStarted), typeof(CoverageEnded),
        typeof(SessionReserved), typeof(ReservationReleased), typeof(OfferWithdrawn), typeof(CallEngaged),
        typeof(EngagementEnded), typeof(CallClaimed), typeof(CallTakenUp),
        typeof(CallbackRequested), typeof(CallbackScheduled), typeof(CallbackLeased), typeof(CallbackLeaseEnded), typeof(CallbackEscalated),
        typeof(CallbackBreached), typeof(CallbackClosed),
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
            TransferWithdrawn e => [Clear(TimerKind.TransferUnanswered, e.EscalationId)],
            EscalationRaised e => [Set(TimerKind.EscalationDeadline, e.EscalationId, e.EscalationId, e.Deadline)],
            CoverageOrdered e => [Set(TimerKind.CoverageBegins, e.CoverageId, e.Absent.Id, e.From)],
            CoverageStarted e => [Clear(TimerKind.CoverageBegins, e.CoverageId), Set(TimerKind.CoverageEnds, e.CoverageId, e.Absent.Id, e.Until)],
            CoverageEnded e => [Clear(TimerKind.CoverageBegins, e.CoverageId), Clear(TimerKind.CoverageEnds, e.CoverageId)],
            EscalationDecided e => [Clear(TimerKind.EscalationDeadline, e.EscalationId)],
            SessionReserved e => [Set(TimerKind.OfferUnanswered, Of(e.Person, e.OfferId), e.CallId, e.At + distribution.RingFor)],
            ReservationReleased e => [Clear(TimerKind.OfferUnanswered, Of(e.Person, e.OfferId))],
            OfferWithdrawn e => [Clear(TimerKind.OfferUnanswered, Of(e.To, e.OfferId))],
            CallEngaged e => [Set(TimerKind.AttemptUndecided, Of(e.Person, e.CallId), e.CallId, e.At + floor.DecideAttemptWithin)],
            EngagementEnded e => [Clear(TimerKind.AttemptUndecided, Of(e.Person, e.CallId))],
            TransferAccepted e => [Clear(TimerKind.AttemptUndecided, Of(e.By, e.CallId))],
            CallTakenUp e => [Clear(TimerKind.AttemptUndecided, Of(e.By, e.CallId))],
            CallbackRequested e => [OfLine(TimerKind.CallbackMissed, e.CallbackId, e.Deadline)],
            CallbackScheduled e => [OfLine(TimerKind.CallbackMissed, e.CallbackId, e.Window.Until)],
            CallbackEscalated e => [OfLine(TimerKind.CallbackMissed, e.CallbackId, e.Deadline)],
            CallbackBreached e => [Clear(TimerKind.CallbackMissed, e.CallbackId)],
            CallbackLeased e => [OfLine(TimerKind.CallbackLeaseOver, e.CallbackId, e.Until)],
            CallbackLeaseEnded e => [Clear(TimerKind.CallbackLeaseOver, e.CallbackId)],
            CallbackClosed e => [Clear(TimerKind.CallbackMissed, e.CallbackId), Clear(TimerKind.CallbackLeaseOver, e.CallbackId)],
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
            CallClaimed e => [Clear(TimerKind.AttemptUndecided, Of(e.By, e.CallId)), Heard(e.CallId)],
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

        static string Of(StaffRef person, string id) => $"{person.Id} {id}";

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
            TimerKind.EscalationDeadline => new ExpireEscalation(timer.StreamId) { Context = context },
            TimerKind.CoverageBegins => new StartCoverage(timer.StreamId, timer.Subject) { Context = context },
            TimerKind.CoverageEnds => new EndCoverage(timer.StreamId, timer.Subject, "window over") { Context = context },
            TimerKind.OfferUnanswered => new TimeOutOffer(timer.StreamId, Person(timer.Subject), Part(timer.Subject)) { Context = context },
            TimerKind.AttemptUndecided => new SettleEngagement(timer.StreamId, Person(timer.Subject)) { Context = context },
            TimerKind.CallbackLeaseOver => new ExpireLease(timer.StreamId, timer.Subject) { Context = context },
            TimerKind.CallbackMissed => new BreachCallback(timer.StreamId, timer.Subject) { Context = context },
            TimerKind.CallSilent => new PresumeCallEnded(timer.StreamId) { Context = context },
            _ => throw new ArgumentOutOfRangeException(nameof(timer), timer.Kind, "No command belongs to this timer."),
        };
    }

    // No id has a space in it.
    private static string Person(string subject) => subject.Split(' ')[0];

    private static string Part(string subject) => subject.Split(' ')[^1];
}
