using System.Data;
using AutoMapper;
using Intake.Application.LookUps;
using Intake.Contracts;
using Intake.Domain.Calls;
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
public sealed class FloorQueries(
    NpgsqlDataSource database, IMapper mapper, FloorPolicy floorPolicy, DistributionPolicy distributionPolicy, TimeProvider clock)
{
    /// <summary>
    /// Of a call of <c>operator_queue.call</c>: it runs, as far as is known. One that left its queue unanswered and has not come back to one
    /// is missed, though nobody has said that it ended.
    /// </summary>
    private const string Running = "not is_over and (phase <> 'Arrived' or queued_at is null)";

    /// <summary>
    /// Of a call of <c>operator_queue.call</c>: over after the moment <c>$1</c>, owed a registration (A.III.14), and answered on the phone of
    /// somebody who works here, so that a desk shows it. A call going out is registered by the attempt that it serves.
    /// </summary>
    private const string Owed =
        """
        phase = 'Unregistered' and direction = 'Inbound' and ended_at > $1
            and extension in (select extension from operator_queue.person where not dismissed and extension <> '')
        """;

    /// <summary>
    /// Of a call that changed after the position <c>$2</c>: some desk has it, or wants it. One that is over and began after that position
    /// no desk has ever had: of a feed that is taken over later it is nearly every one.
    /// </summary>
    private const string Wanted = $"changed_at > $2 and (({Running}) or arrived_at_position <= $2 or ({Owed}))";

    // No desk shows more.
    private const string MostOwed = "1000";

    /// <summary>The queue as it stands, with its position: all of it is from one moment.</summary>
    public async Task<QueueSnapshot> Queue(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var stand = await connection.Stand(OperatorQueueProjection.Definition.Name, cancel);
        return new QueueSnapshot(
            stand.Generation, stand.Position,
            [
                .. await Calls(connection, $"where {Running} order by queued_at nulls last, key", cancel),
                .. await Calls(connection, $"where {Owed} order by ended_at desc, key limit {MostOwed}", cancel, OwedSince),
            ],
            await People(connection, cancel),
            await Callbacks(connection, "where not closed order by deadline", cancel));
    }

    /// <summary>
    /// What changed after a position, up to where the read model stands; null where other tables have taken over since. All of it is from
    /// one moment: no call is told as it runs whose end, as that of one which began after the position, would then not be told.
    /// </summary>
    public async Task<QueueChange?> Since(Stand known, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(known);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await using var batch = connection.CreateBatch();
        Add(Stands.Query, OperatorQueueProjection.Definition.Name);
        Add(RowQuery.Select<CallRow>("operator_queue.call", $"where {Wanted}"), OwedSince, known.Position);
        Add(RowQuery.Select<CallbackRow>("operator_queue.callback", "where changed_at > $1"), known.Position);
        Add(RowQuery.Select<PersonRow>("operator_queue.person", "where changed_at > $1 order by key"), known.Position);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var stand = (await reader.ListOf(Stands.Read, cancel)).SingleOrDefault();
        if (stand is null || stand.Generation != known.Generation)
        {
            return null;
        }

        var calls = await Next(RowQuery.Read<CallRow>);
        var callbacks = await Next(RowQuery.Read<CallbackRow>);
        var people = await Next(RowQuery.Read<PersonRow>);
        return new QueueChange(
            stand.Generation, known.Position, stand.Position, [.. calls.Select(call => mapper.ToWire<QueueCall>(call.Row, call.At))],
            [.. people.Select(Person)],
            [.. callbacks.Select(callback => mapper.ToWire<Contracts.CallbackRow>(callback.Row, callback.At))]);

        void Add(string statement, params object[] parameters)
        {
#pragma warning disable CA2100 // Statements are written in this assembly; values are parameters.
            var command = new NpgsqlBatchCommand(statement);
#pragma warning restore CA2100
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = parameter });
            }

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
    public static async Task<IReadOnlyList<FloorPerson>> Everybody(NpgsqlDataSource database, CancellationToken cancel) =>
    [
        .. (await database.Rows<PersonRow>("operator_queue.person", "order by key", cancel))
            .Select(person => new FloorPerson(
                person.Row.StaffId, person.Row.Name, Wire.Word(person.Row.Role), Wire.Word(person.Row.Presence), person.Row.Reason,
                person.Row.Since, person.Row.CallId, person.At)),
    ];

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

    private async Task<IReadOnlyList<FloorPerson>> People(NpgsqlConnection connection, CancellationToken cancel) =>
        [.. (await connection.Rows<PersonRow>("operator_queue.person", "order by key", cancel)).Select(Person)];

    private FloorPerson Person(Changed<PersonRow> person)
    {
        var row = person.Row;
        DateTimeOffset? until = row.Presence switch
        {
            Presence.Reserved when row.Asked => row.Since + floorPolicy.AnswerTransferWithin,
            Presence.Reserved => row.Since + distributionPolicy.RingFor,
            Presence.WrapUp => row.Since + floorPolicy.WrapUpWithin,
            _ => null,
        };
        return new FloorPerson(
            row.StaffId, row.Name, Wire.Word(row.Role), Wire.Word(row.Presence), row.Reason, row.Since, row.CallId, person.At, row.AfterCall,
            until, row.Extension);
    }

    private DateTime OwedSince => (clock.GetUtcNow() - floorPolicy.OwedRegistrationShownFor).UtcDateTime;
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
