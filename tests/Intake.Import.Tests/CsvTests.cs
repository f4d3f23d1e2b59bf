using System.Text;
using Intake.Domain;
using Intake.Domain.Clients;
using Intake.Import.Csv;

namespace Intake.Import.Tests;

/// <summary>A company's own CSV files: the example of the documentation, and rows that cannot be taken.</summary>
public sealed class CsvTests
{
    private static readonly Dictionary<string, string> Good = new(StringComparer.Ordinal)
    {
        ["staff.csv"] = "id,name,role\nradu,Radu,Manager\nlena,Lena,Operator\n",
        ["products.csv"] = "id,name_en,category,unit\nP1,Tea,drinks,case\n",
        ["price-columns.csv"] = "code,percent_off\nC0,0\nC5,5\n",
        ["price-list.csv"] = "decision,valid_from,product,price\nD1,2026-01-01,P1,10.50\n",
        ["focus-list.csv"] = "decision,product,kind\nM1,P1,novelty\n",
        ["clients.csv"] = "id,name,type,country,language,manager,column,deepest_column,contract,contract_from,contract_to\n"
            + "A,Alpha,retail,MD,ro,radu,C0,C5,D-1,2026-01-01,2026-12-31\n",
        ["contacts.csv"] = "client,name,phone\nA,Ana,069 60 11 25\n",
        ["credit-terms.csv"] = "client,limit\nA,500\n",
        ["receivables.csv"] = "client,invoice,due,open,as_of\nA,I-1,2026-10-01,99.90,2026-11-01\n",
    };

    [Fact]
    public void Example_of_the_documentation_is_taken_whole()
    {
        var company = CsvCompany.ReadFolder(Path.Combine(RepositoryRoot(), "docs", "examples", "csv"));

        Assert.Empty(company.Rejected);
        Assert.Empty(company.Notes);
        Assert.Equal(4, company.Staff.Count);
        Assert.Equal(["oils", "grains", "preserves", "bakery"], company.Products.Select(product => product.Card.Category));
        Assert.Equal("Crupe de hrișcă, 800 g", company.Products[1].Card.Name.Ro);
        Assert.Equal("Сухари ржаные, 250 г", Assert.Single(company.Products, product => product.DiscontinuedBecause is not null).Card.Name.Ru);
        Assert.Equal(2, company.PriceLists.Count);
        Assert.Equal(1820.50m, company.PriceLists[0].Prices[0].Price);
        Assert.Equal(new DateOnly(2026, 6, 1), company.PriceLists[1].ValidFrom);
        Assert.Equal(["P-003"], Assert.Single(company.FocusLists).Novelties);
        Assert.Equal(["K-1", "M-7", "N-9"], company.Clients.Select(client => client.Id));
        var key = company.Clients[0];
        Assert.Equal("Trade house \"Rodnik\"", key.Card.Name);
        Assert.Equal(ClientType.Key, key.Type);
        Assert.Equal(new StaffRef("nina", "Nina Volkova"), key.Manager);
        Assert.Equal(["+74956001122", "+79166001123", "+79166001124"], key.Card.Phones);
        Assert.Equal("Зоя Петрова", Assert.Single(key.Receivers).Name);
        Assert.Equal(900_000m, key.CreditTerms!.Limit);
        Assert.Equal(205_310.40m, key.Ledger!.Balance);
        Assert.Equal(0, company.Clients[1].Ledger!.Balance);
        Assert.Equal((ClientType.Unknown, null, null), (company.Clients[2].Type, company.Clients[2].Manager, company.Clients[2].Contract));
    }

    [Theory]
    [InlineData("staff.csv", "x,Somebody,Boss", "x", "role 'Boss'")]
    [InlineData("staff.csv", "x,Somebody,3", "x", "role '3'")]
    [InlineData("staff.csv", "radu,Radu again,Manager", "radu", "there already")]
    [InlineData("staff.csv", ",Nobody,Manager", "", "id is missing")]
    [InlineData("products.csv", "P1,Tea again,drinks,case", "P1", "there already")]
    [InlineData("products.csv", "P2,,drinks,case", "P2", "name_en is missing")]
    [InlineData("products.csv", "P2,\"Tea,drinks,case", "", "quotation mark")]
    [InlineData("products.csv", "P2,Te\"a,drinks,case", "", "quotation mark")]
    [InlineData("products.csv", "P2,Tea", "", "2 values for 4 columns")]
    [InlineData("products.csv", "P2,T\uFFFD,drinks,case", "P2", "not UTF-8")]
    [InlineData("price-columns.csv", "C9,101", "C9", "not between 0 and 100")]
    [InlineData("price-columns.csv", "C5,6", "C5", "there already")]
    [InlineData("price-list.csv", "D1,2026-01-01,P9,10", "P9/2026-01-01", "product 'P9'")]
    [InlineData("price-list.csv", "D1,2026-01-01,P1,11", "P1/2026-01-01", "there already")]
    [InlineData("price-list.csv", "D2,2026-13-01,P1,11", "P1/2026-13-01", "not a date")]
    [InlineData("price-list.csv", "D2,2026-01-01,P1,1.234", "P1/2026-01-01", "more than two decimals")]
    [InlineData("price-list.csv", "D2,2026-01-01,P1,\"1.234,50\"", "P1/2026-01-01", "not a number")]
    [InlineData("price-list.csv", "D2,2026-01-01,P1,0", "P1/2026-01-01", "not a price")]
    [InlineData("price-list.csv", "D2,2026-01-01,P1,-5", "P1/2026-01-01", "not a price")]
    [InlineData("focus-list.csv", "M1,P1,special", "P1/special", "there already")]
    [InlineData("focus-list.csv", "M2,P1,hot", "P1/hot", "kind 'hot'")]
    [InlineData("clients.csv", "A,Alpha,retail,MD,ro,radu,C0,C5,,,", "A", "there already")]
    [InlineData("clients.csv", "B,Beta,wholesale,MD,ro,radu,C0,C5,,,", "B", "type 'wholesale'")]
    [InlineData("clients.csv", "B,Beta,retail,Moldova,ro,radu,C0,C5,,,", "B", "country 'Moldova'")]
    [InlineData("clients.csv", "B,Beta,retail,MD,de,radu,C0,C5,,,", "B", "language 'de'")]
    [InlineData("clients.csv", "B,Beta,retail,MD,ro,petru,C0,C5,,,", "B", "manager 'petru'")]
    [InlineData("clients.csv", "B,Beta,retail,MD,ro,lena,C0,C5,,,", "B", "manager 'lena' is Operator")]
    [InlineData("clients.csv", "B,Beta,retail,MD,ro,radu,C0,C9,,,", "B", "deepest_column 'C9'")]
    [InlineData("clients.csv", "B,Beta,retail,MD,ro,radu,,C5,,,", "B", "without column")]
    [InlineData("clients.csv", "B,Beta,retail,MD,ro,radu,C0,C5,D-2,2026-02-01,2026-01-31", "B", "cannot end")]
    [InlineData("clients.csv", "B,Beta,retail,MD,ro,radu,C0,C5,D-2,,", "B", "contract_from is missing")]
    [InlineData("contacts.csv", "Z,Zoe,1", "Z/Zoe", "client 'Z'")]
    [InlineData("contacts.csv", "A,Ana,1", "A/Ana", "there already")]
    [InlineData("credit-terms.csv", "A,600", "A", "credit terms already")]
    [InlineData("credit-terms.csv", "Z,600", "Z", "client 'Z'")]
    [InlineData("credit-terms.csv", "A,-600", "A", "below zero")]
    [InlineData("receivables.csv", "Z,I-2,2026-10-01,5,2026-11-01", "Z/I-2", "client 'Z'")]
    [InlineData("receivables.csv", "A,I-1,2026-10-01,5,2026-11-01", "A/I-1", "there already")]
    [InlineData("receivables.csv", "A,I-2,soon,5,2026-11-01", "A/I-2", "due 'soon'")]
    public void Bad_row_is_reported_and_skipped(string file, string row, string key, string reason)
    {
        var company = Reading(file, Good[file] + row + "\n");

        var rejected = Assert.Single(company.Rejected);
        Assert.Equal((file, Good[file].Count(character => character == '\n') + 1, key), (rejected.Table, rejected.Line, rejected.Key));
        Assert.Contains(reason, rejected.Reason, StringComparison.Ordinal);
        Assert.Equivalent(Reading(file, Good[file]) with { Rejected = company.Rejected, Notes = company.Notes }, company);
    }

    [Fact]
    public void Rows_after_a_bad_row_go_on()
    {
        var company = Reading("products.csv", "id,name_en,category,unit\nP0,\"Stray,drinks,case\nP1,Tea,drinks,case\nP2,\"Coffee, black\",drinks,case\n");
        Assert.Single(company.Rejected);
        Assert.Equal(["Tea", "Coffee, black"], company.Products.Select(product => product.Card.Name.En));
    }

    [Fact]
    public void File_without_a_required_column_is_reported_and_what_names_its_rows_too()
    {
        var company = Reading("products.csv", "id,name,category,unit\nP1,Tea,drinks,case\n");
        Assert.Equal(["products.csv", "price-list.csv", "focus-list.csv"], company.Rejected.Select(remark => remark.Table));
        Assert.Contains("name_en", company.Rejected[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void File_with_two_columns_of_one_name_is_reported()
    {
        var company = Reading("staff.csv", "id,name,role,name\nradu,Radu,Manager,Radu\n");
        Assert.Equal(["staff.csv", "clients.csv", "contacts.csv", "credit-terms.csv", "receivables.csv"], company.Rejected.Select(remark => remark.Table));
    }

    [Fact]
    public void Damaged_files_are_read_as_far_as_they_go_and_never_throw()
    {
        var random = new Random(12);
        var rejected = 0;
        for (var round = 0; round < 500; round++)
        {
            var file = Good.Keys.ElementAt(random.Next(Good.Count));
            var damaged = Good[file].ToCharArray();
            for (var hit = random.Next(1, 4); hit > 0; hit--)
            {
                damaged[random.Next(damaged.Length)] = "\",;x-9.\n\uFFFD"[random.Next(9)];
            }

            rejected += Reading(file, new string(damaged)).Rejected.Count;
        }

        Assert.True(rejected > 250, $"only {rejected} rows were rejected");
    }

    [Fact]
    public void Column_that_means_nothing_is_noted()
    {
        var company = Reading("products.csv", "id,name_en,category,unit,colour\nP1,Tea,drinks,case,green\n");
        Assert.Empty(company.Rejected);
        Assert.Equal("colour", Assert.Single(company.Notes).Key);
    }

    [Fact]
    public void Missing_files_are_fine_but_a_folder_without_any_is_not()
    {
        Assert.Empty(CsvCompany.Read(name => name == "products.csv" ? new StringReader(Good[name]) : null).Rejected);
        Assert.Single(CsvCompany.Read(_ => null).Rejected);
    }

    [Fact]
    public void Byte_order_mark_semicolons_and_decimal_commas_are_read()
    {
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("decision;valid_from;product;price\r\nD1;31.12.2026;P1;1 234,5\r\n")).ToArray();
        var company = CsvCompany.Read(name => name == "price-list.csv" ? new StreamReader(new MemoryStream(bytes)) : new StringReader(Good[name]));
        Assert.Empty(company.Rejected);
        Assert.Equal(1234.5m, Assert.Single(Assert.Single(company.PriceLists).Prices).Price);
        Assert.Equal(new DateOnly(2026, 12, 31), company.PriceLists[0].ValidFrom);
    }

    private static CompanyData Reading(string file, string text) => CsvCompany.Read(name => new StringReader(name == file ? text : Good[name]));

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Intake.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
