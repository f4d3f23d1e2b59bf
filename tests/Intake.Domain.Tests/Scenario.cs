using System.Text.Encodings.Web;
using System.Text.Json;

namespace Intake.Domain.Tests;

/// <summary>Given what happened, when somebody commands, then these events or this refusal.</summary>
internal static class Scenario
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Given<TState> Given<TState>(Aggregate<TState> aggregate, params IEnumerable<IEvent> events) =>
        new(aggregate, [.. events]);

    /// <summary>Events that have been told, to be held against others.</summary>
    public static Outcome Told(this IEnumerable<IEvent> events) => new(new Decision([.. events]));

    /// <summary>An event in full, lists element by element: what two events are compared by.</summary>
    public static string Told(IEvent e) => $"{e.GetType().Name} {JsonSerializer.Serialize(e, e.GetType(), Json)}";
}

/// <summary>A history, and the state that follows from it.</summary>
internal sealed record Given<TState>(Aggregate<TState> Aggregate, IReadOnlyList<IEvent> History)
{
    public TState State => Aggregate.Fold(History);

    public Outcome When(Func<TState, Decision> decide) => new(decide(State));

    /// <summary>The history with what this command adds to it.</summary>
    public Given<TState> After(Func<TState, Decision> decide) => this with { History = [.. History, .. decide(State).Events] };
}

/// <summary>What was decided, and what may be asked of it.</summary>
internal sealed record Outcome(Decision Decision)
{
    public void Then(params IReadOnlyList<IEvent> expected) =>
        Assert.Equal(expected.Select(Scenario.Told), Decision.Events.Select(Scenario.Told));

    public void ThenNothing()
    {
        Assert.Empty(Decision.Events);
        Assert.Null(Decision.Refusal);
    }

    /// <summary>Nothing but a refusal with this code, which says something to a person.</summary>
    public IRefusal ThenRefused(string code)
    {
        var refusal = Assert.IsAssignableFrom<IRefusal>(Assert.Single(Decision.Events));
        Assert.Equal(code, refusal.Code);
        Assert.EndsWith(".", refusal.Reason, StringComparison.Ordinal);
        return refusal;
    }

    /// <summary>A refusal with this code, after events that are kept with it.</summary>
    public IRefusal ThenRefusedInTheEnd(string code)
    {
        var refusal = Assert.IsAssignableFrom<IRefusal>(Decision.Refusal);
        Assert.Equal(code, refusal.Code);
        Assert.Single(Decision.Events.OfType<IRefusal>());
        return refusal;
    }

    /// <summary>Accepted, with exactly one event of this type.</summary>
    public TEvent ThenOne<TEvent>()
        where TEvent : IEvent
    {
        Assert.Null(Decision.Refusal);
        return Assert.Single(Decision.Events.OfType<TEvent>());
    }
}
