using System.Globalization;
using System.Text;
using Intake.Import.Csv;
using Intake.Import.Reading;

namespace Intake.Import.Demo;

/// <summary>
/// The project's own food wholesaler in Moscow, which also delivers to Moldova and Romania: 150 products named in three
/// languages, 60 clients of every type, staff of every role, half a year of orders, debts. All of it is invented. The same
/// day gives the same company; another day moves its history and its debts, and nothing else.
/// </summary>
/// <remarks>Who and what stands in the CSV files beside this one, in the format that a company's own data has.</remarks>
public static class DemoCompany
{
    /// <summary>The name of this source.</summary>
    public const string Source = "demo";

    private const int Seed = 20_261_124;

    /// <summary>The company as it stands in the morning of the day.</summary>
    public static CompanyData On(DateOnly today)
    {
        // Each part draws from a sequence of its own, so that a change in one leaves the others as they are.
        var prices = PriceListFile(today, new Random(Seed));
        var company = CsvCompany.Read(name => name == "price-list.csv" ? new StringReader(prices) : File(name), Source);
        var orders = DemoHistory.Orders(company, today, new Random(Seed + 1));
        return company with
        {
            Clients = DemoReceivables.Of(company.Clients, orders, today, new Random(Seed + 2)),
            Orders = orders,
        };
    }

    /// <summary>Two versions: the base prices, and a rise of some of them five weeks ago.</summary>
    private static string PriceListFile(DateOnly today, Random random)
    {
        var file = new StringBuilder("decision;valid_from;product;price\n");
        var prices = Prices();
        foreach (var (product, price) in prices)
        {
            file.Append(CultureInfo.InvariantCulture, $"Director's order 3;{today.AddDays(-200):yyyy-MM-dd};{product};{price}\n");
        }

        foreach (var (product, price) in prices.Where(_ => random.Next(5) == 0))
        {
            var risen = Math.Round(price * (103 + random.Next(5)) / 100, 0, MidpointRounding.AwayFromZero);
            file.Append(CultureInfo.InvariantCulture, $"Director's order 11;{today.AddDays(-35):yyyy-MM-dd};{product};{risen}\n");
        }

        return file.ToString();
    }

    private static List<(string Product, decimal Price)> Prices()
    {
        using var file = File("prices.csv")!;
        return [.. CsvTable.Rows("prices.csv", file, ["product", "price"], [], new Findings())
            .Select(row => (row.Text("product"), row.Price("price")))];
    }

    private static StreamReader? File(string name) =>
        typeof(DemoCompany).Assembly.GetManifestResourceStream($"demo/{name}") is { } file ? new StreamReader(file) : null;
}
