using System.Globalization;
using Intake.Domain.Catalogue;
using Intake.Domain.Ordering;
using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>What could be offered, and from how many products it was chosen.</summary>
public sealed record OffersFound(IReadOnlyList<OfferCandidate> Candidates, int Considered);

/// <summary>Finds positions to offer (A.III.7): novelties and specials of the focus list, what the client usually buys, what others buy most.</summary>
public sealed class OfferFinder(NpgsqlDataSource database, OfferPolicy policy)
{
    /// <summary>Candidates that can be sold now, best first within each kind.</summary>
    /// <param name="alreadyThere">How many products are in the order or were offered on it: so many more are looked for.</param>
    public async Task<OffersFound> For(string clientId, PriceColumn column, int alreadyThere, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(column);
        await using var query = database.CreateCommand(
            """
            with sellable as (
                select product_id, name_en, base_price, category from catalogue.product where not discontinued and base_price is not null),
            focus as (
                select product_id, kind, rank from (
                    select value as product_id, 'Novelty' as kind, rank from catalogue.focus, jsonb_array_elements_text(novelties) with ordinality e(value, rank)
                    union all
                    select value, 'Special', rank from catalogue.focus, jsonb_array_elements_text(specials) with ordinality e(value, rank)) listed),
            found as (
                (select kind, product_id, rank, 0 as orders, null::date as last_date from focus)
                union all
                (select 'Traditional', product_id, row_number() over (order by orders desc, last_date desc, product_id), orders, last_date
                 from order_book.client_product join sellable using (product_id) where client_id = $1
                 order by orders desc, last_date desc, product_id limit $2)
                union all
                (select 'Popular', product_id, row_number() over (order by orders desc, product_id), orders, null
                 from order_book.product_popularity join sellable using (product_id) order by orders desc, product_id limit $2)
                union all
                (select 'Popular', product_id, 1000000 + row_number() over (order by product_id), 0, null
                 from sellable order by product_id limit $2))
            select kind, product_id, name_en, base_price, orders, last_date, (select count(*) from sellable)
            from found join sellable using (product_id)
            order by kind, rank
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = clientId });
        query.Parameters.Add(new NpgsqlParameter { Value = alreadyThere + policy.PerOrder });
        var considered = 0L;
        var candidates = await query.ListOf(
            row =>
            {
                considered = row.GetInt64(6);
                var kind = Enum.Parse<OfferKind>(row.GetString(0));
                return new OfferCandidate(
                    kind, row.GetString(1), row.GetString(2),
                    Why(kind, row.GetInt32(4), row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5)),
                    Lines.Amount(1, row.GetDecimal(3), column));
            },
            cancel);
        return new OffersFound(
            [.. candidates.OrderBy(candidate => candidate.Kind).DistinctBy(candidate => candidate.ProductId)], (int)considered);
    }

    private static string Why(OfferKind kind, int orders, DateOnly? last) => (kind, orders) switch
    {
        (OfferKind.Novelty, _) => "New in the assortment.",
        (OfferKind.Special, _) => "On management's special list.",
        (OfferKind.Traditional, _) => string.Create(
            CultureInfo.InvariantCulture, $"This client has bought it {orders} times, last on {last:yyyy-MM-dd}."),
        (_, > 0) => string.Create(CultureInfo.InvariantCulture, $"Bought often by others: {orders} orders."),
        _ => "In the assortment, and not in the order yet.",
    };
}
