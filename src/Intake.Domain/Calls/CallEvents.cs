using Intake.Domain.Clients;

namespace Intake.Domain.Calls;

/// <summary>A fact about one conversation with a client.</summary>
public interface CallEvent : IEvent;

/// <summary>Who rang whom.</summary>
public enum CallDirection
{
    Inbound,
    Outbound,
}

/// <summary>Why the client calls (A.III.19); with client type, debt and presence it decides where the call goes.</summary>
public enum CallPurpose
{
    /// <summary>Wants goods.</summary>
    Order,

    /// <summary>Asks for prices, assortment, terms (A.III.18).</summary>
    ReferenceInformation,

    /// <summary>Complains; the operator records it, the department concerned owns it.</summary>
    Complaint,

    /// <summary>Anything else; the assigned manager's, else the head's.</summary>
    Other,
}

/// <summary>What came of a call; no call closes without one (A.III.14).</summary>
public enum CallResult
{
    OrderTaken,
    OrderNotTaken,
    InformationGiven,
    HandedOver,
    CallbackAgreed,
    ComplaintRecorded,
    WrongNumber,
}

/// <summary>The telephony announced a call. The number is a hint at the caller, not a proof.</summary>
/// <param name="Source">The telephony system; with <paramref name="SourceCallId"/> it names the call for ever.</param>
/// <param name="FromNumber">E.164 where it could be normalised, else as received; may be empty.</param>
/// <param name="Signal">The signal that said so; a second one like it is a duplicate.</param>
public sealed record CallArrived(
    string CallId, string Source, string SourceCallId, CallDirection Direction, string FromNumber, string ToNumber,
    DateTimeOffset At, string Signal) : CallEvent;

/// <summary>The call waits in a queue; its wait is counted from this moment.</summary>
/// <param name="Position">The caller's place as the telephony counts, from 1; null where it does not say.</param>
public sealed record CallQueued(
    string CallId, string Queue, string FromNumber, DateTimeOffset At, string Signal, int? Position = null) : CallEvent;

/// <summary>The client hung up before anybody answered.</summary>
/// <param name="WaitedMs">From entering the queue, milliseconds, never negative.</param>
public sealed record CallAbandoned(
    string CallId, string Queue, DateTimeOffset QueuedAt, DateTimeOffset At, long WaitedMs, string Signal) : CallEvent;

/// <summary>An operator took the waiting call; one does, however many try.</summary>
/// <param name="WaitedMs">From entering the queue, milliseconds, never negative.</param>
public sealed record CallClaimed(
    string CallId, StaffRef By, string Queue, DateTimeOffset QueuedAt, DateTimeOffset At, long WaitedMs) : CallEvent;

/// <summary>The waiting call rings at an operator who is ready and has the skill; it keeps its place in the queue.</summary>
/// <param name="OfferId">Of this ring.</param>
/// <param name="Attempt">How many times it has rung at anybody, this time included.</param>
public sealed record CallOfferedToOperator(string CallId, StaffRef To, string OfferId, int Attempt, DateTimeOffset At) : CallEvent;

/// <summary>The operator let it ring; the call waits on in the same place.</summary>
public sealed record OfferNotAnswered(string CallId, StaffRef To, string OfferId, int Attempt, DateTimeOffset At) : CallEvent;

/// <summary>The operator is not ready any more while it rings at him; the call waits on in the same place.</summary>
/// <param name="Reason">What he became: his reason, <c>ConnectionLost</c>, <c>Offline</c>, <c>Dismissed</c>.</param>
public sealed record OfferWithdrawn(string CallId, StaffRef To, string OfferId, string Reason, DateTimeOffset At) : CallEvent;

/// <summary>A person's attempt to get the call was given up: his host died before it was decided.</summary>
public sealed record AttemptLapsed(string CallId, StaffRef Person, string AttemptId) : CallEvent;

/// <summary>The conversation is on hold.</summary>
public sealed record CallHeld(string CallId, DateTimeOffset At, string Signal) : CallEvent;

/// <summary>The conversation goes on after a hold.</summary>
public sealed record CallResumed(string CallId, DateTimeOffset At, string Signal) : CallEvent;

/// <summary>The line was hung up; the operator still owes purpose and result.</summary>
/// <param name="TalkMs">From answer to hang-up, holds included, milliseconds.</param>
public sealed record CallEnded(string CallId, DateTimeOffset At, long TalkMs, string Cause, string Signal) : CallEvent;

/// <summary>A signal that came after the call had moved past it; kept, and changes nothing.</summary>
public sealed record LateSignalRecorded(string CallId, string Kind, DateTimeOffset OccurredAt, string Signal) : CallEvent;

/// <summary>Clients that the caller's number may belong to; none when nobody is known by it.</summary>
public sealed record CallerCandidatesFound(string CallId, string Number, IReadOnlyList<CallerCandidate> Candidates) : CallEvent;

/// <summary>A client that a number may belong to.</summary>
/// <param name="Contact">The person known at that number, or empty.</param>
public sealed record CallerCandidate(string ClientId, string ClientName, string Contact);

/// <summary>The operator asked who is calling, and this is the answer.</summary>
/// <param name="ByNumber">True when the number had suggested this client.</param>
public sealed record CallerIdentified(
    string CallId, string ClientId, string ClientName, ClientType ClientType, string Contact, bool ByNumber) : CallEvent;

/// <summary>The client said what he wants.</summary>
public sealed record PurposeStated(string CallId, CallPurpose Purpose, string Note) : CallEvent;

/// <summary>The routing table spoke: to whom this call belongs, by which row, from which inputs.</summary>
/// <param name="TableVersion">Version of the table, e.g. <c>routing-1</c>.</param>
/// <param name="Chain">Who is asked, in order; absent people are in it, so that the record shows that they were.</param>
public sealed record RoutingDecided(
    string CallId, string TableVersion, string Rule, RoutingInputs Inputs, RoutingDestination Destination,
    IReadOnlyList<RoutingHop> Chain) : CallEvent;

/// <summary>The call is offered to somebody with more authority; his session is reserved for it.</summary>
/// <param name="For">The absent person in whose place he is asked (A.I.6); null where he is asked for himself.</param>
public sealed record TransferOffered(
    string CallId, StaffRef To, StaffRole Role, string EscalationId, DateTimeOffset At, StaffRef? For = null) : CallEvent;

/// <summary>A person of the chain could not be asked, because he was not ready; the next one is.</summary>
/// <param name="For">The absent person in whose place he would have been asked; null where he would have been for himself.</param>
public sealed record TransferPassedOver(string CallId, StaffRef Person, StaffRole Role, StaffRef? For, DateTimeOffset At) : CallEvent;

/// <summary>Nobody waits for the answer of the person who was asked any more: the call is routed, or its caller is known, anew.</summary>
/// <param name="EscalationId">The escalation that is settled by this.</param>
public sealed record TransferWithdrawn(string CallId, StaffRef To, string EscalationId, DateTimeOffset At) : CallEvent;

/// <summary>The person asked declined, or is not ready any more; the next in the chain is asked.</summary>
/// <param name="Reason">In his words; or what he became: <c>ConnectionLost</c>, <c>Offline</c>, <c>Dismissed</c>.</param>
/// <param name="EscalationId">The escalation that is settled by this.</param>
public sealed record TransferDeclined(string CallId, StaffRef By, string Reason, string EscalationId, DateTimeOffset At) : CallEvent;

/// <summary>The person asked did not answer in time; the next in the chain is asked.</summary>
/// <param name="To">Who was asked.</param>
/// <param name="EscalationId">The escalation that is settled by this.</param>
public sealed record TransferTimedOut(string CallId, StaffRef To, string EscalationId, DateTimeOffset At) : CallEvent;

/// <summary>The call is his from now on.</summary>
/// <param name="For">The absent person in whose place he was asked; null where he was asked for himself.</param>
public sealed record TransferAccepted(string CallId, StaffRef By, StaffRole Role, DateTimeOffset At, StaffRef? For = null) : CallEvent;

/// <summary>Who had the call works here no more, so nobody has it (A.I.3). While the line is open somebody else may take it up.</summary>
/// <param name="Reason">Why he left it: <c>Dismissed</c>.</param>
public sealed record CallLeft(string CallId, StaffRef Person, string Reason, DateTimeOffset At) : CallEvent;

/// <summary>Somebody took up the call that another had left; it was answered, and is counted, once.</summary>
public sealed record CallTakenUp(string CallId, StaffRef By, DateTimeOffset At) : CallEvent;

/// <summary>Nobody in the chain could take it: it became a callback with an owner and a deadline.</summary>
public sealed record CallConvertedToCallback(string CallId, string CallbackId, StaffRef Owner, DateTimeOffset Deadline) : CallEvent;

/// <summary>The caller asked, while he waited, to be rung back instead.</summary>
public sealed record CallbackAsked(string CallId, DateTimeOffset At, string Signal) : CallEvent;

/// <summary>Who has the call promised the client another one; a call with the result "callback agreed" needs this.</summary>
/// <param name="Number">To ring.</param>
public sealed record CallbackPromised(
    string CallId, string Number, Callbacks.CallbackWindow Window, string Words, StaffRef By, DateTimeOffset At) : CallEvent;

/// <summary>The call is registered: its purpose and its result are known (A.III.14).</summary>
public sealed record CallClosed(
    string CallId, StaffRef By, CallPurpose Purpose, CallResult Result, string Note, string ClientId, DateTimeOffset At,
    DateTimeOffset QueuedAt, long HandleMs) : CallEvent;

/// <summary>
/// A call that somebody answered on a phone and nobody took in Intake is registered afterwards (A.III.14). No handling is counted by it.
/// </summary>
/// <param name="By">Who registers it; not always he whose phone answered.</param>
/// <param name="ClientId">Empty where nobody can say who called.</param>
/// <param name="ClientType">At this moment; null where there is no client.</param>
/// <param name="QueuedAt">When the call entered its queue; null where it never did.</param>
public sealed record CallRegisteredAfterwards(
    string CallId, StaffRef By, CallPurpose Purpose, CallResult Result, string ClientId, string ClientName, ClientType? ClientType,
    string Contact, string Note, DateTimeOffset? QueuedAt, DateTimeOffset At) : CallEvent;

/// <summary>Two reached for the same call; this is what the slower one learns.</summary>
public sealed record CallAlreadyTaken(string CallId, StaffRef By, StaffRef AttemptedBy) : CallEvent, IRefusal
{
    public string Code => "call-already-taken";

    public string Reason => $"{By.Name} has taken this call. Take the next one from the queue.";
}

/// <summary>A call cannot be closed before it is registered (A.III.14).</summary>
/// <param name="Missing">What is still owed: <c>purpose</c>, <c>client</c>, <c>callback</c>, <c>transfer</c>.</param>
public sealed record CloseRefused(string CallId, IReadOnlyList<string> Missing) : CallEvent, IRefusal
{
    public string Code => "call-not-registered";

    public string Reason => $"The call cannot be closed yet; still owed: {string.Join(", ", Missing)}.";
}
