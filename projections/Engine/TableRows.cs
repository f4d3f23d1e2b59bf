using Intake.EventLog.Serialisation;

namespace Intake.Projections.Engine;

/// <summary>The rows of a table that are in memory, and the folding of events into them.</summary>
internal sealed class TableRows(Table table, string schema)
{
    private readonly RowMap _map = RowMap.Of(table.Row);
    private readonly HashSet<Type> _handled = [.. table.Handles];
    private readonly Dictionary<string, RowEntry> _rows = [];
    private readonly List<(EventInLog Occurred, RowEntry Row)> _touches = [];

    public TableStatements Statements { get; } = new(table, schema);

    /// <summary>Rows that the events touch and of which nothing is known yet.</summary>
    public List<RowEntry> Unknown { get; } = [];

    /// <summary>Rows that the table does not have like this yet.</summary>
    public List<RowEntry> Dirty { get; } = [];

    public int Count => _rows.Count;

    /// <summary>Notes which rows the events touch.</summary>
    /// <returns>The first event whose keys could not be told.</returns>
    public Poison? Touch(IReadOnlyList<EventInLog> events)
    {
        foreach (var occurred in events)
        {
            if (!_handled.Contains(occurred.Event.GetType()))
                continue;
            try
            {
                foreach (var key in table.KeysOf(occurred))
                    _touches.Add((occurred, Entry(key)));
            }
#pragma warning disable CA1031 // Whatever a projection throws, the event is poison.
            catch (Exception why)
#pragma warning restore CA1031
            {
                return new Poison(occurred.Position, why);
            }
        }

        return null;
    }

    /// <summary>Folds the events into the rows that they touch, in order.</summary>
    /// <returns>The first event whose fold failed; then what is in memory is of no use any more.</returns>
    public Poison? Fold()
    {
        foreach (var (occurred, entry) in _touches)
        {
            object? folded;
            try
            {
                folded = table.Fold(entry.Row, entry.Key, occurred);
                if (ReferenceEquals(folded, entry.Row))
                    continue;
                entry.Row = folded is null ? null : _map.AsStored(folded);
            }
#pragma warning disable CA1031 // Whatever a projection throws, the event is poison.
            catch (Exception why)
#pragma warning restore CA1031
            {
                return new Poison(occurred.Position, why);
            }

            entry.ChangedAt = occurred.Position.Number;
            if (!entry.Dirty)
                Dirty.Add(entry);
            entry.Dirty = true;
        }

        _touches.Clear();
        Unknown.Clear();
        return null;
    }

    /// <summary>The table has now what is in memory.</summary>
    public void Written()
    {
        foreach (var entry in Dirty)
            (entry.Dirty, entry.Stored) = (false, entry.Row is not null);
        Dirty.Clear();
    }

    /// <summary>Empties the memory; rows are loaded again when touched.</summary>
    public void Forget()
    {
        _rows.Clear();
        _touches.Clear();
        Unknown.Clear();
        Dirty.Clear();
    }

    private RowEntry Entry(string key)
    {
        ref var entry = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out var known);
        if (!known)
        {
            entry = new RowEntry(key);
            Unknown.Add(entry);
        }

        return entry!;
    }
}
