namespace Intake.Domain.Staff;

/// <summary>A fact about when a person is planned to work (B.V.7). A stream holds the shifts of one person that begin in one month.</summary>
public interface RosterEvent : IEvent;

/// <summary>The person is to be at work from one moment to another.</summary>
/// <param name="Until">The first moment after the shift.</param>
/// <param name="At">When it became known: what is planned afterwards was not known then.</param>
public sealed record ShiftPlanned(string ShiftId, StaffRef Person, DateTimeOffset From, DateTimeOffset Until, StaffRef By, DateTimeOffset At) : RosterEvent;

/// <summary>The shift is at another time; what was known before stays known.</summary>
public sealed record ShiftMoved(
    string ShiftId, StaffRef Person, DateTimeOffset From, DateTimeOffset Until, string Reason, StaffRef By, DateTimeOffset At) : RosterEvent;

/// <summary>The shift will not be.</summary>
public sealed record ShiftCancelled(string ShiftId, StaffRef Person, string Reason, StaffRef By, DateTimeOffset At) : RosterEvent;
