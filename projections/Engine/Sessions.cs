using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>Database sessions of the projections, and their locks.</summary>
internal static class Sessions
{
    private const int Live = 7239402;
    private const int Next = 7239403;

    /// <summary>
    /// How a session that folds is set: rows are reached by key only, so a plan made while a table was empty must not be a
    /// scan; commits do not wait for the disk, since rows and checkpoint go together and can be folded again (ADR 0010); and
    /// the server notices within seconds that the host is gone, so that another one can project.
    /// </summary>
    public static string Folding(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "intake-projections",
        Pooling = false,
        MaxAutoPrepare = 100,
        AutoPrepareMinUsages = 2,
        WriteBufferSize = 64 * 1024,
        ReadBufferSize = 32 * 1024,
        Options = "-c enable_seqscan=off -c jit=off -c synchronous_commit=off -c timezone=UTC -c client_min_messages=warning"
            + " -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2",
    }.ConnectionString;

    /// <summary>The same without prepared statements: Npgsql loses its place when PostgreSQL refuses a value in a batch that is being prepared.</summary>
    public static string Careful(string connectionString) =>
        new NpgsqlConnectionStringBuilder(Folding(connectionString)) { MaxAutoPrepare = 0 }.ConnectionString;

    public static async Task<NpgsqlConnection> Open(string connectionString, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>True when this session is from now on the one that projects; it is so until it ends.</summary>
    public static Task<bool> TryProject(NpgsqlConnection connection, string name, CancellationToken cancel) =>
        TryLock(connection, Live, name, cancel);

    /// <summary>True when this session is from now on the one that builds tables beside the live ones.</summary>
    public static Task<bool> TryBuild(NpgsqlConnection connection, string name, CancellationToken cancel) =>
        TryLock(connection, Next, name, cancel);

    /// <summary>True when the same may succeed later: connection lost, server starting or stopping, out of disk or connections, deadlock.</summary>
    public static bool IsOutage(Exception fault) => fault switch
    {
        PostgresException { SqlState: var state } => state[..2] is "08" or "40" or "53" or "57" or "58" || state == "55P03",
        NpgsqlException or IOException or SocketException or TimeoutException or EventLog.EventLogUnavailableException => true,
        _ => false,
    };

    private static async Task<bool> TryLock(NpgsqlConnection connection, int kind, string name, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1, $2)", connection)
        {
            Parameters = { Number(kind), Number(Hash(name)) },
        };
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static NpgsqlParameter<int> Number(int value) => new() { TypedValue = value };

    // FNV-1a: the same on every host, whatever its runtime.
    private static int Hash(string name) =>
        Encoding.UTF8.GetBytes(name).Aggregate(unchecked((int)2166136261), (hash, next) => unchecked((hash ^ next) * 16777619));
}
