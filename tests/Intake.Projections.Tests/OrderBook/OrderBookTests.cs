using Intake.Domain;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Projections.OrderBook;
using static Intake.Projections.Tests.Fold;

namespace Intake.Projections.Tests.OrderBook;

public sealed class OrderBookTests
{
    private static readonly StaffRef Ana = new("ana", "Ana");
    private static readonly StaffRef Mihai = new("mihai", "Mihai");
    private static readonly PriceColumn C10 = new("C10", 10);
    private static readonly OrderOpened Opened =
        new("o1", "c1", "r2", "Alimentara", ClientType.Retail, Mihai, Ana, StaffRole.Operator, Nine);

    [Fact]
    public void A_draft_counts_its_lines_as_they_are_added_changed_and_taken_out()
    {
        var order = Order(
            Opened,
            new OrderLineAdded("o1", Line(1, "tea", 10, 90)),
            new OrderLineAdded("o1", Line(2, "salt", 5, 40)),
            new OrderLineChanged("o1", Line(1, "tea", 20, 180), 10),
            new OrderLineAdded("o1", Line(3, "rice", 1, 7.5m)),
            new OrderLineRemoved("o1", 2, "salt"));

        Assert.Equal((OrderPhase.Draft, 2, 187.5m), (order.Phase, order.Lines, order.Total));
    }

    [Fact]
    public void A_refused_submission_says_which_gates_are_open_until_the_order_is_submitted()
    {
        var refused = new SubmissionRefused("o1", [new OpenGate(Gate.ReadBack, "Read the order back to the client.")]);

        Assert.Equal(
            ("Read the order back to the client.", "gates-open", OrderPhase.Draft),
            (Order(Opened, refused).RefusedBecause, Order(Opened, refused).RefusalCode, Order(Opened, refused).Phase));
        Assert.Equal(string.Empty, Order(Opened, refused, Submitted()).RefusedBecause);
    }

    [Fact]
    public void A_submitted_order_has_what_the_event_says_and_is_handed_to_the_manager()
    {
        var order = Order(Opened, Submitted(Line(1, "tea", 10, 90), Line(2, "salt", 5, 40)), new OrderHandedOver("o1", Mihai));

        Assert.Equal(
            (OrderPhase.HandedOver, 2, 130m, 3, 1, Nine.AddMinutes(4), Mihai),
            (order.Phase, order.Lines, order.Total, order.OffersPresented, order.OffersAccepted, order.SubmittedAt, order.HandedTo));
        Assert.Empty(order.Amounts);
    }

    [Fact]
    [Trait("Clause", "A.III.22")]
    public void An_order_that_was_passed_on_is_his_who_takes_it_and_says_who_opened_it()
    {
        var order = Order(Opened, new OrderPassedOn("o1", Ana, Mihai, Ana, string.Empty, Nine.AddMinutes(1)));

        Assert.Equal((Mihai, Ana), (order.By, order.OpenedBy));
    }

    [Fact]
    public void A_draft_counts_its_offers()
    {
        var order = Order(
            Opened,
            new OfferProposed("o1", "1", OfferKind.Novelty, "tea", "Tea", "new", 9),
            new OfferProposed("o1", "2", OfferKind.Popular, "salt", "Salt", "popular", 8),
            new OfferAccepted("o1", "1", OfferKind.Novelty, "tea", 1, 9),
            new OfferDeclined("o1", "2", OfferKind.Popular, "salt", "dear"));

        Assert.Equal((2, 1), (order.OffersPresented, order.OffersAccepted));
    }

    [Fact]
    public void An_order_refused_at_opening_is_in_the_book_with_the_reason()
    {
        var order = Order(new OrderRefused("o1", "c1", "r2", "Alfa", ClientType.Retail, Ana, "debt-overdue", "A payment is 9 days past due."));

        Assert.Equal(
            (OrderPhase.Refused, "Alfa", "debt-overdue", "A payment is 9 days past due.", Ana, Nine),
            (order.Phase, order.ClientName, order.RefusalCode, order.RefusedBecause, order.By, order.OpenedAt));
    }

    [Fact]
    public void A_cancelled_draft_stays_in_the_book() =>
        Assert.Equal(OrderPhase.Cancelled, Order(Opened, new OrderCancelled("o1", null, "r2", Ana, "changed his mind")).Phase);

    [Fact]
    public void What_a_client_usually_buys_is_known_from_submitted_and_from_past_orders_whichever_comes_first()
    {
        var past = new PastOrderImported(
            "p1", "r2", "old desk", new DateOnly(2026, 3, 1), [Past("tea", 4), Past("rice", 2), Past("tea", 3)], 99, "legacy");
        IEvent[] pastFirst = [past, Submitted(Line(1, "tea", 10, 90))];

        Assert.All(new[] { pastFirst, [.. pastFirst.Reverse()] }, events =>
        {
            var usual = All(OrderBookProjection.Definition, events).Of<ClientProductRow>("client_product");
            Assert.Equal(2, usual.Count);
            Assert.Equal(new ClientProductRow("r2", "tea", 2, 10, new DateOnly(2026, 11, 24)), usual["r2|tea"]);
            Assert.Equal(new ClientProductRow("r2", "rice", 1, 2, new DateOnly(2026, 3, 1)), usual["r2|rice"]);
        });
    }

    [Fact]
    public void A_product_twice_in_one_past_order_was_bought_once_with_both_quantities()
    {
        var past = new PastOrderImported("p1", "r2", "old desk", new DateOnly(2026, 3, 1), [Past("tea", 4), Past("tea", 3)], 99, "legacy");
        var rows = All(OrderBookProjection.Definition, past);

        Assert.Equal(
            new ClientProductRow("r2", "tea", 1, 7, new DateOnly(2026, 3, 1)), rows.Only<ClientProductRow>("client_product"));
        Assert.Equal(new ProductPopularityRow("tea", 1), rows.Only<ProductPopularityRow>("product_popularity"));
    }

    [Fact]
    public void A_past_order_is_kept_with_its_lines()
    {
        var past = new PastOrderImported("p1", "r2", "old desk", new DateOnly(2026, 3, 1), [Past("tea", 4)], 40, "legacy");
        var row = All(OrderBookProjection.Definition, past).Only<PastOrderRow>("past_order");

        Assert.Equal(("r2", 40m, "old desk", "legacy"), (row.ClientId, row.Total, row.TakenBy, row.Source));
        Assert.Equal(Past("tea", 4), Assert.Single(row.Lines));
    }

    [Fact]
    public void Popularity_counts_orders_of_all_clients()
    {
        var popularity = All(
            OrderBookProjection.Definition,
            Submitted(Line(1, "tea", 10, 90), Line(2, "salt", 1, 4)),
            Submitted(Line(1, "tea", 1, 9)) with { OrderId = "o2", ClientId = "r3" }).Of<ProductPopularityRow>("product_popularity");

        Assert.Equal(2, popularity.Count);
        Assert.Equal((2, 1), (popularity["tea"].Orders, popularity["salt"].Orders));
    }

    [Fact]
    public void Events_of_an_order_that_is_not_there_make_no_row() => Assert.Empty(
        All(
            OrderBookProjection.Definition, new OrderLineAdded("o1", Line(1, "tea", 10, 90)), new OrderLineRemoved("o1", 1, "tea"),
            new SubmissionRefused("o1", []), Submitted(), new OrderHandedOver("o1", Mihai)).Of<OrderRow>("orders"));

    private static OrderRow Order(params IReadOnlyList<IEvent> events) =>
        All(OrderBookProjection.Definition, events).Only<OrderRow>("orders");

    private static OrderLine Line(int number, string product, decimal quantity, decimal amount) =>
        new(number, product, product, "grocery", "case", quantity, 10, C10, 1, amount, LineOrigin.Asked);

    private static PastLine Past(string product, decimal quantity) => new(product, quantity, 10, 0, quantity * 10);

    private static OrderSubmitted Submitted(params IReadOnlyList<OrderLine> lines) => new(
        "o1", "c1", "r2", "Alimentara", ClientType.Retail, lines, lines.Sum(line => line.Amount), Ana, null, 3, 1, [], Nine,
        Nine.AddMinutes(4));
}
