using Intake.Testing;

namespace Intake.EventLog.Tests.Contract;

/// <summary>What every engine of the log must do. Engines run it by a subclass that opens an empty log for each test.</summary>
public abstract partial class EventLogContract : IAsyncLifetime
{
    /// <summary>An empty log. Its pages should be small, of 50 events or so, that paging is met.</summary>
    protected IEventLog Log { get; private set; } = null!;

    public async Task InitializeAsync() => Log = await Open();

    public abstract Task DisposeAsync();

    protected abstract Task<IEventLog> Open();

    [Fact]
    public async Task A_stream_that_does_not_exist_is_empty() =>
        Assert.Empty(await Log.StreamOf(Sample.Stream()));

    [Fact]
    public async Task The_first_event_of_a_stream_has_revision_0()
    {
        var stream = Sample.Stream();
        var appended = await Log.MustAppend(stream, -1, Sample.Event());
        Assert.Equal(0, appended.Revision);
        Assert.False(appended.AlreadyThere);
        var only = Assert.Single(await Log.StreamOf(stream));
        Assert.Equal((0, stream, appended.Position), (only.Revision, only.Stream, only.Position));
    }

    [Fact]
    public async Task An_append_answers_the_revision_and_position_of_its_last_event()
    {
        var stream = Sample.Stream();
        await Log.MustAppend(stream, -1, Sample.Events(2));
        var appended = await Log.MustAppend(stream, 1, Sample.Events(3));
        var events = await Log.StreamOf(stream);
        Assert.Equal([0, 1, 2, 3, 4], events.Select(e => e.Revision));
        Assert.Equal((4, events[^1].Position), (appended.Revision, appended.Position));
        Assert.Equal(await Log.Head(), appended.Position);
    }

    [Theory]
    [InlineData(0, 0, -1)]
    [InlineData(0, 5, -1)]
    [InlineData(3, -1, 2)]
    [InlineData(3, 1, 2)]
    [InlineData(3, 3, 2)]
    public async Task An_append_at_another_revision_than_the_stream_has_is_refused(int length, long expected, long actual)
    {
        var stream = Sample.Stream();
        if (length > 0)
            await Log.MustAppend(stream, -1, Sample.Events(length));
        var outcome = await Log.Append(stream, new ExpectedRevision(expected), Sample.Events(2));
        Assert.Equal(new WrongExpectedRevision(actual), outcome);
        Assert.Equal(length, (await Log.StreamOf(stream)).Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public async Task Of_32_writers_who_race_for_one_revision_exactly_one_wins(int expected)
    {
        var stream = Sample.Stream();
        if (expected >= 0)
            await Log.MustAppend(stream, -1, Sample.Events(expected + 1));
        var events = Sample.Events(32);
        var outcomes = await Task.WhenAll(events.Select(e => Task.Run(() => Log.Append(stream, new ExpectedRevision(expected), [e]))));
        Assert.Single(outcomes.OfType<Appended>());
        Assert.All(outcomes.OfType<WrongExpectedRevision>(), wrong => Assert.Equal(expected + 1, wrong.Actual));
        var winner = events[Array.FindIndex(outcomes, outcome => outcome is Appended)];
        Assert.Equal([winner.EventId], (await Log.StreamOf(stream, expected + 1)).Ids());
    }

    [Fact]
    public async Task Writers_who_load_again_after_a_lost_race_all_get_their_events_in()
    {
        var stream = Sample.Stream();
        var events = Sample.Events(32);
        await Task.WhenAll(events.Select(e => Task.Run(async () =>
        {
            var expected = -1L;
            while (await Log.Append(stream, new ExpectedRevision(expected), [e]) is WrongExpectedRevision wrong)
                expected = wrong.Actual;
        })));
        var written = await Log.StreamOf(stream);
        Assert.Equal(32, written.Count);
        Assert.Equal(events.Ids().Order(), written.Ids().Order());
    }

    [Fact]
    public async Task The_same_append_twice_is_one_append_with_the_same_answer()
    {
        var stream = Sample.Stream();
        var events = Sample.Events(3);
        var first = await Log.MustAppend(stream, -1, events);
        var again = await Log.MustAppend(stream, -1, events);
        Assert.Equal(first with { AlreadyThere = true }, again);
        Assert.Equal(events.Ids(), (await Log.StreamOf(stream)).Ids());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    public async Task An_append_is_recognised_after_its_stream_has_moved_on(long expected)
    {
        var stream = Sample.Stream();
        var events = Sample.Events(3);
        var first = await Log.MustAppend(stream, -1, events);
        await Log.MustAppend(stream, 2, Sample.Events(4));
        var again = await Log.MustAppend(stream, expected, events);
        Assert.Equal(first with { AlreadyThere = true }, again);
        Assert.Equal(7, (await Log.StreamOf(stream)).Count);
    }

    [Fact]
    public async Task Event_ids_that_are_there_otherwise_than_as_this_append_are_a_fault()
    {
        var stream = Sample.Stream();
        var events = Sample.Events(3);
        await Log.MustAppend(stream, -1, events);
        IReadOnlyList<NewEvent>[] faulty =
        [
            [events[1], Sample.Event()],
            [Sample.Event(), events[2]],
            [events[1], events[0]],
            [events[0], events[2]],
        ];
        foreach (var append in faulty)
            await Assert.ThrowsAsync<EventIdsReusedException>(() => Log.Append(stream, new ExpectedRevision(2), append));
        Assert.Equal(events.Ids(), (await Log.StreamOf(stream)).Ids());
    }

    [Fact]
    public async Task An_append_without_events_or_with_an_id_twice_is_refused()
    {
        var e = Sample.Event();
        await Assert.ThrowsAsync<ArgumentException>(() => Log.Append(Sample.Stream(), ExpectedRevision.NoStream, []));
        await Assert.ThrowsAsync<ArgumentException>(() => Log.Append(Sample.Stream(), ExpectedRevision.NoStream, [e, e]));
    }

    [Fact]
    public async Task An_append_of_5000_events_is_written_whole_or_not_at_all()
    {
        var stream = Sample.Stream();
        var (refused, written) = (Sample.Events(5_000), Sample.Events(5_000));
        Assert.Equal(new WrongExpectedRevision(-1), await Log.Append(stream, new ExpectedRevision(0), refused));
        Assert.Empty(await Log.StreamOf(stream));
        Assert.Equal(4_999, (await Log.MustAppend(stream, -1, written)).Revision);
        Assert.Equal(written.Ids(), (await Log.StreamOf(stream)).Ids());
    }

    [Fact]
    public async Task Many_streams_written_at_once_keep_every_event_once_and_in_the_order_of_its_stream()
    {
        var streams = Enumerable.Range(0, 40).Select(_ => (Name: Sample.Stream(), Events: Sample.Events(10))).ToArray();
        await Task.WhenAll(streams.Select(stream => Task.Run(async () =>
        {
            for (var n = 0; n < stream.Events.Length; n++)
                await Log.MustAppend(stream.Name, n - 1, stream.Events[n]);
        })));
        var all = (await Log.After(LogPosition.Start)).Where(e => streams.Any(stream => stream.Name == e.Stream)).ToArray();
        Assert.Equal(400, all.Length);
        foreach (var (name, events) in streams)
        {
            var written = all.Where(e => e.Stream == name).ToArray();
            Assert.Equal(events.Ids(), written.Ids());
            Assert.Equal(Enumerable.Range(0, 10).Select(n => (long)n), written.Select(e => e.Revision));
        }
    }
}
