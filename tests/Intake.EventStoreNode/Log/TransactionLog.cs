using Google.Protobuf;

namespace Intake.Testing.EventStoreDb.Log;

/// <summary>How an append ended.</summary>
/// <param name="Revision">The last event's, or the stream's when the append was not written.</param>
/// <param name="At">The last event's position, when the events are in the log.</param>
internal readonly record struct WriteResult(CommitDecision Decision, long Revision, long At = -1);

/// <summary>
/// The log in memory. One lock orders everything, so that a subscription sees all events after those that it was confirmed with,
/// and an append with several events appears at once. Between the events of clients stand events of the server itself.
/// </summary>
internal sealed partial class TransactionLog
{
    private static readonly ByteString Empty = ByteString.Empty;

    private readonly Lock gate = new();
    private readonly List<LogRecord> records = [];
    private readonly Dictionary<string, StreamState> streams = [];
    private readonly Dictionary<Guid, LogRecord> written = [];
    private readonly HashSet<LiveFeed> feeds = [];
    private long end;
    private long lastIndexed = -1;
    private int appends;

    public TransactionLog()
    {
        // A new database begins with records of its own, so that no client's event is at 0.
        Add(new(end, 167, "", -1, DateTime.UtcNow, Event: null));
        Put("$epoch-information", [Own("$epoch-information", "{}")]);
        Put("$$$scavenges", [Own("$metadata", """{"$maxAge":2592000}""")]);
        Put("$users", [Own("$User", "$admin")]);
        OwnEvents();
    }

    /// <summary>Appends to a stream, all or nothing.</summary>
    /// <param name="expected">A revision, or one of <see cref="Expected"/>.</param>
    public WriteResult Append(string stream, long expected, IReadOnlyList<ProposedEvent> events)
    {
        lock (gate)
        {
            var check = CommitCheck.Of(Find(stream), expected, events, written.GetValueOrDefault);
            if (check.Decision == CommitDecision.AlreadyThere) return new(check.Decision, check.Last!.Revision, check.Last.At);
            if (check.Decision != CommitDecision.Ok) return new(check.Decision, check.Current);
            if (events.Count == 0)
            {
                Add(new(end, 88, stream, check.Current, DateTime.UtcNow, Event: null));
                return new(CommitDecision.Ok, check.Current, records[^1].At);
            }
            var last = Put(stream, events);
            if (++appends % 7 == 0) OwnEvents();
            if (appends % 13 == 0) Put("$streams", [new(Guid.NewGuid(), "$>", false, ByteString.CopyFromUtf8($"0@{stream}"), Empty)]);
            return new(CommitDecision.Ok, last.Revision, last.At);
        }
    }

    /// <summary>Deletes a stream for ever.</summary>
    public void Tombstone(string stream)
    {
        lock (gate)
        {
            var state = Find(stream);
            if (state.IsDeleted) return;
            state.IsDeleted = true;
            var proposed = new ProposedEvent(Guid.NewGuid(), "$streamDeleted", false, Empty, Empty);
            Index([Add(new(end, LogRecord.SizeOf(stream, proposed), stream, LogRecord.DeletedRevision, DateTime.UtcNow, proposed))]);
        }
    }

    /// <summary>A leader that starts knows no event ids but those in the index, which is asked by expected revision only.</summary>
    public void ForgetWrittenIds()
    {
        lock (gate) written.Clear();
    }

    /// <summary>Feeds what is written from now on.</summary>
    /// <returns>The position of the last event that is not fed.</returns>
    public (Position Position, long StreamRevision) Follow(LiveFeed feed, string? stream)
    {
        lock (gate)
        {
            feeds.Add(feed);
            return (new(lastIndexed, lastIndexed), stream is null ? -1 : Find(stream).Last);
        }
    }

    public void Unfollow(LiveFeed feed)
    {
        lock (gate) feeds.Remove(feed);
    }

    private void OwnEvents() => Put("$stats-127.0.0.1", [Own("$statsCollected", """{"proc-id":1}""")]);

    private static ProposedEvent Own(string type, string data) => new(Guid.NewGuid(), type, true, ByteString.CopyFromUtf8(data), Empty);

    private LogRecord Put(string stream, IReadOnlyList<ProposedEvent> events)
    {
        var state = Find(stream);
        var batch = new LogRecord[events.Count];
        for (var index = 0; index < batch.Length; index++)
        {
            var size = LogRecord.SizeOf(stream, events[index]);
            batch[index] = Add(new(end, size, stream, state.Events.Count, DateTime.UtcNow, events[index]));
            state.Events.Add(batch[index]);
            written.TryAdd(events[index].Id, batch[index]);
        }
        Index(batch);
        return batch[^1];
    }

    private LogRecord Add(LogRecord record)
    {
        records.Add(record);
        end = record.End;
        return record;
    }

    private void Index(LogRecord[] batch)
    {
        lastIndexed = batch[^1].At;
        foreach (var feed in feeds)
            foreach (var record in batch)
                feed.Offer(record);
    }

    private StreamState Find(string stream)
    {
        if (!streams.TryGetValue(stream, out var state)) streams[stream] = state = new();
        return state;
    }
}
