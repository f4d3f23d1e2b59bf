namespace Intake.EventLog;

/// <summary>Waits out an outage of the server behind the log, which passes; a fault, which does not, goes to the caller at once.</summary>
internal static class Patience
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>The pause before a try, counted from 1: short at first, since a restart takes a moment only.</summary>
    public static TimeSpan Pause(int tries) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(tries - 1, 10)));

    /// <summary>Does the work, and again while there is an outage, until it is done or the patience, which may be infinite, ends.</summary>
    /// <param name="server">Who is waited for, as the message names it.</param>
    /// <param name="isOutage">True where the same call may succeed later.</param>
    /// <exception cref="EventLogUnavailableException">The patience ended.</exception>
    public static async Task<T> Outlast<T>(
        TimeSpan patience, string server, Func<Exception, bool> isOutage, Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await work(cancel);
            }
            catch (Exception fault) when (isOutage(fault) && !cancel.IsCancellationRequested)
            {
                if (patience != Timeout.InfiniteTimeSpan && TimeProvider.System.GetElapsedTime(begun) > patience)
                    throw new EventLogUnavailableException($"{server} has not answered for {patience}: {fault.Message}", fault);
            }

            await Task.Delay(Pause(tries), cancel);
        }
    }
}
