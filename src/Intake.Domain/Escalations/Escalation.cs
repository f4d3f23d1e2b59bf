using Intake.Domain.Clients;

namespace Intake.Domain.Escalations;

/// <summary>A fact about a call or an order handed to somebody with more authority.</summary>
public interface EscalationEvent : IEvent;

/// <summary>Why it was handed on.</summary>
public enum EscalationKind
{
    KeyClient,
    NewClient,
    Debtor,

    /// <summary>An order that is not standard (A.III.11).</summary>
    NonStandard,
    OtherPurpose,
}

/// <summary>Somebody with more authority owes a decision by a moment.</summary>
/// <param name="Rule">The row of the routing table that sent it.</param>
/// <param name="For">The absent person in whose place the owner owes it; null where he owes it himself.</param>
public sealed record EscalationRaised(
    string EscalationId, EscalationKind Kind, string Rule, string CallId, string ClientId, string ClientName, ClientType ClientType,
    StaffRef RaisedBy, StaffRef Owner, StaffRole OwnerRole, DateTimeOffset At, DateTimeOffset Deadline,
    StaffRef? For = null) : EscalationEvent;

/// <summary>The owner took it on.</summary>
public sealed record EscalationAccepted(string EscalationId, StaffRef By, DateTimeOffset At) : EscalationEvent;

/// <summary>It is settled, and how.</summary>
/// <param name="Decision">What was decided: <c>taken-over</c>, <c>declined</c>, <c>called-back</c>, or words.</param>
public sealed record EscalationDecided(string EscalationId, StaffRef By, string Decision, DateTimeOffset At) : EscalationEvent;

/// <summary>Another person owes the decision from now on; the deadline stays.</summary>
/// <param name="Reason">Why: an absence, and by whose order; or its end.</param>
public sealed record EscalationReassigned(
    string EscalationId, StaffRef From, StaffRef To, StaffRole ToRole, string Reason, DateTimeOffset At) : EscalationEvent;

/// <summary>The deadline has passed without a decision. It stays owed, and the alarm stays until it is decided.</summary>
public sealed record EscalationOverdue(string EscalationId, StaffRef Owner, DateTimeOffset Deadline, DateTimeOffset At) : EscalationEvent;

/// <summary>An escalation: always an owner and a deadline, and it ends in a recorded decision.</summary>
/// <param name="Owner">Who owes the decision now; null before it is raised.</param>
public sealed record Escalation(EscalationRaised? Raised, StaffRef? Owner, bool Accepted, bool Decided, bool Overdue)
{
    /// <summary>Escalation streams, and how their events become this state.</summary>
    public static readonly Aggregate<Escalation> Stream = new(
        "escalation", new Escalation(null, null, false, false, false), (escalation, @event) => @event switch
        {
            EscalationRaised e => escalation with { Raised = e, Owner = e.Owner },
            EscalationReassigned e => escalation with { Owner = e.To, Accepted = false },
            EscalationOverdue => escalation with { Overdue = true },
            EscalationAccepted => escalation with { Accepted = true },
            EscalationDecided => escalation with { Decided = true },
            _ => escalation,
        });

    /// <summary>Raises it once.</summary>
    public static Decision Raise(Escalation escalation, EscalationRaised raised)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        return escalation.Raised is null ? Decision.Accept(raised) : Decision.Nothing;
    }

    /// <summary>Its owner takes it on.</summary>
    public static Decision Accept(Escalation escalation, string id, StaffRef by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        return escalation switch
        {
            { Raised: null } => Unknown("AcceptEscalation", id),
            { Accepted: true } or { Decided: true } => Decision.Nothing,
            _ => Decision.Accept(new EscalationAccepted(id, by, now)),
        };
    }

    /// <summary>Settles it; nobody decides on what he raised himself.</summary>
    public static Decision Decide(Escalation escalation, string id, StaffRef by, string decision, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        ArgumentNullException.ThrowIfNull(by);
        return escalation switch
        {
            { Raised: null } => Unknown("DecideEscalation", id),
            { Decided: true } => Decision.Nothing,
            { Raised: { } raised } when raised.RaisedBy.Id == by.Id && by.Id != StaffRef.System.Id => Decision.Refuse(new CommandRefused(
                "DecideEscalation", "own-escalation", "Nobody decides on an escalation that he raised himself.")),
            _ => Decision.Accept(new EscalationDecided(id, by, decision, now)),
        };
    }

    /// <summary>Hands it to another person. Never to who raised it: nobody decides on his own.</summary>
    public static Decision Reassign(Escalation escalation, string id, StaffRef to, StaffRole role, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        ArgumentNullException.ThrowIfNull(to);
        return escalation switch
        {
            { Raised: null } => Unknown("ReassignEscalation", id),
            { Decided: true } => Decision.Nothing,
            { Owner: { } owner } when owner.Id == to.Id => Decision.Nothing,
            { Raised: { } raised } when raised.RaisedBy.Id == to.Id => Decision.Refuse(new CommandRefused(
                "ReassignEscalation", "own-escalation", $"{to.Name} raised it himself; somebody else must decide.")),
            { Owner: { } owner } => Decision.Accept(new EscalationReassigned(id, owner, to, role, reason, now)),
            _ => Unknown("ReassignEscalation", id),
        };
    }

    /// <summary>Says that its deadline has passed; once, and not where it is decided.</summary>
    public static Decision Expire(Escalation escalation, string id, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        return escalation is { Raised: { } raised, Owner: { } owner, Decided: false, Overdue: false } && now >= raised.Deadline
            ? Decision.Accept(new EscalationOverdue(id, owner, raised.Deadline, now))
            : Decision.Nothing;
    }

    private static Decision Unknown(string command, string id) =>
        Decision.Refuse(new CommandRefused(command, "escalation-unknown", $"There is no escalation '{id}'."));
}
