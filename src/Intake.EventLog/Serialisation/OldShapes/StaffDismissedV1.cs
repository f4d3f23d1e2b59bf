using Intake.Domain.Staff;

namespace Intake.EventLog.Serialisation.OldShapes;

/// <summary>A dismissal as it was recorded before it named the order, stored as <c>StaffDismissed</c>.</summary>
public sealed record StaffDismissedV1(string StaffId, string Reason)
{
    /// <summary>By which order was not known.</summary>
    public StaffDismissed ToCurrent() => new(StaffId, Order: string.Empty, Reason);
}
