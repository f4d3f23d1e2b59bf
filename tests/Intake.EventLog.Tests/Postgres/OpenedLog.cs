using Intake.EventLog.Postgres;
using Intake.Testing;
using Npgsql;

namespace Intake.EventLog.Tests.Postgres;

/// <summary>A database of its own with the log's schema, and the means to meddle with it.</summary>
internal static class OpenedLog
{
    public static async Task<string> NewDatabase(PostgresCluster? cluster = null)
    {
        var connection = await (cluster ?? await PostgresCluster.Shared()).CreateDatabase("log");
        await PostgresSchema.Migrate(connection);
        return connection;
    }

    public static PostgresEventLogOptions Options(string connection) =>
        new(connection) { PageSize = 50, StreamPageSize = 50 };

    public static async Task<object?> Execute(string connection, string sql)
    {
        await using var opened = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await opened.OpenAsync();
        await using var command = new NpgsqlCommand(sql, opened);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Positions are 1, 2, 3, ... up to so many events.</summary>
    public static void AssertContiguous(IReadOnlyList<RecordedEvent> log, int count)
    {
        Assert.Equal(count, log.Count);
        Assert.Equal(Enumerable.Range(1, count).Select(n => LogPosition.Of(n)), log.Select(e => e.Position));
    }
}
