using Intake.Contracts;
using Intake.Desk.Live;

namespace Intake.Desk.Tests;

public sealed class LiveQueueTests
{
    private readonly LiveQueue queue = new();

    [Fact]
    public void A_snapshot_replaces_everything()
    {
        queue.Apply(Given.Snapshot(10, Given.Call("a"), Given.Call("b")));
        queue.Apply(Given.Snapshot(20, Given.Call("c")));
        var waiting = Assert.Single(queue.Waiting);
        Assert.Equal("c", waiting.CallId);
        Assert.Equal(20, queue.Position);
    }

    [Fact]
    public void A_call_that_rings_at_another_waits_and_is_not_mine_to_reach_for()
    {
        var olga = new Person("olga", "Olga");
        queue.Apply(Given.Snapshot(
            10, Given.Call("a", waitedSeconds: 30) with { OfferedTo = new Person("ion", "Ion") },
            Given.Call("b", waitedSeconds: 20) with { OfferedTo = olga }, Given.Call("c", waitedSeconds: 10)));
        Assert.Equal(["a", "b", "c"], queue.Waiting.Select(call => call.CallId));
        Assert.Equal(["b", "c"], queue.WaitingFor("olga").Select(call => call.CallId));
        Assert.Equal("b", queue.RingingAt("olga")?.CallId);
        Assert.Null(queue.RingingAt("maria"));
    }

    [Fact]
    public void Who_is_answered_on_a_phone_and_not_taken_stands_after_those_who_wait_and_who_goes_out_or_has_left_his_queue_waits_for_nobody()
    {
        queue.Apply(Given.Snapshot(
            10, Given.Call("answered", "answered", waitedSeconds: 90), Given.Call("out", "arrived") with { Direction = "outbound", QueuedAt = null },
            Given.Call("ringing", "arrived") with { QueuedAt = null }, Given.Call("left its queue", "arrived"), Given.Call("waiting", waitedSeconds: 10)));
        Assert.Equal(["waiting", "ringing", "answered"], queue.Waiting.Select(call => call.CallId));
    }

    [Fact]
    public void A_change_that_starts_where_the_queue_stands_is_applied()
    {
        queue.Apply(Given.Snapshot(10, Given.Call("a")));
        Assert.True(queue.Apply(Given.Change(10, 12, Given.Call("b"))));
        Assert.Equal(2, queue.Waiting.Count);
        Assert.Equal(12, queue.Position);
    }

    [Fact]
    public void A_change_that_starts_later_shows_a_gap_and_is_not_applied()
    {
        queue.Apply(Given.Snapshot(10, Given.Call("a")));
        Assert.False(queue.Apply(Given.Change(11, 12, Given.Call("b"))));
        Assert.Single(queue.Waiting);
        Assert.Equal(10, queue.Position);
    }

    [Fact]
    public void A_change_that_reaches_over_the_position_shows_a_gap()
    {
        queue.Apply(Given.Snapshot(10));
        Assert.False(queue.Apply(Given.Change(8, 12, Given.Call("b"))));
        Assert.Empty(queue.Waiting);
    }

    [Fact]
    public void A_change_that_the_snapshot_contained_is_passed_over()
    {
        queue.Apply(Given.Snapshot(10, Given.Call("a", "connected")));
        Assert.True(queue.Apply(Given.Change(8, 10, Given.Call("a"))));
        Assert.Empty(queue.Waiting);
        Assert.Equal(10, queue.Position);
    }

    [Fact]
    public void A_change_of_another_version_asks_for_a_snapshot()
    {
        queue.Apply(Given.Snapshot(10));
        Assert.False(queue.Apply(Given.Change(10, 11, Given.Call("a")) with { Version = 2 }));
    }

    [Theory]
    [InlineData("abandoned")]
    [InlineData("convertedToCallback")]
    [InlineData("closed")]
    public void A_call_that_is_over_leaves_the_queue(string phase)
    {
        queue.Apply(Given.Snapshot(10, Given.Call("a")));
        Assert.True(queue.Apply(Given.Change(10, 11, Given.Call("a", phase))));
        Assert.Empty(queue.Waiting);
        Assert.Empty(queue.InHand);
    }

    [Fact]
    public void Who_has_waited_longest_is_first()
    {
        queue.Apply(Given.Snapshot(10, Given.Call("young", waitedSeconds: 5), Given.Call("old", waitedSeconds: 50)));
        Assert.Equal(["old", "young"], queue.Waiting.Select(call => call.CallId));
    }

    [Fact]
    public void A_person_sees_the_calls_offered_to_him_and_no_others()
    {
        var offered = Given.Call("a", "connected") with { AskedNow = new Person("irina", "Irina"), AskedAt = Given.Nine };
        queue.Apply(Given.Snapshot(10, offered, Given.Call("b", "connected")));
        Assert.Equal("a", Assert.Single(queue.OfferedTo("irina")).CallId);
        Assert.Empty(queue.OfferedTo("victor"));
    }

    [Fact]
    public void Orders_follow_the_same_rule_of_positions()
    {
        var orders = new LiveOrders();
        orders.Apply(new OrdersSnapshot(1, 5, []));
        Assert.False(orders.Apply(new OrdersChange(1, 6, 7, [])));
        Assert.True(orders.Apply(new OrdersChange(1, 5, 7, [])));
        Assert.Equal(7, orders.Position);
    }
}
