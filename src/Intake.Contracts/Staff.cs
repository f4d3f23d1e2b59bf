namespace Intake.Contracts;

/// <summary>Everybody who is or was appointed, and the queues that there are.</summary>
/// <param name="Queues">Names of queues in which calls have waited, or that are somebody's skill.</param>
public sealed record StaffList(IReadOnlyList<StaffRow> People, IReadOnlyList<string> Queues);

/// <summary>A person's appointment, what he can do, and where he is now.</summary>
/// <param name="Role">operator, manager, keyAccountManager, head, finance, supervisor, auditor, administrator.</param>
/// <param name="Extension">His telephone's number, or empty.</param>
/// <param name="Skills">The queues whose calls he may take; none means every queue.</param>
/// <param name="Presence">offline, notReady, ready, reserved, onCall, wrapUp.</param>
/// <param name="Reason">Why not ready.</param>
/// <param name="CallId">The call that he has, or that rings at him; or empty.</param>
/// <param name="Dismissed">His appointment is over.</param>
/// <param name="ReportsTo">The head who leads him; null where nobody is named.</param>
public sealed record StaffRow(
    string StaffId, string Name, string Role, string Department, string Extension, IReadOnlyList<string> Skills, string Presence,
    string Reason, DateTimeOffset Since, string CallId, bool Dismissed, long ChangedAt, Person? ReportsTo = null);

/// <summary>Appointing somebody, to another role or once more, by an order of the General Director.</summary>
/// <param name="Order">Number and date.</param>
/// <param name="ReportsTo">The id of the head who leads him; nobody where it is left out.</param>
public sealed record AppointStaff(string Name, string Role, string? Department, string? Extension, string Order, string? ReportsTo = null);

/// <summary>Ending somebody's appointment by an order of the General Director.</summary>
public sealed record DismissStaff(string Order, string Reason);

/// <summary>The queues whose calls a person may take; none means every queue.</summary>
public sealed record SetSkills(IReadOnlyList<string> Queues);
