using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Projections.Engine;

namespace Intake.Projections.OrderBook;

/// <summary>Orders being taken and taken, and what clients usually buy.</summary>
public static class OrderBookProjection
{
    public static readonly Projection Definition =
        new("order_book", 2, Schema.Of("OrderBook"), [Orders(), ClientProducts(), Popularity(), PastOrders()]);

    private static Table<OrderRow> Orders() => new Table<OrderRow>("orders")
        .On<OrderOpened>(e => e.OrderId, (_, e, _) => new OrderRow(
            e.OrderId, OrderPhase.Draft, e.CallId, e.ClientId, e.ClientName, e.ClientType, e.By, 0, 0, 0, 0, e.At, null, null,
            string.Empty, string.Empty, [], e.By))
        .On<OrderRefused>(
            e => e.OrderId,
            (order, e, at) => (order ?? new OrderRow(
                e.OrderId, OrderPhase.Refused, e.CallId, e.ClientId, e.ClientName, e.ClientType, e.By, 0, 0, 0, 0,
                at.Envelope.OccurredAt, null, null, string.Empty, string.Empty, [], e.By)) with
            {
                RefusedBecause = e.Reason,
                RefusalCode = e.Code,
            })
        .OnKnown((OrderPassedOn e) => e.OrderId, (order, e) => order with { By = e.To })
        .OnKnown((OrderLineAdded e) => e.OrderId, (order, e) => WithLine(order, e.Line))
        .OnKnown((OrderLineChanged e) => e.OrderId, (order, e) => WithLine(order, e.Line))
        .OnKnown((OrderLineRemoved e) => e.OrderId, (order, e) => Counted(order, Without(order, e.Number)))
        .OnKnown((OfferProposed e) => e.OrderId, (order, _) => order with { OffersPresented = order.OffersPresented + 1 })
        .OnKnown((OfferAccepted e) => e.OrderId, (order, _) => order with { OffersAccepted = order.OffersAccepted + 1 })
        .OnKnown((SubmissionRefused e) => e.OrderId, (order, e) => order with { RefusedBecause = e.Reason, RefusalCode = e.Code })
        .OnKnown((OrderSubmitted e) => e.OrderId, (order, e) => order with
        {
            Phase = OrderPhase.Submitted,
            Lines = e.Lines.Count,
            Total = e.Total,
            OffersPresented = e.OffersPresented,
            OffersAccepted = e.OffersAccepted,
            SubmittedAt = e.At,
            RefusedBecause = string.Empty,
            RefusalCode = string.Empty,
            Amounts = [],
        })
        .OnKnown((OrderHandedOver e) => e.OrderId, (order, e) => order with { Phase = OrderPhase.HandedOver, HandedTo = e.To })
        .OnKnown((OrderCancelled e) => e.OrderId, (order, _) => order with { Phase = OrderPhase.Cancelled, Amounts = [] });

    private static Table<ClientProductRow> ClientProducts() => new Table<ClientProductRow>("client_product")
        .OnEach<OrderSubmitted>(
            e => ProductsOf(e).Select(product => ClientProductKey(e.ClientId, product)),
            (row, key, e, _) => Bought(
                row, e.ClientId, key, e.Lines.Select(line => (line.ProductId, line.Quantity)), DateOnly.FromDateTime(e.At.UtcDateTime)))
        .OnEach<PastOrderImported>(
            e => ProductsOf(e).Select(product => ClientProductKey(e.ClientId, product)),
            (row, key, e, _) => Bought(row, e.ClientId, key, e.Lines.Select(line => (line.ProductId, line.Quantity)), e.Date));

    private static Table<ProductPopularityRow> Popularity() => new Table<ProductPopularityRow>("product_popularity")
        .OnEach<OrderSubmitted>(ProductsOf, (row, product, _, _) => new ProductPopularityRow(product, (row?.Orders ?? 0) + 1))
        .OnEach<PastOrderImported>(ProductsOf, (row, product, _, _) => new ProductPopularityRow(product, (row?.Orders ?? 0) + 1));

    private static Table<PastOrderRow> PastOrders() => new Table<PastOrderRow>("past_order")
        .On<PastOrderImported>(
            e => e.OrderId, (_, e, _) => new PastOrderRow(e.OrderId, e.ClientId, e.TakenBy, e.Date, e.Lines, e.Total, e.Source));

    /// <summary>The key of a client's product: <c>client|product</c>.</summary>
    public static string ClientProductKey(string clientId, string productId) => $"{clientId}|{productId}";

    private static IEnumerable<string> ProductsOf(OrderSubmitted e) => e.Lines.Select(line => line.ProductId).Distinct();

    private static IEnumerable<string> ProductsOf(PastOrderImported e) => e.Lines.Select(line => line.ProductId).Distinct();

    private static ClientProductRow Bought(
        ClientProductRow? row, string clientId, string key, IEnumerable<(string ProductId, decimal Quantity)> lines, DateOnly date)
    {
        var product = key[(clientId.Length + 1)..];
        var quantity = lines.Where(line => line.ProductId == product).Sum(line => line.Quantity);
        return row switch
        {
            null => new ClientProductRow(clientId, product, 1, quantity, date),
            _ when date < row.LastDate => row with { Orders = row.Orders + 1 },
            _ => row with { Orders = row.Orders + 1, LastQuantity = quantity, LastDate = date },
        };
    }

    private static OrderRow WithLine(OrderRow order, OrderLine line) =>
        Counted(order, [.. Without(order, line.Number), new LineAmount(line.Number, line.Amount)]);

    private static List<LineAmount> Without(OrderRow order, int number) =>
        [.. order.Amounts.Where(amount => amount.Number != number)];

    private static OrderRow Counted(OrderRow order, List<LineAmount> amounts) =>
        order with { Lines = amounts.Count, Total = amounts.Sum(amount => amount.Amount), Amounts = amounts };
}
