using FsCheck.Xunit;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using static Intake.Domain.Tests.Floor;
using static Intake.Domain.Tests.Ordering.OrderStory;

namespace Intake.Domain.Tests.Ordering;

/// <summary>
/// Random commands on an order, submitted again and again. Whether a submission was right is judged from the history of events,
/// by nothing of the code that decides.
/// </summary>
public sealed class OrderModel
{
    private static readonly OfferCandidate[] Assortment =
    [
        new(OfferKind.Novelty, "p1", "P1", "new", 1), new(OfferKind.Special, "p2", "P2", "special", 1),
        new(OfferKind.Traditional, "p3", "P3", "bought", 1), new(OfferKind.Popular, "p4", "P4", "liked", 1), new(OfferKind.Popular, "p5", "P5", "liked", 1),
    ];

    [Property(MaxTest = 1000, EndSize = 60)]
    [Trait("Clause", "A.III.5")]
    [Trait("Clause", "A.III.7")]
    [Trait("Clause", "A.III.12")]
    [Trait("Clause", "A.III.13")]
    public void No_order_is_ever_submitted_with_an_open_gate(bool regional, bool nearlyDone, byte[] steps)
    {
        var type = regional ? ClientType.Regional : ClientType.Retail;
        var given = Given(nearlyDone ? Ready(type) : Opened(type));
        foreach (var step in steps)
        {
            var facts = FactsAt(step, type);
            var before = given.History.Count;
            given = Step(given, step, facts);
            Judge(given.History, before, facts);
        }

        // Whatever was done to it, a draft can be brought to its end.
        if (given.State.Phase == OrderPhase.Draft)
        {
            var before = given.History.Count;
            given = Finish(given, type);
            Assert.Equal(OrderPhase.HandedOver, given.State.Phase);
            Judge(given.History, before, Facts(type));
        }

        Assert.InRange(given.History.OfType<OrderSubmitted>().Count(), 0, 1);
    }

    // The world around the order: now and then the credit, the contract or the routing does not hold.
    private static GateFacts FactsAt(byte step, ClientType type) => (step / 16) switch
    {
        13 => Facts(type) with { Credit = Clear with { Verdict = CreditVerdict.Excess } },
        14 => Facts(type) with { RoutedTo = Mara },
        15 => Facts(type) with { Today = Today.AddDays(1) },
        _ => Facts(type),
    };

    private static Given<Order> Step(Given<Order> given, byte step, GateFacts facts)
    {
        var product = $"p{1 + (step / 16 % 5)}";
        var offer = $"{1 + (step / 16 % 4)}";
        return (step % 16) switch
        {
            0 or 1 => given.After(order => Lines.Add(order, Anna, product, Product(product, 2), 3, null)),
            2 => given.After(order => Lines.Change(order, Anna, 1 + (step / 16), Product(product, 2), 4, null)),
            3 => given.After(order => Lines.Remove(order, Anna, 1 + (step / 16))),
            4 or 5 => given.After(order => Offers.Build(order, Anna, Assortment, 5, OfferPolicy.Default)),
            6 => given.After(order => Offers.Accept(order, Anna, offer, OfferedAs(order, offer), 1, null)),
            7 => given.After(order => Offers.Decline(order, Anna, offer, "no")),
            8 => given.After(order => Offers.Postpone(order, Anna, offer, Today.AddDays(7), Today)),
            9 => given.After(order => Drafts.AgreeDelivery(order, Anna, Delivery with { Window = $"{step / 16 % 2}" })),
            10 => given.After(order => Drafts.NameReceiver(order, Anna, Receiver with { ConfirmedPresent = step < 128 }, [])),
            11 => given.After(order => Drafts.AgreeRegionalTerms(order, Anna, "cash", step < 128 ? Arrival : null, step < 128 ? null : Shipping)),
            12 or 13 => given.After(order => Drafts.ReadBack(order, Anna)),
            14 when step / 16 == 7 => given.After(order => Drafts.Cancel(order, Anna, "no")),
            _ => given.After(order => Submission.Submit(order, facts, Nine)),
        };
    }

    private static Given<Order> Finish(Given<Order> given, ClientType type)
    {
        given = given.After(order => Offers.Build(order, Anna, Assortment, 5, OfferPolicy.Default));
        given = given.State.Offers.Where(offer => offer.Outcome == OfferOutcome.Open).Aggregate(
            given, (told, open) => told.After(order => Offers.Decline(order, Anna, open.Proposal.OfferId, "no")));
        given = given.State.Lines.Count > 0 ? given : given.After(order => Lines.Add(order, Anna, "p1", Product("p1", 2), 3, null));
        given = type == ClientType.Regional
            ? given.After(order => Drafts.AgreeRegionalTerms(order, Anna, "cash", Arrival, null))
            : given.After(order => Drafts.AgreeDelivery(order, Anna, Delivery));
        return given
            .After(order => Drafts.NameReceiver(order, Anna, Receiver, []))
            .After(order => Drafts.ReadBack(order, Anna))
            .After(order => Submission.Submit(order, Facts(type), Nine));
    }

    // Of a history whose events from an index on are new; the facts are those of the moment.
    private static void Judge(IReadOnlyList<IEvent> history, int from, GateFacts facts)
    {
        if (history.Skip(from).OfType<OrderSubmitted>().SingleOrDefault() is not { } submitted)
            return;
        var before = history.TakeWhile(e => e is not OrderSubmitted).ToList();
        Assert.True(facts is { Credit.Passes: true, RoutedTo.Id: "anna" } && facts.Today == Today, "credit, routing or contract");

        var lines = before.OfType<OrderLineAdded>().Select(e => e.Line.Number).Except(before.OfType<OrderLineRemoved>().Select(e => e.Number)).ToList();
        Assert.NotEmpty(lines);
        Assert.Equal(lines.Order(), submitted.Lines.Select(line => line.Number).Order());

        string[] offered = [.. before.OfType<OfferProposed>().Select(e => e.OfferId).Order()];
        string[] answered =
        [
            .. before.OfType<OfferAccepted>().Select(e => e.OfferId).Concat(before.OfType<OfferDeclined>().Select(e => e.OfferId))
                .Concat(before.OfType<OfferPostponed>().Select(e => e.OfferId)).Order(),
        ];
        Assert.Equal(offered, answered);
        Assert.True(offered.Length >= 3 || before.OfType<OffersExhausted>().Any(), "offers");

        Assert.True(before.OfType<ReceiverNamed>().LastOrDefault() is { ConfirmedPresent: true }, "receiver");
        if (facts.Client.Type == ClientType.Regional)
            Assert.True(before.Exists(e => e is ArrivalAgreed or ShippingAgreed) && before.Exists(e => e is PaymentFormAgreed), "regional terms");
        else
            Assert.True(before.Exists(e => e is DeliveryAgreed), "delivery");

        Assert.True(before.FindLastIndex(e => e is OrderReadBack) > before.FindLastIndex(e => e is
            OrderLineAdded or OrderLineChanged or OrderLineRemoved or DeliveryAgreed or ReceiverNamed or PaymentFormAgreed), "read back");
    }

    private static ProductFacts? OfferedAs(Order order, string offer) =>
        order.Offers.Find(made => made.Proposal.OfferId == offer) is { } made ? Product(made.Proposal.ProductId, 2) : null;
}
