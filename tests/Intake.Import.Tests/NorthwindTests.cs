using System.Globalization;
using System.Text.RegularExpressions;
using Intake.Domain;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Import.Northwind;

namespace Intake.Import.Tests;

/// <summary>The whole of Northwind, as it is.</summary>
public sealed partial class NorthwindTests
{
    private static readonly Lazy<CompanyData> Read = new(() => NorthwindCompany.ReadFile(SharedDataFactAttribute.Northwind));

    private static CompanyData Northwind => Read.Value;

    [SharedDataFact]
    public void Every_row_is_taken()
    {
        Assert.Empty(Northwind.Rejected);
        Assert.Equal(91, Northwind.Clients.Count);
        Assert.Equal(77, Northwind.Products.Count);
        Assert.Equal(9, Northwind.Staff.Count);
        Assert.Equal(830, Northwind.Orders.Count);
        Assert.Equal(2155, Northwind.Orders.Sum(order => order.Order.Lines.Count));
    }

    [SharedDataFact]
    public void Totals_equal_a_calculation_of_their_own()
    {
        // The file's lines once more, by a regular expression and in whole hundredths of a cent.
        var total = 0L;
        var lines = 0;
        foreach (var match in OrderLine().Matches(File.ReadAllText(SharedDataFactAttribute.Northwind)).Cast<Match>())
        {
            var cents = (long)Math.Round(double.Parse(match.Groups["price"].Value, CultureInfo.InvariantCulture) * 100);
            var left = 10_000 - (long)Math.Round(double.Parse(match.Groups["discount"].Value, CultureInfo.InvariantCulture) * 10_000);
            total += ((cents * long.Parse(match.Groups["quantity"].Value, CultureInfo.InvariantCulture) * left) + 5_000) / 10_000;
            lines++;
        }

        Assert.Equal(2155, lines);
        Assert.Equal(total / 100m, Northwind.Orders.Sum(order => order.Order.Total));
        Assert.Equal(1_265_793.29m, total / 100m);
        Assert.All(Northwind.Orders, order => Assert.Equal(order.Order.Total, order.Order.Lines.Sum(line => line.Amount)));
    }

    [SharedDataFact]
    public void Every_order_line_shows_the_price_of_the_list_in_force_for_it()
    {
        var prices = new Dictionary<(int Version, string Product), decimal>();
        var current = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var list in Northwind.PriceLists)
        {
            foreach (var price in list.Prices)
            {
                current[price.ProductId] = price.Price;
            }

            foreach (var (product, price) in current)
            {
                prices[(list.Version, product)] = price;
            }
        }

        Assert.Equal(Enumerable.Range(1, 42), Northwind.PriceLists.Select(list => list.Version));
        Assert.Equal(77, Northwind.PriceLists[0].Prices.Count);
        var lines = Northwind.Orders.SelectMany(order => order.Order.Lines, (order, line) => (order, line)).ToList();
        Assert.Equal(2155, lines.Count);
        Assert.All(lines, pair => Assert.Equal(
            prices[(pair.order.PriceListVersion, pair.line.ProductId)], pair.line.UnitPrice));
        Assert.All(lines, pair => Assert.Equal(
            prices[(Northwind.PriceLists.Last(list => list.ValidFrom <= pair.order.Order.Date).Version, pair.line.ProductId)],
            pair.line.UnitPrice));
    }

    [SharedDataFact]
    public void Prices_are_whole_cents_whatever_the_file_stored()
    {
        var first = Northwind.Orders[0].Order;
        Assert.Equal("10248", first.OrderId);
        Assert.Equal(3, first.Lines.Count);
        Assert.Equal(9.80m, Assert.Single(first.Lines, line => line.ProductId == "nw-42").UnitPrice);
        Assert.All(Northwind.PriceLists.SelectMany(list => list.Prices), price => Assert.Equal(price.Price, decimal.Round(price.Price, 2)));
    }

    [SharedDataFact]
    public void The_discount_ladder_becomes_price_columns()
    {
        Assert.Equal(
            ["C0", "C1", "C2", "C3", "C4", "C5", "C6", "C10", "C15", "C20", "C25"],
            Northwind.PriceLists[0].Columns.Select(column => column.Code));
        Assert.Equal(new PriceColumn("C25", 25), Northwind.PriceLists[^1].Columns[^1]);
        var byId = Northwind.Clients.ToDictionary(client => client.Id);
        Assert.All(Northwind.Orders.SelectMany(order => order.Order.Lines, (order, line) => (order, line)), pair => Assert.True(
            pair.line.PercentOff <= decimal.Parse(byId[pair.order.Order.ClientId].PriceTerms!.DeepestColumn[1..], CultureInfo.InvariantCulture)));
    }

    [SharedDataFact]
    public void Names_keep_their_accents()
    {
        var names = Northwind.Clients.ToDictionary(client => client.Id, client => client.Card);
        Assert.Equal("Berglunds snabbköp", names["BERGS"].Name);
        Assert.Equal("Antonio Moreno Taquería", names["ANTON"].Name);
        Assert.Equal("Bon app'", names["BONAP"].Name);
        Assert.Equal("Århus", names["VAFFE"].City);
        Assert.Equal("Frédérique Citeaux", names["BLONP"].Contacts[0].Name);
        Assert.Contains(Northwind.Products, product => product.Card.Name.En == "Original Frankfurter grüne Soße");
    }

    [SharedDataFact]
    public void Phones_are_of_one_form_and_impossible_ones_are_noted()
    {
        var phones = Northwind.Clients.ToDictionary(client => client.Id, client => Assert.Single(client.Card.Phones));
        Assert.Equal("+49300074321", phones["ALFKI"]);
        Assert.Equal("+15035557555", phones["GREAL"]);
        Assert.Equal("+33388601531"[..3], phones["BLONP"][..3]);
        Assert.All(phones.Values, phone => Assert.Matches(@"^\+[1-9]\d{6,14}$", phone));
        Assert.Contains(Northwind.Notes, note => note.Key == "ANTON" && note.Reason.Contains("(5) 555-3932", StringComparison.Ordinal));
    }

    [SharedDataFact]
    public void The_floor_has_people_for_every_part()
    {
        var roles = Northwind.Staff.CountBy(person => person.Role).ToDictionary();
        Assert.Equal(4, roles[StaffRole.Operator]);
        Assert.Equal(2, roles[StaffRole.Manager]);
        Assert.Equal(1, roles[StaffRole.KeyAccountManager]);
        Assert.Equal(2, roles[StaffRole.Head]);
    }

    [SharedDataFact]
    public void Key_clients_belong_to_a_key_account_manager_and_clients_without_orders_to_nobody()
    {
        var role = Northwind.Staff.ToDictionary(person => person.StaffId, person => person.Role);
        var key = Northwind.Clients.Where(client => client.Type == ClientType.Key).ToList();
        Assert.Equal(["ERNSH", "HUNGO", "QUICK", "RATTC", "SAVEA"], key.Select(client => client.Id));
        Assert.All(key, client => Assert.Equal(StaffRole.KeyAccountManager, role[client.Manager!.Id]));
        Assert.Equal(["FISSA", "PARIS"], Northwind.Clients.Where(client => client.Manager is null).Select(client => client.Id));
        Assert.All(
            Northwind.Clients.Where(client => client is { Manager: not null, Type: not ClientType.Key }),
            client => Assert.Equal(StaffRole.Manager, role[client.Manager!.Id]));
        Assert.Contains(Northwind.Clients, client => client.Type == ClientType.Horeca);
        Assert.Contains(Northwind.Clients, client => client.Type == ClientType.Market);
        Assert.Contains(Northwind.Clients, client => client.Type == ClientType.Retail);
    }

    [GeneratedRegex(@"^INSERT INTO order_details VALUES \(\d+, \d+, (?<price>[\d.]+), (?<quantity>\d+), (?<discount>[\d.]+)\);", RegexOptions.Multiline, 5000)]
    private static partial Regex OrderLine();
}
