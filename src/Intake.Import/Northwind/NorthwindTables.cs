using Intake.Import.Reading;

namespace Intake.Import.Northwind;

internal sealed record Customer(
    int Line, string Id, string Name, string Contact, string Title, string Address, string City, string PostalCode, string Country,
    string Phone);

internal sealed record Employee(int Id, string Name, string Title, string Extension);

internal sealed record CatalogueProduct(
    int Line, int Id, string Name, int Category, string Pack, decimal Price, bool Discontinued);

internal sealed record HistoricLine(int Product, decimal UnitPrice, int Quantity, decimal PercentOff)
{
    public decimal Amount => Math.Round(Quantity * UnitPrice * (100 - PercentOff) / 100, 2, MidpointRounding.AwayFromZero);
}

internal sealed record HistoricOrder(int Id, string Customer, int Employee, DateOnly Date, IReadOnlyList<HistoricLine> Lines)
{
    public decimal Total => Lines.Sum(line => line.Amount);
}

/// <summary>The tables of Northwind that matter here, each row checked, and every reference between them resolved.</summary>
/// <param name="Orders">By date and number; each with a line at least.</param>
internal sealed record NorthwindTables(
    IReadOnlyDictionary<int, string> Categories,
    IReadOnlyList<Customer> Customers,
    IReadOnlyList<Employee> Employees,
    IReadOnlyList<CatalogueProduct> Products,
    IReadOnlyList<HistoricOrder> Orders)
{
    public static NorthwindTables Read(TextReader dump, Findings findings)
    {
        var categories = new Dictionary<int, string>();
        var customers = new Dictionary<string, Customer>(StringComparer.Ordinal);
        var employees = new Dictionary<int, Employee>();
        var products = new Dictionary<int, CatalogueProduct>();
        var orders = new Dictionary<int, (Row Row, HistoricOrder Order)>();
        var lines = new Dictionary<(int Order, int Product), (Row Row, HistoricLine Line)>();
        foreach (var row in new SqlDump(dump).Rows())
        {
            _ = row.Table switch
            {
                "categories" => Take("category_id", categories, row.Whole, _ => row.Text("category_name")),
                "customers" => Take("customer_id", customers, row.Text, id => new Customer(
                    row.Line, id, row.Text("company_name"), row.Optional("contact_name"), row.Optional("contact_title"),
                    row.Optional("address"), row.Optional("city"), row.Optional("postal_code"), row.Optional("country"),
                    row.Optional("phone"))),
                "employees" => Take("employee_id", employees, row.Whole, id => new Employee(
                    id, $"{row.Text("first_name")} {row.Text("last_name")}", row.Text("title"), row.Optional("extension"))),
                "products" => Take("product_id", products, row.Whole, id => new CatalogueProduct(
                    row.Line, id, row.Text("product_name"), row.Whole("category_id"), row.Optional("quantity_per_unit"),
                    Price(row), row.Whole("discontinued") != 0)),
                "orders" => Take("order_id", orders, row.Whole, id => (row, new HistoricOrder(
                    id, row.Text("customer_id"), row.Whole("employee_id"), row.Date("order_date"), []))),
                "order_details" => findings.Take(
                    row, row.Key("order_id", "product_id"), lines, (row.Whole("order_id"), row.Whole("product_id")), (row, Line(row))),
                "" => findings.Accept(row, string.Empty),
                _ => true,
            };

            bool Take<TKey, TValue>(string key, Dictionary<TKey, TValue> into, Func<string, TKey> id, Func<TKey, TValue> map)
                where TKey : notnull
            {
                var read = id(key);
                return findings.Take(row, row.Key(key), into, read, map(read));
            }
        }

        var sold = products.Values.Where(product => Known(findings, product, categories)).ToDictionary(product => product.Id);
        return new NorthwindTables(
            categories, [.. customers.Values], [.. employees.Values.OrderBy(employee => employee.Id)],
            [.. sold.Values.OrderBy(product => product.Id)], Resolve(orders, lines, customers, employees, sold, findings));
    }

    private static bool Known(Findings findings, CatalogueProduct product, Dictionary<int, string> categories)
    {
        var known = categories.ContainsKey(product.Category);
        if (!known)
        {
            findings.Reject("products", product.Line, $"{product.Id}", $"category_id '{product.Category}' is not in categories");
        }

        return known;
    }

    private static List<HistoricOrder> Resolve(
        Dictionary<int, (Row Row, HistoricOrder Order)> orders, Dictionary<(int Order, int Product), (Row Row, HistoricLine Line)> lines,
        Dictionary<string, Customer> customers, Dictionary<int, Employee> employees, Dictionary<int, CatalogueProduct> products,
        Findings findings)
    {
        var taken = new Dictionary<int, HistoricOrder>();
        foreach (var (id, (row, order)) in orders)
        {
            row.Require(customers.ContainsKey(order.Customer), $"customer_id '{order.Customer}' is not in customers");
            row.Require(employees.ContainsKey(order.Employee), $"employee_id '{order.Employee}' is not in employees");
            findings.Take(row, row.Key("order_id"), taken, id, order);
        }

        var good = new List<(int Order, HistoricLine Line)>();
        foreach (var ((order, product), (row, line)) in lines)
        {
            row.Require(taken.ContainsKey(order), $"order_id '{order}' is not among the orders taken");
            row.Require(products.ContainsKey(product), $"product_id '{product}' is not among the products taken");
            if (findings.Accept(row, row.Key("order_id", "product_id")))
            {
                good.Add((order, line));
            }
        }

        var linesOf = good.ToLookup(pair => pair.Order, pair => pair.Line);
        foreach (var empty in taken.Keys.Where(id => !linesOf[id].Any()).ToList())
        {
            taken.Remove(empty);
            findings.Reject("orders", orders[empty].Row.Line, $"{empty}", "no line of the order could be taken");
        }

        return [.. taken.Values
            .Select(order => order with { Lines = [.. linesOf[order.Id]] })
            .OrderBy(order => order.Date).ThenBy(order => order.Id)];
    }

    private static HistoricLine Line(Row row)
    {
        var quantity = row.Whole("quantity");
        var discount = Math.Round(row.Number("discount"), 4, MidpointRounding.AwayFromZero);
        row.Require(quantity > 0 || row.Problems.Count > 0, $"quantity {quantity} is not above zero");
        row.Require(discount is >= 0 and <= 1, $"discount {discount} is not between 0 and 1");
        return new HistoricLine(row.Whole("product_id"), Price(row), quantity, discount * 100);
    }

    /// <summary>A price was stored as a binary fraction: 9.80000019 is 9.80.</summary>
    private static decimal Price(Row row)
    {
        var price = Math.Round(row.Number("unit_price"), 2, MidpointRounding.AwayFromZero);
        row.Require(price is > 0 and < 1_000_000 || row.Problems.Count > 0, $"unit_price {price} is not a price");
        return price;
    }
}
