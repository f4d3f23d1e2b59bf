using Intake.EventLog.EventStoreDb;
using Intake.EventLog.Postgres;
using Npgsql;

namespace Intake.EventLog;

/// <summary>A log whose connections are the opener's to close.</summary>
public interface IOpenEventLog : IEventLog, IAsyncDisposable;

/// <summary>
/// The engines by connection string: one that begins as EventStoreDB's do (<c>esdb://</c>) names that, any other must be Npgsql's and
/// name a PostgreSQL. No message repeats a password.
/// </summary>
public static class EventLogs
{
    /// <summary>Opens the log; connects when first used. A PostgreSQL must have been prepared by <see cref="Prepare"/>, once.</summary>
    /// <param name="streamPrefix">See <see cref="EventStoreDbEventLogOptions.StreamPrefix"/>; empty for a PostgreSQL.</param>
    /// <exception cref="EventLogConnectionException">The string is neither engine's, or the prefix cannot be one.</exception>
    public static IOpenEventLog Open(string connectionString, string streamPrefix = "") => EventStoreDbConnection.IsOne(connectionString)
        ? new EventStoreDbEventLog(new EventStoreDbEventLogOptions(EventStoreDbConnection.Parse(connectionString)) { StreamPrefix = streamPrefix })
        : streamPrefix.Length == 0
            ? new PostgresEventLog(new PostgresEventLogOptions(Postgres(connectionString).ConnectionString))
            : throw new EventLogConnectionException("A prefix of streams is for EventStoreDB only; a PostgreSQL keeps one log a database.");

    /// <summary>Makes what the log needs on its server, or brings it up to date: the tables in a PostgreSQL, by a role that may.</summary>
    /// <exception cref="EventLogConnectionException">The string is neither engine's.</exception>
    public static async Task Prepare(string connectionString, CancellationToken cancel = default)
    {
        if (EventStoreDbConnection.IsOne(connectionString))
            EventStoreDbConnection.Parse(connectionString);
        else
            await PostgresSchema.Migrate(Postgres(connectionString).ConnectionString, cancel);
    }

    /// <summary>Engine and server, as they may be shown: without user, password and options.</summary>
    /// <exception cref="EventLogConnectionException">The string is neither engine's.</exception>
    public static string Describe(string connectionString)
    {
        if (EventStoreDbConnection.IsOne(connectionString))
            return EventStoreDbConnection.Parse(connectionString).ToString();
        var named = Postgres(connectionString);
        return $"PostgreSQL {named.Host}:{named.Port}/{named.Database ?? named.Username}";
    }

    private static NpgsqlConnectionStringBuilder Postgres(string connectionString)
    {
        try
        {
            var named = new NpgsqlConnectionStringBuilder(connectionString);
            if (!string.IsNullOrEmpty(named.Host))
                return named;
        }
        catch (ArgumentException)
        {
            // What Npgsql says may be a part of a password.
        }

        throw new EventLogConnectionException(
            "The event log's connection string is none of a PostgreSQL (Host=...;Username=...;Password=...;Database=..., a value with a ; in "
            + "it in quotes), and none of EventStoreDB (esdb://user:password@host:2113, or esdb+discover://host,host).");
    }
}
