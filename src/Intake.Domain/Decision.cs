using System.Collections.Immutable;

namespace Intake.Domain;

/// <summary>A fact that happened in the business; immutable, kept for ever.</summary>
public interface IEvent;

/// <summary>
/// A command that the rules rejected. A refusal is a fact too: it is kept beside the others, so that an auditor can see that
/// the rule held.
/// </summary>
public interface IRefusal : IEvent
{
    /// <summary>Stable, lower case with dashes: <c>call-already-taken</c>. Screens translate it; interfaces rely on it.</summary>
    string Code { get; }

    /// <summary>One English sentence: what is wrong, with which value, and what to do.</summary>
    string Reason { get; }
}

/// <summary>What a decider answers: events to keep, the last of which may be a refusal; or nothing, when all is done already.</summary>
public sealed record Decision(IReadOnlyList<IEvent> Events)
{
    /// <summary>The command changes nothing, because what it asks for is so already.</summary>
    public static readonly Decision Nothing = new([]);

    /// <summary>
    /// What a foreign system said, in its own words, by the index of the event that it caused first; kept in that event's envelope. It may
    /// hold personal data, and is never logged.
    /// </summary>
    public IReadOnlyDictionary<int, string> Raw { get; init; } = ImmutableDictionary<int, string>.Empty;

    /// <summary>The refusal, if the rules rejected the command.</summary>
    public IRefusal? Refusal => Events.Count > 0 ? Events[^1] as IRefusal : null;

    public static Decision Accept(params IReadOnlyList<IEvent> events) => new(events);

    public static Decision Refuse(IRefusal refusal) => new([refusal]);

    /// <inheritdoc cref="CommandRefused"/>
    public static Decision Refuse(string command, string code, string reason) => Refuse(new CommandRefused(command, code, reason));
}

/// <summary>
/// A command came at a moment at which it makes no sense (a closed call, an order already submitted, a person without the
/// right). Rules that the business names have refusals of their own.
/// </summary>
/// <param name="Command">The command, as the business calls it: <c>TakeCall</c>.</param>
/// <param name="Code">Stable code, see <see cref="IRefusal.Code"/>.</param>
/// <param name="Reason">One sentence.</param>
public sealed record CommandRefused(string Command, string Code, string Reason) : IRefusal;

/// <summary>How a stream becomes a state: the category of its streams, the state before the first event, and the fold.</summary>
/// <param name="Category">camelCase, without a dash.</param>
public sealed record Aggregate<TState>(string Category, TState Initial, Func<TState, IEvent, TState> Evolve)
{
    /// <summary>The state after these events.</summary>
    public TState Fold(IEnumerable<IEvent> events) => events.Aggregate(Initial, Evolve);
}
