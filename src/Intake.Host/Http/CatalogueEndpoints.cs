using Intake.Application.Catalogue;
using Intake.Application.LookUps;
using Intake.Contracts;
using Intake.Domain.Catalogue;
using Intake.Host.Queries;
using PublishFocusList = Intake.Application.Catalogue.PublishFocusList;
using PublishPriceList = Intake.Application.Catalogue.PublishPriceList;

namespace Intake.Host.Http;

/// <summary>Products, prices, and what is drawn attention to.</summary>
public static class CatalogueEndpoints
{
    public static void MapCatalogue(this IEndpointRouteBuilder api)
    {
        api.MapGet("/products", (
            string? query, string? clientId, string? language, bool? all, int? take, ProductQueries queries, CancellationToken cancel) =>
            queries.Search(query ?? string.Empty, clientId, language ?? "en", all ?? false, Math.Clamp(take ?? 20, 1, 500), cancel));
        api.MapGet("/catalogue/columns", async (CatalogueLookUp catalogue, CancellationToken cancel) =>
            (await catalogue.Prices(cancel)).Columns.Select(column => new Column(column.Code, column.PercentOff)));
        api.MapPost("/catalogue/products/{id}/relist", (string id, Commander commander) => commander.Send(
            context => new RelistProduct(Wire.Id(id, "id")) { Context = context }));
        api.MapPost("/catalogue/products/{id}/discontinue", (string id, Because body, Commander commander) => commander.Send(
            context => new DiscontinueProduct(Wire.Id(id, "id"), body.Reason) { Context = context }));
        api.MapPost("/catalogue/price-lists", (Contracts.PublishPriceList body, Commander commander) => commander.Send(
            context => new PublishPriceList(
                body.Decision, body.ValidFrom, [.. body.Columns.Select(column => new PriceColumn(column.Code, column.PercentOff))],
                [.. body.Prices.Select(price => new BasePrice(Wire.Id(price.ProductId, "productId"), price.Price))])
            {
                Context = context,
            }));
        api.MapPost("/catalogue/focus-lists", (Contracts.PublishFocusList body, Commander commander) => commander.Send(
            context => new PublishFocusList(body.Decision, [.. body.Novelties], [.. body.Specials]) { Context = context }));
    }
}
