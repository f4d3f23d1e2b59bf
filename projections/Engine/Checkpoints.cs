using Intake.EventLog;
using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>Where a projection stands, as its checkpoint row says.</summary>
/// <param name="Slot"><c>live</c> for the tables that readers query, <c>next</c> for tables being built beside them.</param>
/// <param name="Version">Of the projection that made the tables.</param>
/// <param name="Generation">Raised whenever other tables take over.</param>
/// <param name="Position">Every event up to here is in the rows.</param>
/// <param name="State"><c>running</c> or <c>stopped</c>.</param>
/// <param name="Error">Why it stopped.</param>
/// <param name="ErrorPosition">The event that it could not take.</param>
public sealed record Checkpoint(
    string Name, string Slot, int Version, long Generation, LogPosition Position, string State, string? Error, long? ErrorPosition,
    DateTimeOffset UpdatedAt)
{
    /// <summary>The tables that readers query.</summary>
    public const string Live = "live";

    /// <summary>Tables being built beside those.</summary>
    public const string Next = "next";

    /// <summary>An event that the projection could not take is in its way.</summary>
    public bool Stopped => State == "stopped";
}

/// <summary>An event that rows have passed. It must be in the log for as long as they are its.</summary>
internal sealed record Witness(Guid EventId, StreamName Stream, long Revision)
{
    public static Witness Of(RecordedEvent e) => new(e.EventId, e.Stream, e.Revision);
}

/// <summary>Reads and writes checkpoints.</summary>
internal static class Checkpoints
{
    /// <summary>The SQLSTATE of <c>projections.advance</c> when the checkpoint is not where the writer believes.</summary>
    public const string Moved = "IP001";

    private const string Columns =
        "name, slot, version, generation, position_commit, position_prepare, state, error, error_position, updated_at";

    public static async Task<IReadOnlyList<Checkpoint>> All(NpgsqlConnection connection, CancellationToken cancel) =>
        await Read(new NpgsqlCommand($"select {Columns} from projections.checkpoint order by name, slot", connection), cancel);

    public static async Task<Checkpoint?> Find(
        NpgsqlConnection connection, string name, string slot, CancellationToken cancel, bool forUpdate = false)
    {
        var found = await Read(
            new NpgsqlCommand(
                $"select {Columns} from projections.checkpoint where name = $1 and slot = $2 {(forUpdate ? "for update" : "")}", connection)
            {
                Parameters = { Text(name), Text(slot) },
            },
            cancel);
        return found.Count > 0 ? found[0] : null;
    }

    public static Task Insert(NpgsqlConnection connection, string name, string slot, int version, CancellationToken cancel) => Execute(
        connection,
        """
        insert into projections.checkpoint (name, slot, version, generation, position_commit, position_prepare)
        values ($1, $2, $3, 0, 0, 0)
        """,
        cancel, Text(name), Text(slot), new NpgsqlParameter<int> { TypedValue = version });

    public static Task Delete(NpgsqlConnection connection, string name, string slot, CancellationToken cancel) => Execute(
        connection, "delete from projections.checkpoint where name = $1 and slot = $2", cancel, Text(name), Text(slot));

    /// <summary>Sets the position of tables that are being built; nobody else writes those.</summary>
    public static Task Place(NpgsqlConnection connection, string name, string slot, LogPosition at, CancellationToken cancel) => Execute(
        connection,
        """
        update projections.checkpoint set position_commit = $3, position_prepare = $4, updated_at = clock_timestamp()
        where name = $1 and slot = $2
        """,
        cancel, [Text(name), Text(slot), .. Pair(at)]);

    /// <summary>The statement that moves a live checkpoint on, or fails the transaction with <see cref="Moved"/>.</summary>
    /// <param name="witness">The last event that was passed; null where none was since the checkpoint last moved.</param>
    public static NpgsqlBatchCommand Advance(string name, long generation, LogPosition from, LogPosition to, Witness? witness)
    {
        var advance = new NpgsqlBatchCommand("select projections.advance($1, $2, $3, $4, $5, $6, $7, $8, $9)");
        advance.Parameters.Add(Text(name));
        advance.Parameters.Add(Number(generation));
        foreach (var parameter in Pair(from).Concat(Pair(to)))
            advance.Parameters.Add(parameter);
        advance.Parameters.Add(new NpgsqlParameter<Guid?> { TypedValue = witness?.EventId });
        advance.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = witness?.Stream.ToString() });
        advance.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = witness?.Revision });
        return advance;
    }

    /// <summary>Of each live projection that has passed an event, one such event.</summary>
    public static async Task<IReadOnlyList<Witness>> Witnesses(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var query = new NpgsqlCommand(
            """
            select distinct witness_event, witness_stream, witness_revision from projections.checkpoint
            where slot = 'live' and witness_event is not null
            """,
            connection);
        await using var reader = await query.ExecuteReaderAsync(cancel);
        var witnesses = new List<Witness>();
        while (await reader.ReadAsync(cancel))
            witnesses.Add(new Witness(reader.GetGuid(0), StreamName.Parse(reader.GetString(1)), reader.GetInt64(2)));
        return witnesses;
    }

    /// <summary>Forgets what was passed: the rows are made from another log from now on.</summary>
    public static Task ForgetWitnesses(NpgsqlConnection connection, CancellationToken cancel) => Execute(
        connection, "update projections.checkpoint set witness_event = null, witness_stream = null, witness_revision = null", cancel);

    /// <summary>Says why the projection stopped, if it still stands where the writer believes.</summary>
    public static Task Stop(
        NpgsqlConnection connection, string name, string slot, long generation, LogPosition at, Poison poison, CancellationToken cancel) =>
        Execute(
            connection,
            """
            update projections.checkpoint
            set state = 'stopped', error = $6, error_position = $7, updated_at = clock_timestamp()
            where name = $1 and slot = $2 and generation = $3 and position_commit = $4 and position_prepare = $5
            """,
            cancel,
            [Text(name), Text(slot), Number(generation), .. Pair(at), Text(Described(poison.Why)), Number(poison.Position.Number)]);

    public static Task Resume(NpgsqlConnection connection, string name, CancellationToken cancel) => Execute(
        connection,
        """
        update projections.checkpoint
        set state = 'running', error = null, error_position = null, updated_at = clock_timestamp()
        where name = $1 and state = 'stopped'
        """,
        cancel, Text(name));

    /// <summary>The tables of <c>next</c> are the live ones from now on.</summary>
    public static Task TakeOver(NpgsqlConnection connection, string name, CancellationToken cancel) => Execute(
        connection,
        """
        with next as (delete from projections.checkpoint where name = $1 and slot = 'next' returning *)
        update projections.checkpoint as live
        set version = next.version, generation = live.generation + 1, state = 'running', error = null, error_position = null,
          position_commit = next.position_commit, position_prepare = next.position_prepare, updated_at = clock_timestamp()
        from next where live.name = $1 and live.slot = 'live'
        """,
        cancel, Text(name));

    public static async Task Execute(
        NpgsqlConnection connection, string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<IReadOnlyList<Checkpoint>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var owned = command;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var read = new List<Checkpoint>();
        while (await reader.ReadAsync(cancel))
        {
            read.Add(new Checkpoint(
                reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3),
                new LogPosition((ulong)reader.GetInt64(4), (ulong)reader.GetInt64(5)), reader.GetString(6),
                await reader.IsDBNullAsync(7, cancel) ? null : reader.GetString(7),
                await reader.IsDBNullAsync(8, cancel) ? null : reader.GetInt64(8),
                reader.GetFieldValue<DateTimeOffset>(9)));
        }

        return read;
    }

    // Personal data stay out: messages of folds and of the codec name types, positions and streams. PostgreSQL's text takes no zero byte.
    private static string Described(Exception why) =>
        $"{why.GetType().Name}: {why.Message.Replace("\0", "", StringComparison.Ordinal)}";

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value };

    private static NpgsqlParameter[] Pair(LogPosition position) => [Number((long)position.Commit), Number((long)position.Prepare)];
}
