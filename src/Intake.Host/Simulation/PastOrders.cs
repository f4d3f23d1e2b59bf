using System.Globalization;
using Intake.Contracts;
using Intake.Host.Cli;

namespace Intake.Host.Simulation;

/// <summary>
/// Takes imported past orders again, by telephone, in the order in which they were taken. The catalogue follows history: before an order
/// at other prices a head publishes them, as management did then, and what was sold then is in the assortment again until the end.
/// </summary>
public sealed class PastOrders(Seat head, Shift shift, Tally tally)
{
    private const int Page = 1000;

    /// <summary>Takes so many orders; each ends submitted or refused.</summary>
    /// <param name="perSecond">So many calls come in a second at most; null for as fast as they are answered.</param>
    public async Task Take(string source, int? count, double? perSecond, Progress progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var orders = await All(source, count, cancel);
        if (orders.Count == 0)
        {
            throw new Hosting.UsageException($"No past orders of '{source}' are here. Import them first: ops/intake import {source} FILE");
        }

        var products = await head.Get<List<ProductFound>>("products?all=true&take=500", cancel);
        var now = products.Where(product => product.BasePrice is not null).ToDictionary(product => product.ProductId, product => product.BasePrice!.Value);
        var gone = products.Where(product => product.Discontinued).Select(product => product.ProductId).ToHashSet(StringComparer.Ordinal);
        var sold = orders.SelectMany(order => order.Lines).Select(line => line.ProductId).ToHashSet(StringComparer.Ordinal);
        var back = gone.Where(sold.Contains).ToList();
        foreach (var product in back)
        {
            await Seat.Must(head.Post($"catalogue/products/{product}/relist", null, cancel));
        }

        var phones = await Phones(orders, cancel);
        progress.Begin("orders", orders.Count);
        for (var next = 0; next < orders.Count;)
        {
            var batch = AtOnePrice(orders, next, now);
            await Publish(batch.Prices, batch.Date, now, cancel);
            await Ring(orders, next, batch.Count, phones, perSecond, progress, cancel);
            next += batch.Count;
        }

        foreach (var product in back)
        {
            await Seat.Must(head.Post($"catalogue/products/{product}/discontinue", new Because("sold again only while history was taken again"), cancel));
        }
    }

    private async Task Ring(
        IReadOnlyList<ImportedOrder> orders, int from, int count, Dictionary<string, (string Phone, string Contact)> phones,
        double? perSecond, Progress progress, CancellationToken cancel)
    {
        var before = Settled();
        for (var index = from; index < from + count; index++)
        {
            var order = orders[index];
            var (phone, contact) = phones[order.ClientId];
            await shift.Ring(new Wish(index, order.ClientId, phone, contact, "order", Lines(order)), cancel);
            if (perSecond is { } rate)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 / rate), cancel);
            }

            // A queue that does not grow without bound: clients ring as others are served.
            await Until(() => index - from + 1 - (Settled() - before) < MostWaiting, cancel);
            Report();
        }

        await Until(() => Settled() - before == count, cancel);
        Report();

        void Report()
        {
            while (progress.Done < Settled())
            {
                progress.Step();
            }
        }
    }

    private const int MostWaiting = 24;

    private int Settled() => tally.Submitted + tally.Refused.Values.Sum();

    private static async Task Until(Func<bool> holds, CancellationToken cancel)
    {
        while (!holds())
        {
            await Task.Delay(5, cancel);
        }
    }

    private async Task<IReadOnlyList<ImportedOrder>> All(string source, int? count, CancellationToken cancel)
    {
        var all = new List<ImportedOrder>();
        while (true)
        {
            var page = await head.Get<List<ImportedOrder>>(
                string.Create(CultureInfo.InvariantCulture, $"past-orders?source={source}&skip={all.Count}&take={Page}"), cancel);
            all.AddRange(page);
            if (page.Count < Page)
            {
                return [.. all.Take(count ?? int.MaxValue)];
            }
        }
    }

    private async Task<Dictionary<string, (string Phone, string Contact)>> Phones(IReadOnlyList<ImportedOrder> orders, CancellationToken cancel)
    {
        var phones = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var clientId in orders.Select(order => order.ClientId).Distinct(StringComparer.Ordinal))
        {
            var card = await head.Get<ClientCard>($"clients/{clientId}", cancel);
            phones[clientId] = (card.Phones.Count > 0 ? card.Phones[0] : string.Empty, card.Contacts.Count > 0 ? card.Contacts[0].Name : card.Name);
        }

        return phones;
    }

    // The next orders that can be taken before a price changes, with the prices that they need.
    private static (int Count, Dictionary<string, decimal> Prices, DateOnly Date) AtOnePrice(
        IReadOnlyList<ImportedOrder> orders, int from, IReadOnlyDictionary<string, decimal> now)
    {
        var needed = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var count = 0;
        foreach (var order in orders.Skip(from))
        {
            if (order.Lines.Any(line => needed.TryGetValue(line.ProductId, out var price) && price != line.UnitPrice))
            {
                break;
            }

            // A new price that an earlier order of this batch could have met waits for its own batch.
            foreach (var line in order.Lines)
            {
                needed[line.ProductId] = line.UnitPrice;
            }

            count++;
        }

        return (count, needed.Where(price => now.GetValueOrDefault(price.Key) != price.Value).ToDictionary(), orders[from].Date);
    }

    private async Task Publish(Dictionary<string, decimal> prices, DateOnly date, Dictionary<string, decimal> now, CancellationToken cancel)
    {
        if (prices.Count == 0)
        {
            return;
        }

        var published = await Seat.Must(head.Post(
            "catalogue/price-lists",
            new PublishPriceList(
                string.Create(CultureInfo.InvariantCulture, $"History taken again: prices of {date:yyyy-MM-dd}"), date, await Columns(cancel),
                [.. prices.Select(price => new ProductPrice(price.Key, price.Value))]),
            cancel));
        await head.Get<List<ProductFound>>(string.Create(CultureInfo.InvariantCulture, $"products?take=1&after={published.Position}"), cancel);
        foreach (var (product, price) in prices)
        {
            now[product] = price;
        }
    }

    private async Task<IReadOnlyList<Column>> Columns(CancellationToken cancel) => await head.Get<List<Column>>("catalogue/columns", cancel);

    private static List<WishedLine> Lines(ImportedOrder order) =>
    [
        .. order.Lines.Select(line => new WishedLine(
            line.ProductId, line.Quantity, string.Create(CultureInfo.InvariantCulture, $"C{line.PercentOff:0.##}"), line.Amount)),
    ];
}
