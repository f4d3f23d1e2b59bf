using Intake.Domain;
using Intake.Domain.Clients;
using Intake.Domain.Escalations;
using Intake.Domain.Staff;

namespace Intake.Projections.Authority;

/// <summary>A decision that somebody with more authority owes, or has given; never deleted.</summary>
/// <param name="OrderId">The order that is not standard; empty for a call that was handed on.</param>
/// <param name="Question">What is asked about that order; empty for a call.</param>
/// <param name="RaisedTo">Who owed it first, or for whom who owed it first stood in; <paramref name="Owner"/> is who owes it now.</param>
/// <param name="Deadline">Null for the moment between a question and its escalation.</param>
/// <param name="Overdue">The deadline passed before it was decided.</param>
/// <param name="Decision">What was decided; empty while it is owed.</param>
public sealed record EscalationRow(
    string EscalationId, EscalationKind Kind, string Rule, string CallId, string OrderId, string Question, string ClientId, string ClientName,
    ClientType ClientType, StaffRef RaisedBy, StaffRef RaisedTo, StaffRef Owner, StaffRole OwnerRole, DateTimeOffset RaisedAt,
    DateTimeOffset? Deadline, DateTimeOffset? AcceptedAt, bool Overdue, bool Decided, string Decision, StaffRef? DecidedBy,
    DateTimeOffset? DecidedAt);

/// <summary>Who stands in for whom, from when to when, by whose order; never deleted.</summary>
/// <param name="EndedBecause">Empty while it is not over.</param>
/// <param name="HandedOver">How many things went to the stand-in when the window began.</param>
public sealed record CoverageRow(
    string CoverageId, StaffRef Absent, StaffRole AbsentRole, StaffRef StandIn, DateTimeOffset Begins, DateTimeOffset Until, string Reason,
    string ByOrder, StaffRef OrderedBy, CoveragePhase Phase, string EndedBecause, int HandedOver);

/// <summary>A device on which a person works outside the office, or wants to (C6); goes when its request lapses.</summary>
/// <param name="Label">What a person recognises it by.</param>
/// <param name="Because">The order by which it is admitted, or why it is not; empty while it waits.</param>
/// <param name="Until">The first moment at which it is not admitted any more; null where it never was.</param>
public sealed record DeviceRow(
    string DeviceId, StaffRef Person, string Label, DateTimeOffset RequestedAt, DevicePhase Phase, StaffRef? DecidedBy, string Because,
    DateTimeOffset? DecidedAt, DateTimeOffset? Until);
