using Intake.Domain;
using Intake.Domain.Ordering;

namespace Intake.Application.Ordering;

/// <summary>Opens an order on a call.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record OpenOrder(string OrderId, string CallId) : Command;

/// <summary>Adds a position at the client's column, or at another that his terms allow.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record AddLine(string OrderId, string ProductId, decimal Quantity, string? Column) : Command;

/// <summary>Changes a position.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record ChangeLine(string OrderId, int Number, decimal Quantity, string? Column) : Command;

/// <summary>Takes a position out.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record RemoveLine(string OrderId, int Number) : Command;

/// <summary>Has the server find what to offer (A.III.7).</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record BuildOffers(string OrderId) : Command;

/// <summary>The client takes what was offered.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record AcceptOffer(string OrderId, string OfferId, decimal Quantity, string? Column) : Command;

/// <summary>The client does not want it.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record DeclineOffer(string OrderId, string OfferId, string Reason) : Command;

/// <summary>The client will think about it.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record PostponeOffer(string OrderId, string OfferId, DateOnly Until) : Command;

/// <summary>Agrees on a delivery slot and holds a place in it (A.III.12).</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record AgreeDelivery(string OrderId, string Route, DateOnly Date, string Window) : Command;

/// <summary>Names who receives the goods (A.III.12).</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record NameReceiver(ReceiverNamed Receiver) : Command;

/// <summary>Agrees on a regional client's terms (A.III.13).</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record AgreeRegionalTerms(string OrderId, string PaymentForm, ArrivalAgreed? Arrival, ShippingAgreed? Shipping) : Command;

/// <summary>Asks the head about an order that is not standard (A.III.11).</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record RequestConsult(string OrderId, string Question) : Command;

/// <summary>Answers such a question (A.III.11).</summary>
[For(StaffRole.Head)]
public sealed record DecideConsult(string OrderId, string EscalationId, bool Approved, string Answer) : Command;

/// <summary>The order was read back to the client (A.III.12).</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record ReadBackOrder(string OrderId) : Command;

/// <summary>Submits the order when every gate holds.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record SubmitOrder(string OrderId) : Command;

/// <summary>Gives the draft up.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record CancelOrder(string OrderId, string Reason) : Command;

/// <summary>Keeps an order of the time before this system.</summary>
[For(StaffRole.Administrator)]
public sealed record ImportPastOrder(PastOrderImported Order) : Command;

/// <summary>The order is submitted: its place in the slot is its own; a policy's.</summary>
[For]
public sealed record ConfirmSlot(string SlotId, string OrderId) : Command;

/// <summary>The order will not be: its place in the slot is free; a policy's.</summary>
[For]
public sealed record ReleaseSlot(string SlotId, string OrderId, string Why) : Command;
