using Intake.Domain;
using Intake.Domain.Callbacks;

namespace Intake.Application.Callbacks;

/// <summary>Opens a promise to ring back, or merges into the one that is open; a policy's, when a call became a callback.</summary>
[For]
public sealed record RequestCallback(CallbackRequest Request) : Command;

/// <summary>A stranger orders a call on the web (A.III.1); what takes his form sends it.</summary>
/// <param name="RequestId">Of the form: sent twice it is one.</param>
/// <param name="Number">E.164.</param>
/// <param name="Wish">When, by his clock; null for as soon as may be.</param>
/// <param name="Zone">IANA name of his time zone.</param>
[For]
public sealed record OrderCallback(
    string RequestId, string Number, string Contact, string Company, string Words, string Language, CallbackWish? Wish, string Zone) : Command;

/// <summary>A caller who waits is rung back instead.</summary>
[For(StaffRole.Operator, StaffRole.Supervisor)]
public sealed record LeaveQueueForCallback(string CallId) : Command;

/// <summary>Promises the client on the line, or of a call that is registered afterwards, another call.</summary>
/// <param name="Number">To ring; empty for the caller's.</param>
[For(
    StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance, StaffRole.Supervisor)]
public sealed record PromiseCallback(string CallId, string Number, CallbackWish? Wish, string Words) : Command;

/// <summary>Takes a callback in hand.</summary>
[For(
    StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance, StaffRole.Supervisor)]
public sealed record LeaseCallback(string CallbackId) : Command;

/// <summary>Gives a callback back without having rung.</summary>
[For(
    StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance, StaffRole.Supervisor)]
public sealed record GiveCallbackBack(string CallbackId) : Command;

/// <summary>Writes down an attempt to ring back.</summary>
/// <param name="Later">When the client wants it instead, where he postpones.</param>
[For(
    StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance, StaffRole.Supervisor)]
public sealed record RecordAttempt(string CallbackId, AttemptResult Result, string Note, string OrderId, CallbackWish? Later) : Command;

/// <summary>The client rang himself, and this call settles what was owed.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance)]
public sealed record SettleCallback(string CallbackId, string CallId, string OrderId) : Command;

/// <summary>Gives a callback another owner.</summary>
[For(StaffRole.Head, StaffRole.Supervisor)]
public sealed record ReassignCallback(string CallbackId, string To, string Reason) : Command;

/// <summary>Takes a callback back from a person who has not said what came of it; a timer's.</summary>
/// <param name="Line">The stream of the callback.</param>
[For]
public sealed record ExpireLease(string Line, string CallbackId) : Command;

/// <summary>Raises the alarm of a callback whose deadline has passed; a timer's.</summary>
/// <param name="Line">The stream of the callback.</param>
[For]
public sealed record BreachCallback(string Line, string CallbackId) : Command;
