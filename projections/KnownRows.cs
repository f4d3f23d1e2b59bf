using Intake.Domain;
using Intake.Projections.Engine;

namespace Intake.Projections;

/// <summary>Folds that only change rows which are there.</summary>
public static class KnownRows
{
    /// <summary>Changes the row with the event's key; where there is none there shall be none.</summary>
    public static Table<TRow> OnKnown<TRow, TEvent>(this Table<TRow> table, Func<TEvent, string> key, Func<TRow, TEvent, TRow> change)
        where TRow : class
        where TEvent : IEvent
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.On(key, (row, e, _) => row is null ? null : change(row, e));
    }
}
