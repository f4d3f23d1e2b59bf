namespace Intake.Domain.Callbacks;

/// <summary>A fact about a promise to ring a client back.</summary>
public interface CallbackEvent : IEvent;

/// <summary>How a promise came about.</summary>
public enum CallbackSource
{
    /// <summary>Nobody of a call's chain could take it (A.III.4).</summary>
    FailedTransfer,

    /// <summary>The caller did not want to wait any longer.</summary>
    Queue,

    /// <summary>An operator promised it during a call.</summary>
    Operator,

    /// <summary>Ordered on the web (A.III.1).</summary>
    Web,
}

/// <summary>What came of ringing.</summary>
public enum AttemptResult
{
    Reached,
    NoAnswer,
    Busy,
    Voicemail,

    /// <summary>Whoever answered is not who asked.</summary>
    WrongNumber,

    /// <summary>Answered, and wants no call.</summary>
    Refused,

    /// <summary>Answered, and wants it at another time.</summary>
    Postponed,
}

/// <summary>Why a person no longer has a callback in hand.</summary>
public enum LeaseEnd
{
    GivenBack,
    Expired,
    Attempted,
    Reassigned,
}

/// <summary>When the client wants to be rung.</summary>
/// <param name="Zone">IANA name of the client's time zone: his clock is shown beside ours.</param>
public sealed record CallbackWindow(DateTimeOffset From, DateTimeOffset Until, string Zone);

/// <summary>Somebody owes this number a call by a moment.</summary>
/// <param name="CallId">The call that it comes from; empty where it comes from none.</param>
/// <param name="Owner">Who answers for it; of a queue's, the supervisor.</param>
public sealed record CallbackRequested(
    string CallbackId, string CallId, string Number, string ClientId, string ClientName, StaffRef Owner, string Reason,
    DateTimeOffset At, DateTimeOffset Deadline) : CallbackEvent;

/// <summary>What was said with the request.</summary>
/// <param name="RequestId">Names the request for ever: seen again, it changes nothing.</param>
/// <param name="Queue">The queue whose operators may ring; empty where the owner does it himself.</param>
/// <param name="Contact">Whom to ask for, as he named himself, or empty.</param>
/// <param name="Company">As he named it, or empty; no client of ours yet.</param>
/// <param name="Words">What it is about, or empty.</param>
/// <param name="Language">In which to speak: en, ro, ru, or empty.</param>
public sealed record CallbackTakenDown(
    string CallbackId, string RequestId, CallbackSource Source, string Queue, string Contact, string Company, string Words, string Language,
    DateTimeOffset At) : CallbackEvent;

/// <summary>The window in which to ring; its end is the deadline.</summary>
/// <param name="Reason">Why this one: <c>asked</c>, <c>merged</c>, <c>postponed</c>.</param>
public sealed record CallbackScheduled(string CallbackId, CallbackWindow Window, string Reason, DateTimeOffset At) : CallbackEvent;

/// <summary>The same number, or client, asked again while a promise was open: it stays one.</summary>
/// <param name="RequestId">Of the second request.</param>
/// <param name="Number">May be another number of the same client.</param>
public sealed record CallbackMerged(
    string CallbackId, string RequestId, CallbackSource Source, string Number, string ClientId, string ClientName, string Contact,
    string Company, string Words, DateTimeOffset At) : CallbackEvent;

/// <summary>One person has it in hand; nobody else rings meanwhile.</summary>
/// <param name="Lease">The how-manieth of this callback, from 1.</param>
/// <param name="Until">When it comes back by itself.</param>
public sealed record CallbackLeased(string CallbackId, int Lease, StaffRef By, DateTimeOffset At, DateTimeOffset Until) : CallbackEvent;

/// <summary>The person no longer has it in hand; its owner is who he was.</summary>
public sealed record CallbackLeaseEnded(string CallbackId, int Lease, StaffRef Of, LeaseEnd Why, DateTimeOffset At) : CallbackEvent;

/// <summary>Somebody rang.</summary>
/// <param name="Number">The how-manieth attempt, from 1; 0 in records older than this count.</param>
/// <param name="RetryAt">Not before then again; null where it need not be.</param>
public sealed record CallbackAttempted(
    string CallbackId, StaffRef By, int Number, AttemptResult Result, string Note, DateTimeOffset At, DateTimeOffset? RetryAt) : CallbackEvent;

/// <summary>Tried as often as the policy says: the head answers for it from now on.</summary>
public sealed record CallbackEscalated(
    string CallbackId, StaffRef From, StaffRef To, int Attempts, DateTimeOffset At, DateTimeOffset Deadline) : CallbackEvent;

/// <summary>Another person answers for it from now on.</summary>
public sealed record CallbackReassigned(
    string CallbackId, StaffRef From, StaffRef To, StaffRef By, string Reason, DateTimeOffset At) : CallbackEvent;

/// <summary>The client was not reached by the deadline. The alarm stays until the promise is closed.</summary>
public sealed record CallbackBreached(string CallbackId, StaffRef Owner, DateTimeOffset Deadline, DateTimeOffset At) : CallbackEvent;

/// <summary>The promise is kept, or settled otherwise, and how.</summary>
/// <param name="Result"><c>reached</c>, <c>refused</c>, <c>wrongNumber</c>, <c>settledByCall</c>.</param>
/// <param name="Overdue">True when a deadline had passed before the client was reached.</param>
/// <param name="CallId">The call that settled it, or empty.</param>
/// <param name="OrderId">The order that came of it, or empty.</param>
public sealed record CallbackClosed(
    string CallbackId, StaffRef By, string Result, bool Overdue, string CallId, string OrderId, DateTimeOffset At) : CallbackEvent;

/// <summary>Two reached for the same callback; this is what the slower one learns.</summary>
public sealed record CallbackAlreadyLeased(string CallbackId, StaffRef By, StaffRef AttemptedBy) : CallbackEvent, IRefusal
{
    public string Code => "callback-leased";

    public string Reason => $"{By.Name} is ringing this client. Take the next callback.";
}
