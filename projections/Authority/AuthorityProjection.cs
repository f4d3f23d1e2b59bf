using Intake.Domain.Escalations;
using Intake.Domain.Ordering;
using Intake.Domain.Staff;
using Intake.Projections.Engine;

namespace Intake.Projections.Authority;

/// <summary>Who owes which decision, who stands in for whom, and on which devices people work outside the office.</summary>
public static class AuthorityProjection
{
    public static readonly Projection Definition = new("authority", 2, Schema.Of("Authority"), [Escalations(), Coverages(), Devices()]);

    private static Table<EscalationRow> Escalations() => new Table<EscalationRow>("escalation")
        .On<ConsultRequested>(e => e.EscalationId, (row, e, _) => row is not null ? row with { OrderId = e.OrderId, Question = e.Question } : new EscalationRow(
            e.EscalationId, EscalationKind.NonStandard, string.Empty, e.CallId, e.OrderId, e.Question, e.ClientId, e.ClientName, e.ClientType,
            e.By, e.For ?? e.To, e.To, Domain.StaffRole.Head, e.At, null, null, false, false, string.Empty, null, null))
        .On<EscalationRaised>(e => e.EscalationId, (row, e, _) => row is not null ? row with { Rule = e.Rule, Deadline = e.Deadline } : new EscalationRow(
            e.EscalationId, e.Kind, e.Rule, e.CallId, string.Empty, string.Empty, e.ClientId, e.ClientName, e.ClientType, e.RaisedBy,
            e.For ?? e.Owner, e.Owner, e.OwnerRole, e.At, e.Deadline, null, false, false, string.Empty, null, null))
        .OnKnown((EscalationReassigned e) => e.EscalationId, (row, e) => row with { Owner = e.To, OwnerRole = e.ToRole, AcceptedAt = null })
        .OnKnown((EscalationAccepted e) => e.EscalationId, (row, e) => row with { AcceptedAt = e.At })
        .OnKnown((EscalationOverdue e) => e.EscalationId, (row, _) => row with { Overdue = true })
        .OnKnown((EscalationDecided e) => e.EscalationId, (row, e) => row with
        {
            Decided = true,
            Decision = e.Decision,
            DecidedBy = e.By,
            DecidedAt = e.At,
        });

    private static Table<CoverageRow> Coverages() => new Table<CoverageRow>("coverage")
        .On<CoverageOrdered>(e => e.CoverageId, (_, e, _) => new CoverageRow(
            e.CoverageId, e.Absent, e.AbsentRole, e.StandIn, e.From, e.Until, e.Reason, e.Order, e.OrderedBy, CoveragePhase.Ordered, string.Empty, 0))
        .OnKnown((CoverageStarted e) => e.CoverageId, (row, _) => row with { Phase = CoveragePhase.Started })
        .OnKnown((OpenWorkHandedOver e) => e.CoverageId, (row, e) => e.To.Id == row.StandIn.Id
            ? row with { HandedOver = e.Escalations.Count + e.Callbacks.Count + (e.Orders?.Count ?? 0) }
            : row)
        .OnKnown((CoverageEnded e) => e.CoverageId, (row, e) => row with { Phase = CoveragePhase.Ended, EndedBecause = e.Reason });

    private static Table<DeviceRow> Devices() => new Table<DeviceRow>("device")
        .On<DeviceRequested>(e => e.DeviceId, (_, e, _) => new DeviceRow(
            e.DeviceId, e.Person, e.Label, e.At, DevicePhase.Requested, null, string.Empty, null, null))
        .On<DeviceRequestLapsed>(e => e.DeviceId, (_, _, _) => null)
        .OnKnown((DeviceAdmitted e) => e.DeviceId, (row, e) => row with
        {
            Phase = DevicePhase.Admitted,
            DecidedBy = e.By,
            Because = e.Order,
            DecidedAt = e.At,
            Until = e.Until,
        })
        .OnKnown((DeviceRefused e) => e.DeviceId, (row, e) => Over(row, DevicePhase.Refused, e.By, e.Reason, e.At))
        .OnKnown((DeviceWithdrawn e) => e.DeviceId, (row, e) => Over(row, DevicePhase.Withdrawn, e.By, e.Reason, e.At));

    private static DeviceRow Over(DeviceRow row, DevicePhase phase, Domain.StaffRef by, string reason, DateTimeOffset at) =>
        row with { Phase = phase, DecidedBy = by, Because = reason, DecidedAt = at };
}
