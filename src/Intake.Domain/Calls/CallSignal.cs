using System.Globalization;

namespace Intake.Domain.Calls;

/// <summary>What the telephony reports; thin adapters turn each system's words into these.</summary>
public enum SignalKind
{
    /// <summary>The call is there.</summary>
    Arrived,

    /// <summary>It waits in a queue.</summary>
    Queued,

    /// <summary>A phone rings for it.</summary>
    Offered,

    /// <summary>That phone rang out.</summary>
    NotAnswered,

    /// <summary>Somebody answered.</summary>
    Answered,
    Held,
    Resumed,

    /// <summary>The telephony sent it elsewhere: a conversation to another number, a waiting call out of its queue.</summary>
    Transferred,

    /// <summary>The caller hung up before anybody answered.</summary>
    Abandoned,

    /// <summary>The call is over for the caller; the end of one leg of several is not this.</summary>
    Ended,

    /// <summary>The caller asked, while he waited, to be rung back instead.</summary>
    CallbackAsked,
}

/// <summary>One canonical telephony signal. Signals come late, twice, out of order, or never.</summary>
/// <param name="Source">The telephony system.</param>
/// <param name="SourceCallId">Its name for the call.</param>
/// <param name="LegId">Its name for the leg; empty where it has none.</param>
/// <param name="From">The caller's number, as normalised as could be.</param>
/// <param name="To">The number called; for <see cref="SignalKind.Transferred"/> where it was sent.</param>
/// <param name="Queue">The queue, for <see cref="SignalKind.Queued"/>.</param>
/// <param name="OccurredAt">By the telephony's clock.</param>
/// <param name="Extension">The phone that rings, rang out or answered.</param>
/// <param name="Position">The caller's place in the queue as the telephony counts, from 1; null where it does not say.</param>
/// <param name="Raw">What the telephony said in its own words; null where that is not known.</param>
public sealed record CallSignal(
    string Source, string SourceCallId, string LegId, SignalKind Kind, CallDirection Direction, string From, string To,
    string Queue, DateTimeOffset OccurredAt, string Cause, string Extension = "", int? Position = null, string? Raw = null)
{
    /// <summary>Two signals with the same identity are one, reported twice.</summary>
    public string Identity => string.Create(
        CultureInfo.InvariantCulture, $"{LegId}|{Kind}|{OccurredAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffff}");
}
