using Intake.Domain;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;

namespace Intake.Projections.OrderBook;

/// <summary>An order, from its opening or its refusal on; never deleted.</summary>
/// <param name="By">Who takes it, or took it in the end.</param>
/// <param name="Lines">How many positions.</param>
/// <param name="Total">Net, in the company's currency.</param>
/// <param name="OpenedAt">When it was opened, or refused.</param>
/// <param name="HandedTo">The client's manager, once the order is before him.</param>
/// <param name="RefusedBecause">The sentence of the refusal at opening, or of the last refused submission; empty once submitted.</param>
/// <param name="RefusalCode">The stable code of the same refusal.</param>
/// <param name="Amounts">Of each position, while it is a draft: a position that is taken out names its number only.</param>
/// <param name="OpenedBy">Who opened it.</param>
public sealed record OrderRow(
    string OrderId, OrderPhase Phase, string CallId, string ClientId, string ClientName, ClientType ClientType, StaffRef By, int Lines,
    decimal Total, int OffersPresented, int OffersAccepted, DateTimeOffset OpenedAt, DateTimeOffset? SubmittedAt, StaffRef? HandedTo,
    string RefusedBecause, string RefusalCode, IReadOnlyList<LineAmount> Amounts, StaffRef OpenedBy);

/// <summary>What a position costs.</summary>
public sealed record LineAmount(int Number, decimal Amount);

/// <summary>How a client buys a product: in submitted orders and in those from before this system.</summary>
/// <param name="Orders">In how many orders.</param>
/// <param name="LastQuantity">In the latest of them, by day.</param>
/// <param name="LastDate">Day of the latest; for submitted orders in UTC.</param>
public sealed record ClientProductRow(string ClientId, string ProductId, int Orders, decimal LastQuantity, DateOnly LastDate);

/// <summary>How often everybody together buys a product.</summary>
/// <param name="Orders">In how many orders.</param>
public sealed record ProductPopularityRow(string ProductId, int Orders);

/// <summary>An order from before this system.</summary>
/// <param name="Total">As the old system had it.</param>
public sealed record PastOrderRow(
    string OrderId, string ClientId, string TakenBy, DateOnly Date, IReadOnlyList<PastLine> Lines, decimal Total, string Source);
