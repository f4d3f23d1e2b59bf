using Intake.Domain.Catalogue;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Catalogue;

public sealed class CatalogueTests
{
    private static readonly ProductListed Tea = new("tea", new ProductName("Tea", "Ceai", "Чай"), "Drinks", "case", "10 boxes");
    private static readonly PriceColumn[] Columns = [new("C0", 0), new("C100", 100)];
    private static readonly BasePrice[] Prices = [new("tea", 18)];

    [Fact]
    public void A_product_is_listed_changed_discontinued_and_listed_again()
    {
        Given().When(product => Product.List(product, Tea)).Then(Tea);
        Given(Tea).When(product => Product.List(product, Tea)).ThenNothing();
        Given(Tea).When(product => Product.List(product, Tea with { Pack = "20 boxes" })).ThenOne<ProductListed>();
        var gone = Given(Tea).After(product => Product.Discontinue(product, "tea", "no supplier"));
        Assert.Equal(new ProductDiscontinued("tea", "no supplier"), gone.History[^1]);
        gone.When(product => Product.Discontinue(product, "tea", "again")).ThenNothing();
        Assert.False(gone.After(product => Product.List(product, Tea)).State.Discontinued);
        gone.When(product => Product.Relist(product, "tea")).Then(Tea);
        Given(Tea).When(product => Product.Relist(product, "tea")).ThenNothing();
        Given().When(product => Product.Discontinue(product, "tea", "why")).ThenRefused("product-unknown");
        Given().When(product => Product.Relist(product, "tea")).ThenRefused("product-unknown");
    }

    [Fact]
    [Trait("Clause", "A.III.10")]
    public void Each_price_list_is_a_version_that_cites_its_decision()
    {
        var first = Scenario.Given(PriceList.Stream).After(Publish("decree 5"));
        first.When(Publish("decree 5")).ThenNothing();
        Assert.Equal(1, Assert.IsType<PriceListPublished>(first.History[^1]).Version);
        Assert.Equal(2, first.When(Publish("decree 6")).ThenOne<PriceListPublished>().Version);
        Assert.Equal(2, first.When(Publish("decree 5", from: Today.AddDays(1))).ThenOne<PriceListPublished>().Version);
        Assert.Equal(2, first.When(Publish("decree 5", prices: [new("tea", 19)])).ThenOne<PriceListPublished>().Version);
        Assert.Equal(2, first.When(Publish("decree 5", columns: [new("C0", 0)])).ThenOne<PriceListPublished>().Version);
    }

    [Fact]
    [Trait("Clause", "A.III.10")]
    public void A_price_list_without_a_decision_a_column_or_true_prices_is_not_published()
    {
        var none = Scenario.Given(PriceList.Stream);
        none.When(Publish(" ")).ThenRefused("decision-missing");
        none.When(Publish("decree 5", columns: [])).ThenRefused("column-missing");
        none.When(Publish("decree 5", columns: [new("C", 100.01m)])).ThenRefused("column-invalid");
        none.When(Publish("decree 5", columns: [new("C", -0.01m)])).ThenRefused("column-invalid");
        none.When(Publish("decree 5", prices: [new("tea", 18), new("salt", 0)])).ThenRefused("price-invalid");
    }

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void Management_names_novelties_and_specials_by_decision()
    {
        var first = Scenario.Given(FocusList.Stream).After(list => FocusList.Publish(list, "standard", "decree 7", ["tea"], ["salt"]));
        Assert.Equal(new[] { "tea" }, Assert.IsType<FocusListPublished>(first.History[^1]).Novelties);
        first.When(list => FocusList.Publish(list, "standard", "decree 7", ["tea"], ["salt"])).ThenNothing();
        Assert.Equal(2, first.When(list => FocusList.Publish(list, "standard", "decree 7", ["salt"], ["salt"])).ThenOne<FocusListPublished>().Version);
        Assert.Equal(2, first.When(list => FocusList.Publish(list, "standard", "decree 7", ["tea"], [])).ThenOne<FocusListPublished>().Version);
        first.When(list => FocusList.Publish(list, "standard", "", ["tea"], [])).ThenRefused("decision-missing");
    }

    private static Given<Product> Given(params IEvent[] events) => Scenario.Given(Product.Stream, events);

    private static Func<PriceList, Decision> Publish(
        string decision, DateOnly? from = null, PriceColumn[]? columns = null, BasePrice[]? prices = null) =>
        list => PriceList.Publish(list, "standard", decision, from ?? Today, columns ?? [.. Columns], prices ?? [.. Prices]);
}
