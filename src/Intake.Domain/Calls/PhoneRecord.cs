namespace Intake.Domain.Calls;

/// <summary>Something the telephony said: when by its clock, and what: a queue, an extension, a kind of signal.</summary>
public sealed record Heard(DateTimeOffset At, string Said);

/// <summary>
/// What the phones did with a call, by the telephony alone; what people did in Intake is not in it. It is the same whatever the order in
/// which the signals came and however often each did: of two that say the same kind of thing the earliest counts, or the latest, by the
/// telephony's clock.
/// </summary>
/// <param name="FromNumber">The caller's number; of several the longest, which is the one with the country's code.</param>
/// <param name="Queued">When the call first entered a queue, and which.</param>
/// <param name="LastQueued">When it last entered one.</param>
/// <param name="Transferred">When it was last sent elsewhere; a call that nobody had answered left its queue by this.</param>
/// <param name="Answered">The first answer, and the extension that gave it.</param>
/// <param name="Hold">The last hold or its end, by the kind of the signal.</param>
/// <param name="Ended">The first report that it is over, as abandoned or as ended.</param>
/// <param name="LastAt">The latest moment of which a signal spoke.</param>
public sealed record PhoneRecord(
    string FromNumber, Heard? Queued, Heard? LastQueued, Heard? Transferred, Heard? Answered, Heard? Hold, DateTimeOffset? Ended,
    DateTimeOffset LastAt)
{
    /// <summary>Nothing was heard.</summary>
    public static readonly PhoneRecord Silent = new(string.Empty, null, null, null, null, null, null, default);

    /// <summary>It left the queue unanswered and has not come back to one.</summary>
    public bool HasLeftQueue => Answered is null && Queued is not null && Transferred?.At > LastQueued?.At;

    /// <summary>The record after this signal.</summary>
    public PhoneRecord With(CallSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var said = signal.Kind switch
        {
            SignalKind.Queued => signal.Queue,
            SignalKind.Answered => signal.Extension,
            _ => string.Empty,
        };
        return With(signal.Kind, signal.OccurredAt, said, signal.From);
    }

    /// <summary>The record after a signal of this kind.</summary>
    /// <param name="said">The queue or the extension, where the kind has one.</param>
    public PhoneRecord With(SignalKind kind, DateTimeOffset at, string said = "", string from = "")
    {
        var heard = new Heard(at, said);
        var known = this with { FromNumber = Fuller(FromNumber, from), LastAt = at > LastAt ? at : LastAt };
        return kind switch
        {
            SignalKind.Queued => known with { Queued = First(Queued, heard), LastQueued = Last(LastQueued, heard) },
            SignalKind.Transferred => known with { Transferred = Last(Transferred, heard) },
            SignalKind.Answered => known with { Answered = First(Answered, heard) },
            SignalKind.Held or SignalKind.Resumed => known with { Hold = Last(Hold, heard with { Said = kind.ToString() }) },
            SignalKind.Abandoned or SignalKind.Ended => known with { Ended = Ended is { } ended && ended <= at ? ended : at },
            _ => known,
        };
    }

    private static Heard First(Heard? one, Heard other) => one is null || Compare(other, one) < 0 ? other : one;

    private static Heard Last(Heard? one, Heard other) => one is null || Compare(other, one) > 0 ? other : one;

    private static int Compare(Heard one, Heard other) =>
        one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.Said, other.Said);

    private static string Fuller(string one, string other) => one.Length != other.Length
        ? one.Length > other.Length ? one : other
        : string.CompareOrdinal(one, other) <= 0 ? one : other;
}
