namespace Intake.EventLog;

/// <summary>
/// The event log: the one place where the system's facts are kept. Two engines stand behind it, PostgreSQL and
/// EventStoreDB, and both pass the same contract suite.
/// </summary>
public interface IEventLog
{
    /// <summary>
    /// Appends events to one stream, all or none, if the stream is at the expected revision. Returns when the events are
    /// durable. The same event ids appended to the stream again are recognised and answered with the first result, whatever
    /// the stream's revision is by then. An append of a mebibyte, metadata included, is taken by every engine as it comes.
    /// </summary>
    /// <returns><see cref="Appended"/>, or <see cref="WrongExpectedRevision"/> with nothing written.</returns>
    /// <exception cref="ArgumentException">No events, or an event id twice in one append.</exception>
    /// <exception cref="EventLogUnavailableException">The outcome is not known; retry with the same event ids.</exception>
    /// <exception cref="EventIdsReusedException">Some of the event ids are in the stream otherwise than as this append.</exception>
    /// <exception cref="EventLogException">Nothing was written, and trying again will not help; the message says what will.</exception>
    Task<AppendOutcome> Append(
        StreamName stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken cancel = default);

    /// <summary>Reads a stream forwards from a revision (0 is the first event). A stream that does not exist is empty.</summary>
    IAsyncEnumerable<RecordedEvent> ReadStream(StreamName stream, long fromRevision = 0, CancellationToken cancel = default);

    /// <summary>Reads the whole log in order, after a position, up to what is there now; memory is bounded by a page.</summary>
    IAsyncEnumerable<RecordedEvent> ReadAll(LogPosition after, CancellationToken cancel = default);

    /// <summary>
    /// Follows the whole log in order, after a position, for ever. Emits pages of events, and says when the reader has caught up.
    /// A slow reader slows only itself. Resumes by itself when the connection is lost; no event is lost or repeated.
    /// </summary>
    IAsyncEnumerable<LogMessage> Subscribe(LogPosition after, CancellationToken cancel = default);

    /// <summary>The position of the last event, or <see cref="LogPosition.Start"/>.</summary>
    Task<LogPosition> Head(CancellationToken cancel = default);

    /// <summary>Positions are 1, 2, 3, ... without a gap: the difference of two is a number of events, and a gap is a fault.</summary>
    bool PositionsCountEvents => false;
}

/// <summary>An event to append: its id, its stored type name, and its bytes, which the log keeps as they are.</summary>
/// <param name="EventId">Derived from the command's id and the event's index, so that a retry is recognised.</param>
/// <param name="Type">A name from the type registry, never a CLR name.</param>
/// <param name="Data">UTF-8 JSON of the event.</param>
/// <param name="Metadata">UTF-8 JSON of the envelope.</param>
public sealed record NewEvent(Guid EventId, string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Metadata)
{
    internal static void RefuseMalformed(IReadOnlyList<NewEvent> append)
    {
        if (append.Count == 0)
            throw new ArgumentException("An append needs at least one event.", nameof(append));
        if (append.Count > 1 && append.Select(e => e.EventId).Distinct().Count() != append.Count)
            throw new ArgumentException("An event id stands twice in one append.", nameof(append));
    }
}

/// <summary>An event as the log keeps it.</summary>
/// <param name="Position">Its place in the whole log.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Revision">Its place in the stream, from 0.</param>
/// <param name="RecordedAt">When the log wrote it, by the log's clock, UTC.</param>
public sealed record RecordedEvent(
    LogPosition Position,
    StreamName Stream,
    long Revision,
    Guid EventId,
    string Type,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Metadata,
    DateTimeOffset RecordedAt);

/// <summary>What the writer believes about the stream: it does not exist, or it ends at a revision.</summary>
/// <param name="Value">The last revision, or -1 for a stream without events.</param>
public readonly record struct ExpectedRevision(long Value)
{
    /// <summary>The stream has no events.</summary>
    public static readonly ExpectedRevision NoStream = new(-1);
}

/// <summary>How an append ended.</summary>
public abstract record AppendOutcome;

/// <summary>The events are in the log.</summary>
/// <param name="Revision">The revision of the last event of this append.</param>
/// <param name="Position">The position of the last event of this append.</param>
/// <param name="AlreadyThere">
/// True when the same event ids were found to have been appended before, and nothing was written now. False says less: where another
/// process had appended them, EventStoreDB answers as if for the first time.
/// </param>
public sealed record Appended(long Revision, LogPosition Position, bool AlreadyThere = false) : AppendOutcome;

/// <summary>Somebody else wrote first; nothing was written.</summary>
/// <param name="Actual">The stream's last revision, -1 when it has no events.</param>
public sealed record WrongExpectedRevision(long Actual) : AppendOutcome;

/// <summary>What a subscription says.</summary>
public abstract record LogMessage;

/// <summary>A page of events, in order, never empty.</summary>
public sealed record EventsAppeared(IReadOnlyList<RecordedEvent> Events) : LogMessage;

/// <summary>Everything up to this position has been read, though not every event of it may have been of interest.</summary>
public sealed record CheckpointReached(LogPosition Position) : LogMessage;

/// <summary>The subscription has caught up with the log, which ended at this position.</summary>
public sealed record CaughtUp(LogPosition Position) : LogMessage;
