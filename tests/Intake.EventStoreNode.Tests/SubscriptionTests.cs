using static Intake.Testing.EventStoreDb.Tests.Conversation;

namespace Intake.Testing.EventStoreDb.Tests;

/// <summary>Subscriptions over the wire. Every expectation was taken from EventStoreDB 24.6.0.</summary>
public sealed class SubscriptionTests
{
    [Fact]
    public async Task The_whole_log_after_a_position()
    {
        await using var talk = await Abcd();
        await talk.Subscribe("after b", 5, o => { talk.Mine(o); o.All.Position = talk.At("b"); });
        await talk.Subscribe("after b/0", 5, o =>
        {
            talk.Mine(o);
            o.All.Position = new() { CommitPosition = talk.At("b").CommitPosition };
        });
        await talk.Subscribe("after d", 2, o => { talk.Mine(o); o.All.Position = talk.At("d"); });
        await talk.Subscribe("after what will come", 2, o => { talk.Mine(o); o.All.Position = talk.At("d", plus: 1_000_000); });
        await talk.Subscribe("after everything", 2, o => { talk.Mine(o); o.All.End = new(); });
        await talk.Subscribe("unfiltered after c", 3, o => o.All.Position = talk.At("c"));
        await talk.Subscribe("inside of b", 3, o => { talk.Mine(o); o.All.Position = talk.At("b", plus: 1); });
        await talk.Subscribe("never a checkpoint", 2, o => { Only(o, talk.Stream, interval: 0); o.All.Position = talk.At("b"); });
        talk.Said("""
            three: revision 2 at c
            one: revision 3 at d
            then: 0 a | 1 b | 2 c | 3 d | last 3
            after b: confirmed | 2 c | 3 d | checkpoint d | caught up
            after b/0: confirmed | 1 b | 2 c | 3 d | checkpoint d
            after d: confirmed | caught up
            after what will come: confirmed | caught up
            after everything: confirmed | caught up
            unfiltered after c: confirmed | 3 d | caught up
            inside of b: confirmed | InvalidArgument: Trying to read from an invalid position.
            never a checkpoint: Unknown: Exception was thrown by handler.
            """);
    }

    [Fact]
    public async Task Checkpoints_while_catching_up()
    {
        await using var talk = await Abcd();
        await talk.Subscribe("every one", 8, o => { Only(o, talk.Stream, window: 1); o.All.Position = talk.At("a"); });
        await talk.Subscribe("every second", 7, o => { Only(o, talk.Stream, window: 2); o.All.Position = talk.At("a"); });
        await talk.Subscribe("every one, nothing wanted", 6, o => { Only(o, "none", window: 1); o.All.Position = talk.At("a"); });
        await talk.Subscribe("every second, nothing wanted", 4, o => { Only(o, "none", window: 2); o.All.Position = talk.At("a"); });
        await talk.Subscribe("seldom, nothing wanted", 3, o => { Only(o, "none"); o.All.Position = talk.At("a"); });
        talk.Said("""
            three: revision 2 at c
            one: revision 3 at d
            then: 0 a | 1 b | 2 c | 3 d | last 3
            every one: confirmed | checkpoint a | 1 b | checkpoint b | 2 c | checkpoint c | 3 d | checkpoint d
            every second: confirmed | 1 b | checkpoint b | 2 c | 3 d | checkpoint d | caught up
            every one, nothing wanted: confirmed | checkpoint a | checkpoint b/0 | checkpoint c/0 | checkpoint d/0 | caught up
            every second, nothing wanted: confirmed | checkpoint a | checkpoint c/0 | caught up
            seldom, nothing wanted: confirmed | checkpoint a | caught up
            """);
    }

    /// <summary>A trap for clients: this checkpoint must not be kept, for it would begin at the end. No other follows it.</summary>
    [Fact]
    public async Task The_end_reached_from_the_start_without_an_event_is_a_checkpoint_before_everything()
    {
        await using var talk = await Abcd();
        await talk.Subscribe("from the start", 3, o => { Only(o, "none", interval: 1_000_000); o.All.Start = new(); });
        talk.Said("""
            three: revision 2 at c
            one: revision 3 at d
            then: 0 a | 1 b | 2 c | 3 d | last 3
            from the start: confirmed | checkpoint -1 | caught up
            """);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task Checkpoints_while_live(uint interval, uint window)
    {
        await using var talk = await Abcd();
        await talk.Subscribe("live", 7, o => { Only(o, talk.Stream, window, interval); o.All.End = new(); }, async () =>
        {
            await talk.Append("two", After(3), Event("e"), Event("f"));
            await talk.Append("two", After(5), Event("g"), Event("h"));
        });
        talk.Said("""
            three: revision 2 at c
            one: revision 3 at d
            then: 0 a | 1 b | 2 c | 3 d | last 3
            two: revision 5 at f
            two: revision 7 at h
            live: confirmed | caught up | 4 e | 5 f | checkpoint f | 6 g | 7 h
            """);
    }

    [Fact]
    public async Task One_stream_until_it_is_deleted()
    {
        await using var talk = await Abcd();
        await talk.SubscribeToStream("from the start", 6, o => o.Stream.Start = new());
        await talk.SubscribeToStream("after 1", 4, o => o.Stream.Revision = 1);
        await talk.SubscribeToStream("after the last", 2, o => o.Stream.Revision = 3);
        await talk.SubscribeToStream("after what will come", 2, o => o.Stream.Revision = 9);
        await talk.SubscribeToStream("one that is missing", 2, o => o.Stream.Start = new(), stream: $"missing-{talk.Stream}");
        await talk.SubscribeToStream("live", 9, o => o.Stream.End = new(), async () =>
        {
            await talk.Append("one", After(3), Event("e"));
            await talk.Tombstone();
        });
        talk.Said("""
            three: revision 2 at c
            one: revision 3 at d
            then: 0 a | 1 b | 2 c | 3 d | last 3
            from the start: confirmed | 0 a | 1 b | 2 c | 3 d | caught up
            after 1: confirmed | 2 c | 3 d | caught up
            after the last: confirmed | caught up
            after what will come: confirmed | caught up
            one that is missing: confirmed | caught up
            one: revision 4 at e
            live: confirmed | caught up | 4 e | 9223372036854775807 $streamDeleted | FailedPrecondition: Event stream 'S' is deleted. [exception=stream-deleted] [stream-name=S]
            """);
    }

    private static async Task<Conversation> Abcd()
    {
        var talk = await Started();
        await talk.Append("three", NoStream, Event("a"), Event("b"), Event("c"));
        await talk.Append("one", After(2), Event("d"));
        await talk.ReadStream("then", o => o.Stream.Start = new());
        return talk;
    }
}
