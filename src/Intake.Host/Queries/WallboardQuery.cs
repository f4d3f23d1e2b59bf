using System.Data;
using Intake.Application;
using Intake.Application.LookUps;
using Intake.Contracts;
using Intake.Projections.Kpi;
using Npgsql;

namespace Intake.Host.Queries;

/// <summary>The supervisor's figures: what is now from the live queue, what has been from the day's quarters of an hour.</summary>
public sealed class WallboardQuery(NpgsqlDataSource database, FloorQueries floor, Home home, TimeProvider clock)
{
    private static readonly string[] Working = ["ready", "reserved", "onCall", "wrapUp", "notReady"];

    /// <summary>The figures of this moment.</summary>
    public async Task<Wallboard> Now(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var staff = await floor.Staff(cancel);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var stand = await connection.Stand(KpiProjection.Definition.Name, cancel);
        var midnight = home.StartOf(home.DayOf(now));
        var day = (await connection.Rows<IntervalRow>(
                "kpi.interval", "where start >= $1 and start < $2 order by start", cancel, midnight.UtcDateTime,
                midnight.AddDays(1).UtcDateTime))
            .Select(interval => interval.Row)
            .ToList();
        var current = day.Find(interval => interval.Start == QuarterHour.Of(now)) ?? IntervalRow.Empty(QuarterHour.Of(now));
        var today = Figures.Sum(day, midnight);
        var open = await Open(connection, now, midnight, cancel);
        return new Wallboard(
            stand.Generation, stand.Position, now, open.Waiting, open.OldestQueuedAt, Level(current), Level(today), States(staff),
            open.CallbacksOverdue, open.NotRegistered, Sales(today),
            [
                .. day.Select(interval => new IntervalFigures(
                    interval.Start, interval.Offered, interval.Answered, interval.AnsweredInTime, interval.Abandoned, interval.Orders,
                    interval.OrderValue)),
            ]);
    }

    private static async Task<OpenWork> Open(
        NpgsqlConnection connection, DateTimeOffset now, DateTimeOffset midnight, CancellationToken cancel)
    {
        await using var query = new NpgsqlCommand(
            $"""
            select
                (select count(*) from operator_queue.call where not is_over and phase = 'Queued'),
                (select min(queued_at) from operator_queue.call where not is_over and phase = 'Queued'),
                (select count(*) from operator_queue.callback where not closed and deadline < $1),
                (select count(*) from completeness.call where first_at >= $2 and {CompletenessQuery.NotRegistered})
            """,
            connection);
        query.Parameters.Add(new NpgsqlParameter { Value = now.UtcDateTime });
        query.Parameters.Add(new NpgsqlParameter { Value = midnight.UtcDateTime });
        return (await query.ListOf(
            row => new OpenWork(
                (int)row.GetInt64(0), row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1), (int)row.GetInt64(2),
                (int)row.GetInt64(3)),
            cancel)).Single();
    }

    private static ServiceLevel Level(IntervalRow row) => new(
        Figures.ServiceLevel(row), row.Offered, row.Answered, row.AnsweredInTime, row.Abandoned, row.ShortAbandoned,
        Figures.AverageSpeedOfAnswer(row) ?? 0, (int)Thresholds.Default.Answer.TotalSeconds, Thresholds.Default.Target);

    private static Sales Sales(IntervalRow day) => new(
        day.Orders, day.OrderValue, day.Orders == 0 ? 0 : Math.Round(day.OrderValue / day.Orders, 2),
        day.Orders == 0 ? 0 : Math.Round((decimal)day.Lines / day.Orders, 1), day.OrdersRefused + day.SubmissionsRefused,
        day.OffersPresented, day.OffersAccepted, day.AcceptedValue, day.Escalations);

    private static IReadOnlyList<StateCount> States(IReadOnlyList<FloorPerson> staff) =>
    [
        .. Working.Select(state => new StateCount(
            state, staff.Count(person => person.Role == "operator" && person.State == state))),
    ];

    private sealed record OpenWork(int Waiting, DateTimeOffset? OldestQueuedAt, int CallbacksOverdue, int NotRegistered);
}
