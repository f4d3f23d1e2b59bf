using System.Globalization;

namespace Intake.Testing.EventStoreDb.Log;

/// <summary>A page of the whole log.</summary>
/// <param name="Next">Where the next page begins.</param>
/// <param name="Considered">How many events were looked at, admitted or not.</param>
internal sealed record Page(IReadOnlyList<LogRecord> Events, Position Next, bool IsEnd, int Considered);

/// <summary>A page of a stream, or none when there is no such stream.</summary>
/// <param name="Next">The revision with which the next page begins.</param>
internal sealed record StreamPage(IReadOnlyList<LogRecord> Events, long Next, long Last, bool IsEnd, bool IsDeleted)
{
    public bool Exists => Last >= 0;
}

/// <summary>A read began where no record begins or ends.</summary>
internal sealed class InvalidPositionException : Exception;

/// <summary>A read backwards began after the end.</summary>
internal sealed class PositionAfterEndException : Exception;

internal sealed partial class TransactionLog
{
    /// <summary>Both halves are the place after the last record.</summary>
    public Position End
    {
        get
        {
            lock (gate) return new(end, end);
        }
    }

    /// <summary>Reads forwards; an event at the position is included.</summary>
    /// <param name="window">How many events may be considered.</param>
    /// <exception cref="InvalidPositionException">No record begins there.</exception>
    public Page Forwards(Position from, int maxCount, int window, EventFilter filter)
    {
        lock (gate)
        {
            var events = new List<LogRecord>();
            var (next, considered, at) = (from, 0, from.Commit);
            var index = at > lastIndexed ? records.Count : IndexOf(at);
            for (; events.Count < maxCount && considered < window; index++)
            {
                if (at > lastIndexed) return new(events, next, IsEnd: true, considered);
                var record = records[index];
                at = record.End;
                if (record.Event is null || record.Position < from) continue;
                considered++;
                if (filter.Admits(record)) events.Add(record);
                next = new(record.End, 0);
            }
            return new(events, next, IsEnd: false, considered);
        }
    }

    /// <summary>Reads backwards; an event at the position is not included.</summary>
    /// <exception cref="InvalidPositionException">No record ends there.</exception>
    /// <exception cref="PositionAfterEndException">The log ends before.</exception>
    public Page Backwards(Position from, int maxCount, int window, EventFilter filter)
    {
        lock (gate)
        {
            if (from.Commit > end) throw new PositionAfterEndException();
            var events = new List<LogRecord>();
            var (next, considered) = (from, 0);
            var index = from.Commit == end ? records.Count : IndexOf(from.Commit);
            while (events.Count < maxCount && considered < window)
            {
                if (--index < 0) return new(events, next, IsEnd: true, considered);
                var record = records[index];
                if (record.Event is null || new Position(record.End, record.End) > from) continue;
                considered++;
                if (filter.Admits(record)) events.Add(record);
                next = record.Position;
            }
            return new(events, next, IsEnd: false, considered);
        }
    }

    /// <summary>Reads a stream forwards; the event with the revision is included.</summary>
    public StreamPage StreamForwards(string stream, long from, int maxCount)
    {
        lock (gate)
        {
            var state = Find(stream);
            if (state.Last < 0 || state.IsDeleted) return new([], -1, state.Last, IsEnd: true, state.IsDeleted);
            if (from > state.Last) return new([], state.Last + 1, state.Last, IsEnd: true, IsDeleted: false);
            var count = (int)Math.Min(maxCount, state.Last - from + 1);
            return new(state.Events.GetRange((int)from, count), from + count, state.Last, from + maxCount > state.Last, IsDeleted: false);
        }
    }

    /// <summary>Reads a stream backwards; the event with the revision is included.</summary>
    public StreamPage StreamBackwards(string stream, long from, int maxCount)
    {
        lock (gate)
        {
            var state = Find(stream);
            if (state.Last < 0 || state.IsDeleted) return new([], -1, state.Last, IsEnd: true, state.IsDeleted);
            var start = Math.Max(0, from - maxCount + 1);
            if (start > state.Last) return new([], state.Last, state.Last, IsEnd: false, IsDeleted: false);
            var events = state.Events.GetRange((int)start, (int)(Math.Min(from, state.Last) - start + 1));
            events.Reverse();
            return new(events, start - 1, state.Last, IsEnd: start == 0, IsDeleted: false);
        }
    }

    /// <summary>The event that a link names as "revision@stream", or null.</summary>
    public LogRecord? Target(LogRecord link)
    {
        var name = link.Event!.Data.ToStringUtf8();
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || !long.TryParse(name.AsSpan(0, at), CultureInfo.InvariantCulture, out var revision)) return null;
        lock (gate)
        {
            var events = Find(name[(at + 1)..]).Events;
            return revision >= 0 && revision < events.Count ? events[(int)revision] : null;
        }
    }

    private int IndexOf(long position)
    {
        var (low, high) = (0, records.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (records[middle].At == position) return middle;
            if (records[middle].At < position) low = middle + 1;
            else high = middle - 1;
        }
        throw new InvalidPositionException();
    }
}
