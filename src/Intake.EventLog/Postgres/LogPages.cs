using Npgsql;

namespace Intake.EventLog.Postgres;

/// <summary>Reads the whole log by pages. A page is in memory before it is handed on, so a slow reader holds no connection.</summary>
internal sealed class LogPages(NpgsqlDataSource source)
{
    public async Task<IReadOnlyList<RecordedEvent>> Page(long after, int most, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(
            $"select {EventRows.Columns}, e.stream from log.events e where e.position > $1 order by e.position limit $2", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var page = new List<RecordedEvent>();
        while (await reader.ReadAsync(cancel))
            page.Add(EventRows.Event(reader, StreamName.Parse(reader.GetString(7))));
        return page;
    }

    public async Task<long> Head(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await Head(connection, cancel);
    }

    public static async Task<long> Head(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(position), 0) from log.events", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
