using System.Text.Json;
using Intake.Domain.Catalogue;
using Intake.Domain.Ordering;
using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>The columns of the price list in force.</summary>
/// <param name="Version">0 while none is published.</param>
public sealed record PricesInForce(int Version, IReadOnlyList<PriceColumn> Columns);

/// <summary>Products and prices as they are in force now.</summary>
public sealed class CatalogueLookUp(NpgsqlDataSource database)
{
    /// <summary>The product, or null where the catalogue has none with this id.</summary>
    public async Task<ProductFacts?> Product(string productId, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            """
            select product_id, name_en, category, unit, discontinued, base_price, price_list_version
            from catalogue.product where key = $1
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = productId });
        return (await query.ListOf(
            row => new ProductFacts(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetBoolean(4),
                row.IsDBNull(5) ? null : row.GetDecimal(5), row.IsDBNull(6) ? 0 : row.GetInt32(6)),
            cancel)).SingleOrDefault();
    }

    /// <summary>Version and columns in force.</summary>
    public async Task<PricesInForce> Prices(CancellationToken cancel)
    {
        await using var query = database.CreateCommand("select version, columns from catalogue.price_list limit 1");
        return (await query.ListOf(
            row => new PricesInForce(
                row.GetInt32(0), JsonSerializer.Deserialize<List<PriceColumn>>(row.GetString(1), JsonSerializerOptions.Web) ?? []),
            cancel)).SingleOrDefault() ?? new PricesInForce(0, []);
    }

    /// <summary>The column with this code; one that the list does not have is deeper than any.</summary>
    public async Task<PriceColumn> Column(string code, CancellationToken cancel)
    {
        var prices = await Prices(cancel);
        return prices.Columns.FirstOrDefault(column => string.Equals(column.Code, code, StringComparison.OrdinalIgnoreCase))
            ?? new PriceColumn(code, 100);
    }
}
