using Intake.EventLog;
using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>
/// Which log the live rows are made from. Their checkpoints are positions of that log and mean nothing in another one, even in a copy,
/// so a system that is pointed to another log must build its read models anew before it serves.
/// </summary>
public sealed class LogOrigin(IEventLog log, ProjectionEngineOptions options)
{
    /// <summary>True when there are live rows, and they were made from another log than this one.</summary>
    public async Task<bool> IsOther(CancellationToken cancel = default)
    {
        await using var connection = await Sessions.Open(Sessions.Folding(options.ConnectionString), cancel);
        var first = await First(cancel);
        await using (var kept = new NpgsqlCommand("select event_id, position_commit, position_prepare from projections.origin", connection))
        await using (var reader = await kept.ExecuteReaderAsync(cancel))
        {
            if (await reader.ReadAsync(cancel))
            {
                return first is null || first.EventId != reader.GetGuid(0)
                    || first.Position != new LogPosition((ulong)reader.GetInt64(1), (ulong)reader.GetInt64(2));
            }
        }

        return false;
    }

    /// <summary>From now on the live rows are made from this log.</summary>
    public async Task Keep(CancellationToken cancel = default)
    {
        await using var connection = await Sessions.Open(Sessions.Folding(options.ConnectionString), cancel);
        await using (var forget = new NpgsqlCommand("delete from projections.origin", connection))
            await forget.ExecuteNonQueryAsync(cancel);
        await Remember(connection, cancel);
    }

    /// <summary>Remembers the log where none is remembered yet and it has an event.</summary>
    internal async Task Remember(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using (var known = new NpgsqlCommand("select exists (select from projections.origin)", connection))
        {
            if ((bool)(await known.ExecuteScalarAsync(cancel))!)
                return;
        }

        if (await First(cancel) is not { } first)
            return;
        await using var keep = new NpgsqlCommand(
            "insert into projections.origin (event_id, position_commit, position_prepare) values ($1, $2, $3) on conflict do nothing", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = first.EventId },
                new NpgsqlParameter<long> { TypedValue = (long)first.Position.Commit },
                new NpgsqlParameter<long> { TypedValue = (long)first.Position.Prepare },
            },
        };
        await keep.ExecuteNonQueryAsync(cancel);
    }

    private async Task<RecordedEvent?> First(CancellationToken cancel)
    {
        await foreach (var first in log.ReadAll(LogPosition.Start, cancel))
            return first;
        return null;
    }
}
