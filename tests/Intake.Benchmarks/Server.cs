using Intake.EventLog;
using Npgsql;

namespace Intake.Benchmarks;

/// <summary>Where is measured: a PostgreSQL for read models, which keeps the log too unless an EventStoreDB is named.</summary>
/// <param name="Postgres">Npgsql connection string of a server where databases may be created.</param>
/// <param name="EventStore">Connection string of EventStoreDB, or null.</param>
internal sealed record Server(string Postgres, string? EventStore)
{
    private static readonly List<string> Databases = [];

    /// <summary>Opens an empty log that is made for the measurement.</summary>
    public Task<T> WithFreshLog<T>(Func<IEventLog, Task<T>> measure) => WithFreshSystem(async fresh =>
    {
        await EventLogs.Prepare(fresh.EventLog);
        await using var log = fresh.Open();
        return await measure(log);
    });

    /// <summary>
    /// An empty database and an empty log. The database is dropped by <see cref="DropDatabases"/> only when all has been measured: to delete
    /// its files keeps the disk busy, and the next measurement would pay for it. An EventStoreDB keeps what was measured.
    /// </summary>
    public async Task<T> WithFreshSystem<T>(Func<FreshSystem, Task<T>> measure)
    {
        var name = $"bench_{Guid.NewGuid():N}";
        await Execute($"create database {name}");
        Databases.Add(name);
        await Execute("checkpoint");
        var database = new NpgsqlConnectionStringBuilder(Postgres) { Database = name }.ConnectionString;
        return await measure(EventStore is null
            ? new FreshSystem(database, database, "")
            : new FreshSystem(database, EventStore, $"{name}."));
    }

    public async Task DropDatabases()
    {
        foreach (var name in Databases)
            await Execute($"drop database {name} with (force)");
    }

    private async Task Execute(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Postgres);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A database and a log without anything in them.</summary>
/// <param name="Prefix">Of the log's streams, where an EventStoreDB keeps it; else empty.</param>
internal sealed record FreshSystem(string Database, string EventLog, string Prefix)
{
    public IOpenEventLog Open() => EventLogs.Open(EventLog, Prefix);
}
