using Intake.EventLog.EventStoreDb.Wire.Streams;
using Intake.Testing.EventStoreDb.Log;
using RevisionOption = Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options.Types.StreamOptions.RevisionOptionOneofCase;

namespace Intake.Testing.EventStoreDb;

/// <summary>A subscription to one stream, which need not exist yet.</summary>
internal sealed class StreamSubscription(
    ReadReq.Types.Options options, TransactionLog log, ReadAnswers answers, Action refuseIfLeaderIsElsewhere)
{
    private readonly string stream = options.Stream.StreamIdentifier.StreamName.ToStringUtf8();

    /// <summary>The last revision that the client has seen.</summary>
    private long reached;
    private ulong sequence;

    public async Task Run(CancellationToken cancel)
    {
        var feed = new LiveFeed(stream, EventFilter.Visible, checkpointInterval: null);
        try
        {
            var (_, confirmed) = log.Follow(feed, stream);
            if (confirmed == LogRecord.DeletedRevision) throw Refusals.StreamDeleted(stream);
            await answers.Confirmation(Guid.NewGuid(), cancel);
            reached = options.Stream.RevisionOptionCase switch
            {
                RevisionOption.Start => -1,
                RevisionOption.End => confirmed,
                RevisionOption.Revision => (long)options.Stream.Revision,
                _ => throw new InvalidOperationException(),
            };
            if (reached >= confirmed) await GoLive(feed, cancel);
            while (true)
            {
                await CatchUp(cancel);
                await GoLive(feed, cancel);
            }
        }
        finally
        {
            log.Unfollow(feed);
        }
    }

    private async Task CatchUp(CancellationToken cancel)
    {
        var from = reached + 1;
        while (true)
        {
            refuseIfLeaderIsElsewhere();
            var page = log.StreamForwards(stream, from, CountedRead.PageSize);
            if (page.IsDeleted) throw Refusals.StreamDeleted(stream);
            foreach (var record in page.Events) await Send(record, cancel);
            if (page.IsEnd) return;
            from = page.Next;
        }
    }

    /// <summary>Returns when it fell behind.</summary>
    private async Task GoLive(LiveFeed feed, CancellationToken cancel)
    {
        await answers.CaughtUp(cancel);
        await foreach (var item in feed.Items.ReadAllAsync(cancel))
        {
            var isNext = item.Sequence == sequence + 1;
            sequence = item.Sequence;
            if (item.Record.Revision <= reached) continue;
            if (!isNext) return;
            await Send(item.Record, cancel);
        }
    }

    private async Task Send(LogRecord record, CancellationToken cancel)
    {
        await answers.Event(record, cancel);
        reached = record.Revision;
        if (record.Revision == LogRecord.DeletedRevision) throw Refusals.StreamDeleted(stream);
    }
}
