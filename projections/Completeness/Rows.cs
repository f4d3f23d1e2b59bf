using Intake.Domain;
using Intake.Domain.Calls;

namespace Intake.Projections.Completeness;

/// <summary>
/// A call as the telephony tells it and as people have registered it, side by side: what the one says and the other does not is a gap
/// (A.III.14, B.V.5).
/// </summary>
/// <param name="Number">Digits of the other party's number: the caller's, or of a call going out the number called.</param>
/// <param name="FirstAt">The earliest moment of which the telephony spoke; to its day the call belongs.</param>
/// <param name="QueuedAt">By the telephony, as are <paramref name="AnsweredAt"/>, <paramref name="Extension"/> and <paramref name="EndedAt"/>.</param>
/// <param name="LeftQueue">It left its queue unanswered and has not come back to one.</param>
/// <param name="Silent">It was presumed over.</param>
/// <param name="ClaimedBy">Who took it in Intake.</param>
/// <param name="ToCallback">It became a callback, which has an owner.</param>
/// <param name="ClosedBy">Who registered it.</param>
public sealed record CallWork(
    string CallId, string Source, CallDirection Direction, string Number, DateTimeOffset FirstAt, DateTimeOffset? QueuedAt,
    DateTimeOffset? AnsweredAt, string Extension, DateTimeOffset? EndedAt, bool LeftQueue, bool Silent, StaffRef? ClaimedBy,
    string ClientName, bool ToCallback, StaffRef? ClosedBy, CallResult? Result);

/// <summary>A promise to ring back, for the number that an attempt must have dialled.</summary>
public sealed record PromiseRow(string CallbackId, string Number, string ClientName);

/// <summary>An attempt to ring back, as it was reported.</summary>
public sealed record AttemptRow(string CallbackId, StaffRef By, bool Reached, DateTimeOffset At);

/// <summary>From a moment on a person was ready for calls, or was not, by Intake.</summary>
/// <param name="Sequence">Log position; tells two of one moment apart.</param>
/// <param name="Stream">The shift whose history tells more.</param>
public sealed record ReadinessRow(string StaffId, StaffRef Person, bool Ready, DateTimeOffset At, long Sequence, string Stream);

/// <summary>From a moment on a phone took calls, or did not, by the telephony.</summary>
public sealed record PhoneRow(string Extension, PhoneState State, DateTimeOffset At, long Sequence);

/// <summary>From a moment on this was a person's phone.</summary>
public sealed record AppointmentRow(string StaffId, string Extension, DateTimeOffset At, long Sequence);
