using System.Text;
using Intake.EventLog;
using Intake.EventLog.Postgres;
using Npgsql;

namespace Intake.Benchmarks;

/// <summary>Events of some 250 bytes of JSON, and a fresh log to write them to.</summary>
internal static class Workload
{
    private static readonly ReadOnlyMemory<byte> Data = Encoding.UTF8.GetBytes(
        """
        {"orderId":"0198c5a2-7d1e-7c3b-9a52-2f6f0b1c8d77","line":{"article":"4711-0815","name":"Apple juice, naturally cloudy","quantity":24,"unit":"bottle","price":{"amount":1.49,"currency":"EUR"}},"by":"operator-17","at":"2026-03-02T09:14:33.2145Z"}
        """);

    private static readonly ReadOnlyMemory<byte> Metadata = Encoding.UTF8.GetBytes(
        """{"cmd":"0198c5a2-8f00-7000-8000-000000000001","cor":"0198c5a2-7d1e-7c3b-9a52-2f6f0b1c8d77"}""");

    private static readonly List<string> Databases = [];

    public static NewEvent Event() => new(Guid.NewGuid(), "OrderLineAdded", Data, Metadata);

    public static StreamName NewStream() => new("order", Guid.CreateVersion7().ToString());

    /// <summary>
    /// Opens a log in a database that is made for the measurement. It is dropped by <see cref="DropDatabases"/> only when all
    /// has been measured: to delete its files keeps the disk busy, and the next measurement would pay for it.
    /// </summary>
    public static Task<T> WithFreshLog<T>(string server, Func<PostgresEventLog, Task<T>> measure) =>
        WithFreshDatabase(server, async connection =>
        {
            await PostgresSchema.Migrate(connection);
            await using var log = new PostgresEventLog(new PostgresEventLogOptions(connection));
            return await measure(log);
        });

    public static async Task<T> WithFreshDatabase<T>(string server, Func<string, Task<T>> measure)
    {
        var name = $"bench_{Guid.NewGuid():N}";
        await Execute(server, $"create database {name}");
        Databases.Add(name);
        await Execute(server, "checkpoint");
        return await measure(new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString);
    }

    public static async Task DropDatabases(string server)
    {
        foreach (var name in Databases)
            await Execute(server, $"drop database {name} with (force)");
    }

    private static async Task Execute(string server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
