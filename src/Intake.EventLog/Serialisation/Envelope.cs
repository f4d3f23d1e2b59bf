using System.Text.Json.Serialization;
using Intake.Domain;

namespace Intake.EventLog.Serialisation;

/// <summary>What is known about every event besides what it says: who, when, because of what.</summary>
/// <param name="CommandId">The command that caused it; event ids derive from it.</param>
/// <param name="CorrelationId">The call, or what else holds a chain of events together.</param>
/// <param name="CausationId">The event or command that caused the command; empty for a person's own.</param>
/// <param name="OccurredAt">When it happened, by the clock of the host.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="OnBehalfOf">Whose right and responsibility it was, where somebody stands in for another (A.I.6).</param>
/// <param name="PolicyVersions">Versions of the policies that decided.</param>
/// <param name="Source">Where the command came from: <c>desk</c>, <c>telephony</c>, <c>policy</c>, <c>import</c>.</param>
/// <param name="TraceParent">W3C trace context of the command, so that projection and push belong to its trace.</param>
/// <param name="Raw">
/// What the telephony said in its own words, on the first event that it caused; null elsewhere. It may hold personal data, and is never
/// logged.
/// </param>
public sealed record Envelope(
    Guid CommandId,
    string CorrelationId,
    string CausationId,
    DateTimeOffset OccurredAt,
    Actor Actor,
    StaffRef? OnBehalfOf,
    IReadOnlyList<string> PolicyVersions,
    string Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceParent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Raw = null)
{
    // A record says all its members; this one keeps what nobody may log to itself.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"CommandId = {CommandId}, CorrelationId = {CorrelationId}, Source = {Source}");
        return true;
    }
}

/// <summary>Who acts, and in which role.</summary>
public sealed record Actor(StaffRef Person, StaffRole Role)
{
    /// <summary>What acts by itself.</summary>
    public static readonly Actor System = new(StaffRef.System, StaffRole.Administrator);
}

/// <summary>An event as a reader meets it: decoded, of the newest version, with its place; its envelope is decoded when asked for.</summary>
public sealed class EventInLog(IEvent @event, RecordedEvent recorded)
{
    private Envelope? _envelope;

    public IEvent Event { get; } = @event;

    public RecordedEvent Recorded { get; } = recorded;

    public LogPosition Position => Recorded.Position;

    /// <exception cref="UnknownEventException">The metadata are no envelope.</exception>
    public Envelope Envelope => _envelope ??= EventCodec.DecodeEnvelope(Recorded);
}
