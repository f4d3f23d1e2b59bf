using System.Collections.Immutable;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;

namespace Intake.Domain.Ordering;

/// <summary>How far an order has come.</summary>
public enum OrderPhase
{
    None,
    Draft,
    Refused,
    Submitted,
    HandedOver,
    Cancelled,
}

/// <summary>What became of an offer.</summary>
public enum OfferOutcome
{
    Open,
    Accepted,
    Declined,
    Postponed,
}

/// <summary>An offer of this order, and what became of it.</summary>
public sealed record Offer(OfferProposed Proposal, OfferOutcome Outcome);

/// <summary>What decisions about an order need to know of it.</summary>
/// <param name="NextLine">The number of the next line; numbers are never reused.</param>
/// <param name="ReadBack">The reading that still holds: nothing has changed since.</param>
/// <param name="Consult">The last question put to the head (A.III.11); null where none was.</param>
public sealed record Order(
    string Id,
    OrderPhase Phase,
    OrderOpened? Opened,
    CreditAssessment? OpeningCheck,
    PriceColumnDetermined? Pricing,
    ImmutableList<OrderLine> Lines,
    int NextLine,
    ImmutableList<Offer> Offers,
    bool NothingLeftToOffer,
    DeliveryAgreed? Delivery,
    ReceiverNamed? Receiver,
    string? PaymentForm,
    ArrivalAgreed? Arrival,
    ShippingAgreed? Shipping,
    OrderReadBack? ReadBack,
    DateTimeOffset? SubmittedAt,
    Consult? Consult,
    int TimesConsulted)
{
    /// <summary>Order streams, and how their events become this state.</summary>
    public static readonly Aggregate<Order> Stream = new(
        "order",
        new Order(
            string.Empty, OrderPhase.None, null, null, null, [], 1, [], false, null, null, null, null, null, null, null, null,
            0),
        Evolve);

    /// <summary>Who takes it now: who opened it, or to whom it was passed on last; null where it was never opened.</summary>
    public StaffRef? Taker { get; private init; }

    /// <summary>Who may work on it beside its taker, by id: who helps with its call now (A.III.22). Looked up for a decision, not of this stream.</summary>
    public ImmutableHashSet<string> Helpers { get; init; } = [];

    /// <summary>The sum of the lines.</summary>
    public decimal Total => Lines.Sum(line => line.Amount);

    /// <summary>Whether the client fetches or is shipped the goods rather than visited on a route (A.III.13).</summary>
    public bool IsRegional => Opened?.ClientType == ClientType.Regional;

    /// <summary>The line with this product, if any: a product stands in an order once.</summary>
    public OrderLine? LineOf(string productId) => Lines.Find(line => line.ProductId == productId);

    private static Order Evolve(Order order, IEvent @event) => @event switch
    {
        OrderOpened e => order with { Id = e.OrderId, Phase = OrderPhase.Draft, Opened = e, Taker = e.By },
        OrderPassedOn e => order with { Taker = e.To },
        OrderRefused e when order.Phase == OrderPhase.None => order with { Id = e.OrderId, Phase = OrderPhase.Refused },
        ReceivablesChecked { Moment: CheckMoment.Opening } e => order with { OpeningCheck = e.Assessment },
        PriceColumnDetermined e => order with { Pricing = e },
        OrderLineAdded e => order.LinesChanged() with { Lines = order.Lines.Add(e.Line), NextLine = e.Line.Number + 1 },
        OrderLineChanged e => order.LinesChanged() with
        {
            Lines = order.Lines.Replace(order.Lines.First(line => line.Number == e.Line.Number), e.Line),
        },
        OrderLineRemoved e => order.LinesChanged() with
        {
            // What is taken out can be offered again: the proof that nothing is left no longer holds.
            Lines = order.Lines.RemoveAll(line => line.Number == e.Number),
            NothingLeftToOffer = false,
        },
        OfferProposed e => order with { Offers = order.Offers.Add(new Offer(e, OfferOutcome.Open)) },
        OfferAccepted e => order.Resolved(e.OfferId, OfferOutcome.Accepted),
        OfferDeclined e => order.Resolved(e.OfferId, OfferOutcome.Declined),
        OfferPostponed e => order.Resolved(e.OfferId, OfferOutcome.Postponed),
        OffersExhausted => order with { NothingLeftToOffer = true },
        DeliveryAgreed e => order.Changed() with { Delivery = e },
        ReceiverNamed e => order.Changed() with { Receiver = e },
        PaymentFormAgreed e => order.Changed() with { PaymentForm = e.Form },
        ArrivalAgreed e => order.Changed() with { Arrival = e, Shipping = null },
        ShippingAgreed e => order.Changed() with { Shipping = e, Arrival = null },
        ConsultRequested e => order with { Consult = new Consult(e, null, false), TimesConsulted = order.TimesConsulted + 1 },
        ConsultDecided e => order with { Consult = order.Consult! with { Decided = e } },
        OrderReadBack e => order with { ReadBack = e },
        OrderSubmitted e => order with { Phase = OrderPhase.Submitted, SubmittedAt = e.At },
        OrderHandedOver => order with { Phase = OrderPhase.HandedOver },
        OrderCancelled => order with { Phase = OrderPhase.Cancelled },
        _ => order,
    };

    private Order Changed() => this with { ReadBack = null };

    private Order LinesChanged() => Changed() with { Consult = Consult is null ? null : Consult with { ChangedSince = true } };

    private Order Resolved(string offerId, OfferOutcome outcome) => this with
    {
        Offers = [.. Offers.Select(offer => offer.Proposal.OfferId == offerId ? offer with { Outcome = outcome } : offer)],
    };
}
