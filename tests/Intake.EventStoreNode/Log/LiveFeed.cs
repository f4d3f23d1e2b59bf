using System.Threading.Channels;

namespace Intake.Testing.EventStoreDb.Log;

/// <summary>What a subscription is told while it follows: an event, or that a checkpoint is due there.</summary>
/// <param name="Sequence">1, 2, 3, ...; a gap says that the feed was full and that something was dropped.</param>
internal readonly record struct LiveItem(ulong Sequence, LogRecord Record, bool IsCheckpoint);

/// <summary>What is written after a subscription began, pushed to it. Keeps the newest 32: who reads slower falls behind.</summary>
internal sealed class LiveFeed
{
    private readonly Channel<LiveItem> items = Channel.CreateBounded<LiveItem>(
        new BoundedChannelOptions(32) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly string? stream;
    private readonly EventFilter filter;
    private readonly int? checkpointInterval;
    private int sinceCheckpoint;
    private ulong sequence;

    /// <param name="stream">One stream, or null for the whole log.</param>
    /// <param name="checkpointInterval">After how many events, admitted or not, a checkpoint is due; null is never.</param>
    public LiveFeed(string? stream, EventFilter filter, int? checkpointInterval) =>
        (this.stream, this.filter, this.checkpointInterval) = (stream, filter, checkpointInterval);

    public ChannelReader<LiveItem> Items => items.Reader;

    /// <summary>Called under the log's lock, in the log's order.</summary>
    public void Offer(LogRecord record)
    {
        if (stream is not null && stream != record.Stream) return;
        if (filter.Admits(record)) items.Writer.TryWrite(new(++sequence, record, IsCheckpoint: false));
        if (checkpointInterval is null || ++sinceCheckpoint < checkpointInterval) return;
        items.Writer.TryWrite(new(++sequence, record, IsCheckpoint: true));
        sinceCheckpoint = 0;
    }
}
