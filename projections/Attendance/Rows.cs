using Intake.Domain.Staff;

namespace Intake.Projections.Attendance;

/// <summary>A shift and all that was ever planned of it; never deleted.</summary>
/// <param name="Month">A day of the month in whose stream it stands.</param>
/// <param name="Begins">As planned now; so are <paramref name="Until"/> and <paramref name="Cancelled"/>.</param>
/// <param name="Plans">Every plan of it, in the order in which they became known.</param>
public sealed record ShiftRow(
    string ShiftId, string StaffId, string Name, DateOnly Month, DateTimeOffset Begins, DateTimeOffset Until, bool Cancelled,
    IReadOnlyList<ShiftPlan> Plans);

/// <summary>A plan of a shift.</summary>
/// <param name="Until">Null where the plan is that the shift will not be.</param>
/// <param name="KnownAt">From when on it was known.</param>
/// <param name="Reason">Why it replaced the one before; empty for the first.</param>
public sealed record ShiftPlan(DateTimeOffset From, DateTimeOffset? Until, DateTimeOffset KnownAt, string By, string Reason);

/// <summary>A person became something on the floor; he is so until his next row.</summary>
/// <param name="Position">Log position of the event: of two at one moment the later counts.</param>
public sealed record PresenceChange(string StaffId, string Name, DateTimeOffset At, long Position, Presence Presence, string Reason);
