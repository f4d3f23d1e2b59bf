namespace Intake.Domain.Catalogue;

/// <summary>A fact about what the company sells and at which prices.</summary>
public interface CatalogueEvent : IEvent;

/// <summary>A product's name in the three languages of the desk; a missing translation falls back to English.</summary>
public sealed record ProductName(string En, string Ro, string Ru);

/// <summary>The product is in the assortment, or its card changed.</summary>
/// <param name="Unit">What a quantity of 1 is: <c>case</c>, <c>kg</c>, <c>piece</c>.</param>
/// <param name="Pack">What is in it, in words: <c>10 boxes x 20 bags</c>.</param>
public sealed record ProductListed(string ProductId, ProductName Name, string Category, string Unit, string Pack) : CatalogueEvent;

/// <summary>The product is no longer sold; no line may be added and it is never offered.</summary>
public sealed record ProductDiscontinued(string ProductId, string Reason) : CatalogueEvent;

/// <summary>A column of the price list: so many percent off the base price.</summary>
/// <param name="Code">Short and stable: <c>C10</c>.</param>
/// <param name="PercentOff">0 to 100.</param>
public sealed record PriceColumn(string Code, decimal PercentOff);

/// <summary>The base price of a product for one unit.</summary>
public sealed record BasePrice(string ProductId, decimal Price);

/// <summary>
/// Management published a version of the price list; it is immutable. Products that it does not name keep the price of
/// the version before.
/// </summary>
/// <param name="Version">1, 2, 3, ...</param>
/// <param name="Decision">The management decision that it rests on.</param>
public sealed record PriceListPublished(
    string ListId, int Version, string Decision, DateOnly ValidFrom, IReadOnlyList<PriceColumn> Columns,
    IReadOnlyList<BasePrice> Prices) : CatalogueEvent;

/// <summary>Management named the novelties and the special items that every client's attention is drawn to (A.III.7).</summary>
public sealed record FocusListPublished(
    string ListId, int Version, string Decision, IReadOnlyList<string> Novelties, IReadOnlyList<string> Specials) : CatalogueEvent;
