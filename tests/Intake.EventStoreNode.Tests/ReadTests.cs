using static Intake.Testing.EventStoreDb.Tests.Conversation;

namespace Intake.Testing.EventStoreDb.Tests;

/// <summary>Reads over the wire. Every expectation was taken from EventStoreDB 24.6.0.</summary>
public sealed class ReadTests
{
    [Fact]
    public async Task A_stream_forwards_and_backwards()
    {
        await using var talk = await Started();
        await talk.Append("many", NoStream, [.. Enumerable.Range(0, 70).Select(number => Event($"e{number}"))]);
        await talk.ReadStream("two", o => (o.Stream.Revision, o.Count) = (1, 2));
        await talk.ReadStream("the last", o => o.Stream.Revision = 68);
        await talk.ReadStream("the next", o => o.Stream.Revision = 70);
        await talk.ReadStream("after the next", o => o.Stream.Revision = 71);
        await talk.ReadStream("after the next, compatible", o => (o.Stream.Revision, o.ControlOption) = (71, null));
        await talk.ReadStream("from the end", o => o.Stream.End = new());
        await talk.ReadStream("back two", o => { Backwards(o); (o.Stream.End, o.Count) = (new(), 2); });
        await talk.ReadStream("back from 1", o => { Backwards(o); o.Stream.Revision = 1; });
        await talk.ReadStream("back from the start", o => { Backwards(o); o.Stream.Start = new(); });
        await talk.ReadStream("back from far away", o => { Backwards(o); (o.Stream.Revision, o.Count) = (200, 1); });
        await talk.ReadStream("from nowhere", o => o.Stream.ClearRevisionOption());
        await talk.ReadStream("no events", o => (o.Stream.Start, o.Count) = (new(), 0));
        talk.Said("""
            many: revision 69 at e69
            two: 1 e1 | 2 e2 | last 69
            the last: 68 e68 | 69 e69 | last 69
            the next: last 69
            after the next: first 70 | last 69
            after the next, compatible:
            from the end: Unknown: Unexpected ReadStreamResult: Error
            back two: 69 e69 | 68 e68 | last 69
            back from 1: 1 e1 | 0 e0 | last 69
            back from the start: 0 e0 | last 69
            back from far away: 69 e69 | last 69
            from nowhere:
            no events: Unknown: Unexpected ReadStreamResult: Error
            """);
    }

    [Fact]
    public async Task The_whole_log_forwards_with_the_event_at_the_position_and_backwards_without_it()
    {
        await using var talk = await Abcd();
        await talk.ReadAll("from a", o => (o.All.Position, o.Count) = (talk.At("a"), 2));
        await talk.ReadAll("from b/0", o => (o.All.Position, o.Count) = (new() { CommitPosition = talk.At("b").CommitPosition }, 1));
        await talk.ReadAll("back from b", o => { Backwards(o); (o.All.Position, o.Count) = (talk.At("b"), 1); });
        await talk.ReadAll("back from the end", o => { Backwards(o); talk.Mine(o); (o.All.End, o.Count) = (new(), 2); });
        await talk.ReadAll("back from -1", o => { Backwards(o); talk.Mine(o); (o.All.Position, o.Count) = (Largest, 1); });
        await talk.ReadAll("back from the start", o => { Backwards(o); o.All.Start = new(); });
        await talk.ReadAll("mine", o => { talk.Mine(o); o.All.Start = new(); });
        await talk.ReadAll("mine, by a small window", o => { Only(o, talk.Stream, window: 1); o.All.Position = talk.At("a"); });
        await talk.ReadAll("some types", o =>
        {
            talk.Mine(o);
            o.All.Position = talk.At("a");
            o.Filter.EventType = new() { Regex = "^[bd]$" };
        });
        talk.Said("""
            three: revision 2 at c
            one: revision 3 at d
            then: 0 a | 1 b | 2 c | 3 d | last 3
            from a: 0 a | 1 b
            from b/0: 1 b
            back from b: 0 a
            back from the end: 3 d | 2 c
            back from -1: 3 d
            back from the start:
            mine: 0 a | 1 b | 2 c | 3 d
            mine, by a small window: 0 a | 1 b | 2 c | 3 d
            some types: 1 b | 3 d
            """);
    }

    [Fact]
    public async Task A_position_at_which_nothing_begins()
    {
        await using var talk = await Abcd();
        await talk.ReadAll("inside of b", o => (o.All.Position, o.Count) = (talk.At("b", plus: 1), 1));
        await talk.ReadAll("back, inside of b", o => { Backwards(o); o.All.Position = talk.At("b", plus: 1); });
        await talk.ReadAll("mine, inside of b", o => { talk.Mine(o); o.All.Position = talk.At("b", plus: 1); });
        await talk.ReadAll("after the end", o => o.All.Position = talk.At("d", plus: 1_000_000));
        await talk.ReadAll("back, after the end", o => { Backwards(o); o.All.Position = talk.At("d", plus: 1_000_000); });
        await talk.ReadAll("commit before prepare", o =>
            o.All.Position = new() { CommitPosition = talk.At("b").CommitPosition, PreparePosition = talk.At("c").CommitPosition });
        talk.Said("""
            three: revision 2 at c
            one: revision 3 at d
            then: 0 a | 1 b | 2 c | 3 d | last 3
            inside of b: Unknown: Unexpected ReadAllResult: InvalidPosition
            back, inside of b: Unknown: Unexpected ReadAllResult: InvalidPosition
            mine, inside of b: Unknown: Unexpected FilteredReadAllResult: InvalidPosition
            after the end:
            back, after the end: Unknown: Unexpected ReadAllResult: Error
            commit before prepare: Unknown: Exception was thrown by handler.
            """);
    }

    [Fact]
    public async Task A_stream_that_is_deleted_for_ever()
    {
        await using var talk = await Abcd();
        await talk.Tombstone();
        await talk.Append("any", Any, Event("x"));
        await talk.Append("no stream", NoStream, Event("x"));
        await talk.Append("none", After(3));
        await talk.ReadStream("read", o => o.Stream.Start = new());
        await talk.ReadStream("read back", o => { Backwards(o); o.Stream.End = new(); });
        await talk.SubscribeToStream("subscribe", 2, o => o.Stream.Start = new());
        await talk.ReadAll("in the log", o => { Backwards(o); talk.Mine(o); (o.All.End, o.Count) = (new(), 2); });
        talk.Said("""
            three: revision 2 at c
            one: revision 3 at d
            then: 0 a | 1 b | 2 c | 3 d | last 3
            any: NotFound StreamDeleted type.googleapis.com/event_store.client.StreamDeleted
            no stream: NotFound StreamDeleted type.googleapis.com/event_store.client.StreamDeleted
            none: NotFound StreamDeleted type.googleapis.com/event_store.client.StreamDeleted
            read: FailedPrecondition: Event stream 'S' is deleted. [exception=stream-deleted] [stream-name=S]
            read back: FailedPrecondition: Event stream 'S' is deleted. [exception=stream-deleted] [stream-name=S]
            subscribe: FailedPrecondition: Event stream 'S' is deleted. [exception=stream-deleted] [stream-name=S]
            in the log: 9223372036854775807 $streamDeleted | 3 d
            """);
    }

    private static Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options.Types.Position Largest =>
        new() { CommitPosition = ulong.MaxValue, PreparePosition = ulong.MaxValue };

    private static async Task<Conversation> Abcd()
    {
        var talk = await Started();
        await talk.Append("three", NoStream, Event("a"), Event("b"), Event("c"));
        await talk.Append("one", After(2), Event("d"));
        await talk.ReadStream("then", o => o.Stream.Start = new());
        return talk;
    }
}
