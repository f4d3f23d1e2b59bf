using Intake.Application.LookUps;
using Npgsql;

namespace Intake.Application.Timers;

/// <summary>
/// Timers as rows in PostgreSQL. They follow from the log: lost ones are set again by reading it anew, and one that is set again after it
/// was due sends the same command, which is recognised.
/// </summary>
public sealed class TimerRows(NpgsqlDataSource database)
{
    /// <summary>Creates the table.</summary>
    public static async Task Migrate(NpgsqlDataSource database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var create = database.CreateCommand(
            """
            create table if not exists policies.timer (
              kind text not null, subject text not null, stream_id text not null, due_at timestamptz not null,
              correlation_id text not null, primary key (kind, subject));
            create index if not exists timer_due_at on policies.timer (due_at);
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Forgets all of them; the log is read anew.</summary>
    public static async Task Forget(NpgsqlDataSource database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var forget = database.CreateCommand("delete from policies.timer");
        await forget.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Carries out the changes, all or none; of several to one timer the last.</summary>
    public async Task Change(IReadOnlyList<TimerChange> changes, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count == 0)
        {
            return;
        }

        await using var batch = database.CreateBatch();
        foreach (var change in changes.GroupBy(Named).Select(one => one.Last()))
        {
            batch.BatchCommands.Add(Statement(change));
        }

        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Those that are due, the longest due first.</summary>
    public async Task<IReadOnlyList<Timer>> DueAt(DateTimeOffset now, int most, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            "select kind, subject, stream_id, due_at, correlation_id from policies.timer where due_at <= $1 order by due_at, subject limit $2");
        query.Parameters.Add(new NpgsqlParameter { Value = now.ToUniversalTime() });
        query.Parameters.Add(new NpgsqlParameter { Value = most });
        return await query.ListOf(
            row => new Timer(
                Enum.Parse<TimerKind>(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3),
                row.GetString(4)),
            cancel);
    }

    /// <summary>It was carried out; one that was set anew meanwhile stays.</summary>
    public async Task Done(Timer timer, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(timer);
        await using var done = database.CreateCommand("delete from policies.timer where kind = $1 and subject = $2 and due_at = $3");
        done.Parameters.Add(new NpgsqlParameter { Value = timer.Kind.ToString() });
        done.Parameters.Add(new NpgsqlParameter { Value = timer.Subject });
        done.Parameters.Add(new NpgsqlParameter { Value = timer.DueAt.ToUniversalTime() });
        await done.ExecuteNonQueryAsync(cancel);
    }

    private static (TimerKind Kind, string Subject) Named(TimerChange change) => change switch
    {
        TimerChange.Set { Timer: var timer } => (timer.Kind, timer.Subject),
        TimerChange.Clear clear => (clear.Kind, clear.Subject),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static NpgsqlBatchCommand Statement(TimerChange change)
    {
        var (sql, values) = change switch
        {
            TimerChange.Set { Timer: var timer } => (
                """
                insert into policies.timer (kind, subject, stream_id, due_at, correlation_id) values ($1, $2, $3, $4, $5)
                on conflict (kind, subject) do update
                set stream_id = excluded.stream_id, due_at = excluded.due_at, correlation_id = excluded.correlation_id
                """,
                new object[] { timer.Kind.ToString(), timer.Subject, timer.StreamId, Stored(timer.DueAt), timer.CorrelationId }),
            TimerChange.Clear clear => (
                "delete from policies.timer where kind = $1 and subject = $2", [clear.Kind.ToString(), clear.Subject]),
            _ => throw new ArgumentOutOfRangeException(nameof(change)),
        };
#pragma warning disable CA2100 // One of the two statements above; values are parameters.
        var statement = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            statement.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return statement;
    }

    // A row keeps microseconds; what is compared with it later must not have more.
    private static DateTime Stored(DateTimeOffset due) => new(due.UtcTicks - (due.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}
