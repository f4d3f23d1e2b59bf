namespace Intake.Application.Timers;

/// <summary>What is due when a moment comes, unless something else happened before.</summary>
public enum TimerKind
{
    /// <summary>The person who is asked to take a call over has not answered; the subject is the escalation.</summary>
    TransferUnanswered,

    /// <summary>An escalation is not decided.</summary>
    EscalationDeadline,

    /// <summary>The window of an absence begins; the stream is the absent person's.</summary>
    CoverageBegins,

    /// <summary>The window of an absence is over; the stream is the absent person's.</summary>
    CoverageEnds,

    /// <summary>A person who was reserved for a call has not taken it; the subject is the person and the offer.</summary>
    OfferUnanswered,

    /// <summary>A person reached for a call and it is not known whether he got it; the subject is the person and the call.</summary>
    AttemptUndecided,

    /// <summary>Who has a callback in hand has not said what came of it; the subject is the callback, the stream that of its number.</summary>
    CallbackLeaseOver,

    /// <summary>A client has not been rung by the deadline; the subject is the callback, the stream that of its number.</summary>
    CallbackMissed,

    /// <summary>Nothing was heard of a call for long; the subject is the call.</summary>
    CallSilent,
}

/// <summary>A moment that was set. Kind and subject name it: set again, it moves.</summary>
/// <param name="Subject">The id of what it is about.</param>
/// <param name="StreamId">The id of the aggregate to which the command goes; the subject may be a part of it.</param>
/// <param name="DueAt">By the clock of this program.</param>
/// <param name="CorrelationId">Of the event that set it.</param>
public sealed record Timer(TimerKind Kind, string Subject, string StreamId, DateTimeOffset DueAt, string CorrelationId);

/// <summary>What an event does to the timers.</summary>
public abstract record TimerChange
{
    /// <summary>From now on it is due then.</summary>
    public sealed record Set(Timer Timer) : TimerChange;

    /// <summary>It is not due any more.</summary>
    public sealed record Clear(TimerKind Kind, string Subject) : TimerChange;
}
