using System.Net.Sockets;
using Npgsql;

namespace Intake.EventLog.Postgres;

/// <summary>Tells an outage of the server, which passes, from a fault, which does not.</summary>
internal static class Outage
{
    /// <summary>True when the same call may succeed later: connection lost, server starting or stopping, out of disk or connections.</summary>
    public static bool IsOutage(Exception fault) => fault switch
    {
        PostgresException { SqlState: var state } => state[..2] is "08" or "40" or "53" or "57" or "58" || state == "55P03",
        NpgsqlException or IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <inheritdoc cref="Patience.Outlast"/>
    public static Task<T> Outlast<T>(TimeSpan patience, Func<CancellationToken, Task<T>> work, CancellationToken cancel) =>
        Patience.Outlast(patience, "PostgreSQL", IsOutage, work, cancel);
}
