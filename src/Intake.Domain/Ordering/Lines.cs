using Intake.Domain.Catalogue;

namespace Intake.Domain.Ordering;

/// <summary>A product as the catalogue has it at this moment.</summary>
/// <param name="BasePrice">Null where the price list does not name it.</param>
public sealed record ProductFacts(
    string ProductId, string Name, string Category, string Unit, bool Discontinued, decimal? BasePrice, int PriceListVersion);

/// <summary>Positions of a draft: adding, changing, taking out. A product stands in an order once.</summary>
public static class Lines
{
    /// <summary>No single line is larger than this; whoever wants more is not standard (A.III.11).</summary>
    public const decimal LargestQuantity = 100_000;

    /// <summary>The amount of a line: rounded once, half away from zero, to cents.</summary>
    public static decimal Amount(decimal quantity, decimal basePrice, PriceColumn column) =>
        Math.Round(quantity * basePrice * (100 - column.PercentOff) / 100, 2, MidpointRounding.AwayFromZero);

    /// <summary>
    /// Adds a position that the client asks for, at the client's column, or at another one that his terms allow.
    /// </summary>
    /// <param name="product">Null where the catalogue does not know the id.</param>
    /// <param name="column">Null for the client's own.</param>
    public static Decision Add(
        Order order, StaffRef by, string productId, ProductFacts? product, decimal quantity, PriceColumn? column,
        LineOrigin origin = LineOrigin.Asked)
    {
        if (Drafts.EditableBy(order, by, "AddLine") is { } refused)
        {
            return refused;
        }

        if (order.LineOf(productId) is { } present)
        {
            return present.Quantity == quantity && (column is null || column == present.Column)
                ? Decision.Nothing
                : Refuse(order, productId, "already-ordered", $"{present.ProductName} is in the order already; change its quantity.");
        }

        var at = column ?? order.Pricing!.Column;
        return Objection(order, productId, product, quantity, at)
            ?? Decision.Accept(new OrderLineAdded(order.Id, Line(order.NextLine, product!, quantity, at, origin, by)));
    }

    /// <summary>Changes quantity, and column where one is given; the price is that of the list in force now.</summary>
    public static Decision Change(
        Order order, StaffRef by, int number, ProductFacts? product, decimal quantity, PriceColumn? column)
    {
        if (Drafts.EditableBy(order, by, "ChangeLine") is { } refused)
        {
            return refused;
        }

        if (order.Lines.Find(line => line.Number == number) is not { } line)
        {
            return Decision.Refuse(new CommandRefused("ChangeLine", "line-unknown", $"The order has no line {number}."));
        }

        var at = column ?? line.Column;
        return line.Quantity == quantity && line.Column == at
            ? Decision.Nothing
            : Objection(order, line.ProductId, product, quantity, at)
              ?? Decision.Accept(new OrderLineChanged(order.Id, Line(number, product!, quantity, at, line.Origin, by), line.Quantity));
    }

    /// <summary>Takes a position out; one that is not there changes nothing.</summary>
    public static Decision Remove(Order order, StaffRef by, int number) =>
        Drafts.EditableBy(order, by, "RemoveLine")
        ?? (order.Lines.Find(line => line.Number == number) is { } line
            ? Decision.Accept(new OrderLineRemoved(order.Id, number, line.ProductId))
            : Decision.Nothing);

    private static Decision? Objection(Order order, string productId, ProductFacts? product, decimal quantity, PriceColumn column) =>
        (product, quantity) switch
        {
            (null, _) => Refuse(order, productId, "product-unknown", $"There is no product '{productId}'."),
            ({ Discontinued: true }, _) => Refuse(
                order, productId, "product-discontinued", $"{product.Name} is no longer in the assortment."),
            ({ BasePrice: null }, _) => Refuse(order, productId, "price-missing", $"{product.Name} has no price in the list in force."),
            (_, <= 0) => Refuse(order, productId, "quantity-invalid", $"A quantity of {quantity} cannot be ordered."),
            (_, > LargestQuantity) => Refuse(
                order, productId, "quantity-too-large", $"More than {LargestQuantity:0} of one product is not a standard order."),
            _ when decimal.Round(quantity, 3) != quantity => Refuse(
                order, productId, "quantity-invalid", "A quantity has three decimals at most."),
            _ when column.PercentOff > order.Pricing!.Deepest.PercentOff => Refuse(
                order, productId, "column-too-deep",
                $"Column {column.Code} is deeper than {order.Pricing.Deepest.Code}, the deepest that the client's terms allow."),
            _ => null,
        };

    private static OrderLine Line(int number, ProductFacts product, decimal quantity, PriceColumn column, LineOrigin origin, StaffRef by) => new(
        number, product.ProductId, product.Name, product.Category, product.Unit, quantity, product.BasePrice!.Value, column,
        product.PriceListVersion, Amount(quantity, product.BasePrice.Value, column), origin, by);

    private static Decision Refuse(Order order, string productId, string code, string reason) =>
        Decision.Refuse(new LineRefused(order.Id, productId, code, reason));
}
