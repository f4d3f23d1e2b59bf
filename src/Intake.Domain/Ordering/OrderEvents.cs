using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;

namespace Intake.Domain.Ordering;

/// <summary>A fact about one order. Amounts are in the company's currency, two decimals, without tax.</summary>
public interface OrderEvent : IEvent;

/// <summary>An order is being taken.</summary>
/// <param name="Manager">The client's manager, who is told of the order when it is submitted (A.III.14).</param>
public sealed record OrderOpened(
    string OrderId, string CallId, string ClientId, string ClientName, ClientType ClientType, StaffRef? Manager, StaffRef By,
    StaffRole ByRole, DateTimeOffset At) : OrderEvent;

/// <summary>Somebody else takes the order from now on: a colleague who helps (A.III.22), a stand-in (A.I.6), or whom a head named.</summary>
/// <param name="By">Who passed it on: the taker himself, a supervisor or head, or what acts by itself.</param>
/// <param name="Reason">Why; empty where the taker gave it to a helper.</param>
public sealed record OrderPassedOn(string OrderId, StaffRef From, StaffRef To, StaffRef By, string Reason, DateTimeOffset At) : OrderEvent;

/// <summary>When the receivables were checked.</summary>
public enum CheckMoment
{
    Opening,
    Submission,
}

/// <summary>The receivables were checked, with this evidence (A.III.5).</summary>
public sealed record ReceivablesChecked(string OrderId, CheckMoment Moment, CreditAssessment Assessment) : OrderEvent;

/// <summary>The column that the client buys at, and why (A.III.10).</summary>
/// <param name="Rule">How it was found: <c>client-terms</c> or <c>list-price</c>.</param>
public sealed record PriceColumnDetermined(
    string OrderId, PriceColumn Column, PriceColumn Deepest, string Rule, int PriceListVersion) : OrderEvent;

/// <summary>How a line came into the order.</summary>
public enum LineOrigin
{
    /// <summary>The client asked for it.</summary>
    Asked,

    /// <summary>The operator offered it and the client accepted.</summary>
    Offered,
}

/// <summary>One position of an order.</summary>
/// <param name="Number">1, 2, 3, ... in the order of adding; never reused.</param>
/// <param name="BasePrice">Of one unit, by the price list's version.</param>
/// <param name="Amount">Quantity x base price less the column's percentage, rounded half away from zero to cents.</param>
/// <param name="By">Who put it in, or changed it last: the position is credited to him (A.III.22); null in events of before this was kept, then the order's opener.</param>
public sealed record OrderLine(
    int Number, string ProductId, string ProductName, string Category, string Unit, decimal Quantity, decimal BasePrice,
    PriceColumn Column, int PriceListVersion, decimal Amount, LineOrigin Origin, StaffRef? By = null);

/// <summary>A position was added.</summary>
public sealed record OrderLineAdded(string OrderId, OrderLine Line) : OrderEvent;

/// <summary>A position was changed.</summary>
public sealed record OrderLineChanged(string OrderId, OrderLine Line, decimal PreviousQuantity) : OrderEvent;

/// <summary>A position was taken out.</summary>
public sealed record OrderLineRemoved(string OrderId, int Number, string ProductId) : OrderEvent;

/// <summary>Why a position is offered (A.III.7).</summary>
public enum OfferKind
{
    Novelty,
    Special,

    /// <summary>What this client, or his type, usually buys.</summary>
    Traditional,

    /// <summary>What others buy most.</summary>
    Popular,
}

/// <summary>The server proposes a position that is not in the order.</summary>
/// <param name="Why">One sentence for the operator, in English; the desk translates by kind.</param>
/// <param name="Price">Of one unit at the client's column.</param>
public sealed record OfferProposed(
    string OrderId, string OfferId, OfferKind Kind, string ProductId, string ProductName, string Why, decimal Price) : OrderEvent;

/// <summary>The client took the offered position; the line follows.</summary>
public sealed record OfferAccepted(
    string OrderId, string OfferId, OfferKind Kind, string ProductId, decimal Quantity, decimal Amount) : OrderEvent;

/// <summary>The client did not want it, and why; declined offers are kept too.</summary>
public sealed record OfferDeclined(string OrderId, string OfferId, OfferKind Kind, string ProductId, string Reason) : OrderEvent;

/// <summary>The client will think about it until a day.</summary>
public sealed record OfferPostponed(string OrderId, string OfferId, OfferKind Kind, string ProductId, DateOnly Until) : OrderEvent;

/// <summary>The server found nothing more to offer, from this many products.</summary>
public sealed record OffersExhausted(string OrderId, int Considered, int AlreadyOrdered) : OrderEvent;

/// <summary>Route, day and window of the delivery; the place in the slot is held.</summary>
/// <param name="Window">Home time, <c>09:00-13:00</c>.</param>
public sealed record DeliveryAgreed(string OrderId, string SlotId, string Route, DateOnly Date, string Window) : OrderEvent;

/// <summary>Who takes the goods, and that he promised to be there (A.III.12).</summary>
public sealed record ReceiverNamed(string OrderId, string Name, string Phone, string Document, bool ConfirmedPresent) : OrderEvent;

/// <summary>How a regional client pays (A.III.13).</summary>
public sealed record PaymentFormAgreed(string OrderId, string Form) : OrderEvent;

/// <summary>A regional client fetches the goods in the home city (A.III.13).</summary>
/// <param name="HomeTime">With the home zone's offset.</param>
/// <param name="ClientTime">The same moment with the client's offset.</param>
public sealed record ArrivalAgreed(
    string OrderId, DateTimeOffset HomeTime, DateTimeOffset ClientTime, string Vehicle, string Driver, string PowerOfAttorney) : OrderEvent;

/// <summary>A carrier brings the goods to a regional client (A.III.13).</summary>
public sealed record ShippingAgreed(string OrderId, string Carrier, string Consignee, string Address, string Terms) : OrderEvent;

/// <summary>The order was read back to the client, and he confirmed; a later change asks for another reading.</summary>
public sealed record OrderReadBack(string OrderId, int Lines, decimal Total) : OrderEvent;

/// <summary>The order is the company's promise from now on.</summary>
/// <param name="Evidence">Of each gate, as it held at this moment.</param>
public sealed record OrderSubmitted(
    string OrderId, string CallId, string ClientId, string ClientName, ClientType ClientType, IReadOnlyList<OrderLine> Lines,
    decimal Total, StaffRef By, string? SlotId, int OffersPresented, int OffersAccepted, IReadOnlyList<GateEvidence> Evidence,
    DateTimeOffset OpenedAt, DateTimeOffset At) : OrderEvent;

/// <summary>The client's manager has the order before him (A.III.14).</summary>
public sealed record OrderHandedOver(string OrderId, StaffRef To) : OrderEvent;

/// <summary>The order will not be.</summary>
public sealed record OrderCancelled(string OrderId, string? SlotId, string ClientId, StaffRef By, string Reason) : OrderEvent;

/// <summary>No order may be opened here and now; the code says why (A.III.3 to 6, A.I.4.2).</summary>
public sealed record OrderRefused(
    string OrderId, string CallId, string ClientId, string ClientName, ClientType ClientType, StaffRef By, string Code, string Reason)
    : OrderEvent, IRefusal;

/// <summary>This position cannot be in the order.</summary>
public sealed record LineRefused(string OrderId, string ProductId, string Code, string Reason) : OrderEvent, IRefusal;

/// <summary>The order breaks a rule still; the gates that are open say which.</summary>
public sealed record SubmissionRefused(string OrderId, IReadOnlyList<OpenGate> Gates) : OrderEvent, IRefusal
{
    public string Code => "gates-open";

    public string Reason => string.Join(" ", Gates.Select(gate => gate.Say));
}

/// <summary>An order a day, as it was before this system: what the client traditionally buys is known from these.</summary>
/// <param name="Total">As the old system had it.</param>
public sealed record PastOrderImported(
    string OrderId, string ClientId, string TakenBy, DateOnly Date, IReadOnlyList<PastLine> Lines, decimal Total, string Source) : OrderEvent;

/// <summary>A line of an order before this system.</summary>
public sealed record PastLine(string ProductId, decimal Quantity, decimal UnitPrice, decimal PercentOff, decimal Amount);
