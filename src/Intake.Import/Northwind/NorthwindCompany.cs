using System.Globalization;
using Intake.Domain.Catalogue;
using Intake.Domain.Ordering;
using Intake.Import.Reading;

namespace Intake.Import.Northwind;

/// <summary>
/// The food wholesaler Northwind, from its PostgreSQL dump as it is. What the dump does not say is derived by rules that
/// docs/northwind.md lists.
/// </summary>
public static class NorthwindCompany
{
    /// <summary>The name of this source.</summary>
    public const string Source = "northwind";

    /// <summary>From this day the first prices and all contracts are in force: before the oldest order.</summary>
    public static readonly DateOnly HistoryBegins = new(1996, 1, 1);

    /// <summary>The id of a product: <c>nw-11</c>.</summary>
    public static string ProductId(int product) => string.Create(CultureInfo.InvariantCulture, $"nw-{product}");

    /// <summary>The id of a member of staff: <c>nw-1</c>.</summary>
    public static string StaffId(int employee) => string.Create(CultureInfo.InvariantCulture, $"nw-{employee}");

    /// <summary>The id of an order: <c>10248</c>.</summary>
    public static string OrderId(int order) => order.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the dump; rows that cannot be taken are reported, the others go on.</summary>
    public static CompanyData Read(TextReader dump)
    {
        ArgumentNullException.ThrowIfNull(dump);
        var findings = new Findings();
        var tables = NorthwindTables.Read(dump, findings);
        if (tables.Customers.Count == 0 && tables.Products.Count == 0 && findings.Rejected.Count == 0)
        {
            findings.Reject(string.Empty, 0, string.Empty, "no INSERT statement for Northwind's tables was found; is this its dump?");
        }

        var keyClients = NorthwindClients.Key(tables);
        var staff = NorthwindStaff.Of(tables, keyClients);
        var prices = NorthwindPrices.Of(tables);
        var clients = NorthwindClients.Of(tables, staff, keyClients, findings);
        return new CompanyData(
            Source, staff.Appointments, [.. tables.Products.Select(product => Product(product, tables.Categories))], prices.Versions,
            FocusLists: [], clients, [.. tables.Orders.Select(order => new ImportedOrder(Order(order), prices.InForce[order.Id]))],
            findings.Rejected, findings.Notes);
    }

    /// <summary>Reads the dump from a file.</summary>
    public static CompanyData ReadFile(string path)
    {
        using var file = new StreamReader(path);
        return Read(file);
    }

    private static ImportedProduct Product(CatalogueProduct product, IReadOnlyDictionary<int, string> categories) => new(
        new ProductListed(
            ProductId(product.Id), new ProductName(product.Name, string.Empty, string.Empty), categories[product.Category], "case",
            product.Pack),
        product.Discontinued ? "discontinued in the imported catalogue" : null);

    private static PastOrderImported Order(HistoricOrder order) => new(
        OrderId(order.Id), order.Customer, StaffId(order.Employee), order.Date,
        [.. order.Lines.Select(line => new PastLine(
            ProductId(line.Product), line.Quantity, line.UnitPrice, line.PercentOff, line.Amount))],
        order.Total, Source);
}
