namespace Intake.Domain.Staff;

/// <summary>A fact about one person standing in for another who is absent (A.I.6). A stream holds all absences of one person.</summary>
public interface CoverageEvent : IEvent;

/// <summary>Somebody in charge has ordered who stands in for whom, and for how long.</summary>
/// <param name="AbsentRole">The rights that the stand-in has in the window, beside his own.</param>
/// <param name="From">The window's first moment.</param>
/// <param name="Until">The first moment after it.</param>
/// <param name="Reason">Why he is absent: leave, illness, a journey.</param>
/// <param name="Order">The order's number, or other words by which it is found.</param>
public sealed record CoverageOrdered(
    string CoverageId, StaffRef Absent, StaffRole AbsentRole, StaffRef StandIn, DateTimeOffset From, DateTimeOffset Until, string Reason,
    string Order, StaffRef OrderedBy, DateTimeOffset At) : CoverageEvent;

/// <summary>The window has begun: rights and responsibility are the stand-in's too from now on.</summary>
public sealed record CoverageStarted(
    string CoverageId, StaffRef Absent, StaffRole AbsentRole, StaffRef StandIn, DateTimeOffset Until, DateTimeOffset At) : CoverageEvent;

/// <summary>What was open went from one to the other: to the stand-in when the window began, back when it ended.</summary>
/// <param name="Escalations">Ids of those that were handed over.</param>
/// <param name="Callbacks">Ids of those that were handed over.</param>
/// <param name="Orders">Ids of the drafts that were handed over; null in events of before drafts were.</param>
public sealed record OpenWorkHandedOver(
    string CoverageId, StaffRef From, StaffRef To, IReadOnlyList<string> Escalations, IReadOnlyList<string> Callbacks, DateTimeOffset At,
    IReadOnlyList<string>? Orders = null)
    : CoverageEvent;

/// <summary>The window is over, or was called off; the rights end at once.</summary>
/// <param name="Reason">Why it ended early; <c>window over</c> where it did not.</param>
public sealed record CoverageEnded(
    string CoverageId, StaffRef Absent, StaffRole AbsentRole, StaffRef StandIn, string Reason, StaffRef By, DateTimeOffset At) : CoverageEvent;
