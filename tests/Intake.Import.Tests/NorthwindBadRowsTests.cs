using Intake.Import.Northwind;

namespace Intake.Import.Tests;

/// <summary>Rows that cannot be taken are reported with line, key and reason; the others go on.</summary>
public sealed class NorthwindBadRowsTests
{
    private const string Tables = """
        CREATE TABLE categories (
            category_id smallint NOT NULL,
            category_name character varying(15) NOT NULL
        );
        CREATE TABLE customers (customer_id text, company_name text, contact_name text, contact_title text, address text, city text,
            postal_code text, country text, phone text, CONSTRAINT pk PRIMARY KEY (customer_id));
        CREATE TABLE employees (employee_id smallint, last_name text, first_name text, title text, extension text, photo bytea);
        CREATE TABLE products (product_id smallint, product_name text, category_id smallint, quantity_per_unit text,
            unit_price numeric(10,2), discontinued integer);
        CREATE TABLE orders (order_id smallint, customer_id text, employee_id smallint, order_date date);
        CREATE TABLE order_details (order_id smallint, product_id smallint, unit_price real, quantity smallint, discount real);
        INSERT INTO categories VALUES (1, 'Beverages');
        INSERT INTO employees VALUES (1, 'Davolio', 'Nancy', 'Sales Representative', '5467', '\x');
        INSERT INTO customers VALUES ('AAAAA', 'First', NULL, NULL, NULL, NULL, NULL, 'Germany', '030-0074321');
        INSERT INTO products VALUES (1, 'Chai', 1, '10 boxes', 18, 0);
        INSERT INTO orders VALUES (1, 'AAAAA', 1, '1996-07-04');
        INSERT INTO order_details VALUES (1, 1, 18, 2, 0);

        """;

    private static readonly int FirstLine = Tables.Count(character => character == '\n') + 1;

    [Fact]
    public void Small_dump_is_taken_whole()
    {
        var company = Reading(string.Empty);
        Assert.Empty(company.Rejected);
        Assert.Equal("AAAAA", Assert.Single(company.Clients).Id);
        Assert.Equal(36m, Assert.Single(company.Orders).Order.Total);
    }

    [Theory]
    [InlineData("INSERT INTO customers VALUES ('AAAAA', 'Again', NULL, NULL, NULL, NULL, NULL, 'UK', '1');", "customers", "AAAAA", "there already")]
    [InlineData("INSERT INTO customers VALUES ('BBBBB', '', NULL, NULL, NULL, NULL, NULL, 'UK', '1');", "customers", "BBBBB", "company_name is missing")]
    [InlineData("INSERT INTO customers VALUES ('BBBBB', 'B');", "customers", "", "2 values for 9 columns")]
    [InlineData("INSERT INTO customers VALUES ('BBBBB', 'B' 'C');", "customers", "", "'C'")]
    [InlineData("INSERT INTO customers VALUES ('BBBBB', 'B;", "customers", "", "has no end")]
    [InlineData("INSERT INTO customers VALUES ('BBBBB'", "customers", "", "not ended")]
    [InlineData("INSERT INTO products VALUES (2, 'Tea', 1, 'bag', 'cheap', 0);", "products", "2", "unit_price 'cheap' is not a number")]
    [InlineData("INSERT INTO products VALUES (2, 'Tea', 1, 'bag', 0.001, 0);", "products", "2", "unit_price 0")]
    [InlineData("INSERT INTO products VALUES (2, 'Tea', 7, 'bag', 3, 0);", "products", "2", "category_id '7'")]
    [InlineData("INSERT INTO orders VALUES (2, 'AAAAA', 1, '1996-02-30');", "orders", "2", "order_date '1996-02-30'")]
    [InlineData("INSERT INTO orders VALUES (2, 'AAAAA', 1, '9999-12-31');", "orders", "2", "no year")]
    [InlineData("INSERT INTO orders VALUES (2, 'ZZZZZ', 1, '1996-07-05');", "orders", "2", "customer_id 'ZZZZZ'")]
    [InlineData("INSERT INTO orders VALUES (2, 'AAAAA', 9, '1996-07-05');", "orders", "2", "employee_id '9'")]
    [InlineData("INSERT INTO orders VALUES (2, 'AAAAA', 1, '1996-07-05');", "orders", "2", "no line")]
    [InlineData("INSERT INTO order_details VALUES (1, 9, 18, 2, 0);", "order_details", "1/9", "product_id '9'")]
    [InlineData("INSERT INTO order_details VALUES (9, 1, 18, 2, 0);", "order_details", "9/1", "order_id '9'")]
    [InlineData("INSERT INTO order_details VALUES (1, 1, 18, 2, 0);", "order_details", "1/1", "there already")]
    [InlineData("INSERT INTO order_details VALUES (1, 2, 18, 0, 0);", "order_details", "1/2", "quantity 0")]
    [InlineData("INSERT INTO order_details VALUES (1, 2, 18, 1, 1.5);", "order_details", "1/2", "discount 1.5")]
    public void Bad_row_is_reported_and_skipped(string bad, string table, string key, string reason)
    {
        var company = Reading($"{bad}\nINSERT INTO customers VALUES ('CCCCC', 'Last', NULL, NULL, NULL, NULL, NULL, 'UK', '(171) 555-7788');\n");

        var rejected = Assert.Single(company.Rejected);
        Assert.Equal((table, FirstLine, key), (rejected.Table, rejected.Line, rejected.Key));
        Assert.Contains(reason, rejected.Reason, StringComparison.Ordinal);
        Assert.Equal(["AAAAA", "CCCCC"], company.Clients.Select(client => client.Id));
        Assert.Single(company.Orders);
        Assert.Single(company.Products);
    }

    [Fact]
    public void Dump_cut_off_in_a_row_loses_that_row_only()
    {
        var company = Reading("INSERT INTO customers VALUES ('BBBBB', 'Se");
        Assert.Contains("has no end", Assert.Single(company.Rejected).Reason, StringComparison.Ordinal);
        Assert.Single(company.Clients);
    }

    [Fact]
    public void Rows_may_span_lines_share_a_statement_and_name_their_columns()
    {
        var company = Reading("""
            INSERT INTO public."customers" (customer_id, country,
                company_name, phone) VALUES -- two of them
              ('BBBBB', 'UK', 'It''s (a; "name")', '(171) 555-7788'), ('CCCCC', 'USA', 'Two
            lines', NULL); INSERT INTO categories VALUES (2, 'Condiments');
            """);
        Assert.Empty(company.Rejected);
        Assert.Equal(["First", "It's (a; \"name\")", "Two\nlines"], company.Clients.Select(client => client.Card.Name));
        Assert.Contains(company.Notes, note => note is { Key: "CCCCC", Reason: "there is no phone" });
    }

    [Fact]
    public void Old_price_after_a_new_one_on_the_same_day_gets_a_version_of_its_own()
    {
        var company = Reading("""
            INSERT INTO products VALUES (2, 'Tea', 1, 'bag', 5, 0);
            INSERT INTO orders VALUES (2, 'AAAAA', 1, '1996-07-04');
            INSERT INTO orders VALUES (3, 'AAAAA', 1, '1996-07-05');
            INSERT INTO orders VALUES (4, 'AAAAA', 1, '1996-07-05');
            INSERT INTO orders VALUES (5, 'AAAAA', 1, '1996-07-05');
            INSERT INTO order_details VALUES (2, 2, 4, 1, 0);
            INSERT INTO order_details VALUES (3, 1, 20, 1, 0);
            INSERT INTO order_details VALUES (4, 2, 4, 1, 0);
            INSERT INTO order_details VALUES (5, 2, 5, 1, 0.05000000074505806);
            """);
        Assert.Empty(company.Rejected);
        Assert.Equal([1, 1, 2, 2, 3], company.Orders.Select(order => order.PriceListVersion));
        Assert.Equal(3, company.PriceLists.Count - 1);
        Assert.Equal(4.75m, company.Orders[^1].Order.Total);
        Assert.Equal("C5", company.Clients[0].PriceTerms!.DeepestColumn);
    }

    [Fact]
    public void File_that_is_not_the_dump_is_reported()
    {
        var company = NorthwindCompany.Read(new StringReader("COPY customers FROM stdin;\n"));
        Assert.Empty(company.Clients);
        Assert.Contains("is this its dump", Assert.Single(company.Rejected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_dump_is_read_as_far_as_it_goes_and_never_throws()
    {
        var random = new Random(11);
        var rejected = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var damaged = Tables.ToCharArray();
            for (var hit = random.Next(1, 6); hit > 0; hit--)
            {
                damaged[random.Next(damaged.Length)] = "'\"(),;x-9.\n\uFFFD"[random.Next(12)];
            }

            rejected += NorthwindCompany.Read(new StringReader(new string(damaged))).Rejected.Count;
        }

        Assert.True(rejected > 1_000, $"only {rejected} rows were rejected");
    }

    private static CompanyData Reading(string more) => NorthwindCompany.Read(new StringReader(Tables + more));
}
