using System.Globalization;

namespace Intake.EventLog;

/// <summary>
/// A place in the whole log, as in EventStoreDB: a pair of commit and prepare positions, ordered by commit first.
/// The PostgreSQL engine numbers events 1, 2, 3, ... and uses the number for both.
/// </summary>
/// <param name="Commit">Position of the commit; 0 means before the first event.</param>
/// <param name="Prepare">Position of the record inside the commit; equal to <paramref name="Commit"/> on PostgreSQL.</param>
public readonly record struct LogPosition(ulong Commit, ulong Prepare) : IComparable<LogPosition>
{
    /// <summary>Before the first event.</summary>
    public static readonly LogPosition Start;

    /// <summary>The position of the event with this number in an engine that counts events.</summary>
    public static LogPosition Of(long number) => new((ulong)number, (ulong)number);

    /// <summary>
    /// The position as one number, for columns and for the wire: an event's is its commit position. EventStoreDB also names places between
    /// events, which lie before the event at that commit; their number is one less, so that the event still is beyond it.
    /// </summary>
    public long Number => Prepare < Commit ? (long)Commit - 1 : (long)Commit;

    public int CompareTo(LogPosition other) =>
        Commit != other.Commit ? Commit.CompareTo(other.Commit) : Prepare.CompareTo(other.Prepare);

    public static bool operator <(LogPosition left, LogPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(LogPosition left, LogPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(LogPosition left, LogPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LogPosition left, LogPosition right) => left.CompareTo(right) >= 0;

    /// <summary><c>commit/prepare</c>, or one number where both are the same.</summary>
    public override string ToString() => Commit == Prepare
        ? Commit.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Commit}/{Prepare}");
}
