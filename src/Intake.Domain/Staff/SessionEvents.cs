namespace Intake.Domain.Staff;

/// <summary>
/// What a person is on the floor now. He says only the first three of himself; the others are derived from the call that rings at him or
/// that he has, and never typed (B.V.5).
/// </summary>
public enum Presence
{
    Offline,
    NotReady,
    Ready,

    /// <summary>A waiting call rings at him, or he is asked to take one over.</summary>
    Reserved,

    /// <summary>He has a call whose line is open.</summary>
    OnCall,

    /// <summary>The line was hung up; the call is still to be registered (A.III.14).</summary>
    WrapUp,
}

/// <summary>Why a person no longer has a call.</summary>
public enum EngagementEnd
{
    /// <summary>He registered and closed it.</summary>
    Registered,

    /// <summary>Somebody to whom it was offered took it over.</summary>
    TakenOver,

    /// <summary>It became a callback.</summary>
    CallOver,

    /// <summary>He helped with it and does no longer (A.III.22).</summary>
    HelpOver,

    /// <summary>He reached for it and did not get it.</summary>
    NotObtained,
}

/// <summary>The person signed on for a shift.</summary>
public sealed record SessionOpened(StaffRef Person, StaffRole Role, DateTimeOffset At) : StaffEvent;

/// <summary>The person can be given work.</summary>
public sealed record BecameReady(StaffRef Person, StaffRole Role, DateTimeOffset At) : StaffEvent;

/// <summary>The person is here and cannot be given work; the reason says why.</summary>
/// <param name="Reason">His own, <see cref="OperatorSession.RingNoAnswer"/> or <see cref="OperatorSession.ConnectionLost"/>.</param>
public sealed record BecameNotReady(StaffRef Person, StaffRole Role, string Reason, DateTimeOffset At) : StaffEvent;

/// <summary>The person signed off.</summary>
public sealed record SessionClosed(StaffRef Person, StaffRole Role, DateTimeOffset At) : StaffEvent;

/// <summary>A waiting call rings at the person, or he is asked to take one over; he is offered no other one meanwhile.</summary>
/// <param name="OfferId">The ring, or the escalation by which he is asked.</param>
public sealed record SessionReserved(StaffRef Person, StaffRole Role, string CallId, string OfferId, DateTimeOffset At) : StaffEvent;

/// <summary>The call rings at him no more, or he is asked no more, through no fault of his: he is ready, as long as he was before.</summary>
public sealed record ReservationReleased(StaffRef Person, StaffRole Role, string CallId, string OfferId, DateTimeOffset At) : StaffEvent;

/// <summary>The person has this call, and can have no other one until it is registered, taken over or over (A.III.14).</summary>
/// <param name="AttemptId">The attempt to get the call that this belongs to; the call may still be another's.</param>
public sealed record CallEngaged(StaffRef Person, StaffRole Role, string CallId, string AttemptId, DateTimeOffset At) : StaffEvent;

/// <summary>The line was hung up; purpose and result are owed.</summary>
public sealed record WrapUpBegun(StaffRef Person, StaffRole Role, string CallId, DateTimeOffset At) : StaffEvent;

/// <summary>The person wants no call after this one; carried out when the call is registered.</summary>
public sealed record NotReadyAfterCallRequested(StaffRef Person, StaffRole Role, string CallId, string Reason, DateTimeOffset At) : StaffEvent;

/// <summary>The person does want the next call.</summary>
public sealed record NotReadyAfterCallWithdrawn(StaffRef Person, StaffRole Role, string CallId, DateTimeOffset At) : StaffEvent;

/// <summary>The person no longer has the call.</summary>
public sealed record EngagementEnded(
    StaffRef Person, StaffRole Role, string CallId, EngagementEnd Cause, DateTimeOffset At) : StaffEvent;

/// <summary>A supervisor or head ended the wrap-up: the person is free, the call is owed still.</summary>
public sealed record WrapUpForced(
    StaffRef Person, StaffRole Role, string CallId, StaffRef By, string Reason, DateTimeOffset At) : StaffEvent;

/// <summary>The appointment ended: no session opens and no call is taken until another one is in force (A.I.3).</summary>
public sealed record SessionBarred(string StaffId, DateTimeOffset At) : StaffEvent;

/// <summary>An appointment is in force again.</summary>
public sealed record SessionUnbarred(string StaffId, DateTimeOffset At) : StaffEvent;

/// <summary>A person can have one call at a time, and registers it before he takes the next one (A.III.14).</summary>
/// <param name="InHand">The call that he has.</param>
/// <param name="Wanted">The call that he reached for.</param>
public sealed record AnotherCallInHand(StaffRef Person, string InHand, string Wanted) : StaffEvent, IRefusal
{
    public string Code => "another-call-in-hand";

    public string Reason => $"You have the call {InHand}. Register it with purpose and result, then take the next one.";
}
