using Intake.Domain;
using Intake.Domain.Calls;

namespace Intake.Application.Calls;

/// <summary>The telephony reports something of one call: signals in the order in which it said them, one or many.</summary>
/// <param name="CallId">The id of the call, <see cref="CallIds.Of"/> the telephony's own.</param>
[For(StaffRole.Administrator)]
public sealed record RecordCallSignals(string CallId, IReadOnlyList<CallSignal> Signals) : Command;

/// <summary>Nothing was heard of the call for long; a timer's.</summary>
[For]
public sealed record PresumeCallEnded(string CallId) : Command;

/// <summary>Writes down which clients the number suggests; a policy's.</summary>
[For]
public sealed record SuggestCaller(string CallId, string Number) : Command;

/// <summary>Takes the waiting call; the person's session is engaged first, so that nobody has two.</summary>
[For(StaffRole.Operator)]
public sealed record TakeCall(string CallId) : Command;

/// <summary>Confirms who calls.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record IdentifyCaller(string CallId, string ClientId, string Contact) : Command;

/// <summary>States why he calls.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record StatePurpose(string CallId, CallPurpose Purpose, string Note) : Command;

/// <summary>Applies the routing table.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record RouteCall(string CallId) : Command;

/// <summary>Takes over a call that is offered to one.</summary>
[For(StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance)]
public sealed record AcceptTransfer(string CallId) : Command;

/// <summary>Declines a call that is offered to one.</summary>
[For(StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance)]
public sealed record DeclineTransfer(string CallId, string Reason) : Command;

/// <summary>Passes over a person who does not answer; a timer's.</summary>
[For]
public sealed record TimeOutTransfer(string CallId, string EscalationId) : Command;

/// <summary>Frees a person who is reserved for a call that he is not asked to take over any more; a policy's, where a host died before it did.</summary>
/// <param name="InVain">He did not answer, so he is not ready.</param>
[For]
public sealed record SettleTransfer(string CallId, string StaffId, string EscalationId, bool InVain) : Command;

/// <summary>Registers the call's result and closes it.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance)]
public sealed record CloseCall(string CallId, CallResult Result, string Note) : Command;

/// <summary>Registers a call that was answered on a phone, is over, and that nobody took here (A.III.14).</summary>
/// <param name="ClientId">Null for who was identified on it before, or where nobody can say who called.</param>
[For(
    StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance, StaffRole.Supervisor)]
public sealed record RegisterAfterwards(
    string CallId, string? ClientId, string Contact, CallPurpose Purpose, CallResult Result, string Note) : Command;

/// <summary>Lets a waiting call ring at a ready operator; the distribution's.</summary>
[For]
public sealed record OfferCall(string CallId, StaffRef To) : Command;

/// <summary>Passes over an operator who lets a call ring, and frees who is reserved for a call that he was never offered; a timer's.</summary>
[For]
public sealed record TimeOutOffer(string CallId, string StaffId, string OfferId) : Command;

/// <summary>Frees the operator at whom a call rang that is over, or has left its queue; a policy's.</summary>
[For]
public sealed record SettleOffer(string CallId) : Command;

/// <summary>
/// Frees a person who is engaged with a call that is not his, and lets be one who has it; a policy's and a timer's, where a host died
/// between the two.
/// </summary>
[For]
public sealed record SettleEngagement(string CallId, string StaffId) : Command;

/// <summary>The line of a call was hung up: whoever has it is in wrap-up; a policy's.</summary>
[For]
public sealed record BeginWrapUp(string CallId) : Command;
