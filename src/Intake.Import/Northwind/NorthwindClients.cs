using System.Globalization;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;
using Intake.Import.Reading;

namespace Intake.Import.Northwind;

/// <summary>Northwind's customers as clients, with what the history says of them.</summary>
internal static class NorthwindClients
{
    private const int KeyClients = 5;

    private static readonly HashSet<string> ServesMeals = new(StringComparer.OrdinalIgnoreCase)
    {
        "restaurant", "restaurante", "restauration", "bistro", "café", "taquería", "comidas", "cocina", "cozinha", "lanchonetes",
        "emparedados", "chop", "zajazd", "essen", "vaffeljernet",
    };

    private static readonly HashSet<string> TradesOnMarkets = new(StringComparer.OrdinalIgnoreCase)
    {
        "market", "markets", "marktstand", "abastos",
    };

    /// <summary>The clients with the highest turnover; ties by id.</summary>
    public static IReadOnlySet<string> Key(NorthwindTables tables) => tables.Orders
        .GroupBy(order => order.Customer)
        .OrderByDescending(orders => orders.Sum(order => order.Total)).ThenBy(orders => orders.Key, StringComparer.Ordinal)
        .Take(KeyClients).Select(orders => orders.Key).ToHashSet(StringComparer.Ordinal);

    public static IReadOnlyList<ImportedClient> Of(
        NorthwindTables tables, NorthwindStaff staff, IReadOnlySet<string> keyClients, Findings findings)
    {
        var history = tables.Orders.ToLookup(order => order.Customer, StringComparer.Ordinal);
        var lastDay = tables.Orders.Select(order => order.Date).Append(NorthwindCompany.HistoryBegins).Max();
        var asOf = new DateTimeOffset(lastDay.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return [.. tables.Customers.Select(customer => Client(customer, [.. history[customer.Id]]))];

        ImportedClient Client(Customer customer, List<HistoricOrder> orders)
        {
            var country = Country.Named(customer.Country);
            var phone = Phone(customer, country, findings);
            if (country is null)
            {
                findings.Note("customers", customer.Line, customer.Id, $"no route serves '{customer.Country}'");
            }

            var (type, typeReason) = keyClients.Contains(customer.Id)
                ? (ClientType.Key, $"top {KeyClients} by turnover in the imported history")
                : TypeByName(customer.Name);
            var (manager, managerReason) = staff.OwnerOf(orders, type == ClientType.Key);
            var deepest = NorthwindPrices.Column(orders.SelectMany(order => order.Lines).Select(line => line.PercentOff).Append(0).Max());
            return new ImportedClient(
                new ClientRegistered(
                    customer.Id, customer.Name, customer.Country, customer.City,
                    $"{customer.Address}, {customer.PostalCode}".Trim(',', ' '), "en", country?.Route ?? string.Empty, phone.Length > 0 ? [phone] : [],
                    customer.Contact.Length > 0 ? [new Contact(customer.Contact, customer.Title, phone)] : [], NorthwindCompany.Source),
                type, typeReason, manager, managerReason,
                new PriceTermsAgreed(
                    customer.Id, NorthwindPrices.Column(0).Code, deepest.Code,
                    string.Create(CultureInfo.InvariantCulture, $"deepest discount in the imported history: {deepest.PercentOff:0.##} %")),
                new ContractSigned(customer.Id, $"NW-{customer.Id}", NorthwindCompany.HistoryBegins, new DateOnly(2036, 12, 31)),
                customer.Contact.Length > 0
                    ? [new ReceiverAuthorised(customer.Id, customer.Contact, phone, "contact person of the imported file")]
                    : [],
                new CreditTermsSet(customer.Id, Limit: null, Exempt: false, "the imported file has no credit limits"),
                new LedgerReported(customer.Id, asOf, Balance: 0, [], []));
        }
    }

    private static string Phone(Customer customer, Country? country, Findings findings)
    {
        if (customer.Phone.Length == 0)
        {
            findings.Note("customers", customer.Line, customer.Id, "there is no phone");
            return string.Empty;
        }

        var (phone, remark) = TelephoneNumber.Normalise(customer.Phone, country?.Region ?? string.Empty);
        if (remark is not null)
        {
            findings.Note("customers", customer.Line, customer.Id, remark);
        }

        return phone;
    }

    private static (ClientType Type, string Reason) TypeByName(string name)
    {
        var words = name.Split([' ', '-', '/', ',', '.'], StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            _ when words.FirstOrDefault(ServesMeals.Contains) is { } word => (ClientType.Horeca, $"'{word}' in the company's name"),
            _ when words.FirstOrDefault(TradesOnMarkets.Contains) is { } word => (ClientType.Market, $"'{word}' in the company's name"),
            _ => (ClientType.Retail, "neither a key client nor another type by its name"),
        };
    }
}
