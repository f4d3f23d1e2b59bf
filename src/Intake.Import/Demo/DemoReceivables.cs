using System.Collections.Frozen;
using System.Globalization;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;

namespace Intake.Import.Demo;

/// <summary>
/// Contracts, credit terms and ledgers. Most clients pay in time: their orders of the last two weeks are open and not due.
/// The exceptions are named, so that a desk meets each of them.
/// </summary>
internal static class DemoReceivables
{
    private const int DaysToPay = 14;

    private enum Standing
    {
        InTime,
        Overdue,
        WithinGrace,
        NearLimit,
        AboveLimit,
    }

    private static readonly FrozenDictionary<string, Standing> Exceptions = new Dictionary<string, Standing>(StringComparer.Ordinal)
    {
        ["K-03"] = Standing.Overdue,
        ["R-02"] = Standing.Overdue,
        ["R-09"] = Standing.Overdue,
        ["M-03"] = Standing.Overdue,
        ["H-03"] = Standing.Overdue,
        ["H-09"] = Standing.Overdue,
        ["G-02"] = Standing.Overdue,
        ["G-08"] = Standing.Overdue,
        ["O-02"] = Standing.Overdue,
        ["R-06"] = Standing.WithinGrace,
        ["K-05"] = Standing.NearLimit,
        ["R-10"] = Standing.NearLimit,
        ["M-04"] = Standing.NearLimit,
        ["H-05"] = Standing.NearLimit,
        ["G-05"] = Standing.NearLimit,
        ["R-16"] = Standing.AboveLimit,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The clients with their contracts, terms and ledgers; new ones have none of them.</summary>
    public static IReadOnlyList<ImportedClient> Of(
        IReadOnlyList<ImportedClient> clients, IReadOnlyList<ImportedOrder> orders, DateOnly today, Random random)
    {
        var history = orders.Select(order => order.Order).ToLookup(order => order.ClientId, StringComparer.Ordinal);
        return [.. clients.Select(client =>
        {
            if (client.Manager is null)
            {
                return client;
            }

            var past = history[client.Id].ToList();
            var limit = Math.Ceiling(past.Average(order => order.Total) * 3 / 10_000) * 10_000;
            var invoices = Invoices(Exceptions.GetValueOrDefault(client.Id), client.Id, past, limit, today, random);
            return client with
            {
                Contract = Contract(client.Id, today),
                CreditTerms = new CreditTermsSet(
                    client.Id, client.Type == ClientType.OwnOutlet ? null : limit, client.Type == ClientType.OwnOutlet,
                    client.Type == ClientType.OwnOutlet ? "our own shop" : "three average orders"),
                Ledger = new LedgerReported(
                    client.Id, new DateTimeOffset(today.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
                    invoices.Sum(invoice => invoice.Open), invoices, []),
            };
        })];
    }

    private static ContractSigned Contract(string client, DateOnly today) => new(
        client, $"D-{client}", today.AddDays(-400), today.AddDays(client switch { "R-12" => -20, "H-07" => 10, _ => 330 }));

    private static List<OpenInvoice> Invoices(
        Standing standing, string client, List<Domain.Ordering.PastOrderImported> past, decimal limit, DateOnly today, Random random)
    {
        var recent = past.Where(order => order.Date > today.AddDays(-DaysToPay) && order.Total < limit / 2)
            .Select(order => new OpenInvoice($"INV-{order.OrderId[5..]}", order.Date.AddDays(DaysToPay), order.Total)).ToList();
        return standing switch
        {
            Standing.Overdue => [Invoice(1, -5 - random.Next(36), limit * random.Next(15, 40) / 100), .. recent],
            Standing.WithinGrace => [Invoice(1, -2, limit * random.Next(15, 30) / 100)],
            Standing.NearLimit =>
                [Invoice(1, 4, limit * random.Next(50, 60) / 100), Invoice(2, 9, limit * random.Next(36, 40) / 100)],
            Standing.AboveLimit => [Invoice(1, 3, limit * 70 / 100), Invoice(2, 8, limit * 37 / 100)],
            _ => recent,
        };

        OpenInvoice Invoice(int number, int dueIn, decimal open) => new(
            string.Create(CultureInfo.InvariantCulture, $"INV-{client}/{number}"), today.AddDays(dueIn), Math.Round(open, 2));
    }
}
