using Intake.EventLog.EventStoreDb.Wire.Streams;
using Intake.Testing.EventStoreDb.Log;
using AllOption = Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options.Types.AllOptions.AllOptionOneofCase;
using RevisionOption = Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options.Types.StreamOptions.RevisionOptionOneofCase;
using Window = Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options.Types.FilterOptions.WindowOneofCase;

namespace Intake.Testing.EventStoreDb;

/// <summary>A read that ends: a number of events, page by page.</summary>
internal sealed class CountedRead(ReadReq.Types.Options options, TransactionLog log, ReadAnswers answers)
{
    public const int PageSize = 32;

    private readonly bool forwards = options.ReadDirection == ReadReq.Types.Options.Types.ReadDirection.Forwards;
    private ulong left = options.Count;

    public async Task All(CancellationToken cancel)
    {
        RefuseNoCount("ReadAllResult");
        var filter = options.Filter is null ? EventFilter.Visible : EventFilter.From(options.Filter);
        var window = options.Filter is null ? int.MaxValue : WindowOf(options.Filter);
        var from = From(options.All);
        while (true)
        {
            var page = PageOf(from, window, filter);
            foreach (var record in page.Events)
            {
                if (left-- == 0) return;
                await answers.Event(record, cancel);
            }
            if (page.IsEnd || left == 0) return;
            from = page.Next;
        }
    }

    public async Task Stream(CancellationToken cancel)
    {
        RefuseNoCount("ReadStreamResult");
        var stream = options.Stream.StreamIdentifier.StreamName.ToStringUtf8();
        var tells = options.ControlOption?.Compatibility >= 1;
        var (from, begun) = (Revision(), false);
        while (true)
        {
            var size = (int)Math.Min(PageSize, options.Count);
            if (from == long.MaxValue && forwards) throw Refusals.Unexpected("ReadStreamResult", "Error");
            var page = forwards ? log.StreamForwards(stream, from, size) : log.StreamBackwards(stream, from, size);
            if (page.IsDeleted) throw Refusals.StreamDeleted(stream);
            if (!page.Exists)
            {
                await answers.StreamNotFound(cancel);
                return;
            }
            if (forwards && tells && !begun && page.Events.Count == 0 && from != page.Next) await answers.FirstStreamPosition(page.Next, cancel);
            begun |= page.Events.Count > 0;
            foreach (var record in page.Events)
            {
                if (left == 0) break;
                left--;
                await answers.Event(record, cancel);
            }
            if (page.IsEnd || left == 0)
            {
                if (tells) await answers.LastStreamPosition(page.Last, cancel);
                return;
            }
            from = page.Next;
        }
    }

    /// <summary>How many events a filter may look at for one page.</summary>
    public static int WindowOf(ReadReq.Types.Options.Types.FilterOptions filter) => filter.WindowCase switch
    {
        Window.Count => PageSize,
        Window.Max => (int)filter.Max,
        _ => throw Refusals.InvalidArgument(filter.WindowCase),
    };

    private Page PageOf(Position from, int window, EventFilter filter)
    {
        var size = (int)Math.Min(PageSize, options.Count);
        try
        {
            return forwards ? log.Forwards(from, size, window, filter) : log.Backwards(from, size, window, filter);
        }
        catch (InvalidPositionException)
        {
            throw Refusals.Unexpected(ResultName, "InvalidPosition");
        }
        catch (PositionAfterEndException)
        {
            throw Refusals.Unexpected(ResultName, "Error");
        }
    }

    private string ResultName => options.Filter is null ? "ReadAllResult" : "FilteredReadAllResult";

    private void RefuseNoCount(string result)
    {
        if (options.Count == 0) throw Refusals.Unexpected(result, "Error");
    }

    private Position From(ReadReq.Types.Options.Types.AllOptions all) => all.AllOptionCase switch
    {
        AllOption.Start => new(0, 0),
        AllOption.End => log.End,
        AllOption.Position => PositionOf(all.Position) ?? log.End,
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Null is the end, which a client may also say as -1/-1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The commit is before the prepare.</exception>
    public static Position? PositionOf(ReadReq.Types.Options.Types.Position position)
    {
        if (position.CommitPosition < position.PreparePosition)
            throw new ArgumentOutOfRangeException(nameof(position), "The commit position cannot be less than the prepare position.");
        return position.PreparePosition == ulong.MaxValue ? null : new((long)position.CommitPosition, (long)position.PreparePosition);
    }

    private long Revision() => options.Stream.RevisionOptionCase switch
    {
        RevisionOption.Start => 0,
        RevisionOption.End => long.MaxValue,
        RevisionOption.Revision => (long)options.Stream.Revision,
        _ => throw new InvalidOperationException(),
    };
}
