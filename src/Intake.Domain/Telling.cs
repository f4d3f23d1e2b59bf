using System.Collections.Immutable;

namespace Intake.Domain;

/// <summary>Events in the order in which they are told, what a foreign system said beside the first of those that it causes.</summary>
internal sealed class Telling
{
    private readonly List<IEvent> events = [];
    private readonly ImmutableDictionary<int, string>.Builder raw = ImmutableDictionary.CreateBuilder<int, string>();

    /// <summary>These words cause what is told next; null where they are not known.</summary>
    public void Hear(string? words)
    {
        if (words is not null)
        {
            raw[events.Count] = words;
        }
    }

    public void Tell(IEvent e) => events.Add(e);

    /// <summary>All that was told; nothing where that is nothing.</summary>
    public Decision Decide() => events.Count == 0 ? Decision.Nothing : Decision.Accept(events) with { Raw = raw.ToImmutable() };
}
