using System.CommandLine;
using Intake.Host.Hosting;
using Intake.Import;
using Intake.Import.Csv;
using Intake.Import.Northwind;

namespace Intake.Host.Cli;

/// <summary><c>import</c>: takes a company's data over; again is harmless.</summary>
public static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "northwind.sql, a PostgreSQL dump, as it is." };
        var northwind = new Command("northwind", "Takes the Northwind food wholesaler over: clients, products, prices, staff, past orders.") { file };
        northwind.SetAction((parsed, cancel) => Import(
            parsed, () => NorthwindCompany.ReadFile(Existing(parsed.GetValue(file)!)), cancel));

        var folder = new Argument<DirectoryInfo>("DIR") { Description = "A folder with clients.csv, products.csv, ...; see docs/import-csv.md." };
        var csv = new Command("csv", "Takes a company's own clients, products, prices, receivables and staff over.") { folder };
        csv.SetAction((parsed, cancel) => Import(parsed, () => CsvCompany.ReadFolder(Existing(parsed.GetValue(folder)!)), cancel));
        return new Command("import", "Takes a company's data over; taking the same data again changes nothing.") { northwind, csv };
    }

    private static async Task<int> Import(ParseResult parsed, Func<CompanyData> read, CancellationToken cancel)
    {
        var company = read();
        await using var stores = await Stores.Open(parsed, cancel);
        var progress = new Progress(Console.Error);
        var refused = await ActivatorUtilities.CreateInstance<CompanyLoader>(stores.Services).Load(company, progress, cancel);
        var rejected = company.Rejected.Concat(refused).ToList();
        Output.Write(
            parsed,
            new
            {
                clients = company.Clients.Count,
                products = company.Products.Count,
                staff = company.Staff.Count,
                orders = company.Orders.Count,
                rejected = rejected.Select(row => new { table = row.Table, line = row.Line, key = row.Key, reason = row.Reason }),
                notes = company.Notes.Count,
            },
            [
                $"{company.Clients.Count} clients, {company.Products.Count} products, {company.Staff.Count} staff, {company.Orders.Count} past orders",
                $"{company.Notes.Count} rows were taken with a remark, {rejected.Count} could not be taken",
                .. rejected.Select(row => $"  {row.Table} line {row.Line} {row.Key}: {row.Reason}"),
            ]);
        return 0;
    }

    private static string Existing(FileSystemInfo path) =>
        path.Exists ? path.FullName : throw new UsageException($"There is no {path.FullName}.");
}
