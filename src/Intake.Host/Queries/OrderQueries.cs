using System.Data;
using AutoMapper;
using Intake.Application;
using Intake.Application.Ordering;
using Intake.Contracts;
using Intake.Domain.Ordering;
using Intake.EventLog.Serialisation;
using Intake.Host.Http;
using Intake.Projections.OrderBook;
using Npgsql;
using OrderRow = Intake.Projections.OrderBook.OrderRow;

namespace Intake.Host.Queries;

/// <summary>Orders: the book from its read model, the pad from the order's own stream.</summary>
public sealed class OrderQueries(
    NpgsqlDataSource database, IMapper mapper, CommandRunner runner, AgreementHandlers agreements, TimeProvider clock)
{
    // Whose orders: everybody's where no id is given; else those that he takes, and those that he opened and passed on.
    private const string Own = "($1 = '' or by ->> 'id' = $1 or opened_by ->> 'id' = $1)";

    /// <summary>The newest orders, of one operator or of all, of one client or of all.</summary>
    public async Task<IReadOnlyList<Contracts.OrderRow>> Newest(string? by, string? clientId, int take, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await Rows(
            connection,
            $"where {Own} and ($2 = '' or client_id = $2) order by opened_at desc, key limit $3", cancel,
            by ?? string.Empty, clientId ?? string.Empty, take);
    }

    /// <summary>The newest orders with their position.</summary>
    /// <param name="most">How many at most.</param>
    public async Task<OrdersSnapshot> Snapshot(string? by, int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var stand = await connection.Stand(OrderBookProjection.Definition.Name, cancel);
        return new OrdersSnapshot(
            stand.Generation, stand.Position,
            await Rows(
                connection, $"where {Own} order by opened_at desc, key limit $2", cancel, by ?? string.Empty,
                most));
    }

    /// <summary>What changed after a position; null where other tables have taken over since.</summary>
    public async Task<OrdersChange?> Since(Stand known, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(known);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var stand = await connection.Stand(OrderBookProjection.Definition.Name, cancel);
        return stand.Generation == known.Generation
            ? new OrdersChange(
                stand.Generation, known.Position, stand.Position,
                await Rows(connection, "where changed_at > $1 order by opened_at desc", cancel, known.Position))
            : null;
    }

    /// <summary>Orders of the time before this system, in the order in which they were taken.</summary>
    public async Task<IReadOnlyList<ImportedOrder>> Past(string source, int skip, int take, CancellationToken cancel) =>
    [
        .. (await database.Rows<PastOrderRow>(
                "order_book.past_order", "where source = $1 order by date, order_id offset $2 limit $3", cancel, source, skip, take))
            .Select(past => new ImportedOrder(
                past.Row.OrderId, past.Row.ClientId, past.Row.TakenBy, past.Row.Date,
                [
                    .. past.Row.Lines.Select(line => new ImportedLine(
                        line.ProductId, line.Quantity, line.UnitPrice, line.PercentOff, line.Amount)),
                ],
                past.Row.Total, past.Row.Source)),
    ];

    /// <summary>The order as it is in its stream now, with its gates judged now for this person; null where there is none.</summary>
    public async Task<OrderPad?> Pad(string orderId, Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var (order, revision) = await runner.Load(Order.Stream, orderId, cancel);
        if (order is not { Opened: { } opened, Pricing: { } pricing })
        {
            return null;
        }

        var context = new CommandContext(Guid.Empty, actor, clock.GetUtcNow(), opened.CallId, "desk");
        var facts = await agreements.Facts(order, opened, context, cancel);
        var open = Gates.Open(order, facts).ToDictionary(gate => gate.Gate, gate => gate.Say);
        return new OrderPad(
            order.Id, Wire.Word(order.Phase), opened.CallId, opened.ClientId, opened.ClientName, Wire.Word(opened.ClientType),
            new Person(order.Taker!.Id, order.Taker.Name), pricing.Column.Code, pricing.Column.PercentOff, pricing.Deepest.Code,
            pricing.PriceListVersion, [.. order.Lines.Select(Line)], order.Total, [.. order.Offers.Select(Offer)],
            order.NothingLeftToOffer,
            order.Delivery is { } delivery ? new Delivery(delivery.Route, delivery.Date, delivery.Window) : null,
            order.Receiver is { } receiver
                ? new NamedReceiver(receiver.Name, receiver.Phone, receiver.Document, receiver.ConfirmedPresent)
                : null,
            Regional(order), order.IsRegional, order.ReadBack is not null,
            order.Phase == OrderPhase.Draft
                ? [.. Gates.Evidence(order, facts).Select(gate => new GateState(
                    Wire.Word(gate.Gate), !open.ContainsKey(gate.Gate), open.GetValueOrDefault(gate.Gate, string.Empty)))]
                : [],
            opened.At, order.SubmittedAt, revision, Asked(order.Consult));
    }

    private async Task<IReadOnlyList<Contracts.OrderRow>> Rows(
        NpgsqlConnection connection, string rest, CancellationToken cancel, params object[] parameters) =>
    [
        .. (await connection.Rows<OrderRow>("order_book.orders", rest, cancel, parameters))
            .Select(order => mapper.ToWire<Contracts.OrderRow>(order.Row, order.At)),
    ];

    private static ConsultState? Asked(Consult? consult) => consult is { Requested: { } asked }
        ? new ConsultState(
            asked.EscalationId, new Person(asked.To.Id, asked.To.Name), asked.Question, asked.At, consult.Decided?.Approved,
            consult.Decided?.Answer ?? string.Empty, consult.Decided is { } said ? new Person(said.By.Id, said.By.Name) : null, consult.ChangedSince)
        : null;

    private static Line Line(OrderLine line) => new(
        line.Number, line.ProductId, line.ProductName, line.Category, line.Unit, line.Quantity, line.BasePrice, line.Column.Code,
        line.Column.PercentOff, line.Amount, Wire.Word(line.Origin), line.By is { } by ? new Person(by.Id, by.Name) : null);

    private static OfferRow Offer(Offer offer) => new(
        offer.Proposal.OfferId, Wire.Word(offer.Proposal.Kind), offer.Proposal.ProductId, offer.Proposal.ProductName, offer.Proposal.Why,
        offer.Proposal.Price, Wire.Word(offer.Outcome));

    private static RegionalTerms? Regional(Order order) => order.PaymentForm is { } form
        ? new RegionalTerms(
            form,
            order.Arrival is { } arrival
                ? new Arrival(arrival.ClientTime, string.Empty, arrival.Vehicle, arrival.Driver, arrival.PowerOfAttorney)
                : null,
            order.Shipping is { } shipping
                ? new Shipping(shipping.Carrier, shipping.Consignee, shipping.Address, shipping.Terms)
                : null)
        : null;
}
