using System.Data;
using AutoMapper;
using Intake.Application.LookUps;
using Intake.Contracts;
using Intake.Domain.Staff;
using Intake.Host.Http;
using Intake.Projections.OperatorQueue;
using Npgsql;
using CallbackRow = Intake.Projections.OperatorQueue.CallbackRow;

namespace Intake.Host.Queries;

/// <summary>Where a read model stands.</summary>
/// <param name="Generation">Another one than before means other tables.</param>
public sealed record Stand(int Generation, long Position);

/// <summary>The live queue: calls, people, callbacks.</summary>
public sealed class FloorQueries(NpgsqlDataSource database, IMapper mapper)
{
    /// <summary>The queue as it stands, with its position: all of it is from one moment.</summary>
    public async Task<QueueSnapshot> Queue(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var stand = await connection.Stand(OperatorQueueProjection.Definition.Name, cancel);
        return new QueueSnapshot(
            stand.Generation, stand.Position,
            await Calls(connection, "where not is_over order by queued_at nulls last, key", cancel),
            await People(connection, cancel),
            await Callbacks(connection, "where not closed order by deadline", cancel));
    }

    /// <summary>
    /// What changed after a position, up to where the read model stands; null where other tables have taken over since. One
    /// round trip: where the read model stands is read first, so a row may be newer than that, and then comes again.
    /// </summary>
    public async Task<QueueChange?> Since(Stand known, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(known);
        await using var batch = database.CreateBatch();
        Add(Stands.Query, OperatorQueueProjection.Definition.Name);
        Add(RowQuery.Select<CallRow>("operator_queue.call", "where changed_at > $1"), known.Position);
        Add(RowQuery.Select<CallbackRow>("operator_queue.callback", "where changed_at > $1"), known.Position);
        Add(
            Floor(
                """
                where changed_at > $1 or staff_id in (
                    select person.id from operator_queue.call changed
                    cross join lateral (values (assignee ->> 'id'), (previous_assignee ->> 'id'), (claimed_by ->> 'id')) person (id)
                    where changed.changed_at > $1)
                """),
            known.Position);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var stand = (await reader.ListOf(Stands.Read, cancel)).SingleOrDefault();
        if (stand is null || stand.Generation != known.Generation)
        {
            return null;
        }

        var calls = await Next(RowQuery.Read<CallRow>);
        var callbacks = await Next(RowQuery.Read<CallbackRow>);
        return new QueueChange(
            stand.Generation, known.Position, stand.Position, [.. calls.Select(call => mapper.ToWire<QueueCall>(call.Row, call.At))],
            await Next(Person),
            [.. callbacks.Select(callback => mapper.ToWire<Contracts.CallbackRow>(callback.Row, callback.At))]);

        void Add(string statement, object parameter)
        {
#pragma warning disable CA2100 // Statements are written in this assembly; values are parameters.
            var command = new NpgsqlBatchCommand(statement);
#pragma warning restore CA2100
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
            batch.BatchCommands.Add(command);
        }

        async Task<IReadOnlyList<T>> Next<T>(Func<NpgsqlDataReader, T> read)
        {
            await reader.NextResultAsync(cancel);
            return await reader.ListOf(read, cancel);
        }
    }

    /// <summary>Everybody who works here.</summary>
    public async Task<IReadOnlyList<FloorPerson>> Staff(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await People(connection, cancel);
    }

    /// <summary>Everybody who works here, for those who have the database and no sign-in.</summary>
    public static async Task<IReadOnlyList<FloorPerson>> Everybody(NpgsqlDataSource database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await People(connection, cancel);
    }

    /// <summary>Callbacks that are owed, the most urgent first.</summary>
    public async Task<IReadOnlyList<Contracts.CallbackRow>> OpenCallbacks(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await Callbacks(connection, "where not closed order by deadline", cancel);
    }

    /// <summary>One call, over or not.</summary>
    public async Task<QueueCall?> Call(string callId, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return (await Calls(connection, "where key = $1", cancel, callId)).SingleOrDefault();
    }

    private async Task<IReadOnlyList<QueueCall>> Calls(
        NpgsqlConnection connection, string rest, CancellationToken cancel, params object[] parameters) =>
    [
        .. (await connection.Rows<CallRow>("operator_queue.call", rest, cancel, parameters))
            .Select(call => mapper.ToWire<QueueCall>(call.Row, call.At)),
    ];

    private async Task<IReadOnlyList<Contracts.CallbackRow>> Callbacks(
        NpgsqlConnection connection, string rest, CancellationToken cancel, params object[] parameters) =>
    [
        .. (await connection.Rows<CallbackRow>("operator_queue.callback", rest, cancel, parameters))
            .Select(callback => mapper.ToWire<Contracts.CallbackRow>(callback.Row, callback.At)),
    ];

    // What a person does on a call is derived from the call (B.V.5).
    private static string Floor(string rest) =>
        $"""
        select staff_id, name, role, presence, reason, since, call_id, call_phase, call_since, changed_at, dismissed from (
            select person.*, call.call_id, call.phase as call_phase, coalesce(call.ended_at, call.answered_at) as call_since
            from operator_queue.person
            left join lateral (
                select call_id, phase, ended_at, answered_at from operator_queue.call
                where not is_over and assignee ->> 'id' = staff_id order by changed_at desc limit 1) call on true) floor
        {rest}
        order by staff_id
        """;

    private static async Task<IReadOnlyList<FloorPerson>> People(NpgsqlConnection connection, CancellationToken cancel)
    {
#pragma warning disable CA2100 // Written in this class.
        await using var query = new NpgsqlCommand(Floor(string.Empty), connection);
#pragma warning restore CA2100
        return await query.ListOf(Person, cancel);
    }

    private static FloorPerson Person(NpgsqlDataReader row)
    {
        var onCall = !row.IsDBNull(6);
        var state = (onCall, Dismissed: row.GetBoolean(10)) switch
        {
            (_, Dismissed: true) => "offline",
            (true, _) => row.GetString(7) == "WrapUp" ? "wrapUp" : "onCall",
            _ => Wire.Word(Enum.Parse<Presence>(row.GetString(3))),
        };
        return new FloorPerson(
            row.GetString(0), row.GetString(1), Wire.Word(Enum.Parse<Domain.StaffRole>(row.GetString(2))), state,
            onCall ? string.Empty : row.GetString(4),
            onCall && !row.IsDBNull(8) ? row.GetFieldValue<DateTimeOffset>(8) : row.GetFieldValue<DateTimeOffset>(5),
            onCall ? row.GetString(6) : string.Empty, row.GetInt64(9));
    }
}

/// <summary>Where read models stand, in the moment of a connection's transaction.</summary>
public static class Stands
{
    internal const string Query = "select generation, position_commit from projections.checkpoint where name = $1 and slot = 'live'";

    /// <summary>Generation and position of a read model's live tables.</summary>
    public static async Task<Stand> Stand(this NpgsqlConnection connection, string projection, CancellationToken cancel)
    {
        await using var query = new NpgsqlCommand(Query, connection);
        query.Parameters.Add(new NpgsqlParameter { Value = projection });
        return (await query.ListOf(Read, cancel)).SingleOrDefault() ?? new Stand(0, 0);
    }

    internal static Stand Read(NpgsqlDataReader row) => new((int)row.GetInt64(0), row.GetInt64(1));
}
