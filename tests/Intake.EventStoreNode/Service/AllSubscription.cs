using Intake.EventLog.EventStoreDb.Wire.Streams;
using Intake.Testing.EventStoreDb.Log;
using AllOption = Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options.Types.AllOptions.AllOptionOneofCase;

namespace Intake.Testing.EventStoreDb;

/// <summary>
/// A subscription to the whole log: confirmed, then pages of what is there, then "caught up", then live. Falls behind when its reader is
/// slow, and catches up again. With a filter it says from time to time how far it has looked.
/// </summary>
internal sealed class AllSubscription
{
    private readonly ReadReq.Types.Options options;
    private readonly TransactionLog log;
    private readonly ReadAnswers answers;
    private readonly Action refuseIfLeaderIsElsewhere;
    private readonly EventFilter filter;
    private readonly int window = int.MaxValue;
    private readonly int? checkpointInterval;
    private readonly LiveFeed feed;

    /// <summary>The place after which the client has seen nothing.</summary>
    private Position reached;
    private Position? lastCheckpoint;
    private ulong sequence;

    public AllSubscription(ReadReq.Types.Options options, TransactionLog log, ReadAnswers answers, Action refuseIfLeaderIsElsewhere)
    {
        (this.options, this.log, this.answers, this.refuseIfLeaderIsElsewhere) = (options, log, answers, refuseIfLeaderIsElsewhere);
        filter = options.Filter is null ? EventFilter.Visible : EventFilter.From(options.Filter);
        if (options.Filter is not null)
        {
            if (options.Filter.CheckpointIntervalMultiplier == 0)
                throw new ArgumentOutOfRangeException(nameof(options), "The checkpoint interval must not be zero.");
            window = CountedRead.WindowOf(options.Filter);
            checkpointInterval = (int)options.Filter.CheckpointIntervalMultiplier * window;
        }
        feed = new(stream: null, filter, checkpointInterval);
    }

    public async Task Run(CancellationToken cancel)
    {
        var asked = Asked();
        try
        {
            var (confirmed, _) = log.Follow(feed, stream: null);
            await answers.Confirmation(Guid.NewGuid(), cancel);
            reached = asked ?? confirmed;
            if (reached >= confirmed) await GoLive(cancel);
            while (true)
            {
                await CatchUp(cancel);
                await GoLive(cancel);
            }
        }
        catch (InvalidPositionException)
        {
            throw Refusals.InvalidPosition();
        }
        finally
        {
            log.Unfollow(feed);
        }
    }

    /// <summary>Null is the end.</summary>
    private Position? Asked() => options.All.AllOptionCase switch
    {
        AllOption.Start => Position.BeforeAll,
        AllOption.End => null,
        AllOption.Position => CountedRead.PositionOf(options.All.Position),
        _ => throw new InvalidOperationException(),
    };

    private async Task CatchUp(CancellationToken cancel)
    {
        var from = reached == Position.BeforeAll ? new(0, 0) : reached;
        var considered = 0;
        while (true)
        {
            refuseIfLeaderIsElsewhere();
            var page = log.Forwards(from, CountedRead.PageSize, window, filter);
            foreach (var record in page.Events)
                if (record.Position > reached)
                    await Send(record, cancel);
            considered += page.Considered;
            if (page.IsEnd)
            {
                if (checkpointInterval is not null) await Checkpoint(cancel);
                return;
            }
            if (considered >= checkpointInterval)
            {
                considered %= checkpointInterval.Value;
                if (from > reached) reached = from;
                await Checkpoint(cancel);
            }
            from = page.Next;
        }
    }

    /// <summary>Returns when it fell behind.</summary>
    private async Task GoLive(CancellationToken cancel)
    {
        await answers.CaughtUp(cancel);
        await foreach (var item in feed.Items.ReadAllAsync(cancel))
        {
            var isNext = item.Sequence == sequence + 1;
            sequence = item.Sequence;
            if (item.IsCheckpoint ? item.Record.Position < reached : item.Record.Position <= reached) continue;
            if (!isNext)
            {
                if (checkpointInterval is not null) await Checkpoint(cancel);
                return;
            }
            if (item.IsCheckpoint)
            {
                reached = item.Record.Position;
                await Checkpoint(cancel);
            }
            else
            {
                await Send(item.Record, cancel);
            }
        }
    }

    private async Task Send(LogRecord record, CancellationToken cancel)
    {
        await answers.Event(record, cancel);
        reached = record.Position;
    }

    /// <summary>
    /// No checkpoint is sent twice. When nothing was sent before the end was reached, the server's checkpoint is "before everything", which
    /// the wire carries as the largest number; as it is compared so, no other checkpoint follows it.
    /// </summary>
    private async Task Checkpoint(CancellationToken cancel)
    {
        var asSent = reached == Position.BeforeAll ? new(long.MaxValue, long.MaxValue) : reached;
        if (asSent <= lastCheckpoint) return;
        lastCheckpoint = asSent;
        await answers.Checkpoint(reached, cancel);
    }
}
