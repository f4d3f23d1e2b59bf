using Intake.Domain;
using Intake.Domain.Staff;
using Intake.EventLog;

namespace Intake.Application.Staff;

/// <summary>Appoints a person to a role by an order of the General Director (A.I.3).</summary>
[For(StaffRole.Administrator)]
public sealed record AppointByOrder(StaffAppointed Appointment) : Command;

/// <summary>Takes over an appointment from the company's records, which know of no order.</summary>
[For(StaffRole.Administrator)]
public sealed record AppointStaff(StaffAppointed Appointment) : Command;

/// <summary>Ends a person's appointment by an order; his session is closed at once (A.I.3).</summary>
[For(StaffRole.Administrator)]
public sealed record DismissStaff(string StaffId, string Order, string Reason) : Command;

/// <summary>Closes the session of whoever was dismissed; a policy's.</summary>
[For]
public sealed record BarSession(string StaffId) : Command;

/// <summary>
/// Takes from whoever was dismissed what he has in hand and owes: calls are nobody's, promised calls and questions go to the head; a
/// policy's.
/// </summary>
/// <param name="After">The position of the dismissal.</param>
[For]
public sealed record TakeOpenWorkFrom(string StaffId, LogPosition After) : Command;

/// <summary>Says whose calls a person may take.</summary>
[For(StaffRole.Administrator)]
public sealed record SetSkills(string StaffId, IReadOnlyList<string> Queues) : Command;

/// <summary>Says whether one can be asked; while on a call, whether one can be afterwards.</summary>
[For(
    StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance, StaffRole.Supervisor,
    StaffRole.Administrator)]
public sealed record ChangePresence(Presence Presence, string Reason) : Command;

/// <summary>Ends a person's wrap-up for him, with the reason; the call stays owed (A.III.14).</summary>
[For(StaffRole.Supervisor, StaffRole.Head)]
public sealed record ForceWrapUp(string StaffId, string Reason) : Command;

/// <summary>A person's last desk is gone; the presence's.</summary>
[For]
public sealed record LoseConnection(string StaffId) : Command;
