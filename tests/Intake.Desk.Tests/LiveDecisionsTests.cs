using Intake.Contracts;
using Intake.Desk.Live;

namespace Intake.Desk.Tests;

public sealed class LiveDecisionsTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private readonly LiveDecisions decisions = new();

    [Fact]
    public void What_is_owed_stands_by_urgency_and_each_sees_his_own()
    {
        decisions.Apply(new DecisionsSnapshot(1, 10, [Owed("b", "lev", 20), Owed("a", "kira", 10), Owed("c", "kira", 5)], []));
        Assert.Equal(["c", "a", "b"], decisions.Owed.Select(one => one.EscalationId));
        Assert.Equal(["c", "a"], decisions.OwedBy("kira").Select(one => one.EscalationId));
    }

    [Fact]
    public void What_is_decided_leaves_and_what_is_handed_over_changes_hands()
    {
        decisions.Apply(new DecisionsSnapshot(1, 10, [Owed("a", "kira", 10), Owed("b", "kira", 20)], [Absence("v1", "started")]));
        Assert.True(decisions.Apply(new DecisionsChange(
            1, 10, 12, [Owed("a", "kira", 10) with { Decided = true }, Owed("b", "lev", 20)], [Absence("v1", "ended"), Absence("v2", "ordered")])));
        Assert.Equal(["b"], decisions.OwedBy("lev").Select(one => one.EscalationId));
        Assert.Empty(decisions.OwedBy("kira"));
        Assert.Equal(["v2"], decisions.Absences.Select(one => one.CoverageId));
        Assert.Equal(12, decisions.Position);
    }

    [Fact]
    public void A_gap_or_other_tables_ask_for_a_snapshot_and_what_came_before_changes_nothing()
    {
        decisions.Apply(new DecisionsSnapshot(1, 10, [Owed("a", "kira", 10)], []));
        Assert.False(decisions.Apply(new DecisionsChange(1, 11, 12, [Owed("b", "kira", 10)], [])));
        Assert.False(decisions.Apply(new DecisionsChange(2, 10, 12, [Owed("b", "kira", 10)], [])));
        Assert.True(decisions.Apply(new DecisionsChange(1, 8, 9, [Owed("b", "kira", 10)], [])));
        Assert.Single(decisions.Owed);
    }

    [Fact]
    public void A_change_that_begins_earlier_and_reaches_further_misses_nothing_and_is_applied()
    {
        decisions.Apply(new DecisionsSnapshot(1, 10, [Owed("a", "kira", 10)], []));
        Assert.True(decisions.Apply(new DecisionsChange(1, 4, 12, [Owed("b", "kira", 10)], [Absence("v1", "started"), Absence("v2", "ordered")])));
        Assert.Equal((2, 12L), (decisions.Owed.Count, decisions.Position));
        Assert.Equal(["kira"], decisions.RepresentedBy("lev"));
    }

    private static EscalationRow Owed(string id, string owner, int minutes) => new(
        id, "nonStandard", "", "call-1", "order-1", "?", "c1", "Casa Verde", "retail", new Person("anna", "Anna"), new Person(owner, owner), Nine,
        Nine.AddMinutes(minutes), null, false, false, "", null, 1);

    private static CoverageRow Absence(string id, string phase) => new(
        id, new Person("kira", "Kira"), "head", new Person("lev", "Lev"), Nine, Nine.AddDays(1), "leave", "12", new Person("roman", "Roman"),
        phase, "", 0, 1);
}
