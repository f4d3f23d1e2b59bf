using Intake.Domain;
using Intake.Domain.Catalogue;
using MediatR;

namespace Intake.Application.Catalogue;

/// <summary>The ids of the lists that the company has one of.</summary>
public static class Lists
{
    /// <summary>The price list, and the focus list.</summary>
    public const string Standard = "standard";
}

/// <summary>Lists a product, or changes its card.</summary>
[For(StaffRole.Head, StaffRole.Administrator)]
public sealed record ListProduct(ProductListed Card) : Command;

/// <summary>Takes a product out of the assortment.</summary>
[For(StaffRole.Head, StaffRole.Administrator)]
public sealed record DiscontinueProduct(string ProductId, string Reason) : Command;

/// <summary>Takes a discontinued product into the assortment again.</summary>
[For(StaffRole.Head, StaffRole.Administrator)]
public sealed record RelistProduct(string ProductId) : Command;

/// <summary>Publishes the next version of the price list.</summary>
[For(StaffRole.Head, StaffRole.Administrator)]
public sealed record PublishPriceList(
    string Decision, DateOnly ValidFrom, IReadOnlyList<PriceColumn> Columns, IReadOnlyList<BasePrice> Prices) : Command;

/// <summary>Publishes the next version of the focus list.</summary>
[For(StaffRole.Head, StaffRole.Administrator)]
public sealed record PublishFocusList(string Decision, IReadOnlyList<string> Novelties, IReadOnlyList<string> Specials) : Command;

/// <summary>Carries out what is commanded about products and prices.</summary>
public sealed class CatalogueHandlers(CommandRunner runner) :
    IRequestHandler<ListProduct, CommandResult>,
    IRequestHandler<DiscontinueProduct, CommandResult>,
    IRequestHandler<RelistProduct, CommandResult>,
    IRequestHandler<PublishPriceList, CommandResult>,
    IRequestHandler<PublishFocusList, CommandResult>
{
    public Task<CommandResult> Handle(ListProduct request, CancellationToken cancellationToken) => runner.Run(
        Product.Stream, request.Card.ProductId, request.Context, product => Product.List(product, request.Card), cancellationToken);

    public Task<CommandResult> Handle(DiscontinueProduct request, CancellationToken cancellationToken) => runner.Run(
        Product.Stream, request.ProductId, request.Context,
        product => Product.Discontinue(product, request.ProductId, request.Reason), cancellationToken);

    public Task<CommandResult> Handle(RelistProduct request, CancellationToken cancellationToken) => runner.Run(
        Product.Stream, request.ProductId, request.Context, product => Product.Relist(product, request.ProductId), cancellationToken);

    public Task<CommandResult> Handle(PublishPriceList request, CancellationToken cancellationToken) => runner.Run(
        PriceList.Stream, Lists.Standard, request.Context,
        list => PriceList.Publish(list, Lists.Standard, request.Decision, request.ValidFrom, request.Columns, request.Prices),
        cancellationToken);

    public Task<CommandResult> Handle(PublishFocusList request, CancellationToken cancellationToken) => runner.Run(
        FocusList.Stream, Lists.Standard, request.Context,
        list => FocusList.Publish(list, Lists.Standard, request.Decision, request.Novelties, request.Specials), cancellationToken);
}
