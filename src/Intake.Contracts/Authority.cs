namespace Intake.Contracts;

/// <summary>A decision that somebody with more authority owes, or has given.</summary>
/// <param name="Kind">keyClient, newClient, debtor, otherPurpose, nonStandard.</param>
/// <param name="OrderId">The order that is not standard; empty for a call that was handed on.</param>
/// <param name="Question">What is asked about that order; empty for a call.</param>
/// <param name="Owner">Who owes it now.</param>
/// <param name="Deadline">Null for the moment between a question and its escalation.</param>
/// <param name="Overdue">The deadline passed before it was decided.</param>
/// <param name="Decision">Empty while it is owed.</param>
/// <param name="RaisedTo">Who owed it first; another than the owner where it was handed on.</param>
public sealed record EscalationRow(
    string EscalationId, string Kind, string Rule, string CallId, string OrderId, string Question, string ClientId, string ClientName,
    string ClientType, Person RaisedBy, Person Owner, DateTimeOffset RaisedAt, DateTimeOffset? Deadline, DateTimeOffset? AcceptedAt,
    bool Overdue, bool Decided, string Decision, Person? DecidedBy, long ChangedAt,
    Person? RaisedTo = null);

/// <summary>Who stands in for whom (A.I.6).</summary>
/// <param name="Phase">ordered, started, ended.</param>
/// <param name="HandedOver">How many things went to the stand-in when the window began.</param>
public sealed record CoverageRow(
    string CoverageId, Person Absent, string AbsentRole, Person StandIn, DateTimeOffset Begins, DateTimeOffset Until, string Reason,
    string ByOrder, Person OrderedBy, string Phase, string EndedBecause, int HandedOver, long ChangedAt);

/// <summary>Decisions that are owed, and absences that are not over, at a position.</summary>
public sealed record DecisionsSnapshot(
    int Version, long Position, IReadOnlyList<EscalationRow> Escalations, IReadOnlyList<CoverageRow> Absences);

/// <summary>What of these changed after one position, up to another; what is decided or over leaves.</summary>
public sealed record DecisionsChange(
    int Version, long From, long To, IReadOnlyList<EscalationRow> Escalations, IReadOnlyList<CoverageRow> Absences);

/// <summary>Ordering who stands in for whom.</summary>
/// <param name="CoverageId">A UUID chosen by the client.</param>
/// <param name="Order">The order by which he is represented: its number, or who gave it.</param>
public sealed record OrderCoverage(
    string CoverageId, string AbsentId, string StandInId, DateTimeOffset From, DateTimeOffset Until, string Reason, string Order);

/// <summary>Handing a decision to another person.</summary>
public sealed record ReassignEscalation(string StaffId, string Reason);

/// <summary>Asking the head about an order that is not standard (A.III.11).</summary>
public sealed record RequestConsult(string Question);

/// <summary>Answering such a question.</summary>
public sealed record DecideConsult(bool Approved, string Answer);

/// <summary>What the head was asked about an order, and what he said.</summary>
/// <param name="Approved">Null while he has not answered.</param>
/// <param name="ChangedSince">The order was changed since he was asked; he must be asked again.</param>
public sealed record ConsultState(
    string EscalationId, Person To, string Question, DateTimeOffset AskedAt, bool? Approved, string Answer, Person? By, bool ChangedSince);

/// <summary>Somebody for whom the person signed in stands in now.</summary>
public sealed record Represented(string StaffId, string Name, string Role);
