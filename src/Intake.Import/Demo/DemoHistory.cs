using System.Globalization;
using Intake.Domain;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;

namespace Intake.Import.Demo;

/// <summary>Half a year of orders: each client buys what he is used to, at intervals of his own.</summary>
internal static class DemoHistory
{
    private const int Days = 190;

    public static IReadOnlyList<ImportedOrder> Orders(CompanyData company, DateOnly today, Random random)
    {
        var novelties = company.FocusLists.SelectMany(list => list.Novelties).ToHashSet(StringComparer.Ordinal);
        var known = company.Products.Select(product => product.Card.ProductId).Where(id => !novelties.Contains(id)).ToArray();
        var operators = company.Staff.Where(person => person.Role == StaffRole.Operator).Select(person => person.StaffId).ToArray();
        var percentOff = company.PriceLists[0].Columns.ToDictionary(column => column.Code, column => column.PercentOff);
        var drafts = new List<PastOrderImported>();
        foreach (var client in company.Clients.Where(client => client.PriceTerms is not null))
        {
            var habits = random.GetItems(known, 7 + random.Next(5)).Distinct(StringComparer.Ordinal).ToArray();
            var interval = 22 + random.Next(24);
            for (var date = today.AddDays(random.Next(interval) - Days); date < today; date = date.AddDays(interval + random.Next(-3, 4)))
            {
                var takenBy = client.Type == ClientType.Key ? client.Manager!.Id : operators[random.Next(operators.Length)];
                var products = habits.Where(_ => random.Next(10) < 8).Concat(random.GetItems(known, random.Next(3)))
                    .Append(habits[0]).Distinct(StringComparer.Ordinal).ToList();
                var lines = products.ConvertAll(product => Line(
                    product, Quantity(client.Type, random), PriceOn(company, product, date), percentOff[client.PriceTerms!.Column]));
                drafts.Add(new PastOrderImported(
                    string.Empty, client.Id, takenBy, date, lines, lines.Sum(line => line.Amount), DemoCompany.Source));
            }
        }

        return [.. drafts.OrderBy(order => order.Date).ThenBy(order => order.ClientId, StringComparer.Ordinal)
            .Select((order, index) => new ImportedOrder(
                order with { OrderId = string.Create(CultureInfo.InvariantCulture, $"past-{index + 1:0000}") },
                company.PriceLists.Last(list => list.ValidFrom <= order.Date).Version))];
    }

    private static decimal PriceOn(CompanyData company, string product, DateOnly date) => company.PriceLists
        .Where(list => list.ValidFrom <= date).SelectMany(list => list.Prices).Last(price => price.ProductId == product).Price;

    private static PastLine Line(string product, int quantity, decimal price, decimal percentOff) => new(
        product, quantity, price, percentOff,
        Math.Round(quantity * price * (100 - percentOff) / 100, 2, MidpointRounding.AwayFromZero));

    private static int Quantity(ClientType type, Random random) => type switch
    {
        ClientType.Key => random.Next(10, 41),
        ClientType.Regional => random.Next(5, 21),
        ClientType.OwnOutlet => random.Next(4, 13),
        ClientType.Market => random.Next(2, 9),
        _ => random.Next(1, 6),
    };
}
