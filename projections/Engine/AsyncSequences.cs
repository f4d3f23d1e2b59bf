using System.Runtime.CompilerServices;

namespace Intake.Projections.Engine;

internal static class AsyncSequences
{
    /// <summary>Gathers what comes one by one into lists of some length.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> Chunks<T>(
        this IAsyncEnumerable<T> source, int length, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var chunk = new List<T>();
        await foreach (var one in source.WithCancellation(cancel))
        {
            chunk.Add(one);
            if (chunk.Count == length)
            {
                yield return chunk;
                chunk = [];
            }
        }

        if (chunk.Count > 0)
            yield return chunk;
    }

    /// <summary>What comes, and null at least once in each such time in which something has come: also under steady load.</summary>
    public static async IAsyncEnumerable<T?> WithQuiet<T>(
        this IAsyncEnumerable<T> source, TimeSpan within, [EnumeratorCancellation] CancellationToken cancel = default)
        where T : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var items = source.GetAsyncEnumerator(stop.Token);
        var next = Task.FromResult(false);
        Task? due = null;
        try
        {
            while (true)
            {
                next = items.MoveNextAsync().AsTask();
                while (due is not null && (due.IsCompleted || await Task.WhenAny(next, due) == due))
                {
                    due = null;
                    yield return null;
                }

                if (!await next)
                    yield break;
                due ??= Task.Delay(within, stop.Token);
                yield return items.Current;
            }
        }
        finally
        {
            // Who goes in a quiet moment leaves a move under way, which must end before the source may be let go.
            await stop.CancelAsync();
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await items.DisposeAsync();
        }
    }
}
