using Npgsql;
using NpgsqlTypes;

namespace Intake.EventLog.Postgres;

/// <summary>
/// The one statement that appends a group, on a connection of its own. One round trip checks the revisions, writes and commits;
/// only a group in which something is not as expected is gone through append by append, in a second one.
/// </summary>
internal sealed class AppendStatement(NpgsqlDataSource source, SeenRevisions seen) : IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private NpgsqlCommand? command;

    /// <summary>The answers, in the order of the group: an outcome, or null for event ids that are reused.</summary>
    public async Task<IReadOnlyList<AppendOutcome?>> Execute(IReadOnlyList<PendingAppend> group)
    {
        if (command is null)
            await Open();

        Bind(command!.Parameters, group);
        object? head;
        try
        {
            head = await command.ExecuteScalarAsync();
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return await ExecuteEach(group);
        }

        return head is long before ? Answers(group, before) : await ExecuteEach(group);
    }

    /// <summary>Lets the connection go after a fault, and what was learnt by it; the next call opens another.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await command!.DisposeAsync();
            await connection.DisposeAsync();
        }

        (connection, command) = (null, null);
        seen.Forget();
    }

    private async Task Open()
    {
        var opened = await source.OpenConnectionAsync();
        var prepared = new NpgsqlCommand("select log.append($1, $2, $3, $4, $5, $6, $7)", opened);
        Add<string[]>(prepared.Parameters, NpgsqlDbType.Text);
        Add<long[]>(prepared.Parameters, NpgsqlDbType.Bigint);
        Add<bool[]>(prepared.Parameters, NpgsqlDbType.Boolean);
        Add<Guid[]>(prepared.Parameters, NpgsqlDbType.Uuid);
        Add<string[]>(prepared.Parameters, NpgsqlDbType.Text);
        Add<ReadOnlyMemory<byte>[]>(prepared.Parameters, NpgsqlDbType.Bytea);
        Add<ReadOnlyMemory<byte>[]>(prepared.Parameters, NpgsqlDbType.Bytea);
        (connection, command) = (opened, prepared);
        await prepared.PrepareAsync();
    }

    private static void Add<T>(NpgsqlParameterCollection parameters, NpgsqlDbType element, T? value = default) =>
        parameters.Add(new NpgsqlParameter<T> { NpgsqlDbType = NpgsqlDbType.Array | element, TypedValue = value });

    private void Bind(NpgsqlParameterCollection parameters, IReadOnlyList<PendingAppend> group)
    {
        var count = group.Sum(append => append.Events.Count);
        var (streams, revisions, unproven) = (new string[count], new long[count], new bool[count]);
        var (ids, types) = (new Guid[count], new string[count]);
        var (datas, metadatas) = (new ReadOnlyMemory<byte>[count], new ReadOnlyMemory<byte>[count]);
        var n = 0;
        foreach (var append in group)
        {
            unproven[n] = !seen.Proves(append.Stream, append.Expected);
            var revision = append.Expected;
            foreach (var e in append.Events)
            {
                (streams[n], revisions[n], ids[n], types[n]) = (append.Stream, ++revision, e.EventId, e.Type);
                (datas[n], metadatas[n]) = (e.Data, e.Metadata);
                n++;
            }
        }

        Set(parameters[0], streams);
        Set(parameters[1], revisions);
        Set(parameters[2], unproven);
        Set(parameters[3], ids);
        Set(parameters[4], types);
        Set(parameters[5], datas);
        Set(parameters[6], metadatas);
    }

    private static void Set<T>(NpgsqlParameter parameter, T value) => ((NpgsqlParameter<T>)parameter).TypedValue = value;

    private AppendOutcome[] Answers(IReadOnlyList<PendingAppend> group, long position)
    {
        var answers = new AppendOutcome[group.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            position += group[i].Events.Count;
            var revision = group[i].Expected + group[i].Events.Count;
            answers[i] = new Appended(revision, LogPosition.Of(position));
            seen.See(group[i].Stream, revision);
        }

        return answers;
    }

    // A batch is one transaction: one commit here too, and each append sees what those before it wrote.
    private async Task<IReadOnlyList<AppendOutcome?>> ExecuteEach(IReadOnlyList<PendingAppend> group)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var append in group)
        {
            var each = new NpgsqlBatchCommand("select outcome, revision, position from log.append_alone($1, $2, $3, $4, $5, $6)");
            each.Parameters.Add(new NpgsqlParameter<string> { TypedValue = append.Stream });
            each.Parameters.Add(new NpgsqlParameter<long> { TypedValue = append.Expected });
            Add(each.Parameters, NpgsqlDbType.Uuid, append.Events.Select(e => e.EventId).ToArray());
            Add(each.Parameters, NpgsqlDbType.Text, append.Events.Select(e => e.Type).ToArray());
            Add(each.Parameters, NpgsqlDbType.Bytea, append.Events.Select(e => e.Data).ToArray());
            Add(each.Parameters, NpgsqlDbType.Bytea, append.Events.Select(e => e.Metadata).ToArray());
            batch.BatchCommands.Add(each);
        }

        var answers = new List<AppendOutcome?>(group.Count);
        await using var reader = await batch.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
                answers.Add(Answer(reader));
        }
        while (await reader.NextResultAsync());
        return answers;
    }

    private static AppendOutcome? Answer(NpgsqlDataReader row) => row.GetString(0) switch
    {
        "appended" => new Appended(row.GetInt64(1), LogPosition.Of(row.GetInt64(2))),
        "already there" => new Appended(row.GetInt64(1), LogPosition.Of(row.GetInt64(2)), AlreadyThere: true),
        "wrong revision" => new WrongExpectedRevision(row.GetInt64(1)),
        _ => null,
    };
}
