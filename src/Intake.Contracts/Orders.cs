namespace Intake.Contracts;

/// <summary>An order as the pad shows it: true at <paramref name="Revision"/>, read from its own stream.</summary>
/// <param name="Phase">draft, refused, submitted, handedOver, cancelled.</param>
/// <param name="By">Who takes it now.</param>
/// <param name="Gates">Each gate that applies, and what to do where it does not hold; judged when this was read, for who takes it.</param>
public sealed record OrderPad(
    string OrderId, string Phase, string CallId, string ClientId, string ClientName, string ClientType, Person By, string Column,
    decimal ColumnPercentOff, string DeepestColumn, int PriceListVersion, IReadOnlyList<Line> Lines, decimal Total,
    IReadOnlyList<OfferRow> Offers, bool NothingLeftToOffer, Delivery? Delivery, NamedReceiver? Receiver, RegionalTerms? Regional,
    bool IsRegional, bool ReadBack, IReadOnlyList<GateState> Gates, DateTimeOffset OpenedAt, DateTimeOffset? SubmittedAt,
    long Revision, ConsultState? Consult = null);

/// <summary>A gate.</summary>
/// <param name="Gate">identified, classified, routed, credit, contract, priced, offers, delivery, regionalTerms, consult, readBack.</param>
/// <param name="Say">What to do, where it does not hold; empty where it does.</param>
public sealed record GateState(string Gate, bool Holds, string Say);

/// <summary>A position.</summary>
/// <param name="Origin">asked, offered.</param>
/// <param name="By">Who put it in; null where that is not known.</param>
public sealed record Line(
    int Number, string ProductId, string ProductName, string Category, string Unit, decimal Quantity, decimal BasePrice,
    string Column, decimal PercentOff, decimal Amount, string Origin, Person? By = null);

/// <summary>An extra position put to the client.</summary>
/// <param name="Kind">novelty, special, traditional, popular.</param>
/// <param name="Outcome">open, accepted, declined, postponed.</param>
public sealed record OfferRow(string OfferId, string Kind, string ProductId, string ProductName, string Why, decimal Price, string Outcome);

/// <summary>A slot agreed on.</summary>
public sealed record Delivery(string Route, DateOnly Date, string Window);

/// <summary>Who receives.</summary>
public sealed record NamedReceiver(string Name, string? Phone, string? Document, bool ConfirmedPresent);

/// <summary>Terms of a regional order: payment form and exactly one of arrival and shipping.</summary>
public sealed record RegionalTerms(string PaymentForm, Arrival? Arrival, Shipping? Shipping);

/// <summary>The client fetches the goods.</summary>
/// <param name="At">With an offset; shown in home and client time.</param>
/// <param name="ClientZone">IANA name of the client's zone.</param>
public sealed record Arrival(DateTimeOffset At, string ClientZone, string Vehicle, string Driver, string PowerOfAttorney);

/// <summary>A carrier brings them.</summary>
public sealed record Shipping(string Carrier, string Consignee, string Address, string Terms);

/// <summary>Opening an order on a call.</summary>
/// <param name="OrderId">A UUID chosen by the client.</param>
public sealed record OpenOrder(string OrderId, string CallId);

/// <summary>Passing an order on: to a colleague who helps, or, with a reason, by a supervisor or head to anybody who takes orders.</summary>
public sealed record PassOrderOn(string To, string? Reason = null);

/// <summary>Adding a position.</summary>
/// <param name="Column">Null for the client's own column.</param>
public sealed record AddLine(string ProductId, decimal Quantity, string? Column = null);

/// <summary>Changing a position.</summary>
public sealed record ChangeLine(decimal Quantity, string? Column = null);

/// <summary>The client takes what was offered.</summary>
public sealed record AcceptOffer(decimal Quantity, string? Column = null);

/// <summary>The client will think about it.</summary>
public sealed record PostponeOffer(DateOnly Until);

/// <summary>An order in the book.</summary>
/// <param name="By">Who takes it now, or took it.</param>
/// <param name="OpenedBy">Who opened it, where it was passed on since.</param>
public sealed record OrderRow(
    string OrderId, string Phase, string CallId, string ClientId, string ClientName, string ClientType, Person By, int Lines,
    decimal Total, int OffersPresented, int OffersAccepted, DateTimeOffset OpenedAt, DateTimeOffset? SubmittedAt, Person? HandedTo,
    string RefusedBecause, long ChangedAt, Person? OpenedBy = null);

/// <summary>A product as the pad's search finds it.</summary>
/// <param name="Price">Of one unit at the client's column, where a client is given; else the base price.</param>
public sealed record ProductFound(
    string ProductId, string Name, string Category, string Unit, string Pack, decimal? BasePrice, decimal? Price, bool Discontinued);

/// <summary>A day and window that can still be agreed on.</summary>
public sealed record FreeSlot(string Route, DateOnly Date, string Window, int Capacity, int Free);

/// <summary>An event as the history shows it.</summary>
/// <param name="OnBehalfOf">Whose right and responsibility it was, where the actor stood in for somebody (A.I.6).</param>
/// <param name="Raw">What the telephony said in its own words; null where nothing was kept.</param>
public sealed record HistoryEvent(
    long Position, string Stream, long Revision, string Type, DateTimeOffset RecordedAt, Person Actor, string Role, string CommandId,
    System.Text.Json.JsonElement Data, Person? OnBehalfOf = null, string? Raw = null);

/// <summary>Publishing the next version of the price list.</summary>
/// <param name="Decision">The management decision that it rests on.</param>
/// <param name="Prices">Products that it does not name keep their price.</param>
public sealed record PublishPriceList(
    string Decision, DateOnly ValidFrom, IReadOnlyList<Column> Columns, IReadOnlyList<ProductPrice> Prices);

/// <summary>A column of the price list.</summary>
public sealed record Column(string Code, decimal PercentOff);

/// <summary>The base price of one unit.</summary>
public sealed record ProductPrice(string ProductId, decimal Price);

/// <summary>Publishing the next version of the focus list.</summary>
public sealed record PublishFocusList(string Decision, IReadOnlyList<string> Novelties, IReadOnlyList<string> Specials);

/// <summary>An order of the time before this system.</summary>
public sealed record ImportedOrder(
    string OrderId, string ClientId, string TakenBy, DateOnly Date, IReadOnlyList<ImportedLine> Lines, decimal Total, string Source);

/// <summary>A line of it.</summary>
public sealed record ImportedLine(string ProductId, decimal Quantity, decimal UnitPrice, decimal PercentOff, decimal Amount);
