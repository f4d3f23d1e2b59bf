using System.Net.Sockets;
using Npgsql;

namespace Intake.EventLog.Postgres;

/// <summary>Tells an outage of the server, which passes, from a fault, which does not; and waits for its end.</summary>
internal static class Outage
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>True when the same call may succeed later: connection lost, server starting or stopping, out of disk or connections.</summary>
    public static bool IsOutage(Exception fault) => fault switch
    {
        PostgresException { SqlState: var state } => state[..2] is "08" or "40" or "53" or "57" or "58" || state == "55P03",
        NpgsqlException or IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>The pause before a try, counted from 1: short at first, since a restart takes a moment only.</summary>
    public static TimeSpan Pause(int tries) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(tries - 1, 10)));

    /// <summary>Does the work, and again while there is an outage, until it is done or the patience, which may be infinite, ends.</summary>
    /// <exception cref="EventLogUnavailableException">The patience ended.</exception>
    public static async Task<T> Outlast<T>(TimeSpan patience, Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await work(cancel);
            }
            catch (Exception fault) when (IsOutage(fault))
            {
                if (patience != Timeout.InfiniteTimeSpan && TimeProvider.System.GetElapsedTime(begun) > patience)
                {
                    throw new EventLogUnavailableException($"PostgreSQL has not answered for {patience}: {fault.Message}", fault);
                }
            }

            await Task.Delay(Pause(tries), cancel);
        }
    }
}
