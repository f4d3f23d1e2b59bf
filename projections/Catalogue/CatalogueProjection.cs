using Intake.Domain.Catalogue;
using Intake.Projections.Engine;

namespace Intake.Projections.Catalogue;

/// <summary>What can be sold, at which prices, and to what every client's attention is drawn.</summary>
public static class CatalogueProjection
{
    /// <summary>The key of the one row of <c>price_list</c>, and of the one row of <c>focus</c>.</summary>
    public const string Current = "current";

    public static readonly Projection Definition =
        new("catalogue", 1, Schema.Of("Catalogue"), [Products(), PriceLists(), FocusLists()]);

    private static Table<ProductRow> Products() => new Table<ProductRow>("product")
        .On<ProductListed>(e => e.ProductId, (row, e, _) => (row ?? ProductRow.Unlisted(e.ProductId)) with
        {
            NameEn = e.Name.En,
            NameRo = e.Name.Ro,
            NameRu = e.Name.Ru,
            Category = e.Category,
            Unit = e.Unit,
            Pack = e.Pack,
            Discontinued = false,
            SearchText = SearchText.Fold(e.ProductId, e.Name.En, e.Name.Ro, e.Name.Ru, e.Category),
        })
        .OnKnown((ProductDiscontinued e) => e.ProductId, (row, _) => row with { Discontinued = true })
        .OnEach<PriceListPublished>(
            e => e.Prices.Select(price => price.ProductId).Distinct(),
            (row, product, e, _) => (row ?? ProductRow.Unlisted(product)) with
            {
                BasePrice = e.Prices.Last(price => price.ProductId == product).Price,
                PriceListVersion = e.Version,
            });

    private static Table<PriceListRow> PriceLists() => new Table<PriceListRow>("price_list")
        .On<PriceListPublished>(_ => Current, (_, e, _) => new PriceListRow(e.ListId, e.Version, e.Decision, e.ValidFrom, e.Columns));

    private static Table<FocusRow> FocusLists() => new Table<FocusRow>("focus")
        .On<FocusListPublished>(_ => Current, (_, e, _) => new FocusRow(e.ListId, e.Version, e.Decision, e.Novelties, e.Specials));
}
