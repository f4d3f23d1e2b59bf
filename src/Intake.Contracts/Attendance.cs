namespace Intake.Contracts;

/// <summary>How the shifts of a day are kept (B.V.7).</summary>
/// <param name="Position">Log position of the read model.</param>
/// <param name="Version">Of the definition of the figures.</param>
public sealed record AttendanceDay(DateOnly Day, long Position, string Version, IReadOnlyList<AttendanceRow> Shifts);

/// <summary>A shift, and how it is kept.</summary>
/// <param name="Month">The month in whose plan it stands; moving and cancelling name it.</param>
/// <param name="From">As planned now; so are <paramref name="Until"/> and <paramref name="Cancelled"/>.</param>
/// <param name="FromThen">As was known when it began; null where it was not planned then, or not as a shift.</param>
/// <param name="Came">The first moment of the shift at which the person was signed on.</param>
/// <param name="Left">The last one; null where he is there still, or never came.</param>
/// <param name="LateSeconds">From the beginning, as was known then, until he came, or until now; 0 for what was planned afterwards.</param>
/// <param name="Late">He came after the grace, or has not come though it is over. Nobody is late by a plan that he could not know.</param>
/// <param name="Adherence">Signed on / scheduled so far by the plan as it is now, 0 to 1; null before it begins, and of a cancelled one.</param>
/// <param name="AdherenceThen">The same by the plan as was known then.</param>
/// <param name="Changes">How often it was planned otherwise.</param>
/// <param name="Reason">Why it was last planned otherwise; empty where it never was.</param>
public sealed record AttendanceRow(
    string ShiftId, string StaffId, string Name, DateOnly Month, DateTimeOffset From, DateTimeOffset Until, bool Cancelled,
    DateTimeOffset? FromThen, DateTimeOffset? UntilThen, DateTimeOffset? Came, DateTimeOffset? Left, double LateSeconds, bool Late,
    double? Adherence, double? AdherenceThen, int Changes, string Reason);

/// <summary>Planning a shift.</summary>
/// <param name="ShiftId">A UUID chosen by the client.</param>
public sealed record PlanShift(string ShiftId, string StaffId, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Moving a shift within its month.</summary>
/// <param name="Month">Any day of it.</param>
public sealed record MoveShift(DateOnly Month, DateTimeOffset From, DateTimeOffset Until, string Reason);

/// <summary>Cancelling a shift.</summary>
/// <param name="Month">Any day of its month.</param>
public sealed record CancelShift(DateOnly Month, string Reason);
