using System.Runtime.CompilerServices;

namespace Intake.EventLog.Copying;

/// <summary>
/// Copies a log into another, of whichever engine: the same events in the same order, with their streams, revisions, ids, types and
/// bytes. What the target has already must be the beginning of the source, so a copy that was cut off is simply run again. Nobody else
/// may write to the target meanwhile; the source may grow.
/// </summary>
public sealed class LogCopy : IDisposable
{
    // An append that every engine takes as it comes, and the smallest that hides the price of a commit.
    private const int MostEvents = 500;
    private const int MostBytes = 512 * 1024;

    private const int ReportEvery = 500;

    private readonly IEventLog from;
    private readonly IEventLog to;
    private readonly IProgress<LogCopyProgress>? progress;
    private readonly LogPosition begin;
    private readonly LogHash source = new();
    private readonly LogHash target = new();
    private LogPosition comparedTo;
    private long compared;
    private long copied;
    private long grown;

    private LogCopy(IEventLog from, IEventLog to, IProgress<LogCopyProgress>? progress, LogPosition begin) =>
        (this.from, this.to, this.progress, this.begin) = (from, to, progress, begin);

    /// <summary>Compares what is there, appends the rest until the source has nothing new, and reads it back.</summary>
    /// <param name="from">Is only read.</param>
    /// <param name="to">Is only appended to.</param>
    /// <param name="progress">Told now and then; may be null.</param>
    /// <exception cref="LogsDifferException">The target holds something else than the source, or somebody else writes to it.</exception>
    /// <exception cref="EventLogException">An engine could not do its part; run again what may pass.</exception>
    public static async Task<LogCopyReport> Run(
        IEventLog from, IEventLog to, IProgress<LogCopyProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        using var copy = new LogCopy(from, to, progress, await from.Head(cancel));
        await using (var events = copy.Source(cancel).GetAsyncEnumerator(CancellationToken.None))
        {
            await copy.Compare(events, cancel);
            await copy.Append(events, cancel);
        }

        await copy.ReadBack(cancel);
        return new LogCopyReport(copy.compared, copy.copied, copy.grown, copy.source.Digest(), copy.target.Digest());
    }

    public void Dispose()
    {
        source.Dispose();
        target.Dispose();
    }

    // Reads on for as long as there was something new.
    private async IAsyncEnumerable<RecordedEvent> Source([EnumeratorCancellation] CancellationToken cancel)
    {
        var position = LogPosition.Start;
        for (var more = true; more;)
        {
            more = false;
            await foreach (var e in from.ReadAll(position, cancel))
            {
                (position, more) = (e.Position, true);
                grown += position > begin ? 1 : 0;
                source.Add(e);
                yield return e;
            }
        }
    }

    private async Task Compare(IAsyncEnumerator<RecordedEvent> events, CancellationToken cancel)
    {
        await foreach (var there in to.ReadAll(LogPosition.Start, cancel))
        {
            if (!await events.MoveNextAsync())
                throw Differ($"The target is longer than the source: its position {there.Position} has {Named(there)}, where the source has ended.");
            if (Difference(events.Current, there) is { } what)
            {
                throw Differ(
                    $"The target holds something else at its position {there.Position}: {Named(there)}, where the source has at its position "
                    + $"{events.Current.Position} {Named(events.Current)}; {what} differs.");
            }

            target.Add(there);
            comparedTo = there.Position;
            if (++compared % ReportEvery == 0)
                progress?.Report(new LogCopyProgress(LogCopyStage.Comparing, compared, events.Current.Position, begin));
        }
    }

    // One append after the other, or the order of the whole would not be the source's.
    private async Task Append(IAsyncEnumerator<RecordedEvent> events, CancellationToken cancel)
    {
        await foreach (var run in Runs(events))
        {
            var (stream, expected, position) = (run[0].Stream, run[0].Revision - 1, run[0].Position);
            if (await Append(stream, expected, [.. run.Select(Copied)], position, cancel) is WrongExpectedRevision wrong)
            {
                throw new LogsDifferException(
                    $"{stream} ends at revision {wrong.Actual} in the target, not at {expected} as before the source's position {position}: "
                    + "somebody else writes to the target. Stop what does, and start with an empty log.");
            }

            copied += run.Count;
            progress?.Report(new LogCopyProgress(LogCopyStage.Copying, copied, run[^1].Position, begin));
        }
    }

    // Consecutive events of one stream.
    private static async IAsyncEnumerable<List<RecordedEvent>> Runs(IAsyncEnumerator<RecordedEvent> events)
    {
        var (run, bytes) = (new List<RecordedEvent>(), 0);
        while (await events.MoveNextAsync())
        {
            var next = events.Current;
            var size = next.Data.Length + next.Metadata.Length;
            if (run.Count > 0 && (next.Stream != run[0].Stream || run.Count == MostEvents || bytes + size > MostBytes))
            {
                yield return run;
                (run, bytes) = ([], 0);
            }

            run.Add(next);
            bytes += size;
        }

        if (run.Count > 0)
            yield return run;
    }

    private static NewEvent Copied(RecordedEvent e) => new(e.EventId, e.Type, e.Data, e.Metadata);

    private async Task<AppendOutcome> Append(
        StreamName stream, long expected, NewEvent[] events, LogPosition position, CancellationToken cancel)
    {
        try
        {
            return await to.Append(stream, new ExpectedRevision(expected), events, cancel);
        }
        catch (AppendTooLargeException tooLarge)
        {
            throw new AppendTooLargeException($"At the source's position {position}, {stream}: {tooLarge.Message}", tooLarge);
        }
    }

    private async Task ReadBack(CancellationToken cancel)
    {
        var (head, count) = (await to.Head(cancel), 0L);
        await foreach (var e in to.ReadAll(comparedTo, cancel))
        {
            target.Add(e);
            if (++count % ReportEvery == 0)
                progress?.Report(new LogCopyProgress(LogCopyStage.ReadingBack, count, e.Position, head));
        }
    }

    private static string? Difference(RecordedEvent source, RecordedEvent target) =>
        source.EventId != target.EventId ? "the event id"
        : source.Stream != target.Stream ? "the stream"
        : source.Revision != target.Revision ? "the revision"
        : source.Type != target.Type ? "the type"
        : !source.Data.Span.SequenceEqual(target.Data.Span) ? "the data"
        : !source.Metadata.Span.SequenceEqual(target.Metadata.Span) ? "the metadata"
        : null;

    private static string Named(RecordedEvent e) => $"{e.Type} {e.EventId} as revision {e.Revision} of {e.Stream}";

    private static LogsDifferException Differ(string how) => new($"{how} Nothing was written; start with an empty log.");
}
