using System.Text;
using Intake.Testing;

namespace Intake.EventLog.Tests.Contract;

public abstract partial class EventLogContract
{
    public static TheoryData<string, byte[]> Payloads => new()
    {
        { "odd white space", "{ \"b\" :1,\r\n\t\"a\":  1.50 }  \n"u8.ToArray() },
        { "keys twice and out of order", """{"z":1,"a":2,"z":3}"""u8.ToArray() },
        { "beyond the basic plane", Encoding.UTF8.GetBytes("""{"name":"Zoë 🍏 Ḿ́ \u0000 ‮"}""") },
        { "every byte", [.. Enumerable.Range(0, 256).Select(n => (byte)n)] },
        { "nothing", [] },
        { "a mebibyte in all", [.. Enumerable.Range(0, (1 << 19) - 1_000).Select(n => (byte)(n * 31 >> 3))] },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Payloads_come_back_byte_for_byte(string what, byte[] payload)
    {
        var stream = Sample.Stream();
        var written = new NewEvent(Guid.NewGuid(), "OrderSubmitted.v2", payload, payload.Reverse().ToArray());
        await Log.MustAppend(stream, -1, written);
        var read = Assert.Single(await Log.StreamOf(stream));
        Assert.True(written.Data.Span.SequenceEqual(read.Data.Span), what);
        Assert.True(written.Metadata.Span.SequenceEqual(read.Metadata.Span), what);
        Assert.Equal((written.EventId, "OrderSubmitted.v2"), (read.EventId, read.Type));
        var inAll = Assert.Single(await Log.After(LogPosition.Start), e => e.EventId == written.EventId);
        Assert.True(written.Data.Span.SequenceEqual(inAll.Data.Span), what);
    }

    [Fact]
    public async Task Each_event_is_stamped_with_the_time_of_its_recording()
    {
        var stream = Sample.Stream();
        await Log.MustAppend(stream, -1, Sample.Event());
        var recorded = Assert.Single(await Log.StreamOf(stream)).RecordedAt;
        Assert.Equal(TimeSpan.Zero, recorded.Offset);
        Assert.InRange(recorded, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [Theory]
    [InlineData(0, 120)]
    [InlineData(1, 119)]
    [InlineData(50, 70)]
    [InlineData(119, 1)]
    [InlineData(120, 0)]
    public async Task A_stream_is_read_from_a_revision_to_its_end(long from, int count)
    {
        var stream = Sample.Stream();
        var events = Sample.Events(120);
        await Log.MustAppend(stream, -1, events);
        var read = await Log.StreamOf(stream, from);
        Assert.Equal(count, read.Count);
        Assert.Equal(events.Ids().Skip((int)from), read.Ids());
    }

    [Fact]
    public async Task Streams_read_at_once_do_not_mix()
    {
        var streams = Enumerable.Range(0, 100).Select(n => (Name: Sample.Stream(), Events: Sample.Events(1 + (n % 7)))).ToArray();
        await Task.WhenAll(streams.Select(stream => Log.MustAppend(stream.Name, -1, stream.Events)));
        var read = await Task.WhenAll(streams.Select(stream => Task.Run(() => Log.StreamOf(stream.Name))));
        Assert.Equal(100, read.Length);
        for (var i = 0; i < streams.Length; i++)
        {
            Assert.Equal(streams[i].Events.Ids(), read[i].Ids());
            Assert.All(read[i], e => Assert.Equal(streams[i].Name, e.Stream));
        }
    }

    [Fact]
    public async Task The_whole_log_is_read_in_order_after_a_position()
    {
        var (one, other) = (Sample.Stream(), Sample.Stream());
        await Log.MustAppend(one, -1, Sample.Events(70));
        var middle = (await Log.MustAppend(other, -1, Sample.Events(70))).Position;
        var last = (await Log.MustAppend(one, 69, Sample.Events(70))).Position;
        var all = await Log.After(LogPosition.Start);
        Assert.Equal(210, all.Count(e => e.Stream == one || e.Stream == other));
        Assert.Equal(all.OrderBy(e => e.Position).Select(e => e.Position), all.Select(e => e.Position));
        Assert.Equal(all.Count, all.Select(e => e.Position).Distinct().Count());
        Assert.Equal(all.Where(e => e.Position > middle).Ids(), (await Log.After(middle)).Ids());
        Assert.DoesNotContain(await Log.After(last), e => e.Stream == one);
    }

    [Fact]
    public async Task The_whole_log_ends_where_it_ended_when_reading_began()
    {
        await Log.MustAppend(Sample.Stream(), -1, Sample.Events(60));
        var count = 0;
        await foreach (var _ in Log.ReadAll(LogPosition.Start))
        {
            if (count++ < 200)
                await Log.MustAppend(Sample.Stream(), -1, Sample.Event());
        }

        Assert.True(count < 200, "Reading ran after its own writing.");
    }

    [Fact]
    public async Task A_reader_who_stops_half_way_hinders_nobody()
    {
        await Log.MustAppend(Sample.Stream(), -1, Sample.Events(120));
        var readers = Enumerable.Range(0, 40).Select(_ => Log.ReadAll(LogPosition.Start).GetAsyncEnumerator()).ToArray();
        foreach (var reader in readers)
            Assert.True(await reader.MoveNextAsync());
        await Log.MustAppend(Sample.Stream(), -1, Sample.Events(5));
        Assert.Equal(125, (await Log.After(LogPosition.Start)).Count(e => e.Type == "OrderLineAdded"));
        foreach (var reader in readers)
        {
            var rest = 0;
            while (await reader.MoveNextAsync())
                rest++;
            Assert.True(rest >= 119);
            await reader.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_subscriber_gets_what_is_there_then_hears_that_it_caught_up_then_what_comes()
    {
        var history = Sample.Events(120);
        var position = (await Log.MustAppend(Sample.Stream(), -1, history)).Position;
        var live = Sample.Events(3);
        var atTheEnd = new TaskCompletionSource();
        var following = Log.Follow(LogPosition.Start, said =>
        {
            if (said[^1] is CaughtUp)
                atTheEnd.TrySetResult();
            return live.Ids().All(said.Events().Ids().Contains);
        });
        await atTheEnd.Task;
        await Log.MustAppend(Sample.Stream(), -1, live);

        var heard = await following;
        Assert.Equal(history.Ids().Concat(live.Ids()), heard.Events().Where(e => e.Type == "OrderLineAdded").Ids());
        var caughtUp = heard.OfType<CaughtUp>().First();
        Assert.True(caughtUp.Position >= position);
        var before = heard.TakeWhile(message => message is not CaughtUp).Events();
        Assert.Equal(history.Ids(), before.Where(e => history.Ids().Contains(e.EventId)).Ids());
        Assert.DoesNotContain(heard, message => message is EventsAppeared { Events.Count: 0 });
    }

    [Fact]
    public async Task A_subscriber_of_an_empty_log_hears_the_first_event()
    {
        var (first, empty) = (Sample.Event(), new TaskCompletionSource());
        var following = Log.Follow(LogPosition.Start, said =>
        {
            if (said[^1] is CaughtUp)
                empty.TrySetResult();
            return said.Events().Ids().Contains(first.EventId);
        });
        await empty.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var position = (await Log.MustAppend(Sample.Stream(), -1, first)).Position;
        var heard = await following;
        Assert.Equal(position, Assert.Single(heard.Events()).Position);
        Assert.All(heard.OfType<CheckpointReached>(), checkpoint => Assert.True(checkpoint.Position < position));
    }

    [Fact]
    public async Task A_subscriber_at_the_head_hears_at_once_that_it_is_caught_up()
    {
        var head = (await Log.MustAppend(Sample.Stream(), -1, Sample.Events(3))).Position;
        var heard = await Log.Follow(head, said => said[^1] is CaughtUp);
        Assert.DoesNotContain(heard.Events(), e => e.Type == "OrderLineAdded");
    }

    [Fact]
    public async Task A_subscriber_who_was_away_goes_on_where_it_stopped()
    {
        var stream = Sample.Stream();
        var (before, away, after) = (Sample.Events(60), Sample.Events(70), Sample.Events(5));
        await Log.MustAppend(stream, -1, before);
        var first = await Log.Follow(LogPosition.Start, said => said.Events().Ids().Contains(before[^1].EventId));
        await Log.MustAppend(stream, 59, away);
        var second = Log.Follow(first.Events().Last().Position, said => said.Events().Ids().Contains(after[^1].EventId));
        await Log.MustAppend(stream, 129, after);
        Assert.Equal(away.Concat(after).Ids(), (await second).Events().Where(e => e.Stream == stream).Ids());
    }

    [Fact]
    public async Task Subscribers_of_one_log_while_it_is_written_all_see_the_same_once_and_in_order()
    {
        const int count = 300;
        var following = Enumerable.Range(0, 5).Select(_ => Task.Run(() => Log.Follow(
            LogPosition.Start, said => said.Events().Count(e => e.Type == "OrderLineAdded") >= count))).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(async () =>
        {
            var stream = Sample.Stream();
            for (var n = 0; n < count / 10; n++)
                await Log.MustAppend(stream, n - 1, Sample.Event());
        })));
        var log = (await Log.After(LogPosition.Start)).Where(e => e.Type == "OrderLineAdded").Ids().ToArray();
        Assert.Equal(count, log.Length);
        foreach (var heard in await Task.WhenAll(following))
            Assert.Equal(log, heard.Events().Where(e => e.Type == "OrderLineAdded").Ids());
    }

    [Fact]
    public async Task A_slow_subscriber_loses_nothing_and_slows_nobody()
    {
        var stream = Sample.Stream();
        await Log.MustAppend(stream, -1, Sample.Event());
        await using var slow = Log.Subscribe(LogPosition.Start).GetAsyncEnumerator();
        Assert.True(await slow.MoveNextAsync());
        var seen = new List<LogMessage> { slow.Current };

        var events = Sample.Events(200);
        await Log.MustAppend(stream, 0, events);
        await Log.Follow(LogPosition.Start, said => said.Events().Ids().Contains(events[^1].EventId));

        await Eventually.Holds(
            async () =>
            {
                await slow.MoveNextAsync();
                seen.Add(slow.Current);
                return seen.Events().Ids().Contains(events[^1].EventId);
            },
            "the slow subscriber has the last event");
        Assert.Equal(Enumerable.Range(0, 201).Select(n => (long)n), seen.Events().Where(e => e.Stream == stream).Select(e => e.Revision));
    }
}
