using System.Security.Cryptography;
using System.Text.Json;
using Intake.Domain;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;
using Intake.Import.Demo;

namespace Intake.Import.Tests;

/// <summary>What the demo company promises.</summary>
public sealed class DemoTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly CompanyData Demo = DemoCompany.On(Today);

    [Fact]
    public void Same_day_gives_the_same_company_and_another_day_another_history()
    {
        Assert.Equal(Hash(Demo), Hash(DemoCompany.On(Today)));
        Assert.NotEqual(Hash(Demo), Hash(DemoCompany.On(Today.AddDays(1))));
        Assert.Equal(Hash(Demo.Products), Hash(DemoCompany.On(Today.AddDays(1)).Products));
    }

    [Fact]
    public void Nothing_of_it_is_rejected_or_needs_a_note()
    {
        Assert.Empty(Demo.Rejected);
        Assert.Empty(Demo.Notes);
    }

    [Fact]
    public void Every_product_has_a_name_in_three_languages_and_a_price()
    {
        Assert.Equal(150, Demo.Products.Count);
        Assert.Equal(12, Demo.Products.Select(product => product.Card.Category).Distinct().Count());
        var priced = Demo.PriceLists[0].Prices.ToDictionary(price => price.ProductId, price => price.Price);
        Assert.All(Demo.Products, product =>
        {
            Assert.Matches(@"^[\x20-\x7Eâéû]+$", product.Card.Name.En);
            Assert.Matches(@"^[\x20-\x7EăâîșțĂÂÎȘȚé]+$", product.Card.Name.Ro);
            Assert.Matches(@"^[А-Яа-яЁё0-9 ,.%\-]+$", product.Card.Name.Ru);
            Assert.NotEmpty(product.Card.Pack);
            Assert.True(priced[product.Card.ProductId] > 0);
        });
        Assert.Equal(150, Demo.Products.Select(product => product.Card.Name.Ro).Distinct().Count());
        Assert.Equal(2, Demo.Products.Count(product => product.DiscontinuedBecause is not null));
        Assert.Equal(2, Demo.PriceLists.Count);
    }

    [Fact]
    public void Clients_are_of_every_type_on_many_routes_and_in_three_countries()
    {
        Assert.Equal(60, Demo.Clients.Count);
        Assert.Equal(Enum.GetValues<ClientType>(), Demo.Clients.Select(client => client.Type).Distinct().Order());
        Assert.Equal(["MD", "RO", "RU"], Demo.Clients.Select(client => client.Card.Country).Distinct().Order());
        Assert.Equal(9, Demo.Clients.Select(client => client.Card.Route).Distinct().Count());
        Assert.All(Demo.Clients, client =>
        {
            Assert.NotEmpty(client.Card.Contacts);
            Assert.All(client.Card.Phones, phone => Assert.Matches(@"^\+(7|373|40)\d{8,10}$", phone));
        });
        var shared = Assert.Single(Demo.Clients.SelectMany(client => client.Card.Phones).CountBy(phone => phone), phone => phone.Value > 1);
        Assert.Equal(2, shared.Value);
    }

    [Fact]
    public void Three_clients_are_new_and_key_clients_belong_to_key_account_managers()
    {
        var roles = Demo.Staff.ToDictionary(person => person.StaffId, person => person.Role);
        Assert.Equal(["N-01", "N-02", "N-03"], Demo.Clients.Where(client => client.Manager is null).Select(client => client.Id));
        Assert.Equal(2, Demo.Clients.Count(client => client.Type == ClientType.Unknown));
        Assert.All(Demo.Clients.Where(client => client.Manager is not null), client => Assert.Equal(
            client.Type == ClientType.Key ? StaffRole.KeyAccountManager : StaffRole.Manager, roles[client.Manager!.Id]));
    }

    [Fact]
    public void Staff_has_every_role()
    {
        Assert.Equal(
            new Dictionary<StaffRole, int>
            {
                [StaffRole.Operator] = 6,
                [StaffRole.Manager] = 3,
                [StaffRole.KeyAccountManager] = 2,
                [StaffRole.Head] = 2,
                [StaffRole.Finance] = 2,
                [StaffRole.Supervisor] = 1,
                [StaffRole.Auditor] = 1,
                [StaffRole.Administrator] = 1,
            },
            Demo.Staff.CountBy(person => person.Role).ToDictionary());
        Assert.All(Demo.Staff, person => Assert.Matches("^[a-z]+$", person.StaffId));
    }

    [Fact]
    public void Credit_checks_come_out_in_every_way()
    {
        var verdicts = Demo.Clients.Where(client => client.Ledger is not null).ToLookup(client => Assess(client).Verdict, client => client.Id);
        Assert.Equal(["K-03", "R-02", "R-09", "M-03", "H-03", "H-09", "G-02", "G-08"], verdicts[CreditVerdict.Overdue]);
        Assert.Equal(["R-16"], verdicts[CreditVerdict.Excess]);
        Assert.Equal(["O-01", "O-02", "O-03"], verdicts[CreditVerdict.Exempt]);
        Assert.Equal(57 - 12, verdicts[CreditVerdict.Clear].Count());
        var near = Demo.Clients.Where(client => client.Ledger is { } ledger && ledger.Balance > client.CreditTerms!.Limit * 0.85m
            && ledger.Balance <= client.CreditTerms.Limit).Select(client => client.Id);
        Assert.Equal(["K-05", "R-10", "M-04", "H-05", "G-05"], near);
    }

    [Fact]
    public void One_contract_has_expired_and_all_others_hold()
    {
        var contracts = Demo.Clients.Where(client => client.Contract is not null).ToList();
        Assert.Equal(57, contracts.Count);
        Assert.Equal("R-12", Assert.Single(contracts, client => client.Contract!.ValidTo < Today).Id);
        Assert.All(contracts, client => Assert.NotEmpty(client.Receivers));
    }

    [Fact]
    public void Past_orders_show_habits_and_the_prices_of_their_day()
    {
        Assert.InRange(Demo.Orders.Count, 250, 380);
        Assert.Equal(Demo.Orders.Count, Demo.Orders.Select(order => order.Order.OrderId).Distinct().Count());
        Assert.All(Demo.Orders, order =>
        {
            Assert.True(order.Order.Date < Today);
            Assert.Equal(order.Order.Total, order.Order.Lines.Sum(line => line.Amount));
            Assert.Equal(order.Order.Lines.Count, order.Order.Lines.DistinctBy(line => line.ProductId).Count());
            Assert.All(order.Order.Lines, line => Assert.Equal(
                Demo.PriceLists.Take(order.PriceListVersion).SelectMany(list => list.Prices).Last(price => price.ProductId == line.ProductId).Price,
                line.UnitPrice));
        });
        var clients = Demo.Orders.GroupBy(order => order.Order.ClientId).ToList();
        Assert.Equal(57, clients.Count);
        Assert.All(clients, orders =>
        {
            Assert.True(orders.Count() >= 3);
            Assert.Contains(
                orders.SelectMany(order => order.Order.Lines).CountBy(line => line.ProductId), product => product.Value == orders.Count());
        });
    }

    [Fact]
    public void Focus_list_names_novelties_that_nobody_has_bought_yet_and_specials()
    {
        var focus = Assert.Single(Demo.FocusLists);
        Assert.Equal((6, 6), (focus.Novelties.Count, focus.Specials.Count));
        var bought = Demo.Orders.SelectMany(order => order.Order.Lines).Select(line => line.ProductId).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(focus.Novelties, bought.Contains);
    }

    private static CreditAssessment Assess(ImportedClient client) => CreditPolicy.Default.Assess(
        ClientReceivables.Stream.Fold([client.CreditTerms!, client.Ledger!]), "order", 0,
        new DateTimeOffset(Today.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero), Today);

    private static string Hash<T>(T value) => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value)));
}
