using System.Globalization;
using Intake.EventLog.EventStoreDb.Wire;
using Intake.EventLog.EventStoreDb.Wire.Streams;
using Wired = Intake.EventLog.EventStoreDb.Wire.Streams.ReadResp.Types.ReadEvent.Types.RecordedEvent;

namespace Intake.EventLog.EventStoreDb;

/// <summary>Events and positions as the server sends them, made the log's own.</summary>
internal static class Recorded
{
    public static LogPosition Position(Wired e) => new(e.CommitPosition, e.PreparePosition);

    public static LogPosition Position(ReadResp.Types.Checkpoint at) => new(at.CommitPosition, at.PreparePosition);

    public static LogPosition Position(AllStreamPosition at) => new(at.CommitPosition, at.PreparePosition);

    /// <summary>An event that the server made for itself: a link in a stream that looks like one of the log's, a projection's result.</summary>
    public static bool IsOfTheServer(Wired e) => e.Metadata["type"].StartsWith('$') || e.StreamIdentifier.StreamName.Span.StartsWith("$"u8);

    public static RecordedEvent Event(Wired e, string prefix) => new(
        Position(e),
        StreamName.Parse(e.StreamIdentifier.StreamName.ToStringUtf8()[prefix.Length..]),
        (long)e.StreamRevision,
        Identifiers.FromWire(e.Id),
        e.Metadata["type"],
        e.Data.Memory,
        e.CustomMetadata.Memory,
        RecordedAt(e.Metadata["created"]));

    // Ticks of 100 ns since 1970.
    private static DateTimeOffset RecordedAt(string created) =>
        DateTimeOffset.UnixEpoch.AddTicks(long.Parse(created, CultureInfo.InvariantCulture));
}
