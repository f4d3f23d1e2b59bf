namespace Intake.Domain.Catalogue;

/// <summary>What decisions about a product need to know of it.</summary>
public sealed record Product(ProductListed? Card, bool Discontinued)
{
    /// <summary>Product streams, and how their events become this state.</summary>
    public static readonly Aggregate<Product> Stream = new("product", new Product(null, false), (product, @event) => @event switch
    {
        ProductListed e => product with { Card = e, Discontinued = false },
        ProductDiscontinued => product with { Discontinued = true },
        _ => product,
    });

    /// <summary>Lists the product, or changes its card; an equal card changes nothing.</summary>
    public static Decision List(Product product, ProductListed card)
    {
        ArgumentNullException.ThrowIfNull(product);
        return product.Card == card && !product.Discontinued ? Decision.Nothing : Decision.Accept(card);
    }

    /// <summary>Takes a discontinued product into the assortment again, with the card that it had.</summary>
    public static Decision Relist(Product product, string productId)
    {
        ArgumentNullException.ThrowIfNull(product);
        return product switch
        {
            { Card: null } => Decision.Refuse(new CommandRefused(
                "RelistProduct", "product-unknown", $"There is no product '{productId}'.")),
            { Discontinued: false } => Decision.Nothing,
            { Card: { } card } => Decision.Accept(card),
        };
    }

    /// <summary>Takes the product out of the assortment.</summary>
    public static Decision Discontinue(Product product, string productId, string reason)
    {
        ArgumentNullException.ThrowIfNull(product);
        return product switch
        {
            { Card: null } => Decision.Refuse(new CommandRefused(
                "DiscontinueProduct", "product-unknown", $"There is no product '{productId}'.")),
            { Discontinued: true } => Decision.Nothing,
            _ => Decision.Accept(new ProductDiscontinued(productId, reason)),
        };
    }
}

/// <summary>The price list as far as publishing the next version needs it.</summary>
public sealed record PriceList(PriceListPublished? Latest)
{
    /// <summary>No unit costs more; a larger figure is a slip of the hand.</summary>
    public const decimal HighestPrice = 10_000_000;

    /// <summary>Price-list streams, and how their events become this state.</summary>
    public static readonly Aggregate<PriceList> Stream = new("priceList", new PriceList((PriceListPublished?)null), (list, @event) =>
        @event is PriceListPublished published ? new PriceList(published) : list);

    /// <summary>Publishes the next version; it cites a decision, and has a column at least and prices above zero.</summary>
    public static Decision Publish(
        PriceList list, string listId, string decision, DateOnly validFrom, IReadOnlyList<PriceColumn> columns,
        IReadOnlyList<BasePrice> prices)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(prices);
        if (list.Latest is { } last && last.Decision == decision && last.ValidFrom == validFrom
            && last.Columns.SequenceEqual(columns) && last.Prices.SequenceEqual(prices))
        {
            return Decision.Nothing;
        }

        if (string.IsNullOrWhiteSpace(decision))
        {
            return Refuse("decision-missing", "A price list cites the management decision that it rests on.");
        }

        if (columns.Count == 0)
        {
            return Refuse("column-missing", "A price list has one column at least.");
        }

        if (columns.Any(column => column.PercentOff is < 0 or > 100))
        {
            return Refuse("column-invalid", "A column takes 0 to 100 percent off.");
        }

        return prices.FirstOrDefault(price => price.Price <= 0) is { } wrong
            ? Refuse("price-invalid", $"The price of '{wrong.ProductId}' is {wrong.Price}; it must be above zero.")
            : Decision.Accept(new PriceListPublished(listId, (list.Latest?.Version ?? 0) + 1, decision, validFrom, columns, prices));
    }

    private static Decision Refuse(string code, string reason) =>
        Decision.Refuse(new CommandRefused("PublishPriceList", code, reason));
}

/// <summary>The focus list as far as publishing the next version needs it.</summary>
public sealed record FocusList(FocusListPublished? Latest)
{
    /// <summary>Focus-list streams, and how their events become this state.</summary>
    public static readonly Aggregate<FocusList> Stream = new("focusList", new FocusList((FocusListPublished?)null), (list, @event) =>
        @event is FocusListPublished published ? new FocusList(published) : list);

    /// <summary>Publishes the next version, citing a decision.</summary>
    public static Decision Publish(
        FocusList list, string listId, string decision, IReadOnlyList<string> novelties, IReadOnlyList<string> specials)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list.Latest is { } last && last.Decision == decision && last.Novelties.SequenceEqual(novelties)
            && last.Specials.SequenceEqual(specials)
            ? Decision.Nothing
            : string.IsNullOrWhiteSpace(decision)
                ? Decision.Refuse(new CommandRefused(
                    "PublishFocusList", "decision-missing", "A focus list cites the management decision that it rests on."))
                : Decision.Accept(new FocusListPublished(listId, (list.Latest?.Version ?? 0) + 1, decision, novelties, specials));
    }
}
