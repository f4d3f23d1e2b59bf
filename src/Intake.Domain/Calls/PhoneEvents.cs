namespace Intake.Domain.Calls;

// What the telephony says of a call. What people do to it in Intake is in CallEvents; the two are held against each other (B.V.5).

/// <summary>A phone rings for the call.</summary>
/// <param name="Extension">The phone, as the telephony names it.</param>
public sealed record PhoneRang(string CallId, string Extension, DateTimeOffset At, string Signal) : CallEvent;

/// <summary>One phone rang out; the call goes on waiting, and is not missed by this.</summary>
public sealed record PhoneRangOut(string CallId, string Extension, DateTimeOffset At, string Signal) : CallEvent;

/// <summary>Somebody answered on this phone; whether he took the call in Intake is another fact (<see cref="CallClaimed"/>).</summary>
public sealed record PhoneAnswered(string CallId, string Extension, DateTimeOffset At, string Signal) : CallEvent;

/// <summary>The conversation was put through to another number.</summary>
/// <param name="To">Where to, as the telephony names it; may be empty.</param>
public sealed record PhoneTransferred(string CallId, string To, DateTimeOffset At, string Signal) : CallEvent;

/// <summary>The telephony took the waiting call out of its queue unanswered: a time limit, a key pressed, nobody there. It may enter another.</summary>
/// <param name="WaitedMs">From first entering a queue, milliseconds, never negative.</param>
public sealed record CallLeftQueue(
    string CallId, string Queue, DateTimeOffset QueuedAt, DateTimeOffset At, long WaitedMs, string Cause, string Signal) : CallEvent;

/// <summary>The call entered a queue again; it waits since the first time.</summary>
/// <param name="Position">The caller's place as the telephony counts, from 1; null where it does not say.</param>
public sealed record CallRequeued(string CallId, string Queue, DateTimeOffset At, string Signal, int? Position = null) : CallEvent;

/// <summary>A conversation ended that somebody answered on the phone and nobody took in Intake: it is owed a registration (A.III.14).</summary>
/// <param name="QueuedAt">Null where it never waited in a queue.</param>
/// <param name="WaitedMs">From first entering a queue to the answer, milliseconds; 0 where it never waited.</param>
/// <param name="TalkMs">From the answer to the hang-up, milliseconds.</param>
public sealed record PhoneCallEnded(
    string CallId, string Extension, DateTimeOffset? QueuedAt, DateTimeOffset AnsweredAt, DateTimeOffset At, long WaitedMs, long TalkMs,
    string Cause, string Signal) : CallEvent;

/// <summary>A signal taught something that was not known when it had its turn; this is the telephony's record with it.</summary>
public sealed record PhoneRecordCorrected(string CallId, PhoneRecord Record, string Signal) : CallEvent;

/// <summary>By a late signal the call counts otherwise than it was counted; figures take the one away and add the other.</summary>
public sealed record CallRecounted(string CallId, CallCount Before, CallCount After, string Signal) : CallEvent;

/// <summary>Nothing was heard of the call for so long that it must be over; the telephony never said so.</summary>
/// <param name="SilentSince">The last moment of which a signal spoke, or at which it was taken.</param>
public sealed record CallPresumedEnded(string CallId, DateTimeOffset SilentSince, DateTimeOffset At) : CallEvent;
