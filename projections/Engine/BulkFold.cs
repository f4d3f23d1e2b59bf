using System.Threading.Channels;
using Intake.EventLog;
using Intake.EventLog.Serialisation;

namespace Intake.Projections.Engine;

/// <summary>How far a build is.</summary>
/// <param name="Position">The last event read.</param>
/// <param name="Events">Events read so far.</param>
public sealed record RebuildProgress(LogPosition Position, long Events);

/// <summary>
/// Folds the log from its beginning into several builds at once: it is read once, its pages are decoded once and in parallel, and
/// each build folds them in order, beside the others. A few pages are in memory, however long the log is.
/// </summary>
internal static class BulkFold
{
    private const int PagesAhead = 6;

    /// <summary>Folds up to the end of the log, or to where each build shall end.</summary>
    /// <param name="ends">Where each build ends; null for the end of the log.</param>
    /// <returns>Events read.</returns>
    public static async Task<long> Run(
        IEventLog log, EventCodec codec, IReadOnlyList<TableBuild> builds, IReadOnlyList<LogPosition>? ends,
        IProgress<RebuildProgress>? progress, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var queues = builds.Select(_ => Channel.CreateBounded<Task<DecodedPage>>(PagesAhead)).ToArray();
        var folding = builds.Select((build, i) => Task.Run(
            async () =>
            {
                try
                {
                    await foreach (var decoding in queues[i].Reader.ReadAllAsync(stop.Token))
                    {
                        var page = await decoding;
                        if (ends is not null)
                            page = page.Through(ends[i]);
                        if (page.Last > build.Position)
                            await build.Fold(page, stop.Token);
                    }

                    await build.Write(stop.Token);
                }
                catch
                {
                    await stop.CancelAsync();
                    throw;
                }
            },
            cancel)).ToArray();

        var events = 0L;
        try
        {
            var decoder = new PageDecoder(codec, builds.SelectMany(build => build.Projection.Handles).ToHashSet());
            events = await Read(log, decoder, queues, ends?.Max(), progress, stop.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // A build has failed; its fault is thrown below.
        }
        finally
        {
            foreach (var queue in queues)
                queue.Writer.TryComplete();
        }

        await FirstFault(folding);
        return events;
    }

    private static async Task<long> Read(
        IEventLog log, PageDecoder decoder, Channel<Task<DecodedPage>>[] queues, LogPosition? end, IProgress<RebuildProgress>? progress,
        CancellationToken cancel)
    {
        var (events, position) = (0L, LogPosition.Start);
        if (end == LogPosition.Start)
            return events;
        await foreach (var message in log.Subscribe(LogPosition.Start, cancel))
        {
            if (message is EventsAppeared page)
            {
                var decoding = Task.Run(() => decoder.Decode(page.Events), cancel);
                foreach (var queue in queues)
                    await queue.Writer.WriteAsync(decoding, cancel);
                (events, position) = (events + page.Events.Count, page.Events[^1].Position);
                progress?.Report(new RebuildProgress(position, events));
            }

            if (message is CaughtUp || (end is { } last && position >= last))
                break;
        }

        return events;
    }

    // A build that was cancelled because of another one's fault is not the news.
    private static async Task FirstFault(Task[] folding)
    {
        try
        {
            await Task.WhenAll(folding);
        }
        catch (OperationCanceledException) when (folding.FirstOrDefault(task => task.IsFaulted) is { } faulted)
        {
            await faulted;
        }
    }
}
