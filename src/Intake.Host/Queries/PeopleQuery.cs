using System.Data;
using Intake.Application;
using Intake.Application.LookUps;
using Intake.Contracts;
using Intake.Projections.Kpi;
using Npgsql;

namespace Intake.Host.Queries;

/// <summary>What each person did on a day: his quarters of an hour, added up.</summary>
public sealed class PeopleQuery(NpgsqlDataSource database, Home home, TimeProvider clock)
{
    /// <summary>The figures of a day, by name.</summary>
    /// <param name="day">In the home time zone; null for today.</param>
    /// <param name="staffId">Of this person only; of all where it is null.</param>
    public async Task<PeopleFigures> Of(DateOnly? day, string? staffId, CancellationToken cancel)
    {
        var asked = day ?? home.DayOf(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var stand = await connection.Stand(KpiProjection.Definition.Name, cancel);
        await using var query = new NpgsqlCommand(
            """
            select staff_id, max(name), sum(calls_taken)::int, sum(calls_registered)::int, sum(handle_ms_sum)::bigint, sum(orders)::int,
                sum(lines)::int, sum(order_value), sum(value_for_others), sum(help_given)::int, sum(help_given_ms_sum)::bigint,
                sum(help_received)::int, sum(help_received_ms_sum)::bigint
            from kpi.person where start >= $1 and start < $2 and ($3 = '' or staff_id = $3) group by staff_id order by 2, 1
            """,
            connection);
        query.Parameters.Add(new NpgsqlParameter { Value = home.StartOf(asked).UtcDateTime });
        query.Parameters.Add(new NpgsqlParameter { Value = home.StartOf(asked.AddDays(1)).UtcDateTime });
        query.Parameters.Add(new NpgsqlParameter { Value = staffId ?? string.Empty });
        return new PeopleFigures(asked, stand.Position, await query.ListOf(Person, cancel));
    }

    private static PersonFigures Person(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3),
        row.GetInt32(3) > 0 ? row.GetInt64(4) / 1000.0 / row.GetInt32(3) : null, row.GetInt32(5), row.GetInt32(6), row.GetDecimal(7),
        row.GetDecimal(8), row.GetInt32(9), row.GetInt64(10) / 1000.0, row.GetInt32(11), row.GetInt64(12) / 1000.0);
}
