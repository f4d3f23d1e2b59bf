namespace Intake.Domain.Staff;

/// <summary>A fact about the people of the floor.</summary>
public interface StaffEvent : IEvent;

/// <summary>The person has this role from now on; his rights derive from it (A.I.1, A.I.3).</summary>
/// <param name="Extension">His telephone's number, or empty.</param>
public sealed record StaffAppointed(string StaffId, string Name, StaffRole Role, string Department, string Extension) : StaffEvent;

/// <summary>The person no longer works here; his rights end at once.</summary>
public sealed record StaffDismissed(string StaffId, string Reason) : StaffEvent;

/// <summary>The person signed on for a shift.</summary>
public sealed record SessionOpened(StaffRef Person, StaffRole Role, DateTimeOffset At) : StaffEvent;

/// <summary>The person can be given work.</summary>
public sealed record BecameReady(StaffRef Person, StaffRole Role, DateTimeOffset At) : StaffEvent;

/// <summary>The person is here and cannot be given work; the reason says why.</summary>
public sealed record BecameNotReady(StaffRef Person, StaffRole Role, string Reason, DateTimeOffset At) : StaffEvent;

/// <summary>The person signed off.</summary>
public sealed record SessionClosed(StaffRef Person, StaffRole Role, DateTimeOffset At) : StaffEvent;

/// <summary>Whether a person can be asked. What he does on a call is derived from the call, never typed (B.V.5).</summary>
public enum Presence
{
    Offline,
    NotReady,
    Ready,
}
