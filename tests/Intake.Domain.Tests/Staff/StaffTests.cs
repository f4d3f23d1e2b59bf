using Intake.Domain.Staff;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Staff;

public sealed class StaffTests
{
    private static readonly StaffAppointed Appointment = new("anna", "Анна Петрова", StaffRole.Operator, "Sales support", "12", "");

    [Fact]
    public void A_person_is_appointed_by_name()
    {
        var appointed = Scenario.Given(StaffMember.Stream).After(member => StaffMember.Appoint(member, Appointment));
        Assert.Equal(Appointment, appointed.History[^1]);
        appointed.When(member => StaffMember.Appoint(member, Appointment)).ThenNothing();
        appointed.When(member => StaffMember.Appoint(member, Appointment with { Role = StaffRole.Head })).ThenOne<StaffAppointed>();
        Scenario.Given(StaffMember.Stream).When(member => StaffMember.Appoint(member, Appointment with { Name = "" })).ThenRefused("name-missing");
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public void An_appointment_at_the_desk_names_its_order()
    {
        var byOrder = Appointment with { Order = "12 of 24.11.2026" };
        var appointed = Scenario.Given(StaffMember.Stream);
        appointed.When(member => StaffMember.AppointByOrder(member, byOrder)).Then(byOrder);
        appointed.When(member => StaffMember.AppointByOrder(member, byOrder with { Order = " " })).ThenRefused("order-missing");
        appointed.When(member => StaffMember.AppointByOrder(member, byOrder with { StaffId = StaffRef.System.Id })).ThenRefused("id-reserved");
    }

    [Fact]
    public void The_companys_records_tell_nothing_new_of_who_was_appointed_by_an_order()
    {
        var byOrder = Appointment with { Order = "12 of 24.11.2026" };
        var appointed = Scenario.Given(StaffMember.Stream, byOrder);
        appointed.When(member => StaffMember.Appoint(member, Appointment)).ThenNothing();
        appointed.When(member => StaffMember.Appoint(member, Appointment with { Extension = "13" })).ThenOne<StaffAppointed>();
    }

    [Fact]
    public void Nobody_is_appointed_as_what_acts_by_itself() => Scenario.Given(StaffMember.Stream)
        .When(member => StaffMember.Appoint(member, Appointment with { StaffId = StaffRef.System.Id, Name = StaffRef.System.Name }))
        .ThenRefused("id-reserved");

    [Fact]
    public void Nobody_is_appointed_under_an_id_that_could_be_the_name_of_anothers_shift() => Scenario.Given(StaffMember.Stream)
        .When(member => StaffMember.Appoint(member, Appointment with { StaffId = "anna:1" })).ThenRefused("id-has-colon");

    [Fact]
    public void Who_was_dismissed_can_be_appointed_again()
    {
        var dismissed = Scenario.Given(StaffMember.Stream, Appointment, new StaffDismissed("anna", "17 of 24.11.2026", "left"));
        Assert.Null(dismissed.State.InForce);
        Assert.Equal(Appointment, dismissed.After(member => StaffMember.Appoint(member, Appointment)).State.InForce);
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public void A_dismissal_names_its_order_and_its_reason()
    {
        var dismissal = new StaffDismissed("anna", "17 of 24.11.2026", "left");
        var appointed = Scenario.Given(StaffMember.Stream, Appointment);
        appointed.When(member => StaffMember.Dismiss(member, dismissal)).Then(dismissal);
        appointed.When(member => StaffMember.Dismiss(member, dismissal with { Order = " " })).ThenRefused("order-missing");
        appointed.When(member => StaffMember.Dismiss(member, dismissal with { Reason = "" })).ThenRefused("reason-missing");
        appointed.After(member => StaffMember.Dismiss(member, dismissal)).When(member => StaffMember.Dismiss(member, dismissal)).ThenNothing();
        Scenario.Given(StaffMember.Stream).When(member => StaffMember.Dismiss(member, dismissal)).ThenRefused("staff-unknown");
    }

    [Fact]
    public void Skills_are_queues_and_none_means_every_queue()
    {
        var appointed = Scenario.Given(StaffMember.Stream, Appointment);
        Assert.True(appointed.State.Skills.Cover("regions"));
        var skilled = appointed.After(member => StaffMember.SetSkills(member, new SkillsSet("anna", ["main", "horeca"])));
        Assert.Equal((true, false), (skilled.State.Skills.Cover("horeca"), skilled.State.Skills.Cover("regions")));
        skilled.When(member => StaffMember.SetSkills(member, new SkillsSet("anna", ["horeca", "main"]))).ThenNothing();
        skilled.When(member => StaffMember.SetSkills(member, new SkillsSet("anna", [" "]))).ThenRefused("queue-missing");
        Assert.True(skilled.After(member => StaffMember.SetSkills(member, new SkillsSet("anna", []))).State.Skills.Cover("regions"));
        Scenario.Given(StaffMember.Stream).When(member => StaffMember.SetSkills(member, new SkillsSet("anna", ["main"]))).ThenRefused("staff-unknown");
    }

    [Fact]
    public void The_first_presence_of_a_shift_opens_the_session()
    {
        Off().When(Become(Presence.Ready)).Then(
            new SessionOpened(Anna, StaffRole.Operator, Nine), new BecameReady(Anna, StaffRole.Operator, Nine));
        Off().When(Become(Presence.NotReady, "Break")).Then(
            new SessionOpened(Anna, StaffRole.Operator, Nine), new BecameNotReady(Anna, StaffRole.Operator, "Break", Nine));
        Off().When(Become(Presence.Offline)).ThenNothing();
    }

    [Fact]
    public void Presence_moves_and_the_same_presence_changes_nothing()
    {
        var ready = Off().After(Become(Presence.Ready));
        ready.When(Become(Presence.Ready)).ThenNothing();
        ready.When(Become(Presence.NotReady, "Break")).Then(new BecameNotReady(Anna, StaffRole.Operator, "Break", Nine));
        ready.When(Become(Presence.Offline)).Then(new SessionClosed(Anna, StaffRole.Operator, Nine));
        Assert.Equal(Presence.Offline, ready.After(Become(Presence.Offline)).State.Presence);

        var onBreak = ready.After(Become(Presence.NotReady, "Break"));
        onBreak.When(Become(Presence.NotReady, "Break")).ThenNothing();
        onBreak.When(Become(Presence.NotReady, "Meeting")).ThenOne<BecameNotReady>();
        onBreak.When(Become(Presence.Ready)).Then(new BecameReady(Anna, StaffRole.Operator, Nine));
    }

    [Fact]
    public void Who_has_only_signed_on_is_not_ready() =>
        Assert.Equal(Presence.NotReady, Scenario.Given(OperatorSession.Stream, new SessionOpened(Anna, StaffRole.Operator, Nine)).State.Presence);

    [Fact]
    public void Not_being_ready_has_a_reason() =>
        Off().After(Become(Presence.Ready)).When(Become(Presence.NotReady, " ")).ThenRefused("reason-missing");

    private static Given<OperatorSession> Off() => Scenario.Given(OperatorSession.Stream);

    private static Func<OperatorSession, Decision> Become(Presence presence, string reason = "") =>
        session => OperatorSession.Become(session, Anna, StaffRole.Operator, presence, reason, Nine);
}
