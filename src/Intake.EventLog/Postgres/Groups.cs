using System.Threading.Channels;

namespace Intake.EventLog.Postgres;

/// <summary>
/// Serves calls in groups: each worker takes what is waiting, up to a limit, and serves it in one go. A call that
/// comes alone is served at once; while a worker is busy, the next group gathers by itself.
/// </summary>
internal sealed class Groups<T> : IAsyncDisposable
{
    private const int FullEnough = 64;

    // A call that finds a worker idle starts its work on the caller's own thread: no hop for a lone caller.
    private readonly Channel<T> waiting =
        Channel.CreateUnbounded<T>(new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    private readonly Task[] workers;

    /// <param name="serve">One for each worker; answers every call of the group, and never throws.</param>
    /// <param name="limit">Calls in a group at most.</param>
    /// <param name="weight">The weight of a call.</param>
    /// <param name="heaviest">A group takes no further call when it has reached this weight; a single call may exceed it.</param>
    public Groups(IReadOnlyList<Func<IReadOnlyList<T>, Task>> serve, int limit, Func<T, int> weight, int heaviest) =>
        workers = [.. serve.Select(one => Serve(one, limit, weight, heaviest))];

    /// <exception cref="ObjectDisposedException">The log has been closed.</exception>
    public void Add(T call) => ObjectDisposedException.ThrowIf(!waiting.Writer.TryWrite(call), typeof(IEventLog));

    /// <summary>Takes no more calls, and returns when those that wait have been answered.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await Task.WhenAll(workers);
    }

    private async Task Serve(Func<IReadOnlyList<T>, Task> serve, int limit, Func<T, int> weight, int heaviest)
    {
        while (await waiting.Reader.WaitToReadAsync())
        {
            var group = new List<T>();
            var total = 0;
            while (group.Count < limit && total < heaviest && waiting.Reader.TryRead(out var call))
            {
                group.Add(call);
                total += weight(call);
            }

            if (group.Count > 0)
                await serve(group);

            // Callers just answered often call again at once. Where few others wait, let them run first, so that they share a group.
            if (waiting.Reader.Count < FullEnough)
                await Task.Yield();
        }
    }
}
