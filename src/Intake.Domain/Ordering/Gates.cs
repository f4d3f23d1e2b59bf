using System.Globalization;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;

namespace Intake.Domain.Ordering;

/// <summary>The conditions that an order satisfies at submission; a set, not an order of screens.</summary>
public enum Gate
{
    Identified,
    Classified,

    /// <summary>The routing table sent the call to who opened the order, or to who takes it now.</summary>
    Routed,

    /// <summary>No overdue and no excess receivables, this order included (A.III.5).</summary>
    Credit,

    /// <summary>A supply contract covers the day (A.I.4.2).</summary>
    Contract,

    /// <summary>At least one line, each at a recorded price (A.III.10).</summary>
    Priced,

    /// <summary>Three or four extra positions were offered, each with an outcome (A.III.7).</summary>
    Offers,

    /// <summary>A slot is held and an authorised receiver will be there (A.III.12).</summary>
    Delivery,

    /// <summary>Payment form, and arrival or shipping (A.III.13); only for regional clients.</summary>
    RegionalTerms,

    /// <summary>The head of the department has approved the order as it stands (A.III.11); only where he was asked.</summary>
    Consult,

    /// <summary>The order as it stands was read back to the client (A.III.12).</summary>
    ReadBack,
}

/// <summary>A gate that does not hold, and what to do about it.</summary>
public sealed record OpenGate(Gate Gate, string Say);

/// <summary>How a gate held at submission: the inputs in words, and the version of the rule.</summary>
public sealed record GateEvidence(Gate Gate, string Rule, string Evidence);

/// <summary>What the gates look at besides the order itself, looked up at this moment.</summary>
/// <param name="Credit">A check just made, this order included; null where it could not be made.</param>
/// <param name="RoutedTo">The person to whom the routing table sent the call, or who accepted its transfer.</param>
/// <param name="Today">The day in the home time zone.</param>
public sealed record GateFacts(
    Client Client, CreditAssessment? Credit, StaffRef? RoutedTo, StaffRef By, OfferPolicy Offers, DateOnly Today);

/// <summary>The gates of an order. Submission requires all of them to hold at that moment.</summary>
public static class Gates
{
    /// <summary>The gates that do not hold, in the order in which they are usually passed.</summary>
    public static IReadOnlyList<OpenGate> Open(Order order, GateFacts facts)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(facts);
        return
        [
            .. Judge(order, facts).Where(judged => judged.Open is not null).Select(judged => new OpenGate(judged.Gate, judged.Open!)),
        ];
    }

    /// <summary>The evidence of each gate that applies, once all hold.</summary>
    public static IReadOnlyList<GateEvidence> Evidence(Order order, GateFacts facts)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(facts);
        return [.. Judge(order, facts).Select(judged => new GateEvidence(judged.Gate, judged.Rule, judged.Evidence))];
    }

    private static IEnumerable<(Gate Gate, string Rule, string? Open, string Evidence)> Judge(Order order, GateFacts facts)
    {
        var client = facts.Client;
        yield return (
            Gate.Identified, "gates-1", client.Exists ? null : "Establish who calls.", client.Id);
        yield return (
            Gate.Classified, "gates-1", Classified(order, client), $"{client.Type}");
        yield return (
            Gate.Routed, Calls.RoutingTable.Version,
            facts.RoutedTo is { } routed && (routed.Id == order.Opened?.By.Id || routed.Id == order.Taker?.Id) ? null : "This call belongs to somebody else; transfer it.", $"{facts.RoutedTo?.Id}");
        yield return (
            Gate.Credit, facts.Credit?.RuleVersion ?? CreditPolicy.Default.Version, facts.Credit switch
            {
                null => "Receivables could not be checked; try again.",
                { Passes: true } => null,
                { } failing => failing.InWords,
            },
            Invariant($"{facts.Credit?.Verdict} exposure {facts.Credit?.Exposure} limit {facts.Credit?.Limit} as of {facts.Credit?.AsOf:O}"));
        yield return (
            Gate.Contract, "gates-1",
            client.HasContractOn(facts.Today) ? null : "No supply contract is in force; transfer the call to the manager.",
            Invariant($"{client.Contract?.Number} until {client.Contract?.ValidTo:yyyy-MM-dd}"));
        yield return (
            Gate.Priced, "gates-1", order.Lines.Count == 0 ? "Add what the client wants." : null,
            Invariant($"{order.Lines.Count} lines at {order.Pricing?.Column.Code} of list {order.Pricing?.PriceListVersion}"));
        yield return (Gate.Offers, facts.Offers.Version, Offers(order, facts.Offers), Outcomes(order));
        yield return (
            Gate.Delivery, "gates-1", Delivery(order),
            $"{order.Delivery?.SlotId ?? "regional"} received by {order.Receiver?.Name}");
        if (order.IsRegional)
        {
            yield return (Gate.RegionalTerms, "gates-1", Regional(order), RegionalTerms(order));
        }

        if (order.Consult is { } consult)
        {
            yield return (
                Gate.Consult, "consult-1", Consults.Owed(consult), $"{consult.Decided?.By.Id}: {consult.Decided?.Answer}");
        }

        yield return (
            Gate.ReadBack, "gates-1",
            order.ReadBack is null ? "Read the order back to the client." : null,
            Invariant($"{order.ReadBack?.Lines} lines, {order.ReadBack?.Total}"));
    }

    // The type decides who may take the order and which gates it has, so an order is submitted for the type that it was opened for.
    private static string? Classified(Order order, Client client) => client.Type switch
    {
        ClientType.Unknown => "Establish the client's type.",
        var type when order.Opened is { } opened && opened.ClientType != type =>
            $"The client has become {type} since the order was opened; cancel it, route the call, and open it anew.",
        _ => null,
    };

    private static string? Offers(Order order, OfferPolicy policy)
    {
        var open = order.Offers.Count(offer => offer.Outcome == OfferOutcome.Open);
        var resolved = order.Offers.Count - open;
        return (open, resolved) switch
        {
            ( > 0, _) => Invariant($"{open} offered positions have no answer yet."),
            (_, _) when resolved >= policy.Minimum || order.NothingLeftToOffer => null,
            _ => Invariant($"Offer {policy.Minimum - resolved} more positions."),
        };
    }

    private static string Outcomes(Order order) => Invariant(
        $"{order.Offers.Count} offered, {order.Offers.Count(offer => offer.Outcome == OfferOutcome.Accepted)} accepted{(order.NothingLeftToOffer ? ", nothing left to offer" : string.Empty)}");

    private static string? Delivery(Order order) => order switch
    {
        { IsRegional: false, Delivery: null } => "Agree on a delivery slot.",
        { Receiver: null } => "Name the person who will receive the goods.",
        { Receiver.ConfirmedPresent: false } => "Have the receiver's presence confirmed.",
        _ => null,
    };

    private static string? Regional(Order order) => order switch
    {
        { PaymentForm: null } => "Agree on the form of payment.",
        { Arrival: null, Shipping: null } => "Agree on arrival in the home city, or on shipping.",
        _ => null,
    };

    private static string RegionalTerms(Order order) => order switch
    {
        { Arrival: { } arrival } => Invariant($"{order.PaymentForm}; arrives {arrival.HomeTime:O}"),
        { Shipping: { } shipping } => $"{order.PaymentForm}; shipped by {shipping.Carrier}",
        _ => string.Empty,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
