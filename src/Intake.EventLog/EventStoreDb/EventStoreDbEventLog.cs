using System.Runtime.CompilerServices;
using Intake.EventLog.EventStoreDb.Wire.Streams;

namespace Intake.EventLog.EventStoreDb;

/// <summary>
/// The event log in EventStoreDB, one server or a cluster, by its published gRPC protocol. Positions are the server's, commit and
/// prepare. The server's own events are left out by itself. Calls outlast a restart and a change of leader, up to
/// <see cref="EventStoreDbEventLogOptions.GiveUpAfter"/>; subscriptions outlast any.
/// </summary>
public sealed class EventStoreDbEventLog : IOpenEventLog
{
    private readonly EventStoreDbEventLogOptions options;
    private readonly Nodes nodes;
    private readonly Appends appends;
    private readonly Reads reads;
    private readonly Requests requests;
    private readonly Following following;
    private readonly RecentStreams recent = new();

    /// <summary>Opens the log; connects when first used.</summary>
    /// <exception cref="EventLogConnectionException">The prefix has a dash, or begins as the server's own streams do.</exception>
    public EventStoreDbEventLog(EventStoreDbEventLogOptions options)
    {
        if (options.StreamPrefix.Contains('-', StringComparison.Ordinal) || options.StreamPrefix.StartsWith('$'))
            throw new EventLogConnectionException($"The prefix of streams '{options.StreamPrefix}' has a dash or begins with $; letters, digits, dots and _ are safe.");
        this.options = options;
        nodes = new Nodes(options.Connection);
        appends = new Appends(nodes, options.Connection, options.StreamPrefix);
        reads = new Reads(nodes, options.Connection);
        requests = new Requests(options.StreamPrefix);
        following = new Following(reads, requests, options.StreamPrefix, options.PageSize);
    }

    public async Task<AppendOutcome> Append(
        StreamName stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken cancel = default)
    {
        NewEvent.RefuseMalformed(events);
        cancel.ThrowIfCancellationRequested();
        return await EventLogTelemetry.Measured(stream, events, async () =>
            await Earlier(stream, expected.Value, events, cancel) ?? await Write(stream, expected, events, cancel));
    }

    public async IAsyncEnumerable<RecordedEvent> ReadStream(
        StreamName stream, long fromRevision = 0, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromRevision);
        var (next, whole) = (fromRevision, false);
        await foreach (var said in reads.Of(() => requests.Stream(stream, next), () => whole, endless: false, options.GiveUpAfter, cancel))
        {
            switch (said.ContentCase)
            {
                case ReadResp.ContentOneofCase.Event:
                    var recorded = Recorded.Event(said.Event.Event, options.StreamPrefix);
                    recent.See(stream, recorded.Revision, recorded.EventId);
                    next = recorded.Revision + 1;
                    yield return recorded;
                    break;
                case ReadResp.ContentOneofCase.StreamNotFound:
                    whole = true;
                    break;
                case ReadResp.ContentOneofCase.LastStreamPosition:
                    whole = next > (long)said.LastStreamPosition;
                    break;
            }
        }
    }

    public async IAsyncEnumerable<RecordedEvent> ReadAll(LogPosition after, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var end = await Head(cancel);
        var position = after;
        if (position >= end)
            yield break;
        await foreach (var said in reads.Of(() => requests.All(position), () => position >= end, endless: false, options.GiveUpAfter, cancel))
        {
            // The read begins with the event at the position, which its reader has.
            if (said.ContentCase != ReadResp.ContentOneofCase.Event || Recorded.Position(said.Event.Event) is var at && at <= position || at > end)
                continue;
            position = at;
            if (Recorded.IsOfTheServer(said.Event.Event))
                continue;
            yield return Recorded.Event(said.Event.Event, options.StreamPrefix);
            if (position == end)
                yield break;
        }
    }

    public IAsyncEnumerable<LogMessage> Subscribe(LogPosition after, CancellationToken cancel = default) => following.After(after, cancel);

    public async Task<LogPosition> Head(CancellationToken cancel = default)
    {
        var head = LogPosition.Start;
        await foreach (var said in reads.Of(requests.Last, () => true, endless: false, options.GiveUpAfter, cancel))
        {
            if (said.ContentCase == ReadResp.ContentOneofCase.Event)
                head = Recorded.Position(said.Event.Event);
        }

        return head;
    }

    public async ValueTask DisposeAsync()
    {
        await appends.DisposeAsync();
        nodes.Dispose();
    }

    // What the server would not recognise: the same ids, expected at another revision than the first time. Nothing is asked of it
    // where the stream was just read or written here.
    private async Task<AppendOutcome?> Earlier(StreamName stream, long expected, IReadOnlyList<NewEvent> events, CancellationToken cancel)
    {
        if (recent.Known(stream) <= expected)
            await Learn(stream, cancel);
        return await Recognised(stream, events, cancel);
    }

    private async Task<AppendOutcome> Write(
        StreamName stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken cancel)
    {
        var written = await Patience.Outlast(
            options.GiveUpAfter, "EventStoreDB", Refusals.IsOutage, now => appends.Send(stream, expected, events, now), cancel);
        if (written.Position is { } position)
        {
            for (var i = 0; i < events.Count; i++)
                recent.See(stream, written.Revision - events.Count + 1 + i, events[i].EventId);
            return new Appended(written.Revision, position);
        }

        await Learn(stream, cancel);
        return await Recognised(stream, events, cancel) ?? new WrongExpectedRevision(Math.Max(written.Revision, recent.Known(stream) - 1));
    }

    private async Task Learn(StreamName stream, CancellationToken cancel)
    {
        await foreach (var _ in ReadStream(stream, recent.Known(stream), cancel))
        {
        }
    }

    private async Task<AppendOutcome?> Recognised(StreamName stream, IReadOnlyList<NewEvent> events, CancellationToken cancel)
    {
        var (standing, revision) = recent.Find(stream, events);
        if (standing == Standing.Absent)
            return null;
        if (standing == Standing.Otherwise)
            throw new EventIdsReusedException($"Event ids of an append to {stream} (first {events[0].EventId}) are in it already, but not as this append.");
        await foreach (var last in ReadStream(stream, revision, cancel))
            return new Appended(last.Revision, last.Position, AlreadyThere: true);

        // The server is not the one that it was: a backup was restored.
        recent.Forget();
        throw new EventLogUnavailableException($"The stream {stream} ended before revision {revision}, which had been there.");
    }
}
