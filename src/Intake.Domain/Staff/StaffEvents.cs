namespace Intake.Domain.Staff;

/// <summary>A fact about the people of the floor.</summary>
public interface StaffEvent : IEvent;

/// <summary>The person has this role from now on; his rights derive from it (A.I.1, A.I.3).</summary>
/// <param name="Extension">His telephone's number, or empty.</param>
/// <param name="Order">Number and date of the General Director's order; empty for a record taken over from elsewhere.</param>
/// <param name="ReportsTo">The head who leads him (A.I.5); null where nobody is named.</param>
public sealed record StaffAppointed(
    string StaffId, string Name, StaffRole Role, string Department, string Extension, string Order, StaffRef? ReportsTo = null) : StaffEvent;

/// <summary>The person no longer works here; his rights end at once (A.I.3).</summary>
/// <param name="Order">Number and date of the General Director's order; empty where it was recorded before orders were.</param>
public sealed record StaffDismissed(string StaffId, string Order, string Reason) : StaffEvent;

/// <summary>The queues whose calls the person may take from now on.</summary>
/// <param name="Queues">None means every queue.</param>
public sealed record SkillsSet(string StaffId, IReadOnlyList<string> Queues) : StaffEvent;
