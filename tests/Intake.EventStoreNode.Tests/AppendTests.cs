using Google.Protobuf;
using Intake.EventLog.EventStoreDb.Wire;
using static Intake.Testing.EventStoreDb.Tests.Conversation;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace Intake.Testing.EventStoreDb.Tests;

/// <summary>Appends over the wire. Every expectation was taken from EventStoreDB 24.6.0.</summary>
public sealed class AppendTests
{
    [Fact]
    public async Task Another_revision_than_expected_is_a_conflict()
    {
        await using var talk = await Started();
        await talk.Append("three", NoStream, Event("a"), Event("b"), Event("c"));
        await talk.ReadStream("then", o => o.Stream.Start = new());
        await talk.Append("no stream", NoStream, Event("x"));
        await talk.Append("before the last", After(1), Event("x"));
        await talk.Append("after the last", After(9), Event("x"));
        await talk.Append("none, before the last", After(1));
        await talk.Append("the last", After(2), Event("d"));
        talk.Said("""
            three: revision 2 at c
            then: 0 a | 1 b | 2 c | last 2
            no stream: AlreadyExists WrongExpectedVersion { "currentStreamRevision": "2", "expectedNoStream": { } }
            before the last: AlreadyExists WrongExpectedVersion { "currentStreamRevision": "2", "expectedStreamPosition": "1" }
            after the last: AlreadyExists WrongExpectedVersion { "currentStreamRevision": "2", "expectedStreamPosition": "9" }
            none, before the last: AlreadyExists WrongExpectedVersion { "currentStreamRevision": "2", "expectedStreamPosition": "1" }
            the last: revision 3 at d
            """);
    }

    [Fact]
    public async Task What_stands_after_the_expected_revision_already_is_known_again()
    {
        await using var talk = await Started();
        var (a, b, c) = (Event("a"), Event("b"), Event("c"));
        await talk.Append("three", NoStream, a, b, c);
        await talk.ReadStream("then", o => o.Stream.Start = new());
        await talk.Append("all", NoStream, a, b, c);
        await talk.Append("the first two", NoStream, a, b);
        await talk.Append("the last two", After(0), b, c);
        await talk.Append("the last and a new one", After(1), c, Event("x"));
        await talk.Append("all and a new one", NoStream, a, b, c, Event("x"));
        await talk.Append("in another order", NoStream, b, a, c);
        talk.Said("""
            three: revision 2 at c
            then: 0 a | 1 b | 2 c | last 2
            all: revision 2 at c, again
            the first two: revision 1 at b, again
            the last two: revision 2 at c, again
            the last and a new one: AlreadyExists WrongExpectedVersion { "currentStreamRevision": "2", "expectedStreamPosition": "1" }
            all and a new one: AlreadyExists WrongExpectedVersion { "currentStreamRevision": "2", "expectedNoStream": { } }
            in another order: AlreadyExists WrongExpectedVersion { "currentStreamRevision": "2", "expectedNoStream": { } }
            """);
    }

    [Fact]
    public async Task Without_an_expected_revision_ids_are_looked_for_in_the_whole_stream()
    {
        await using var talk = await Started();
        var (a, b, c, twice) = (Event("a"), Event("b"), Event("c"), Event("twice"));
        await talk.Append("three", NoStream, a, b, c);
        await talk.ReadStream("then", o => o.Stream.Start = new());
        await talk.Append("all", Any, a, b, c);
        await talk.Append("one", Any, b);
        await talk.Append("two, of a stream that exists", Exists, b, c);
        await talk.Append("one and a new one", Any, c, Event("x"));
        await talk.Append("a new one and one", Any, Event("d"), c);
        await talk.Append("the same twice", After(4), twice, twice);
        await talk.Append("the same twice again", After(4), twice, twice);
        talk.Said("""
            three: revision 2 at c
            then: 0 a | 1 b | 2 c | last 2
            all: revision 2 at c, again
            one: revision 1 at b, again
            two, of a stream that exists: revision 2 at c, again
            one and a new one: AlreadyExists WrongExpectedVersion { "currentStreamRevision": "2", "expectedAny": { } }
            a new one and one: revision 4 at c
            the same twice: revision 6 at twice
            the same twice again: revision 6 at twice, again
            """);
    }

    [Fact]
    public async Task The_same_ids_after_the_stream_s_last_revision_are_written_twice()
    {
        await using var talk = await Started();
        var (a, b) = (Event("a"), Event("b"));
        await talk.Append("two", NoStream, a, b);
        await talk.Append("the same after them", After(1), a, b);
        await talk.Append("again", NoStream, a, b);
        await talk.Append("again, any", Any, a, b);
        await talk.ReadStream("then", o => o.Stream.Start = new());
        talk.Said("""
            two: revision 1 at b
            the same after them: revision 3 at b
            again: revision 1 at b, again
            again, any: revision 1 at b, again
            then: 0 a | 1 b | 2 a | 3 b | last 3
            """);
    }

    [Fact]
    public async Task A_stream_that_is_not_there()
    {
        await using var talk = await Started();
        await talk.Append("exists", Exists, Event("x"));
        await talk.Append("after 0", After(0), Event("x"));
        await talk.Append("none, exists", Exists);
        await talk.Append("none, no stream", NoStream);
        await talk.ReadStream("still", o => o.Stream.Start = new());
        talk.Said("""
            exists: AlreadyExists WrongExpectedVersion { "currentNoStream": { }, "expectedStreamExists": { } }
            after 0: AlreadyExists WrongExpectedVersion { "currentNoStream": { }, "expectedStreamPosition": "0" }
            none, exists: AlreadyExists WrongExpectedVersion { "currentNoStream": { }, "expectedStreamExists": { } }
            none, no stream: no stream at elsewhere
            still: no stream
            """);
    }

    [Fact]
    public async Task Too_much_and_too_late()
    {
        const int limit = 1024 * 1024;
        await using var talk = await Started();
        var metadata = Event("metadata");
        metadata.CustomMetadata = ByteString.CopyFrom(new byte[limit + 1]);
        var (late, noTime, inTime) = (Any, Any, Any);
        late.Deadline21100 = Timestamp.FromDateTime(DateTime.UtcNow.AddSeconds(-1));
        noTime.Deadline = new();
        inTime.Deadline = new() { Seconds = 10 };
        await talk.Append("too much", Any, Event("x", limit + 1));
        await talk.Append("too much in two", Any, Event("x", limit / 2), Event("x", limit / 2 + 1));
        await talk.Append("as much as may be", Any, Event("most", limit));
        await talk.Append("metadata does not count", Any, metadata);
        await talk.Append("too late", late, Event("x"));
        await talk.Append("no time", noTime, Event("x"));
        await talk.Append("in time", inTime, Event("in time"));
        talk.Said("""
            too much: InvalidArgument MaximumAppendSizeExceeded { "maxAppendSize": 1048576 }
            too much in two: InvalidArgument MaximumAppendSizeExceeded { "maxAppendSize": 1048576 }
            as much as may be: revision 0 at most
            metadata does not count: revision 1 at metadata
            too late: DeadlineExceeded Timeout { }
            no time: DeadlineExceeded Timeout { }
            in time: revision 2 at in time
            """);
    }

    [Fact]
    public async Task An_append_that_is_malformed_is_refused_and_the_call_goes_on()
    {
        await using var talk = await Started();
        var (noType, emptyType, noContentType, noId, badId, emptyId) =
            (Event("x"), Event(""), Event("x"), Event("x"), Event("x"), Event("x"));
        noType.Metadata.Remove("type");
        noContentType.Metadata.Remove("content-type");
        noId.Id = null;
        badId.Id = new() { String = "bad" };
        emptyId.Id = new() { String = Guid.Empty.ToString() };
        foreach (var malformed in new[] { noType, emptyType, noContentType, noId, badId, emptyId })
        {
            var options = Any;
            options.StreamIdentifier = new() { StreamName = ByteString.CopyFromUtf8(talk.Stream) };
            var answer = await talk.Answer(new() { Options = options, ProposedMessages = { malformed }, IsFinal = true });
            Assert.Equal("BadRequest", answer.Error.Message);
            Assert.True(answer.Error.Details.Is(BadRequest.Descriptor));
        }
        Assert.Equal("BadRequest", (await talk.Answer(new() { Options = Any, ProposedMessages = { Event("x") }, IsFinal = true })).Error.Message);
        await talk.Append("no expectation", new(), Event("x"));
        await talk.Append("well formed", NoStream, Event("a"));
        talk.Said("""
            no expectation: InvalidArgument BadRequest type.googleapis.com/event_store.client.BadRequest
            well formed: revision 0 at a
            """);
    }
}
