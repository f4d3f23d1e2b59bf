namespace Intake.Domain.Staff;

/// <summary>A person's appointment.</summary>
public sealed record StaffMember(StaffAppointed? Appointment, bool Dismissed)
{
    /// <summary>Staff streams, and how their events become this state.</summary>
    public static readonly Aggregate<StaffMember> Stream = new("staff", new StaffMember(null, false), (member, @event) => @event switch
    {
        StaffAppointed e => new StaffMember(e, false),
        StaffDismissed => member with { Dismissed = true },
        _ => member,
    });

    /// <summary>Appoints a person; the same appointment again changes nothing.</summary>
    public static Decision Appoint(StaffMember member, StaffAppointed appointment)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(appointment);
        return appointment switch
        {
            _ when member.Appointment == appointment && !member.Dismissed => Decision.Nothing,
            { StaffId: var id } when id == StaffRef.System.Id =>
                Refuse("id-reserved", $"'{id}' is what acts by itself; nobody is appointed under it."),
            _ when string.IsNullOrWhiteSpace(appointment.Name) => Refuse("name-missing", "A member of staff needs a name."),
            _ => Decision.Accept(appointment),
        };
    }

    private static Decision Refuse(string code, string reason) => Decision.Refuse(new CommandRefused("AppointStaff", code, reason));
}

/// <summary>One person's presence; his shifts follow each other in one stream.</summary>
public sealed record OperatorSession(Presence Presence, string Reason)
{
    /// <summary>Session streams, and how their events become this state.</summary>
    public static readonly Aggregate<OperatorSession> Stream = new(
        "operatorSession", new OperatorSession(Presence.Offline, string.Empty), (session, @event) => @event switch
        {
            SessionOpened => new OperatorSession(Presence.NotReady, "SignedOn"),
            BecameReady => new OperatorSession(Presence.Ready, string.Empty),
            BecameNotReady e => new OperatorSession(Presence.NotReady, e.Reason),
            SessionClosed => new OperatorSession(Presence.Offline, string.Empty),
            _ => session,
        });

    /// <summary>Moves to a presence; opens the session where there is none.</summary>
    /// <param name="reason">Why not ready: <c>Break</c>, <c>Meeting</c>; ignored for other presences.</param>
    public static Decision Become(
        OperatorSession session, StaffRef person, StaffRole role, Presence presence, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (session.Presence == presence && (presence != Presence.NotReady || session.Reason == reason))
        {
            return Decision.Nothing;
        }

        IEvent[] opening = session.Presence == Presence.Offline ? [new SessionOpened(person, role, now)] : [];
        return presence switch
        {
            Presence.Offline => Decision.Accept(new SessionClosed(person, role, now)),
            Presence.Ready => Decision.Accept([.. opening, new BecameReady(person, role, now)]),
            _ => string.IsNullOrWhiteSpace(reason)
                ? Decision.Refuse(new CommandRefused("ChangePresence", "reason-missing", "Say why you are not ready."))
                : Decision.Accept([.. opening, new BecameNotReady(person, role, reason, now)]),
        };
    }
}
