namespace Intake.Testing.EventStoreDb.Log;

/// <summary>A place in the whole log. Compares by commit, then by prepare.</summary>
internal readonly record struct Position(long Commit, long Prepare) : IComparable<Position>
{
    public static readonly Position BeforeAll = new(-1, -1);

    public int CompareTo(Position other) =>
        Commit != other.Commit ? Commit.CompareTo(other.Commit) : Prepare.CompareTo(other.Prepare);

    public static bool operator <(Position left, Position right) => left.CompareTo(right) < 0;

    public static bool operator >(Position left, Position right) => left.CompareTo(right) > 0;

    public static bool operator <=(Position left, Position right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Position left, Position right) => left.CompareTo(right) >= 0;
}
