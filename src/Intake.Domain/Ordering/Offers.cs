using System.Globalization;
using Intake.Domain.Catalogue;

namespace Intake.Domain.Ordering;

/// <summary>
/// Extra positions put to the client (A.III.7): a novelty, a special and a traditional product where each exists, then what
/// others buy most; never what is in the order or has been offered on it already.
/// </summary>
public static class Offers
{
    /// <summary>
    /// Proposes as many positions as the policy wants. Where fewer are left than the least number, the server's proof of it is
    /// recorded; nobody else can prove it.
    /// </summary>
    /// <param name="candidates">Products that the client could buy now, best first within each kind.</param>
    /// <param name="considered">How many products were looked at to find them.</param>
    public static Decision Build(
        Order order, StaffRef by, IReadOnlyList<OfferCandidate> candidates, int considered, OfferPolicy policy)
    {
        if (Drafts.EditableBy(order, by, "BuildOffers") is { } refused)
        {
            return refused;
        }

        ArgumentNullException.ThrowIfNull(policy);
        var wanted = policy.PerOrder - order.Offers.Count;
        var left = candidates
            .Where(candidate => order.LineOf(candidate.ProductId) is null
                && order.Offers.TrueForAll(offer => offer.Proposal.ProductId != candidate.ProductId))
            .ToList();
        var chosen = OneOfEachKind(order, left).Concat(left).DistinctBy(candidate => candidate.ProductId).Take(Math.Max(0, wanted));
        var proposed = chosen
            .Select((candidate, index) => new OfferProposed(
                order.Id, (order.Offers.Count + index + 1).ToString(CultureInfo.InvariantCulture), candidate.Kind, candidate.ProductId,
                candidate.ProductName, candidate.Why, candidate.Price))
            .ToList();
        var tooFew = order.Offers.Count + proposed.Count < policy.Minimum && !order.NothingLeftToOffer;
        return tooFew
            ? Decision.Accept([.. proposed, new OffersExhausted(order.Id, considered, order.Lines.Count)])
            : Decision.Accept([.. proposed]);
    }

    /// <summary>The client takes the position: the outcome and the line are one decision.</summary>
    public static Decision Accept(
        Order order, StaffRef by, string offerId, ProductFacts? product, decimal quantity, PriceColumn? column)
    {
        if (Resolvable(order, by, offerId, OfferOutcome.Accepted, out var offer) is { } answered)
        {
            return answered;
        }

        if (order.LineOf(offer!.ProductId) is { } line)
        {
            return Decision.Accept(Accepted(offer, line));
        }

        var added = Lines.Add(order, by, offer.ProductId, product, quantity, column, LineOrigin.Offered);
        return added.Events is [OrderLineAdded { Line: { } newLine }]
            ? Decision.Accept(Accepted(offer, newLine), added.Events[0])
            : added;
    }

    /// <summary>The client does not want it; the reason is kept.</summary>
    public static Decision Decline(Order order, StaffRef by, string offerId, string reason) =>
        Resolvable(order, by, offerId, OfferOutcome.Declined, out var offer)
        ?? (string.IsNullOrWhiteSpace(reason)
            ? Decision.Refuse(new CommandRefused("DeclineOffer", "reason-missing", "Say why the client declined."))
            : Decision.Accept(new OfferDeclined(order.Id, offerId, offer!.Kind, offer.ProductId, reason)));

    /// <summary>The client wants to be asked again on a day to come.</summary>
    public static Decision Postpone(Order order, StaffRef by, string offerId, DateOnly until, DateOnly today) =>
        Resolvable(order, by, offerId, OfferOutcome.Postponed, out var offer)
        ?? (until <= today
            ? Decision.Refuse(new CommandRefused("PostponeOffer", "date-past", "Postpone to a day to come."))
            : Decision.Accept(new OfferPostponed(order.Id, offerId, offer!.Kind, offer.ProductId, until)));

    private static IEnumerable<OfferCandidate> OneOfEachKind(Order order, List<OfferCandidate> left) =>
        new[] { OfferKind.Novelty, OfferKind.Special, OfferKind.Traditional }
            .Where(kind => order.Offers.TrueForAll(offer => offer.Proposal.Kind != kind))
            .Select(kind => left.Find(candidate => candidate.Kind == kind))
            .OfType<OfferCandidate>();

    private static OfferAccepted Accepted(OfferProposed offer, OrderLine line) =>
        new(offer.OrderId, offer.OfferId, offer.Kind, offer.ProductId, line.Quantity, line.Amount);

    private static Decision? Resolvable(Order order, StaffRef by, string offerId, OfferOutcome outcome, out OfferProposed? proposal)
    {
        proposal = null;
        if (Drafts.EditableBy(order, by, "RecordOfferOutcome") is { } refused)
        {
            return refused;
        }

        if (order.Offers.Find(offer => offer.Proposal.OfferId == offerId) is not { } found)
        {
            return Decision.Refuse(new CommandRefused("RecordOfferOutcome", "offer-unknown", $"The order has no offer '{offerId}'."));
        }

        proposal = found.Proposal;
        return found.Outcome switch
        {
            OfferOutcome.Open => null,
            _ when found.Outcome == outcome => Decision.Nothing,
            _ => Decision.Refuse(new CommandRefused(
                "RecordOfferOutcome", "offer-resolved", $"This offer is {found.Outcome} already.")),
        };
    }
}
