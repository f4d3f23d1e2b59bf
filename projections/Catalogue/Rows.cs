using Intake.Domain.Catalogue;

namespace Intake.Projections.Catalogue;

/// <summary>A product and its price in the latest list that names it.</summary>
/// <param name="Discontinued">Not in the assortment: taken out of it, or only priced so far and never listed.</param>
/// <param name="BasePrice">Of one unit; null while no list names it.</param>
/// <param name="PriceListVersion">The version that the price is from; null while no list names it.</param>
/// <param name="SearchText">Id, names, category, folded by <see cref="Intake.Projections.SearchText.Fold"/>.</param>
public sealed record ProductRow(
    string ProductId, string NameEn, string NameRo, string NameRu, string Category, string Unit, string Pack, bool Discontinued,
    decimal? BasePrice, int? PriceListVersion, string SearchText)
{
    /// <summary>Known by its id alone.</summary>
    public static ProductRow Unlisted(string productId) => new(
        productId, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, true, null, null, string.Empty);
}

/// <summary>The latest version of the price list; one row, with the key <c>current</c>.</summary>
/// <param name="Columns">All that it has; those of earlier versions are no more.</param>
public sealed record PriceListRow(
    string ListId, int Version, string Decision, DateOnly ValidFrom, IReadOnlyList<PriceColumn> Columns);

/// <summary>The latest version of the focus list; one row, with the key <c>current</c>.</summary>
/// <param name="Novelties">Ids of products, in management's order.</param>
/// <param name="Specials">Ids of products, in management's order.</param>
public sealed record FocusRow(
    string ListId, int Version, string Decision, IReadOnlyList<string> Novelties, IReadOnlyList<string> Specials);
