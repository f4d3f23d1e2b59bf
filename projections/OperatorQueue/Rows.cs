using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Staff;

namespace Intake.Projections.OperatorQueue;

/// <summary>A call, from its first ring on; never deleted, so that everybody who watches learns how it ended.</summary>
/// <param name="IsOver">Abandoned, converted or closed: it has left the queue.</param>
/// <param name="EndedAt">When the line was hung up, or the call was over without that.</param>
/// <param name="Assignee">Who has it now; until <paramref name="IsOver"/> he is on this call, or in its wrap-up.</param>
/// <param name="PreviousAssignee">From whom the present one took it over; he is free since.</param>
/// <param name="ClientType">Null until the caller is identified; so are purpose and destination until they are known.</param>
/// <param name="AskedNow">To whom it is offered and who has not answered.</param>
/// <param name="OrderId">The last order opened on it, or empty.</param>
/// <param name="OfferedTo">The operator at whom it rings while it waits.</param>
/// <param name="Attempt">How many times it has rung at anybody.</param>
/// <param name="HelpWanted">With what who has it asks his colleagues to help; null while he does not (A.III.22).</param>
/// <param name="Helpers">Who helps with it now.</param>
/// <param name="ActingFor">The absent person in whose place the assignee has it; null where he has it for himself.</param>
/// <param name="Extension">The phone that answered it; empty while none has.</param>
/// <param name="ArrivedAtPosition">Log position of its first event: who knows the floor up to an earlier one has never heard of it.</param>
public sealed record CallRow(
    string CallId, CallPhase Phase, bool IsOver, CallDirection Direction, string FromNumber, string Queue, DateTimeOffset? QueuedAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, StaffRef? ClaimedBy, StaffRef? Assignee, StaffRole? AssigneeRole,
    StaffRef? PreviousAssignee, string ClientId, string ClientName, ClientType? ClientType, string Contact, CallPurpose? Purpose,
    RoutingDestination? Destination, string RoutingRule, StaffRef? AskedNow, DateTimeOffset? AskedAt,
    IReadOnlyList<CallerCandidate> Candidates, string OrderId, CallResult? Result,
    StaffRef? OfferedTo, DateTimeOffset? OfferedAt, int Attempt, string? HelpWanted, DateTimeOffset? HelpAskedAt,
    IReadOnlyList<StaffRef> Helpers, StaffRef? ActingFor, string Extension, long ArrivedAtPosition);

/// <summary>A member of staff, and what he is on the floor now.</summary>
/// <param name="Reason">Why not ready; empty otherwise.</param>
/// <param name="Since">Since when he is so.</param>
/// <param name="Dismissed">No longer works here; kept so that those who watch learn it.</param>
/// <param name="CallId">The call that he has, that rings at him, or that he is asked to take over; empty where there is none.</param>
/// <param name="AfterCall">Why he will not be ready after the call that he has; empty where he will.</param>
/// <param name="IdleSince">Since when he is ready, a call that rang at him and went elsewhere not counted; null while he is not.</param>
/// <param name="Skills">Queues whose calls he may take; none means every queue.</param>
/// <param name="Shift">Which of his shifts it is that he opened last; 0 for the first, and before it.</param>
/// <param name="Asked">The call that he is reserved for does not ring: he is asked to take it over.</param>
/// <param name="ReportsTo">The head who leads him; null where nobody is named.</param>
public sealed record PersonRow(
    string StaffId, string Name, StaffRole Role, string Department, string Extension, Presence Presence, string Reason,
    DateTimeOffset Since, bool Dismissed, string CallId, string AfterCall, DateTimeOffset? IdleSince, IReadOnlyList<string> Skills,
    int Shift, bool Asked, StaffRef? ReportsTo);

/// <summary>A promise to ring back; never deleted.</summary>
/// <param name="CallId">The call that it comes from, or empty.</param>
/// <param name="Digits">Of each number under which it was asked for, see <see cref="PhoneDigits.Of"/>.</param>
/// <param name="Owner">Who answers for it; of a queue's, the supervisor.</param>
/// <param name="Queue">The queue whose operators may ring; empty where the owner does it himself.</param>
/// <param name="Zone">IANA name of the client's time zone; empty where it is not known.</param>
/// <param name="NotBefore">The window begins, or the next attempt may be made.</param>
/// <param name="Deadline">The window ends.</param>
/// <param name="Requests">How often it was asked for while open.</param>
/// <param name="LeasedBy">Who has it in hand; null while nobody has.</param>
/// <param name="Attempts">How often somebody rang.</param>
/// <param name="LastResult">Of the last attempt; null before the first.</param>
/// <param name="BreachedAt">When the alarm was raised; null where the deadline was never missed.</param>
/// <param name="Result">How it was settled; empty while it is open.</param>
/// <param name="Overdue">Closed after its deadline.</param>
/// <param name="OrderId">The order that came of it, or empty.</param>
public sealed record CallbackRow(
    string CallbackId, string CallId, string Number, IReadOnlyList<string> Digits, string ClientId, string ClientName, StaffRef Owner,
    string Queue, string Reason, CallbackSource? Source, string Contact, string Company, string Words, string Language, string Zone,
    DateTimeOffset RequestedAt, DateTimeOffset NotBefore, DateTimeOffset Deadline, int Requests, StaffRef? LeasedBy,
    DateTimeOffset? LeasedUntil, int Attempts, AttemptResult? LastResult, string LastNote, bool Escalated, DateTimeOffset? BreachedAt,
    bool Closed, string Result, bool Overdue, string OrderId);
