using Bunit;
using Intake.Contracts;
using Intake.Desk.Live;
using Intake.Desk.Pad;
using Intake.Desk.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

/// <summary>All of a person's work in one ranked list (B.II.1.2).</summary>
[Trait("Clause", "B.II.1.2")]
public sealed class DayPlanTests : DeskContext
{
    private static readonly Person Olga = new("olga", "Olga");

    public DayPlanTests()
    {
    }

    [Fact]
    public void Who_is_on_the_line_comes_first_then_what_is_overdue_then_what_is_due_and_last_what_cannot_be_done_yet()
    {
        Live.Queue.Apply(new QueueSnapshot(
            1, 1,
            [Given.Call("waits"), Given.Call("rings", waitedSeconds: 5) with { OfferedTo = Olga, OfferedAt = Given.Nine }],
            [],
            [
                Given.Callback("soon", minutesLeft: 10), Given.Callback("late", minutesLeft: -5), Given.Callback("queue", "roman", "main", minutesLeft: 40),
                Given.Callback("tomorrow", minutesLeft: 900) with { NotBefore = Given.Nine.AddHours(10) },
            ]));
        Live.Decisions.Apply(new DecisionsSnapshot(1, 1, [Owed("asked", 5), Owed("missed", -20), Owed("of-ion", 1) with { Owner = new Person("ion", "Ion") }], []));
        Live.Orders.Apply(new OrdersSnapshot(1, 1, [Draft("left"), Draft("on-the-pad"), Draft("ions") with { By = new Person("ion", "Ion") }]));

        Assert.Equal(
            ["rings", "waits", "missed", "late", "asked", "soon", "queue", "left", "tomorrow"],
            DayPlan.Of(Live.Queue, Live.Decisions, Live.Orders, "olga", rings: true, "on-the-pad", Given.Nine).Select(task => task.Id));
    }

    [Fact]
    public void Who_does_not_ring_for_the_queues_has_neither_their_calls_nor_their_promises_in_his_plan()
    {
        Live.Queue.Apply(new QueueSnapshot(1, 1, [Given.Call("waits")], [], [Given.Callback("queue", "roman", "main"), Given.Callback("own")]));
        Assert.Equal(["own"], DayPlan.Of(Live.Queue, Live.Decisions, Live.Orders, "olga", rings: false, "", Given.Nine).Select(task => task.Id));
    }

    [Fact]
    public void What_another_has_in_hand_is_no_task_and_what_one_has_oneself_can_be_done_now()
    {
        Live.Queue.Apply(new QueueSnapshot(
            1, 1, [], [],
            [
                Given.Callback("others", "roman", "main") with { LeasedBy = new Person("ion", "Ion") },
                Given.Callback("mine", "roman", "main", minutesLeft: 99) with { LeasedBy = Olga, NotBefore = Given.Nine.AddHours(1) },
            ]));
        var task = Assert.Single(DayPlan.Of(Live.Queue, Live.Decisions, Live.Orders, "olga", rings: true, "", Given.Nine));
        Assert.Equal(("mine", null), (task.Id, task.From));
    }

    [Fact]
    public void The_list_says_what_to_do_for_whom_and_until_when_and_marks_the_first_with_its_key()
    {
        Live.Queue.Apply(new QueueSnapshot(1, 1, [], [], [Given.Callback("b1", "olga", minutesLeft: 10)]));
        Assert.Empty(Render<PlanOfTheDay>().FindAll("li"));
        Live.Queue.Apply(new QueueSnapshot(1, 1, [], [], [Given.Callback("b1", "", minutesLeft: 10)]));
        var first = Assert.Single(Render<PlanOfTheDay>().FindAll("li"));
        Assert.Contains("Ring back", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("Casa Verde", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("overdue since", first.TextContent, StringComparison.Ordinal);
        Assert.Equal("N", first.QuerySelector("kbd")!.TextContent);
    }

    private static EscalationRow Owed(string id, int minutes) => new(
        id, "nonStandard", "", "c", "o", "May he?", "k", "Casa Verde", "retail", new Person("ion", "Ion"), Olga, Given.Nine, Given.Nine.AddMinutes(minutes), null,
        false, false, "", null, 1);

    private static OrderRow Draft(string id) => new(id, "draft", "", "k", "Casa Verde", "retail", Olga, 1, 1, 0, 0, Given.Nine, null, null, "", 1);
}
