using Intake.Domain;
using Intake.Domain.Catalogue;
using Intake.Domain.Staff;
using Intake.Import.Reading;

namespace Intake.Import.Csv;

/// <summary>
/// A company's own data from a folder of CSV files; docs/import-csv.md gives their columns. Every file may be absent; a row
/// that cannot be taken is reported, and so is one that names a client, product or person of no row taken.
/// </summary>
public static class CsvCompany
{
    /// <summary>The name of this source.</summary>
    public const string Source = "csv";

    /// <summary>Reads the folder's files.</summary>
    public static CompanyData ReadFolder(string folder) => Read(name =>
        Path.Combine(folder, name) is var path && File.Exists(path) ? new StreamReader(path) : null);

    /// <summary>Reads the files that the function opens by name: <c>clients.csv</c>; null is one that is absent.</summary>
    public static CompanyData Read(Func<string, TextReader?> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return Read(open, Source);
    }

    /// <summary>The same, for files that belong to another source.</summary>
    internal static CompanyData Read(Func<string, TextReader?> open, string source)
    {
        var files = new CsvFiles(open, new Findings());
        var staff = Staff(files);
        var products = Products(files);
        var columns = Columns(files);
        var priceLists = PriceLists(files, products, columns);
        var focusLists = FocusLists(files, products);
        var clients = CsvClients.Read(files, source, staff, columns);
        if (files.Found == 0)
        {
            files.Findings.Reject(string.Empty, 0, string.Empty, "none of the files is there: clients.csv, products.csv, staff.csv, ...");
        }

        return new CompanyData(
            source, [.. staff.Values], [.. products.Values], priceLists, focusLists, clients, Orders: [], files.Findings.Rejected,
            files.Findings.Notes);
    }

    private static OrderedDictionary<string, StaffAppointed> Staff(CsvFiles files)
    {
        var staff = new OrderedDictionary<string, StaffAppointed>(StringComparer.Ordinal);
        var reporting = new List<(Row Row, string StaffId)>();
        files.Each("staff.csv", ["id", "name", "role"], ["department", "extension", "reports_to"], row =>
        {
            var person = new StaffAppointed(
                row.Text("id"), row.Text("name"), row.Named<StaffRole>("role"), row.Optional("department"), row.Optional("extension"),
                Order: string.Empty);
            if (files.Findings.Take(row, row.Key("id"), staff, person.StaffId, person) && row.Optional("reports_to").Length > 0)
            {
                reporting.Add((row, person.StaffId));
            }
        });

        // Who leads may stand after those whom he leads.
        foreach (var (row, staffId) in reporting)
        {
            if (staff.GetValueOrDefault(row.Optional("reports_to")) is { Role: StaffRole.Head } superior && superior.StaffId != staffId)
            {
                staff[staffId] = staff[staffId] with { ReportsTo = new StaffRef(superior.StaffId, superior.Name) };
            }
            else
            {
                files.Findings.Note(row.Table, row.Line, staffId, $"reports_to '{row.Optional("reports_to")}' is no head among the rows taken; taken without");
            }
        }

        return staff;
    }

    private static OrderedDictionary<string, ImportedProduct> Products(CsvFiles files)
    {
        var products = new OrderedDictionary<string, ImportedProduct>(StringComparer.Ordinal);
        files.Each("products.csv", ["id", "name_en", "category", "unit"], ["name_ro", "name_ru", "pack", "discontinued"], row =>
        {
            var product = new ImportedProduct(
                new ProductListed(
                    row.Text("id"), new ProductName(row.Text("name_en"), row.Optional("name_ro"), row.Optional("name_ru")),
                    row.Text("category"), row.Text("unit"), row.Optional("pack")),
                row.Flag("discontinued") ? "discontinued in the imported file" : null);
            files.Findings.Take(row, row.Key("id"), products, product.Card.ProductId, product);
        });
        return products;
    }

    /// <summary>The columns of the price list; without the file there is one, the list price.</summary>
    private static OrderedDictionary<string, PriceColumn> Columns(CsvFiles files)
    {
        var columns = new OrderedDictionary<string, PriceColumn>(StringComparer.Ordinal);
        files.Each("price-columns.csv", ["code", "percent_off"], [], row =>
        {
            var column = new PriceColumn(row.Text("code"), row.Number("percent_off"));
            row.Require(column.PercentOff is >= 0 and <= 100, $"percent_off '{column.PercentOff}' is not between 0 and 100");
            files.Findings.Take(row, row.Key("code"), columns, column.Code, column);
        });
        if (columns.Count == 0)
        {
            columns.Add("C0", new PriceColumn("C0", 0));
        }

        return columns;
    }

    /// <summary>One version for each day and decision, by day; each names the prices that it changes.</summary>
    private static List<PriceListPublished> PriceLists(
        CsvFiles files, OrderedDictionary<string, ImportedProduct> products, OrderedDictionary<string, PriceColumn> columns)
    {
        var prices = new OrderedDictionary<(DateOnly From, string Decision, string Product), decimal>();
        files.Each("price-list.csv", ["decision", "valid_from", "product", "price"], [], row =>
        {
            var key = (row.Date("valid_from"), row.Text("decision"), row.Text("product"));
            var price = row.Price("price");
            CsvFiles.Known(row, "product", products);
            files.Findings.Take(row, row.Key("product", "valid_from"), prices, key, price);
        });
        return [.. prices.GroupBy(price => (price.Key.From, price.Key.Decision)).OrderBy(version => version.Key.From)
            .Select((version, index) => new PriceListPublished(
                CompanyData.ListId, index + 1, version.Key.Decision, version.Key.From, [.. columns.Values],
                [.. version.Select(price => new BasePrice(price.Key.Product, price.Value))]))];
    }

    /// <summary>One version for each decision, in the order of the file.</summary>
    private static List<FocusListPublished> FocusLists(CsvFiles files, OrderedDictionary<string, ImportedProduct> products)
    {
        var items = new OrderedDictionary<(string Decision, string Product), bool>();
        files.Each("focus-list.csv", ["decision", "product", "kind"], [], row =>
        {
            var kind = row.Text("kind").ToUpperInvariant();
            row.Require(kind is "" or "NOVELTY" or "SPECIAL", $"kind '{row.Optional("kind")}' is neither novelty nor special");
            CsvFiles.Known(row, "product", products);
            files.Findings.Take(
                row, row.Key("product", "kind"), items, (row.Text("decision"), row.Text("product")), kind == "NOVELTY");
        });
        return [.. items.GroupBy(item => item.Key.Decision, StringComparer.Ordinal).Select((version, index) => new FocusListPublished(
            CompanyData.ListId, index + 1, version.Key,
            [.. version.Where(item => item.Value).Select(item => item.Key.Product)],
            [.. version.Where(item => !item.Value).Select(item => item.Key.Product)]))];
    }
}
