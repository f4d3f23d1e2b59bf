using Intake.Domain;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Projections.Engine;

namespace Intake.Projections.Tests;

/// <summary>Folds a history through a projection in memory; events go through their stored form, as in the log.</summary>
internal static class Fold
{
    public static readonly DateTimeOffset Nine = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    /// <summary>All events, each said to have occurred at nine.</summary>
    public static FoldedRows All(Projection projection, params IReadOnlyList<IEvent> events) =>
        Occurred(projection, [.. events.Select(e => (Nine, e))]);

    /// <summary>All events, each with the moment of its envelope.</summary>
    public static FoldedRows Occurred(Projection projection, params IReadOnlyList<(DateTimeOffset At, IEvent Event)> events) =>
        Of(projection, [.. events.Select((one, index) => InLog(index + 1, one.At, one.Event))]);

    /// <summary>All events, each in the stream with this id.</summary>
    public static FoldedRows InStreams(Projection projection, params IReadOnlyList<(string Id, IEvent Event)> events) =>
        Of(projection, [.. events.Select((one, index) => InLog(index + 1, Nine, one.Event, one.Id))]);

    private static FoldedRows Of(Projection projection, IReadOnlyList<EventInLog> events)
    {
        var rows = projection.Tables.ToDictionary(table => table.Name, _ => new Dictionary<string, object>());
        foreach (var occurred in events)
        {
            foreach (var table in projection.Tables)
            {
                foreach (var key in table.KeysOf(occurred).ToList())
                {
                    if (table.Fold(rows[table.Name].GetValueOrDefault(key), key, occurred) is { } row)
                    {
                        rows[table.Name][key] = row;
                    }
                    else
                    {
                        rows[table.Name].Remove(key);
                    }
                }
            }
        }

        return new FoldedRows(rows);
    }

    private static EventInLog InLog(long position, DateTimeOffset at, IEvent e, string id = "1")
    {
        var envelope = new Envelope(EventId.Named("command"), "call-1", string.Empty, at, Actor.System, null, [], "desk");
        var stored = EventCodec.Default.Encode(EventId.Named($"event {position}"), e, envelope);
        return EventCodec.Default.Decode(new RecordedEvent(
            LogPosition.Of(position), new StreamName("test", id), position - 1, stored.EventId, stored.Type, stored.Data,
            stored.Metadata, at));
    }
}

/// <summary>The rows of each table by their keys.</summary>
internal sealed class FoldedRows(Dictionary<string, Dictionary<string, object>> tables)
{
    public IReadOnlyDictionary<string, TRow> Of<TRow>(string table) =>
        tables[table].ToDictionary(row => row.Key, row => (TRow)row.Value);

    /// <summary>The only row of the table.</summary>
    public TRow Only<TRow>(string table) => Assert.Single(Of<TRow>(table)).Value;
}
