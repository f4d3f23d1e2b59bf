namespace Intake.Domain.Staff;

/// <summary>The call that a person has, and the attempt by which he got it.</summary>
public sealed record Engagement(string CallId, string AttemptId);

/// <summary>The call that rings at a person, or that he is asked to take over.</summary>
/// <param name="OfferId">The ring, or the escalation by which he is asked.</param>
public sealed record Reservation(string CallId, string OfferId);

/// <summary>
/// One person's shift on the floor. Its stream guards the rule of one voice call at a time: whoever reaches for a call is engaged here
/// first, under the revision that he was seen at. Once the shift is over nothing is decided in it any more, see <see cref="IsOver"/>.
/// </summary>
/// <param name="Reason">Why not ready; empty otherwise.</param>
public sealed record OperatorSession(Presence Presence, string Reason)
{
    /// <summary>Why a person is not ready at whom a call rang out.</summary>
    public const string RingNoAnswer = "RingNoAnswer";

    /// <summary>Why a person is not ready whose desk is gone.</summary>
    public const string ConnectionLost = "ConnectionLost";

    /// <summary>Session streams, and how their events become this state.</summary>
    public static readonly Aggregate<OperatorSession> Stream = new(
        "operatorSession", new OperatorSession(Presence.Offline, string.Empty), Evolve);

    /// <summary>Who it is, as his last event names him.</summary>
    public StaffRef Person { get; private init; } = new(string.Empty, string.Empty);

    public StaffRole Role { get; private init; }

    /// <summary>The call that he has; null while he has none.</summary>
    public Engagement? Engagement { get; private init; }

    /// <summary>The call that rings at him, or that he is asked to take over; null while there is none.</summary>
    public Reservation? Reservation { get; private init; }

    /// <summary>Why he will not be ready after this call; empty where he will.</summary>
    public string AfterCall { get; private init; } = string.Empty;

    /// <summary>No appointment is in force.</summary>
    public bool Barred { get; private init; }

    /// <summary>
    /// He signed off: the next shift is another stream's (<see cref="ShiftStream"/>). While he is barred it is not, so that the next one
    /// does not begin.
    /// </summary>
    public bool IsOver => Presence == Presence.Offline && WasClosed && !Barred;

    private bool WasClosed { get; init; }

    // Why he was not ready when he took the call; empty where he was. He is so again afterwards.
    private string Before { get; init; } = string.Empty;

    /// <summary>Moves to a presence; opens the session where there is none. While on a call, not being ready waits for its end.</summary>
    /// <param name="reason">Why not ready: <c>Break</c>, <c>Meeting</c>; ignored for other presences.</param>
    public static Decision Become(
        OperatorSession session, StaffRef person, StaffRole role, Presence presence, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return (session, presence) switch
        {
            (_, Presence.Reserved or Presence.OnCall or Presence.WrapUp) => Refuse(
                "state-derived", "Being on a call is never said: it follows from the call. Say ready, not ready with a reason, or offline."),
            (_, Presence.NotReady) when string.IsNullOrWhiteSpace(reason) => Refuse("reason-missing", "Say why you are not ready."),
            ({ Barred: true }, not Presence.Offline) => NotAppointed("ChangePresence"),
            ({ Engagement: { } call }, _) => OnCall(session, call, presence, reason, now),
            ({ Presence: Presence.Reserved }, Presence.Ready) => Decision.Nothing,
            _ when session.Presence == presence && (presence != Presence.NotReady || session.Reason == reason) => Decision.Nothing,
            (_, Presence.Offline) => Decision.Accept(new SessionClosed(person, role, now)),
            (_, Presence.Ready) => Decision.Accept([.. Opening(session, person, role, now), new BecameReady(person, role, now)]),
            _ => Decision.Accept([.. Opening(session, person, role, now), new BecameNotReady(person, role, reason, now)]),
        };
    }

    /// <summary>A waiting call will ring at him, or he will be asked to take one over, where he is ready.</summary>
    /// <param name="instead">The offer in whose place this one comes: where he is reserved for that, he is for this now.</param>
    public static Decision Reserve(OperatorSession session, string callId, string offerId, DateTimeOffset now, string? instead = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Presence == Presence.Ready || (instead is not null && session.Reservation?.OfferId == instead)
            ? Decision.Accept(new SessionReserved(session.Person, session.Role, callId, offerId, now))
            : Decision.Nothing;
    }

    /// <summary>The call rings at him no more, or he is asked no more, because it is gone or was never offered, or he declined.</summary>
    public static Decision Release(OperatorSession session, string offerId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Reservation is { } rings && rings.OfferId == offerId
            ? Decision.Accept(new ReservationReleased(session.Person, session.Role, rings.CallId, offerId, now))
            : Decision.Nothing;
    }

    /// <summary>He let it ring, or did not answer: he is not there, and is offered nothing until he says that he is.</summary>
    public static Decision LetRing(OperatorSession session, string offerId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Reservation?.OfferId == offerId
            ? Decision.Accept(new BecameNotReady(session.Person, session.Role, RingNoAnswer, now))
            : Decision.Nothing;
    }

    /// <summary>His desk is gone; on a call that changes nothing.</summary>
    public static Decision LoseConnection(OperatorSession session, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Presence is Presence.Ready or Presence.Reserved
            ? Decision.Accept(new BecameNotReady(session.Person, session.Role, ConnectionLost, now))
            : Decision.Nothing;
    }

    /// <summary>
    /// Reaches for a call. Refused to whoever has another one, in talk or in wrap-up (<see cref="AnotherCallInHand"/>), or at whom another
    /// one rings, or who is not appointed. Opens the session where there is none.
    /// </summary>
    public static Decision Engage(
        OperatorSession session, StaffRef person, StaffRole role, string callId, string attemptId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session switch
        {
            { Barred: true } => NotAppointed("TakeCall"),
            { Engagement: { } held } when held.CallId != callId => Decision.Refuse(new AnotherCallInHand(person, held.CallId, callId)),
            // Two attempts at once could be decided one after the other, the second when he is free and has another call.
            { Engagement: not null } => Decision.Refuse(
                "TakeCall", "reaching-already", "You are reaching for this call already. Wait a moment; if you do not have it then, reach again."),
            { Reservation: { } rings } when rings.CallId != callId => Decision.Refuse(
                "TakeCall", "another-call-rings", $"The call {rings.CallId} rings at you. Take that one, or say that you are not ready."),
            _ => Decision.Accept(
                [.. Opening(session, person, role, now), new CallEngaged(person, role, callId, attemptId, now)]),
        };
    }

    /// <summary>The line of the call that he has was hung up.</summary>
    public static Decision BeginWrapUp(OperatorSession session, string callId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Presence == Presence.OnCall && session.Engagement?.CallId == callId
            ? Decision.Accept(new WrapUpBegun(session.Person, session.Role, callId, now))
            : Decision.Nothing;
    }

    /// <summary>He no longer has the call; he is ready, or what he was before, or what he asked to be.</summary>
    /// <param name="attemptId">Only where he has it by this attempt; null for any.</param>
    public static Decision End(OperatorSession session, string callId, string? attemptId, EngagementEnd cause, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Engagement is { } held && held.CallId == callId && (attemptId is null || held.AttemptId == attemptId)
            ? Decision.Accept(new EngagementEnded(session.Person, session.Role, callId, cause, now), After(session, now))
            : Decision.Nothing;
    }

    /// <summary>Ends his wrap-up for him; the call stays unregistered and his to register (A.III.14).</summary>
    public static Decision ForceWrapUp(OperatorSession session, StaffRef by, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session switch
        {
            { Presence: not Presence.WrapUp } => Decision.Refuse(
                "ForceWrapUp", "not-in-wrap-up", $"This person is not in wrap-up but {session.Presence}; there is nothing to end."),
            _ when string.IsNullOrWhiteSpace(reason) => Decision.Refuse(
                "ForceWrapUp", "reason-missing", "Say why the wrap-up is ended."),
            { Engagement: var held } => Decision.Accept(
                new WrapUpForced(session.Person, session.Role, held!.CallId, by, reason, now), After(session, now)),
        };
    }

    /// <summary>The appointment ended: the session is closed at once, whatever he was doing (A.I.3).</summary>
    public static Decision Bar(OperatorSession session, string staffId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        IEvent[] closing = session.Presence == Presence.Offline ? [] : [new SessionClosed(session.Person, session.Role, now)];
        return session.Barred ? Decision.Nothing : Decision.Accept([.. closing, new SessionBarred(staffId, now)]);
    }

    /// <summary>An appointment is in force again.</summary>
    public static Decision Unbar(OperatorSession session, string staffId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Barred ? Decision.Accept(new SessionUnbarred(staffId, now)) : Decision.Nothing;
    }

    private static Decision OnCall(OperatorSession session, Engagement call, Presence presence, string reason, DateTimeOffset now) =>
        presence switch
        {
            Presence.NotReady when session.AfterCall == reason => Decision.Nothing,
            Presence.NotReady => Decision.Accept(
                new NotReadyAfterCallRequested(session.Person, session.Role, call.CallId, reason, now)),
            Presence.Ready when session.AfterCall.Length > 0 => Decision.Accept(
                new NotReadyAfterCallWithdrawn(session.Person, session.Role, call.CallId, now)),
            _ => Refuse(
                "on-a-call",
                $"You have the call {call.CallId}. Register it with purpose and result and close it; until then your state follows from it."),
        };

    private static IEvent After(OperatorSession session, DateTimeOffset now) =>
        (session.AfterCall.Length > 0 ? session.AfterCall : session.Before) is { Length: > 0 } reason
            ? new BecameNotReady(session.Person, session.Role, reason, now)
            : new BecameReady(session.Person, session.Role, now);

    private static IEvent[] Opening(OperatorSession session, StaffRef person, StaffRole role, DateTimeOffset now) =>
        session.Presence == Presence.Offline ? [new SessionOpened(person, role, now)] : [];

    private static OperatorSession Evolve(OperatorSession session, IEvent @event) => @event switch
    {
        SessionOpened e => session.Free(Presence.NotReady, "SignedOn").Of(e.Person, e.Role),
        BecameReady e => session.Free(Presence.Ready, string.Empty).Of(e.Person, e.Role),
        BecameNotReady e => session.Free(Presence.NotReady, e.Reason).Of(e.Person, e.Role),
        SessionClosed e => session.Free(Presence.Offline, string.Empty).Of(e.Person, e.Role) with { WasClosed = true },
        SessionReserved e => session with { Presence = Presence.Reserved, Reservation = new Reservation(e.CallId, e.OfferId) },
        ReservationReleased => session.Free(Presence.Ready, string.Empty),
        CallEngaged e => session.Of(e.Person, e.Role) with
        {
            Presence = Presence.OnCall,
            Reason = string.Empty,
            Reservation = null,
            Before = session.Reason,
            Engagement = new Engagement(e.CallId, e.AttemptId),
        },
        WrapUpBegun => session with { Presence = Presence.WrapUp },
        NotReadyAfterCallRequested e => session with { AfterCall = e.Reason },
        NotReadyAfterCallWithdrawn => session with { AfterCall = string.Empty, Before = string.Empty },
        SessionBarred => session with { Barred = true },
        SessionUnbarred => session with { Barred = false },
        _ => session,
    };

    private OperatorSession Free(Presence presence, string reason) => this with
    {
        Presence = presence,
        Reason = reason,
        Reservation = null,
        Engagement = null,
        AfterCall = string.Empty,
        Before = string.Empty,
    };

    private OperatorSession Of(StaffRef person, StaffRole role) => this with { Person = person, Role = role };

    private static Decision NotAppointed(string command) => Decision.Refuse(
        command, "not-appointed", "No appointment of yours is in force; ask the administrator.");

    private static Decision Refuse(string code, string reason) => Decision.Refuse("ChangePresence", code, reason);
}
