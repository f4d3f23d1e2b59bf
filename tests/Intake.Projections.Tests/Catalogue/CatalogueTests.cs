using Intake.Domain.Catalogue;
using Intake.Projections.Catalogue;
using static Intake.Projections.Tests.Fold;

namespace Intake.Projections.Tests.Catalogue;

public sealed class CatalogueTests
{
    private static readonly ProductListed Tea =
        new("tea", new ProductName("Black tea", "Ceai negru", "Чай чёрный"), "Tea", "case", "10 x 20");
    private static readonly ProductListed Salt = new("salt", new ProductName("Salt", "Sare", "Соль"), "Grocery", "kg", "1 kg");

    private static readonly PriceListPublished First =
        Prices(1, [new PriceColumn("C5", 5), new PriceColumn("C10", 10)], ("tea", 100), ("salt", 20));
    private static readonly PriceListPublished Second = Prices(2, [new PriceColumn("C10", 12)], ("tea", 110));

    [Fact]
    public void A_product_that_a_new_price_list_does_not_name_keeps_its_price()
    {
        var products = All(CatalogueProjection.Definition, Tea, Salt, First, Second).Of<ProductRow>("product");

        Assert.Equal(2, products.Count);
        Assert.Equal((110m, 2), (products["tea"].BasePrice, products["tea"].PriceListVersion));
        Assert.Equal((20m, 1), (products["salt"].BasePrice, products["salt"].PriceListVersion));
    }

    [Fact]
    public void The_columns_are_those_of_the_latest_list_and_no_others()
    {
        var list = All(CatalogueProjection.Definition, First, Second).Only<PriceListRow>("price_list");

        Assert.Equal(2, list.Version);
        Assert.Equal(new PriceColumn("C10", 12), Assert.Single(list.Columns));
    }

    [Fact]
    public void A_price_known_before_the_product_is_kept_and_the_product_is_not_for_sale_yet()
    {
        Assert.True(All(CatalogueProjection.Definition, Second).Only<ProductRow>("product").Discontinued);

        var listed = All(CatalogueProjection.Definition, Second, Tea).Only<ProductRow>("product");
        Assert.Equal(("Black tea", 110m, false), (listed.NameEn, listed.BasePrice, listed.Discontinued));
    }

    [Fact]
    public void A_discontinued_product_stays_and_can_be_listed_again()
    {
        var discontinued = new ProductDiscontinued("tea", "supplier");

        Assert.True(All(CatalogueProjection.Definition, Tea, discontinued).Only<ProductRow>("product").Discontinued);
        Assert.False(All(CatalogueProjection.Definition, Tea, discontinued, Tea).Only<ProductRow>("product").Discontinued);
    }

    [Fact]
    public void A_listed_product_without_a_price_has_none() =>
        Assert.Null(All(CatalogueProjection.Definition, Tea).Only<ProductRow>("product").BasePrice);

    [Theory]
    [InlineData("чай черный")]
    [InlineData("CEAI")]
    [InlineData("black tea")]
    public void A_product_is_found_in_any_of_the_three_languages(string typed) => Assert.Contains(
        SearchText.Fold(typed), All(CatalogueProjection.Definition, Tea).Only<ProductRow>("product").SearchText, StringComparison.Ordinal);

    [Fact]
    public void A_new_focus_list_replaces_the_one_before()
    {
        var focus = All(
            CatalogueProjection.Definition,
            new FocusListPublished("focus", 1, "order 1", ["tea", "salt"], ["rice"]),
            new FocusListPublished("focus", 2, "order 2", ["rice"], [])).Only<FocusRow>("focus");

        Assert.Equal(2, focus.Version);
        Assert.Equal(["rice"], focus.Novelties);
        Assert.Empty(focus.Specials);
    }

    private static PriceListPublished Prices(int version, PriceColumn[] columns, params (string Product, decimal Price)[] prices) => new(
        "main", version, $"order {version}", new DateOnly(2026, version, 1), columns,
        [.. prices.Select(price => new BasePrice(price.Product, price.Price))]);
}
