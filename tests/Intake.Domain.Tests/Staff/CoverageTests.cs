using Intake.Domain.Staff;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Staff;

/// <summary>Who stands in for whom, and that rights begin and end with the window (A.I.6).</summary>
public sealed class CoverageTests
{
    private static readonly StaffAppointed KirasCard = new("kira", "Kira Lungu", StaffRole.KeyAccountManager, "key", "", "");
    private static readonly StaffAppointed AnnasCard = new("anna", "Анна Петрова", StaffRole.Operator, "sales", "", "");
    private static readonly CoverageFacts Facts = new(KirasCard, AnnasCard, Absences.Stream.Initial);

    private static readonly CoverageOrdered Ordered = new(
        "v1", Kira, StaffRole.KeyAccountManager, Anna, At(3600), At(7200), "leave", "order 12", Hanna, Nine);

    private static readonly CoverageStarted Started = new("v1", Kira, StaffRole.KeyAccountManager, Anna, At(7200), At(3600));
    private static readonly CoverageEnded Ended = new("v1", Kira, StaffRole.KeyAccountManager, Anna, "window over", StaffRef.System, At(7200));

    [Fact]
    [Trait("Clause", "A.I.6")]
    public void An_absence_is_ordered_with_the_absents_role_and_begins_with_its_window()
    {
        Given().When(Order(Ordered with { AbsentRole = StaffRole.Operator })).Then(Ordered);
        Given(Ordered).When(Order(Ordered)).ThenNothing();
        Given(Ordered).When(absences => CoverageDecisions.Start(absences, "v1", At(3599))).ThenNothing();
        Given(Ordered).When(absences => CoverageDecisions.Start(absences, "v1", At(3600))).Then(Started);
        Given(Ordered, Started).When(absences => CoverageDecisions.Start(absences, "v1", At(3700))).ThenNothing();
        var atOnce = Ordered with { From = Nine };
        Given().When(Order(atOnce)).Then(atOnce, Started with { At = Nine });
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public void The_rights_are_there_inside_the_window_only_however_late_the_timers_are()
    {
        var begun = Given(Ordered, Started).State;
        Assert.Null(Given(Ordered).State.InForce(At(3600)));
        Assert.Null(begun.InForce(At(3599)));
        Assert.Equal(Anna, begun.InForce(At(3600))?.Ordered.StandIn);
        Assert.Equal(Anna, begun.InForce(At(7199))?.Ordered.StandIn);
        Assert.Null(begun.InForce(At(7200)));
        Assert.Null(Given(Ordered, Started, Ended with { At = At(4000) }).State.InForce(At(4001)));
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public void It_ends_once_early_only_with_a_reason_and_may_be_called_off_before_it_begins()
    {
        Given(Ordered, Started).When(End("came back")).Then(Ended with { Reason = "came back", By = Hanna, At = At(5000) });
        Given(Ordered).When(End("travels later")).ThenOne<CoverageEnded>();
        Given(Ordered, Started, Ended).When(End("came back")).ThenNothing();
        Given(Ordered, Started).When(End(" ")).ThenRefused("reason-missing");
        Given().When(End("came back")).ThenRefused("coverage-unknown");
        Given(Ordered, Ended).When(absences => CoverageDecisions.Start(absences, "v1", At(3600))).ThenNothing();
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public void Nobody_gives_himself_the_rights_of_another() =>
        Given().When(Order(Ordered with { OrderedBy = Anna })).ThenRefused("own-coverage");

    [Theory]
    [InlineData(0, 3600, true)]
    [InlineData(0, 3601, false)]
    [InlineData(7199, 9000, false)]
    [InlineData(7200, 9000, true)]
    [InlineData(4000, 5000, false)]
    [Trait("Clause", "A.I.6")]
    public void A_person_is_covered_once_at_a_time_and_by_nobody_who_is_absent_himself(int from, int until, bool free)
    {
        var second = Ordered with { CoverageId = "v2", From = At(from), Until = At(until), At = At(-10) };
        var ofAnother = Scenario.Given(Absences.Stream, Ordered with { Absent = Anna, StandIn = Boris }).State;
        if (free)
        {
            Given(Ordered).When(Order(second)).ThenOne<CoverageOrdered>();
            Given().When(Order(second, Facts with { StandInsOwn = ofAnother })).ThenOne<CoverageOrdered>();
        }
        else
        {
            Given(Ordered).When(Order(second)).ThenRefused("covered-already");
            Given(Ordered, Ended).When(Order(second)).ThenOne<CoverageOrdered>();
            Given().When(Order(second, Facts with { StandInsOwn = ofAnother })).ThenRefused("stand-in-away");
        }
    }

    [Fact]
    public void An_absence_that_makes_no_sense_is_refused_with_what_to_do()
    {
        Given().When(Order(Ordered, Facts with { Absent = null })).ThenRefused("absent-unknown");
        Given().When(Order(Ordered, Facts with { StandIn = null })).ThenRefused("stand-in-unknown");
        Given().When(Order(Ordered, Facts with { StandIn = KirasCard })).ThenRefused("stand-in-self");
        Given().When(Order(Ordered, Facts with { Absent = KirasCard with { Role = StaffRole.Auditor } })).ThenRefused("role-not-covered");
        Given().When(Order(Ordered with { Until = Ordered.From })).ThenRefused("window-empty");
        Given().When(Order(Ordered with { At = At(9000) })).ThenRefused("window-past");
        Given().When(Order(Ordered with { Reason = " " })).ThenRefused("reason-missing");
        Given().When(Order(Ordered with { Order = "" })).ThenRefused("order-missing");
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public void What_was_handed_over_is_written_down_and_the_first_list_goes_back()
    {
        var handed = new OpenWorkHandedOver("v1", Kira, Anna, ["e1"], [], At(3601));
        Given(Ordered, Started).When(absences => CoverageDecisions.HandOver(absences, handed)).Then(handed);
        Given(Ordered, Started).When(absences => CoverageDecisions.HandOver(absences, handed with { Escalations = [] })).ThenNothing();
        var back = new OpenWorkHandedOver("v1", Anna, Kira, ["e2"], [], At(7201));
        Assert.Equal(handed, Given(Ordered, Started, handed, Ended, back).State.All["v1"].HandedOver);
    }

    private static Func<Absences, Decision> Order(CoverageOrdered order, CoverageFacts? facts = null) =>
        absences => CoverageDecisions.Order(absences, order, facts ?? Facts);

    private static Func<Absences, Decision> End(string reason) => absences => CoverageDecisions.End(absences, "v1", Hanna, reason, At(5000));

    private static Given<Absences> Given(params IEvent[] events) => Scenario.Given(Absences.Stream, events);
}
