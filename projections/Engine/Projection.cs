using System.Collections.Frozen;
using Intake.Domain;
using Intake.EventLog.Serialisation;

namespace Intake.Projections.Engine;

/// <summary>
/// A read model: a name, a version, tables, and for each table the pure folds that turn events into rows. The engine does
/// all input and output; a projection does none.
/// </summary>
/// <param name="Name">snake_case; also the name of the schema that readers query.</param>
/// <param name="Version">Raised with every change of a fold or of a table; a new version is built beside the old one.</param>
/// <param name="Schema">The statements that create the tables, run with the right schema in the search path.</param>
public sealed record Projection(string Name, int Version, string Schema, IReadOnlyList<Table> Tables)
{
    /// <summary>The events that change any row; all others are passed over without being decoded.</summary>
    public IReadOnlySet<Type> Handles { get; } = Tables.SelectMany(table => table.Handles).ToFrozenSet();
}

/// <summary>A table of a read model, with its folds.</summary>
public abstract class Table
{
    private protected Table(string name) => Name = name;

    /// <summary>snake_case, without schema. The table has the columns <c>key text primary key</c> and <c>changed_at bigint</c>
    /// (the position of the last event that changed the row), and one for each property of the row.</summary>
    public string Name { get; }

    /// <summary>The type of its rows: an immutable record.</summary>
    public abstract Type Row { get; }

    /// <summary>The events that change its rows.</summary>
    public abstract IEnumerable<Type> Handles { get; }

    /// <summary>The keys of the rows that the event touches; often one, sometimes none.</summary>
    public abstract IEnumerable<string> KeysOf(EventInLog occurred);

    /// <summary>The row after the event; the same instance where nothing changes.</summary>
    public abstract object? Fold(object? row, string key, EventInLog occurred);
}

/// <summary>A table whose rows are <typeparamref name="TRow"/>.</summary>
/// <example><c>new Table&lt;CallRow&gt;("call").On&lt;CallQueued&gt;(e => e.CallId, (row, e, at) => row! with { Queue = e.Queue })</c></example>
public sealed class Table<TRow>(string name) : Table(name)
    where TRow : class
{
    private readonly Dictionary<Type, (Func<EventInLog, IEnumerable<string>> Keys, Func<TRow?, string, EventInLog, TRow?> Fold)> _folds = [];

    public override Type Row => typeof(TRow);

    public override IEnumerable<Type> Handles => _folds.Keys;

    /// <summary>
    /// Folds an event into the row with its key. The fold gets null where there is no row yet, and answers null where there
    /// shall be none.
    /// </summary>
    public Table<TRow> On<TEvent>(Func<TEvent, string> key, Func<TRow?, TEvent, EventInLog, TRow?> fold)
        where TEvent : IEvent => OnEach<TEvent>(e => [key(e)], (row, _, e, at) => fold(row, e, at));

    /// <summary>Folds an event into each of the rows that it touches.</summary>
    public Table<TRow> OnEach<TEvent>(Func<TEvent, IEnumerable<string>> keys, Func<TRow?, string, TEvent, EventInLog, TRow?> fold)
        where TEvent : IEvent => OnEach<TEvent>((e, _) => keys(e), fold);

    /// <summary>As above, where the rows depend on the moment of the event, which its envelope knows.</summary>
    public Table<TRow> OnEach<TEvent>(
        Func<TEvent, EventInLog, IEnumerable<string>> keys, Func<TRow?, string, TEvent, EventInLog, TRow?> fold)
        where TEvent : IEvent
    {
        _folds.Add(
            typeof(TEvent),
            (at => keys((TEvent)at.Event, at), (row, key, at) => fold(row, key, (TEvent)at.Event, at)));
        return this;
    }

    public override IEnumerable<string> KeysOf(EventInLog occurred)
    {
        ArgumentNullException.ThrowIfNull(occurred);
        return _folds.TryGetValue(occurred.Event.GetType(), out var fold) ? fold.Keys(occurred) : [];
    }

    public override object? Fold(object? row, string key, EventInLog occurred)
    {
        ArgumentNullException.ThrowIfNull(occurred);
        return _folds[occurred.Event.GetType()].Fold((TRow?)row, key, occurred);
    }
}
