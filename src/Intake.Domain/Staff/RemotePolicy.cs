using System.Collections.Immutable;

namespace Intake.Domain.Staff;

/// <summary>How people work outside the office, so that the client base stays a trade secret (C6).</summary>
/// <param name="Version">Stands in the envelope of whatever was decided by it.</param>
/// <param name="IdleFor">After so long without use a session outside the office ends.</param>
/// <param name="AtMost">After so long since the sign-in it ends in any case.</param>
public sealed record RemotePolicy(string Version, TimeSpan IdleFor, TimeSpan AtMost)
{
    public static readonly RemotePolicy Default = new("remote-1", IdleFor: TimeSpan.FromMinutes(15), AtMost: TimeSpan.FromHours(8));

    /// <summary>How long before a session ends the desk says so, and lets the person go on.</summary>
    public TimeSpan WarnBefore { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>For how long a device may be admitted.</summary>
    public TimeSpan AdmittedForAtMost { get; init; } = TimeSpan.FromDays(366);

    /// <summary>How many devices of one person may wait to be admitted; the newest do.</summary>
    public int MostRequests { get; init; } = 5;

    /// <summary>How many cards of different clients a person may read within an hour.</summary>
    public int CardsAnHour { get; init; } = 60;

    /// <summary>How many different clients may be in the lists that a person gets within an hour.</summary>
    public int FoundAnHour { get; init; } = 300;

    /// <summary>How many clients a search answers.</summary>
    public int MostFound { get; init; } = 20;

    /// <summary>How many letters or digits a search for clients needs.</summary>
    public int LettersToSearch { get; init; } = 3;

    /// <summary>How many rows any other list answers.</summary>
    public int MostRows { get; init; } = 50;

    /// <summary>The hour in which clients are counted.</summary>
    public static readonly TimeSpan CountedFor = TimeSpan.FromHours(1);

    /// <summary>When a session ends that was begun and last used at these moments; it is over at that moment.</summary>
    public DateTimeOffset EndOf(DateTimeOffset begun, DateTimeOffset used) =>
        used + IdleFor < begun + AtMost ? used + IdleFor : begun + AtMost;

    /// <summary>How many clients a person may read within an hour in this form.</summary>
    public int MostRead(ClientReading reading) => reading == ClientReading.Card ? CardsAnHour : FoundAnHour;

    /// <summary>Keeps clients from a person who would have read more of them within the hour than he may; null where he may read them.</summary>
    /// <param name="read">The clients that he has read in this form, each with the last time.</param>
    /// <param name="wanted">Those that he asks for now.</param>
    public ClientsWithheld? Withhold(
        StaffRef person, ClientReading reading, IReadOnlyDictionary<string, DateTimeOffset> read, IReadOnlyCollection<string> wanted, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(wanted);
        var counted = read.Where(one => now - one.Value < CountedFor).ToImmutableSortedDictionary(StringComparer.Ordinal);
        var first = wanted.FirstOrDefault(client => !counted.ContainsKey(client));
        return first is not null && counted.Keys.Union(wanted).Count() > MostRead(reading)
            ? new ClientsWithheld(
                person, reading, first, counted.Count, (counted.Count > 0 ? counted.Values.Min() : now) + CountedFor, now)
            : null;
    }
}
