using System.Runtime.CompilerServices;
using Intake.EventLog.EventStoreDb.Wire.Streams;

namespace Intake.EventLog.EventStoreDb;

/// <summary>Follows the whole log: what the server sends one by one is handed on in pages, each with all that has arrived by then.</summary>
internal sealed class Following(Reads reads, Requests requests, string prefix, int pageSize)
{
    public async IAsyncEnumerable<LogMessage> After(LogPosition after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var position = after;
        var page = new List<RecordedEvent>();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var answers = reads
            .Of(() => requests.Following(position), () => false, endless: true, System.Threading.Timeout.InfiniteTimeSpan, leaving.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        var next = Task.FromResult(true);
        try
        {
            while (true)
            {
                next = answers.MoveNextAsync().AsTask();
                if (page.Count > 0 && (page.Count == pageSize || !next.IsCompleted))
                {
                    yield return new EventsAppeared(page);
                    page = [];
                }

                await next;
                if (answers.Current.ContentCase == ReadResp.ContentOneofCase.Event)
                {
                    position = Take(answers.Current.Event.Event, position, page);
                    continue;
                }

                if (Told(answers.Current, position) is not { } told)
                    continue;
                position = told.Position;
                if (page.Count > 0)
                    yield return new EventsAppeared(page);
                page = [];
                yield return told.Message;
            }
        }
        finally
        {
            // The reader may leave while the next answer is awaited.
            await leaving.CancelAsync();
            await next.ContinueWith(_ => { }, TaskScheduler.Default);
            await answers.DisposeAsync();
        }
    }

    private LogPosition Take(ReadResp.Types.ReadEvent.Types.RecordedEvent e, LogPosition position, List<RecordedEvent> page)
    {
        var at = Recorded.Position(e);
        if (at <= position)
            return position;
        if (!Recorded.IsOfTheServer(e))
            page.Add(Recorded.Event(e, prefix));
        return at;
    }

    // Newer servers say where the reader has caught up; older ones have said it by the checkpoint before. A server that has nothing to
    // show says that it has come to the place before everything, which the wire carries as the greatest number.
    private static (LogPosition Position, LogMessage Message)? Told(ReadResp answer, LogPosition position)
    {
        switch (answer.ContentCase)
        {
            case ReadResp.ContentOneofCase.Checkpoint when Recorded.Position(answer.Checkpoint) is var at && IsFurther(at, position):
                return (at, new CheckpointReached(at));
            case ReadResp.ContentOneofCase.CaughtUp:
                if (answer.CaughtUp.Position is { } named && Recorded.Position(named) is var where && IsFurther(where, position))
                    position = where;
                return (position, new CaughtUp(position));
            default:
                return null;
        }
    }

    private static bool IsFurther(LogPosition at, LogPosition position) => at > position && at.Commit <= long.MaxValue;
}
