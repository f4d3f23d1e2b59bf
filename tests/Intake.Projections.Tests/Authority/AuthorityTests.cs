using Intake.Domain;
using Intake.Domain.Clients;
using Intake.Domain.Escalations;
using Intake.Domain.Ordering;
using Intake.Domain.Staff;
using Intake.Projections.Authority;
using static Intake.Projections.Tests.Fold;

namespace Intake.Projections.Tests.Authority;

public sealed class AuthorityTests
{
    private static readonly StaffRef Ana = new("ana", "Ana");
    private static readonly StaffRef Mihai = new("mihai", "Mihai");
    private static readonly StaffRef Vera = new("vera", "Vera");

    private static readonly EscalationRaised Raised = new(
        "e1", EscalationKind.KeyClient, "A.III.4 key client", "c1", "k7", "Linella", ClientType.Key, Ana, Mihai,
        StaffRole.KeyAccountManager, Nine, Nine.AddMinutes(15));

    private static readonly CoverageOrdered Ordered = new(
        "v1", Mihai, StaffRole.KeyAccountManager, Vera, Nine, Nine.AddDays(7), "leave", "order 12", Ana, Nine);

    [Fact]
    public void A_decision_is_owed_with_its_clock_until_it_is_given()
    {
        var owed = Escalation(Raised, new EscalationAccepted("e1", Mihai, Nine.AddMinutes(1)));
        Assert.Equal(
            (Mihai, Nine.AddMinutes(15), Nine.AddMinutes(1), false, false, string.Empty),
            (owed.Owner, owed.Deadline, owed.AcceptedAt, owed.Overdue, owed.Decided, owed.Decision));
        var late = Escalation(
            Raised, new EscalationOverdue("e1", Mihai, Nine.AddMinutes(15), Nine.AddMinutes(15)), new EscalationDecided("e1", Mihai, "OrderTaken", Nine.AddMinutes(20)));
        Assert.Equal((true, true, "OrderTaken", Mihai), (late.Overdue, late.Decided, late.Decision, late.DecidedBy));
    }

    [Fact]
    public void Who_is_handed_it_owes_it_and_who_owed_it_first_is_kept()
    {
        var handed = Escalation(
            Raised, new EscalationAccepted("e1", Mihai, Nine), new EscalationReassigned("e1", Mihai, Vera, StaffRole.KeyAccountManager, "leave", Nine));
        Assert.Equal((Vera, Mihai, null), (handed.Owner, handed.RaisedTo, handed.AcceptedAt));
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public void What_is_raised_to_a_stand_in_is_raised_to_the_absent_person()
    {
        var raised = Escalation(Raised with { Owner = Vera, For = Mihai });
        Assert.Equal((Vera, Mihai), (raised.Owner, raised.RaisedTo));
        var asked = Escalation(new ConsultRequested(
            "o1", "o1-consult-1", Vera, "60 days?", "c1", "k7", "Linella", ClientType.Retail, Ana, 45m, Nine, For: Mihai));
        Assert.Equal((Vera, Mihai), (asked.Owner, asked.RaisedTo));
    }

    [Fact]
    public void A_question_about_an_order_is_shown_with_its_words_before_and_after_it_is_raised()
    {
        var asked = new ConsultRequested("o1", "o1-consult-1", Vera, "60 days?", "c1", "k7", "Linella", ClientType.Retail, Ana, 45m, Nine);
        var raised = Raised with { EscalationId = "o1-consult-1", Kind = EscalationKind.NonStandard, Owner = Vera, OwnerRole = StaffRole.Head };
        Assert.Equal(("o1", "60 days?", null), (Escalation(asked).OrderId, Escalation(asked).Question, Escalation(asked).Deadline));
        var both = Escalation(asked, raised);
        Assert.Equal(("o1", "60 days?", Nine.AddMinutes(15), Vera), (both.OrderId, both.Question, both.Deadline, both.Owner));
    }

    [Fact]
    public void An_absence_is_ordered_begins_and_ends()
    {
        Assert.Equal((CoveragePhase.Ordered, Vera), (Coverage(Ordered).Phase, Coverage(Ordered).StandIn));
        var begun = Coverage(
            Ordered, new CoverageStarted("v1", Mihai, StaffRole.KeyAccountManager, Vera, Ordered.Until, Nine),
            new OpenWorkHandedOver("v1", Mihai, Vera, ["e1", "e2"], ["b1"], Nine));
        Assert.Equal((CoveragePhase.Started, 3), (begun.Phase, begun.HandedOver));
        var ended = Coverage(
            Ordered, new CoverageEnded("v1", Mihai, StaffRole.KeyAccountManager, Vera, "came back", Ana, Nine),
            new OpenWorkHandedOver("v1", Vera, Mihai, ["e1"], [], Nine));
        Assert.Equal((CoveragePhase.Ended, "came back", 0), (ended.Phase, ended.EndedBecause, ended.HandedOver));
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void A_device_waits_is_admitted_and_withdrawn_and_goes_when_its_request_lapses()
    {
        var requested = new DeviceRequested("d1", Ana, "Firefox · Windows", Nine);
        var admitted = new DeviceAdmitted("d1", Ana, Vera, "order 7", Nine.AddMinutes(1), Nine.AddDays(30));
        var withdrawn = new DeviceWithdrawn("d1", Ana, Mihai, "stolen", Nine.AddMinutes(2));
        Assert.Equal(new DeviceRow("d1", Ana, "Firefox · Windows", Nine, DevicePhase.Requested, null, string.Empty, null, null), Device(requested));
        Assert.Equal(
            (DevicePhase.Admitted, Vera, "order 7", Nine.AddDays(30)),
            Device(requested, admitted) is var row ? (row.Phase, row.DecidedBy!, row.Because, row.Until!.Value) : default);
        Assert.Equal(
            (DevicePhase.Withdrawn, Mihai, "stolen"),
            Device(requested, admitted, withdrawn) is var over ? (over.Phase, over.DecidedBy!, over.Because) : default);
        Assert.Equal(DevicePhase.Refused, Device(requested, new DeviceRefused("d1", Ana, Vera, "not hers", Nine)).Phase);
        Assert.Empty(All(AuthorityProjection.Definition, requested, new DeviceRequestLapsed("d1", Ana, Nine)).Of<DeviceRow>("device"));
    }

    private static DeviceRow Device(params IReadOnlyList<IEvent> events) =>
        All(AuthorityProjection.Definition, events).Only<DeviceRow>("device");

    private static EscalationRow Escalation(params IReadOnlyList<IEvent> events) =>
        All(AuthorityProjection.Definition, events).Only<EscalationRow>("escalation");

    private static CoverageRow Coverage(params IReadOnlyList<IEvent> events) =>
        All(AuthorityProjection.Definition, events).Only<CoverageRow>("coverage");
}
