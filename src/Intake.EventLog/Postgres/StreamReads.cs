using Npgsql;

namespace Intake.EventLog.Postgres;

/// <summary>Reads streams by pages. Reads that wait at the same time are merged into one query, as appends are into one commit.</summary>
internal sealed class StreamReads : IAsyncDisposable
{
    private const int Workers = 2;
    private const int GroupLimit = 64;

    private static readonly string Query =
        $"""
        select {EventRows.Columns}, r.n
        from unnest($1, $2) with ordinality as r (stream, revision, n)
        cross join lateral (
          select * from log.events s where s.stream = r.stream and s.revision >= r.revision order by s.revision limit $3) as e
        """;

    private readonly NpgsqlDataSource source;
    private readonly PostgresEventLogOptions options;
    private readonly SeenRevisions seen;
    private readonly Groups<Pending> groups;

    public StreamReads(NpgsqlDataSource source, PostgresEventLogOptions options, SeenRevisions seen)
    {
        (this.source, this.options, this.seen) = (source, options, seen);
        groups = new Groups<Pending>([.. Enumerable.Repeat(Serve, Workers)], GroupLimit, _ => 0, heaviest: 1);
    }

    public Task<IReadOnlyList<RecordedEvent>> Page(StreamName stream, long fromRevision)
    {
        var pending = new Pending(stream, fromRevision);
        groups.Add(pending);
        return pending.Task;
    }

    public ValueTask DisposeAsync() => groups.DisposeAsync();

    private async Task Serve(IReadOnlyList<Pending> group)
    {
        try
        {
            var pages = await Outage.Outlast(options.GiveUpAfter, cancel => Read(group, cancel), CancellationToken.None);
            for (var i = 0; i < group.Count; i++)
            {
                if (pages[i] is [.., var last])
                    seen.See(group[i].Name, last.Revision);
                group[i].TrySetResult(pages[i]);
            }
        }
        catch (Exception fault)
        {
            foreach (var pending in group)
                pending.TrySetException(fault);
        }
    }

    private async Task<IReadOnlyList<RecordedEvent>[]> Read(IReadOnlyList<Pending> group, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(Query, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. group.Select(pending => pending.Name)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. group.Select(pending => pending.FromRevision)] });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = options.StreamPageSize });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var pages = new List<RecordedEvent>[group.Count];
        for (var i = 0; i < pages.Length; i++)
            pages[i] = [];
        while (await reader.ReadAsync(cancel))
        {
            var asked = (int)reader.GetInt64(7) - 1;
            pages[asked].Add(EventRows.Event(reader, group[asked].Stream));
        }

        return pages;
    }

    private sealed class Pending(StreamName stream, long fromRevision)
        : TaskCompletionSource<IReadOnlyList<RecordedEvent>>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public StreamName Stream { get; } = stream;

        public string Name { get; } = stream.ToString();

        public long FromRevision { get; } = fromRevision;
    }
}
