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

    /// <summary>The commit position as a signed number, for PostgreSQL columns and wire contracts.</summary>
    public long Number => (long)Commit;

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
