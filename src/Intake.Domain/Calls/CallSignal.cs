using System.Globalization;

namespace Intake.Domain.Calls;

/// <summary>What the telephony reports; thin adapters turn each system's words into these.</summary>
public enum SignalKind
{
    Arrived,
    Queued,
    Held,
    Resumed,
    Abandoned,
    Ended,

    /// <summary>The caller asked, while he waited, to be rung back instead.</summary>
    CallbackAsked,
}

/// <summary>One canonical telephony signal. Signals come late, twice, out of order, or never.</summary>
/// <param name="Source">The telephony system.</param>
/// <param name="SourceCallId">Its name for the call.</param>
/// <param name="LegId">Its name for the leg; empty where it has none.</param>
/// <param name="From">The caller's number, as normalised as could be.</param>
/// <param name="Queue">The queue, for <see cref="SignalKind.Queued"/>.</param>
/// <param name="OccurredAt">By the telephony's clock.</param>
public sealed record CallSignal(
    string Source, string SourceCallId, string LegId, SignalKind Kind, CallDirection Direction, string From, string To,
    string Queue, DateTimeOffset OccurredAt, string Cause)
{
    /// <summary>Two signals with the same identity are one, reported twice.</summary>
    public string Identity => string.Create(
        CultureInfo.InvariantCulture, $"{LegId}|{Kind}|{OccurredAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffff}");
}
