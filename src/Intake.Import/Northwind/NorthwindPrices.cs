using System.Globalization;
using Intake.Domain.Catalogue;

namespace Intake.Import.Northwind;

/// <summary>
/// The versions of the price list that the history implies. Version 1 has each product's first price; whenever an order shows
/// another price, the version in force from that order on has it. Prices that change on one day share a version, unless an
/// order in between still shows the old price.
/// </summary>
/// <param name="InForce">By order: the version whose prices its lines show.</param>
internal sealed record NorthwindPrices(IReadOnlyList<PriceListPublished> Versions, IReadOnlyDictionary<int, int> InForce)
{
    public static NorthwindPrices Of(NorthwindTables tables)
    {
        PriceColumn[] columns = [.. tables.Orders.SelectMany(order => order.Lines).Select(line => line.PercentOff).Append(0).Distinct()
            .Order().Select(Column)];
        var prices = tables.Products.ToDictionary(product => product.Id, product => product.Price);
        foreach (var firstSold in tables.Orders.SelectMany(order => order.Lines).GroupBy(line => line.Product))
        {
            prices[firstSold.Key] = firstSold.First().UnitPrice;
        }

        var versions = new List<(DateOnly From, string Decision, SortedDictionary<int, decimal> Prices)>
        {
            (NorthwindCompany.HistoryBegins, "Northwind history, first prices", new(prices)),
        };
        var inForce = new Dictionary<int, int>();
        var soldSince = new HashSet<int>();
        foreach (var order in tables.Orders)
        {
            var changed = order.Lines.Where(line => prices[line.Product] != line.UnitPrice).ToList();
            if (changed.Count > 0 && (versions[^1].From != order.Date || changed.Exists(line => soldSince.Contains(line.Product))))
            {
                versions.Add((order.Date, Invariant($"Northwind history, price of {order.Date:yyyy-MM-dd}"), []));
                soldSince.Clear();
            }

            foreach (var line in changed)
            {
                prices[line.Product] = versions[^1].Prices[line.Product] = line.UnitPrice;
            }

            soldSince.UnionWith(order.Lines.Select(line => line.Product));
            inForce[order.Id] = versions.Count;
        }

        var now = tables.Products.Where(product => product.Price != prices[product.Id])
            .ToDictionary(product => product.Id, product => product.Price);
        if (now.Count > 0)
        {
            versions.Add((tables.Orders[^1].Date.AddDays(1), "Northwind catalogue, prices at the end of the file", new(now)));
        }

        return new NorthwindPrices(
            [.. versions.Select((version, index) => new PriceListPublished(
                CompanyData.ListId, index + 1, version.Decision, version.From, columns,
                [.. version.Prices.Select(price => new BasePrice(NorthwindCompany.ProductId(price.Key), price.Value))]))],
            inForce);
    }

    /// <summary>The column of the discount ladder that takes so many percent off: C0, C5, C25.</summary>
    public static PriceColumn Column(decimal percentOff) => new(Invariant($"C{percentOff:0.##}"), percentOff);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
