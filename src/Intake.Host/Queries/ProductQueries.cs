using Intake.Application.LookUps;
using Intake.Contracts;
using Intake.Domain.Catalogue;
using Intake.Domain.Ordering;
using Intake.Projections;
using Intake.Projections.Catalogue;
using Npgsql;

namespace Intake.Host.Queries;

/// <summary>The assortment, as the pad searches it.</summary>
public sealed class ProductQueries(NpgsqlDataSource database, CatalogueLookUp catalogue)
{
    /// <summary>Products whose id, names or category have all the words; those that begin with them first.</summary>
    /// <param name="clientId">Whose column the prices are at; null for base prices.</param>
    /// <param name="language">Of the name: en, ro, ru.</param>
    /// <param name="discontinuedToo">Also what is no longer sold, marked so.</param>
    public async Task<IReadOnlyList<ProductFound>> Search(
        string query, string? clientId, string language, bool discontinuedToo, int take, CancellationToken cancel)
    {
        var folded = SearchText.Fold(query);
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"%{word}%").ToArray();
        var rows = await database.Rows<ProductRow>(
            "catalogue.product",
            """
            where (not discontinued or ($5 and base_price is not null)) and search_text like all ($1)
            order by product_id = $2 desc, lower(name_en) like $3 desc, name_en limit $4
            """,
            cancel, words, query.Trim(), folded + "%", take, discontinuedToo);
        var column = clientId is null ? new PriceColumn("LIST", 0) : await ColumnOf(clientId, cancel);
        return [.. rows.Select(row => Found(row.Row, language, column))];
    }

    private static ProductFound Found(ProductRow row, string language, PriceColumn column) => new(
        row.ProductId, Name(row, language), row.Category, row.Unit, row.Pack, row.BasePrice,
        row.BasePrice is { } price ? Lines.Amount(1, price, column) : null, row.Discontinued);

    private static string Name(ProductRow row, string language) => language switch
    {
        "ro" when row.NameRo.Length > 0 => row.NameRo,
        "ru" when row.NameRu.Length > 0 => row.NameRu,
        _ => row.NameEn,
    };

    private async Task<PriceColumn> ColumnOf(string clientId, CancellationToken cancel)
    {
        await using var query = database.CreateCommand("select price_column from client_card.client where key = $1");
        query.Parameters.Add(new NpgsqlParameter { Value = clientId });
        var code = (await query.ListOf(row => row.GetString(0), cancel)).SingleOrDefault();
        var prices = await catalogue.Prices(cancel);
        return prices.Columns.FirstOrDefault(column => column.Code == code)
            ?? prices.Columns.MinBy(column => column.PercentOff) ?? new PriceColumn("LIST", 0);
    }
}
