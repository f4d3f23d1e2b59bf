using Intake.EventLog;
using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>Whether rows are made from the log that is there.</summary>
public enum LogDoubt
{
    /// <summary>They are, as far as anybody can tell.</summary>
    None,

    /// <summary>They were made from another log, or from a copy of this one with other positions.</summary>
    AnotherLog,

    /// <summary>They have passed an event that the log lacks: it was put back to an earlier state, from a backup.</summary>
    EarlierState,
}

/// <summary>
/// Which log the live rows are made from. Their checkpoints are positions of that log and mean nothing in another one, even in a copy,
/// nor in the same one when it has gone back in time: rows would show what is no longer so, and pass over what is written next. So where
/// there is a doubt, read models are built anew before anybody reads them.
/// </summary>
public sealed class LogOrigin(IEventLog log, ProjectionEngineOptions options)
{
    /// <summary>Looks for the first event that the rows were made from, and for the last ones that they have passed.</summary>
    public async Task<LogDoubt> Doubt(CancellationToken cancel = default)
    {
        await using var connection = await Sessions.Open(Sessions.Folding(options.ConnectionString), cancel);
        if (await IsAnotherLog(connection, cancel))
            return LogDoubt.AnotherLog;
        foreach (var witness in await Checkpoints.Witnesses(connection, cancel))
        {
            if (!await IsThere(witness, cancel))
                return LogDoubt.EarlierState;
        }

        return LogDoubt.None;
    }

    /// <summary>From now on the live rows are made from this log, as it is now.</summary>
    public async Task Keep(CancellationToken cancel = default)
    {
        await using var connection = await Sessions.Open(Sessions.Folding(options.ConnectionString), cancel);
        await Checkpoints.Execute(connection, "delete from projections.origin", cancel);
        await Checkpoints.ForgetWitnesses(connection, cancel);
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

        if (await First(log.ReadAll(LogPosition.Start, cancel)) is not { } first)
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

    private async Task<bool> IsAnotherLog(NpgsqlConnection connection, CancellationToken cancel)
    {
        var first = await First(log.ReadAll(LogPosition.Start, cancel));
        await using var kept = new NpgsqlCommand("select event_id, position_commit, position_prepare from projections.origin", connection);
        await using var reader = await kept.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            && (first is null || first.EventId != reader.GetGuid(0)
                || first.Position != new LogPosition((ulong)reader.GetInt64(1), (ulong)reader.GetInt64(2)));
    }

    private async Task<bool> IsThere(Witness witness, CancellationToken cancel) =>
        (await First(log.ReadStream(witness.Stream, witness.Revision, cancel)))?.EventId == witness.EventId;

    private static async Task<RecordedEvent?> First(IAsyncEnumerable<RecordedEvent> events)
    {
        await foreach (var first in events)
            return first;
        return null;
    }
}
