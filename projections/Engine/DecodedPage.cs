using System.Collections.Frozen;
using Intake.EventLog;
using Intake.EventLog.Serialisation;

namespace Intake.Projections.Engine;

/// <summary>An event that a projection cannot take, and why.</summary>
/// <param name="Type">Its stored type name where it could not be decoded; null where a fold failed.</param>
internal sealed record Poison(LogPosition Position, Exception Why, string? Type = null)
{
    public static Poison? First(Poison? left, Poison? right) =>
        left is null ? right : right is null || left.Position < right.Position ? left : right;
}

/// <summary>A page of the log as projections see it: the events that they handle, decoded; the others only count.</summary>
/// <param name="Last">The position up to which the page goes.</param>
/// <param name="Count">Events of the page, handled or not.</param>
/// <param name="Poisons">Events that could not be decoded.</param>
internal sealed record DecodedPage(LogPosition Last, int Count, IReadOnlyList<EventInLog> Events, IReadOnlyList<Poison> Poisons)
{
    /// <summary>The part of the page before an event; <paramref name="recorded"/> is the page as the log gave it, after <paramref name="start"/>.</summary>
    public DecodedPage Before(Poison poison, LogPosition start, IReadOnlyList<RecordedEvent> recorded)
    {
        var kept = recorded.TakeWhile(e => e.Position < poison.Position).ToArray();
        return new DecodedPage(
            kept.Length > 0 ? kept[^1].Position : start, kept.Length, [.. Events.TakeWhile(e => e.Position < poison.Position)], []);
    }

    /// <summary>The part of the page up to and with a position.</summary>
    public DecodedPage Through(LogPosition end) => Last <= end
        ? this
        : this with
        {
            Last = end,
            Events = [.. Events.TakeWhile(e => e.Position <= end)],
            Poisons = [.. Poisons.Where(poison => poison.Position <= end)],
        };
}

/// <summary>
/// Decodes what is handled. A type that no version of the program knows is poison even where nothing handles it: who does not
/// know what it says cannot know that it does not matter.
/// </summary>
internal sealed class PageDecoder(EventCodec codec, IReadOnlySet<Type> handles)
{
    private readonly FrozenSet<string> _handled = codec.NamesOf(handles).ToFrozenSet();
    private readonly FrozenSet<string> _known = codec.Names.ToFrozenSet();

    /// <summary>False for events that are passed over.</summary>
    public bool Concerns(string type) => _handled.Contains(type) || !_known.Contains(type);

    public DecodedPage Decode(IReadOnlyList<RecordedEvent> page)
    {
        var events = new List<EventInLog>(page.Count);
        List<Poison>? poisons = null;
        foreach (var recorded in page)
        {
            if (!Concerns(recorded.Type))
                continue;
            try
            {
                events.Add(codec.Decode(recorded));
            }
#pragma warning disable CA1031 // Whatever a reader of old shapes throws, the event is poison.
            catch (Exception why)
#pragma warning restore CA1031
            {
                (poisons ??= []).Add(new Poison(recorded.Position, why, recorded.Type));
            }
        }

        return new DecodedPage(page[^1].Position, page.Count, events, poisons ?? (IReadOnlyList<Poison>)[]);
    }
}
