using Intake.Domain;
using Intake.Domain.Callbacks;

namespace Intake.EventLog.Serialisation.OldShapes;

/// <summary>An attempt to ring back when only reached or not was written down, stored as <c>CallbackAttempted</c>.</summary>
public sealed record CallbackAttemptedV1(string CallbackId, StaffRef By, bool Reached, string Note, DateTimeOffset At)
{
    /// <summary>Not reached is no answer; attempts were not counted, and nothing said when to try again.</summary>
    public CallbackAttempted ToCurrent() =>
        new(CallbackId, By, Number: 0, Reached ? AttemptResult.Reached : AttemptResult.NoAnswer, Note, At, RetryAt: null);
}

/// <summary>A closed callback when neither the call nor the order that came of it was written down, stored as <c>CallbackClosed</c>.</summary>
public sealed record CallbackClosedV1(string CallbackId, StaffRef By, string Result, bool Overdue, DateTimeOffset At)
{
    /// <summary>Call and order were not known.</summary>
    public CallbackClosed ToCurrent() => new(CallbackId, By, Result, Overdue, CallId: string.Empty, OrderId: string.Empty, At);
}
