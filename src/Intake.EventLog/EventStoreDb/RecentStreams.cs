using System.Collections.Concurrent;

namespace Intake.EventLog.EventStoreDb;

/// <summary>How an append's event ids stand in a stream.</summary>
internal enum Standing
{
    /// <summary>None of them is there.</summary>
    Absent,

    /// <summary>All of them are, one after the other: this append was written before.</summary>
    Whole,

    /// <summary>Some are, or in another order.</summary>
    Otherwise,
}

/// <summary>
/// The event ids of the streams that were lately read or written here, from their first event on. The server recognises a repeated
/// append only at the revision at which it was first sent; who loads a stream again before repeating expects another one, and would
/// write twice. A writer loads before it appends, so what has to be known is nearly always here. Bounded: the streams not met
/// lately are forgotten, and read again when they are asked about.
/// </summary>
internal sealed class RecentStreams
{
    private const int MostIds = 500_000;

    private ConcurrentDictionary<StreamName, Dictionary<Guid, int>> young = new();
    private ConcurrentDictionary<StreamName, Dictionary<Guid, int>> old = new();
    private int remembered;

    /// <summary>How many events are known of the stream, without a gap from its first.</summary>
    public long Known(StreamName stream)
    {
        var ids = Of(stream);
        lock (ids)
            return ids.Count;
    }

    /// <summary>The event is in the log at this revision.</summary>
    public void See(StreamName stream, long revision, Guid eventId)
    {
        var ids = Of(stream);
        lock (ids)
        {
            if (revision != ids.Count || !ids.TryAdd(eventId, ids.Count))
                return;
        }

        if (Interlocked.Increment(ref remembered) % MostIds == 0)
            (old, young) = (young, new ConcurrentDictionary<StreamName, Dictionary<Guid, int>>());
    }

    /// <summary>How the append's ids stand among the known ones, and at which revision its last event is when it is there as a whole.</summary>
    public (Standing Standing, long Revision) Find(StreamName stream, IReadOnlyList<NewEvent> events)
    {
        var ids = Of(stream);
        lock (ids)
        {
            if (!ids.TryGetValue(events[0].EventId, out var at))
                return (events.Any(e => ids.ContainsKey(e.EventId)) ? Standing.Otherwise : Standing.Absent, -1);
            var whole = events.Select((e, i) => ids.TryGetValue(e.EventId, out var there) && there == at + i).All(follows => follows);
            return whole ? (Standing.Whole, at + events.Count - 1) : (Standing.Otherwise, -1);
        }
    }

    /// <summary>The server has turned out to be another one, restored from a backup.</summary>
    public void Forget() =>
        (old, young) = (new ConcurrentDictionary<StreamName, Dictionary<Guid, int>>(), new ConcurrentDictionary<StreamName, Dictionary<Guid, int>>());

    private Dictionary<Guid, int> Of(StreamName stream)
    {
        if (young.TryGetValue(stream, out var ids))
            return ids;
        return young.GetOrAdd(stream, old.TryGetValue(stream, out var before) ? before : []);
    }
}
