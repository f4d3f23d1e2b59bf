using Intake.Domain;
using Intake.Domain.Staff;

namespace Intake.EventLog.Serialisation.OldShapes;

/// <summary>An appointment as it was recorded before it named the order, stored as <c>StaffAppointed</c>.</summary>
public sealed record StaffAppointedV1(string StaffId, string Name, StaffRole Role, string Department, string Extension)
{
    /// <summary>By which order was not known.</summary>
    public StaffAppointed ToCurrent() => new(StaffId, Name, Role, Department, Extension, Order: string.Empty);
}
