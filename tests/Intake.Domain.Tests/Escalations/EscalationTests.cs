using Intake.Domain.Clients;
using Intake.Domain.Escalations;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Escalations;

public sealed class EscalationTests
{
    private static readonly EscalationRaised Raised = new(
        "e1", EscalationKind.KeyClient, "A.III.4 key client", "call-1", "c1", "Casa Verde", ClientType.Key, Anna, Kira,
        StaffRole.KeyAccountManager, Nine, Deadline);

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void An_escalation_is_raised_once_with_an_owner_and_a_deadline()
    {
        Given().When(escalation => Escalation.Raise(escalation, Raised)).Then(Raised);
        Given(Raised).When(escalation => Escalation.Raise(escalation, Raised)).ThenNothing();
    }

    [Fact]
    public void It_is_taken_on_once()
    {
        Given(Raised).When(Accept).Then(new EscalationAccepted("e1", Kira, At(10)));
        Given(Raised, new EscalationAccepted("e1", Kira, Nine)).When(Accept).ThenNothing();
        Given(Raised, new EscalationDecided("e1", Kira, "taken-over", Nine)).When(Accept).ThenNothing();
        Given().When(Accept).ThenRefused("escalation-unknown");
    }

    [Fact]
    public void It_ends_in_one_recorded_decision()
    {
        Given(Raised).When(Decide(Kira)).Then(new EscalationDecided("e1", Kira, "taken-over", At(10)));
        Given(Raised, new EscalationDecided("e1", Kira, "taken-over", Nine)).When(Decide(Lev)).ThenNothing();
        Given().When(Decide(Kira)).ThenRefused("escalation-unknown");
    }

    [Fact]
    public void Nobody_decides_on_what_he_raised_himself()
    {
        Given(Raised).When(Decide(Anna)).ThenRefused("own-escalation");
        Given(Raised with { RaisedBy = StaffRef.System }).When(Decide(StaffRef.System)).ThenOne<EscalationDecided>();
    }

    [Fact]
    [Trait("Clause", "A.III.11")]
    public void Past_its_deadline_it_is_overdue_once_and_stays_owed()
    {
        Given(Raised).When(escalation => Escalation.Expire(escalation, "e1", Deadline.AddSeconds(-1))).ThenNothing();
        var overdue = new EscalationOverdue("e1", Kira, Deadline, Deadline);
        Given(Raised).When(escalation => Escalation.Expire(escalation, "e1", Deadline)).Then(overdue);
        Given(Raised, overdue).When(escalation => Escalation.Expire(escalation, "e1", Deadline)).ThenNothing();
        Given(Raised, new EscalationDecided("e1", Kira, "taken-over", Nine)).When(escalation => Escalation.Expire(escalation, "e1", Deadline)).ThenNothing();
        Given(Raised, overdue).When(Decide(Kira)).ThenOne<EscalationDecided>();
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public void It_is_handed_to_another_but_never_to_who_raised_it()
    {
        var handed = new EscalationReassigned("e1", Kira, Lev, StaffRole.KeyAccountManager, "leave", At(10));
        Given(Raised).When(Reassign(Lev)).Then(handed);
        Given(Raised, handed).When(Reassign(Lev)).ThenNothing();
        Given(Raised, handed).When(Reassign(Kira)).ThenOne<EscalationReassigned>();
        Given(Raised).When(Reassign(Anna)).ThenRefused("own-escalation");
        Given(Raised, new EscalationDecided("e1", Kira, "taken-over", Nine)).When(Reassign(Lev)).ThenNothing();
        Given().When(Reassign(Lev)).ThenRefused("escalation-unknown");
        Assert.Equal(Lev, Given(Raised, handed).When(escalation => Escalation.Expire(escalation, "e1", Deadline)).ThenOne<EscalationOverdue>().Owner);
    }

    private static Func<Escalation, Decision> Reassign(StaffRef to) =>
        escalation => Escalation.Reassign(escalation, "e1", to, StaffRole.KeyAccountManager, "leave", At(10));

    private static Decision Accept(Escalation escalation) => Escalation.Accept(escalation, "e1", Kira, At(10));

    private static Func<Escalation, Decision> Decide(StaffRef by) => escalation => Escalation.Decide(escalation, "e1", by, "taken-over", At(10));

    private static Given<Escalation> Given(params IEvent[] events) => Scenario.Given(Escalation.Stream, events);
}
