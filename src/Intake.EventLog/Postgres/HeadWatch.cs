using System.Globalization;
using Npgsql;

namespace Intake.EventLog.Postgres;

/// <summary>
/// Knows how far the log has grown and wakes those who wait for more: told by the appends of this process at once, by the notices of
/// other processes (LISTEN), and by looking at the head now and then, should a notice be lost. One connection serves all readers.
/// </summary>
internal sealed class HeadWatch : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly TimeSpan pollEvery;
    private readonly CancellationTokenSource closing = new();
    private readonly Lazy<Task> listening;
    private readonly Lock gate = new();
    private long known;
    private TaskCompletionSource growth = NewGrowth();

    public HeadWatch(NpgsqlDataSource source, TimeSpan pollEvery)
    {
        (this.source, this.pollEvery) = (source, pollEvery);
        listening = new Lazy<Task>(() => Task.Run(Listen));
    }

    /// <summary>Returns when the log is known to have grown beyond the position.</summary>
    public Task Beyond(long position, CancellationToken cancel)
    {
        _ = listening.Value;
        lock (gate)
            return known > position ? Task.CompletedTask : growth.Task.WaitAsync(cancel);
    }

    /// <summary>The log has committed up to this position.</summary>
    public void Grown(long head)
    {
        TaskCompletionSource rung;
        lock (gate)
        {
            if (head <= known)
                return;
            known = head;
            (rung, growth) = (growth, NewGrowth());
        }

        rung.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        if (closing.IsCancellationRequested)
            return;
        await closing.CancelAsync();
        if (listening.IsValueCreated)
            await listening.Value;
        closing.Dispose();
    }

    private static TaskCompletionSource NewGrowth() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Listen()
    {
        for (var tries = 1; !closing.IsCancellationRequested; tries++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(closing.Token);
                connection.Notification += (_, notice) => Grown(long.Parse(notice.Payload, CultureInfo.InvariantCulture));
                await using (var listen = new NpgsqlCommand("listen intake_log", connection))
                    await listen.ExecuteNonQueryAsync(closing.Token);
                tries = 0;
                while (true)
                {
                    Grown(await LogPages.Head(connection, closing.Token));
                    while (await connection.WaitAsync(pollEvery, closing.Token))
                    {
                    }
                }
            }
            catch (OperationCanceledException) when (closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                // Whatever it was, readers will say it; to stop watching would leave them asleep.
                await Task.Delay(Patience.Pause(Math.Max(1, tries)), closing.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
