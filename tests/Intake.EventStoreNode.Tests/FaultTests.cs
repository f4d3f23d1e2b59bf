using static Intake.Testing.EventStoreDb.Tests.Conversation;

namespace Intake.Testing.EventStoreDb.Tests;

/// <summary>What a node does when a test lets something go wrong.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task Killed_and_started_again_it_has_its_port_and_its_log_and_what_was_held_is_lost()
    {
        await using var node = await EventStoreNode.Started();
        await using var talk = With(node);
        var (port, a) = (node.Port, Event("a"));
        await talk.Append("before", NoStream, a);
        node.Faults.HoldAppends();
        var held = talk.Append("held", After(0), Event("x"));
        await Eventually.Holds(() => node.Faults.AppendsReceived == 2, "the append is received");
        await node.Kill();
        await held;
        node.Faults.Heal();
        await talk.Append("while dead", After(0), Event("x"));
        await node.Start();
        await talk.Append("again", NoStream, a);
        await talk.Append("again, any", Any, a);
        Assert.Equal(port, node.Port);
        var said = talk.Transcript.ToString().Split('\n');
        Assert.StartsWith("held: Unavailable", said[1], StringComparison.Ordinal);
        Assert.StartsWith("while dead: Unavailable", said[2], StringComparison.Ordinal);
        // A server that was started anew knows ids by their revision only.
        Assert.Equal(["again: revision 0 at a, again", "again, any: revision 1 at a"], said[3..]);
        Assert.Equal(2, node.Faults.AppendsWritten);
    }

    [Theory]
    [InlineData(CutKind.Reset, "Unavailable")]
    [InlineData(CutKind.EndOfCall, "OK: ended without an answer")]
    public async Task Cut_before_the_write_nothing_is_written_and_cut_before_the_answer_it_is(CutKind how, string said)
    {
        await using var node = await EventStoreNode.Started();
        await using var talk = With(node);
        var a = Event("a");
        node.Faults.CutBeforeWrite(how: how);
        await talk.Append("cut", NoStream, a);
        Assert.Equal(0, node.Faults.AppendsWritten);
        node.Faults.CutBeforeAnswer(how: how);
        await talk.Append("cut", NoStream, a);
        Assert.Equal(1, node.Faults.AppendsWritten);
        await talk.Append("again", NoStream, a);
        Assert.Equal((1, 1), (node.Faults.AppendsWritten, node.Faults.AppendsAnswered));
        var lines = talk.Transcript.ToString().Split('\n');
        Assert.All(lines[..2], line => Assert.StartsWith($"cut: {said}", line, StringComparison.Ordinal));
        Assert.Equal("again: revision 0 at a", lines[2]);
    }

    [Fact]
    public async Task An_append_that_is_held_for_too_long_is_answered_with_a_timeout_and_may_be_written_yet()
    {
        await using var node = await EventStoreNode.Started(new() { WriteTimeout = TimeSpan.FromMilliseconds(50) });
        await using var talk = With(node);
        var a = Event("a");
        using (node.Faults.HoldAppends())
            await talk.Append("held", NoStream, a);
        await Eventually.Holds(() => node.Faults.AppendsWritten == 1, "the append is written");
        await talk.Append("again", NoStream, a);
        talk.Said("""
            held: DeadlineExceeded Timeout { }
            again: revision 0 at a
            """);
    }

    [Fact]
    public async Task Answers_that_are_held_come_when_they_are_released()
    {
        await using var node = await EventStoreNode.Started();
        await using var talk = With(node);
        var held = node.Faults.HoldAppendAnswers();
        var append = talk.Append("held", NoStream, Event("a"));
        await Eventually.Holds(() => node.Faults.AppendsWritten == 1, "the append is written");
        Assert.Equal(0, node.Faults.AppendsAnswered);
        held.Dispose();
        await append;
        talk.Said("held: revision 0 at a");
    }

    [Fact]
    public async Task Refusals_come_as_often_as_asked_for()
    {
        await using var node = await EventStoreNode.Started();
        await using var talk = With(node);
        foreach (var refusal in new NodeRefusal[]
        {
            new NodeRefusal.NotReady(), new NodeRefusal.TooBusy(), new NodeRefusal.NoLeaderInfo(), new NodeRefusal.NotLeader("elsewhere", 1),
        })
        {
            node.Faults.RefuseAppends(refusal);
            node.Faults.RefuseReads(refusal);
            await talk.Append("append", Any, Event("x"));
            await talk.ReadStream("read", o => o.Stream.Start = new());
        }
        await talk.Append("append", Any, Event("a"));
        talk.Said("""
            append: OK Server Is Not Ready { }
            read: Unavailable: Server Is Not Ready
            append: OK Server Is Busy { }
            read: Unavailable: Server Is Too Busy
            append: OK No leader info available in response { }
            read: Unknown: No leader info available in response
            append: NotFound: Leader info available [exception=not-leader] [leader-endpoint-host=elsewhere] [leader-endpoint-port=1]
            read: NotFound: Leader info available [exception=not-leader] [leader-endpoint-host=elsewhere] [leader-endpoint-port=1]
            append: revision 0 at a
            """);
    }

    [Fact]
    public async Task A_subscription_whose_reader_is_slow_falls_behind_and_catches_up_again()
    {
        await using var node = await EventStoreNode.Started();
        await using var writer = With(node);
        await using var reader = With(node);
        await reader.Subscribe("live", 105, o => { Only(o, "wire", window: 1000); o.All.End = new(); }, async () =>
        {
            if (node.Faults.AppendsWritten > 0) return;
            using (node.Faults.HoldReads())
            {
                for (var number = 0; number < 100; number++) await writer.Append("", Any, Event($"e{number}"));
                Assert.Equal(1, node.Faults.SubscriptionsOpen);
            }
        });
        var said = reader.Transcript.ToString().Split(": ", 2)[1].Split(" | ");
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number} e{number}"), said.Where(line => char.IsDigit(line[0])));
        Assert.Equal(2, said.Count(line => line == "caught up"));
    }

    [Fact]
    public async Task Dropped_connections_end_subscriptions_and_the_node_goes_on()
    {
        await using var node = await EventStoreNode.Started();
        await using var talk = With(node);
        await talk.Subscribe("dropped", 9, o => o.All.End = new(), () =>
        {
            node.Faults.DropConnections();
            return Task.CompletedTask;
        });
        Assert.StartsWith("dropped: confirmed | caught up | Unavailable", talk.Transcript.ToString(), StringComparison.Ordinal);
        await Eventually.Holds(() => node.Faults.SubscriptionsOpen == 0, "the subscription is gone");
        await talk.Append("then", NoStream, Event("a"));
    }
}
