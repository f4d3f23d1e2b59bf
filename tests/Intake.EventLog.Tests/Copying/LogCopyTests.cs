using System.Globalization;
using System.Text;
using Intake.EventLog.Copying;
using Intake.EventLog.Tests.Contract;

namespace Intake.EventLog.Tests.Copying;

public sealed class LogCopyTests : IAsyncLifetime
{
    private readonly List<IOpenEventLog> opened = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var log in opened)
            await log.DisposeAsync();
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task An_empty_log_is_copied_to_an_empty_one(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        var report = await LogCopy.Run(source, target);
        Assert.Equal((0, 0, 0, true), (report.Compared, report.Copied, report.Grown, report.Equal));
        Assert.Equal(0, report.Target.Events);
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task Interleaved_streams_keep_their_order_ids_and_bytes(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        await Interleave(source, appends: 150);
        var report = await LogCopy.Run(source, target);
        Assert.True(report.Equal);
        Assert.Equal(report.Source.Events, report.Copied);
        await AssertSame(source, target, atLeast: 150);
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task A_copy_that_is_whole_is_compared_and_nothing_written(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        await Interleave(source, appends: 60);
        var first = await LogCopy.Run(source, target);
        var again = await LogCopy.Run(source, new MeddledLog(target, (_, _) => throw new InvalidOperationException("Nothing is to be appended.")));
        Assert.Equal((first.Copied, 0L), (again.Compared, again.Copied));
        Assert.Equal(first.Target, again.Target);
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task A_copy_that_was_cancelled_half_way_goes_on_where_it_was(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        await Interleave(source, appends: 120);
        using var stop = new CancellationTokenSource();
        var cut = new MeddledLog(target, (n, _) => n == 40 ? stop.CancelAsync() : Task.CompletedTask);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LogCopy.Run(source, cut, cancel: stop.Token));
        var there = (await target.After(LogPosition.Start)).Count;
        Assert.InRange(there, 39, 300);

        var report = await LogCopy.Run(source, target);
        Assert.Equal(there, report.Compared);
        Assert.True(report is { Equal: true, Copied: > 0 });
        await AssertSame(source, target, atLeast: 120);
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task What_comes_to_the_source_meanwhile_is_copied_too(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        var (stream, other) = (Sample.Stream(), Sample.Stream());
        await Interleave(source, appends: 60);
        await Grow();
        var growth = 0;
        var growing = new MeddledLog(target, async (_, appended) =>
        {
            if (appended == stream && growth++ < 2)
                await Grow();
        });
        var report = await LogCopy.Run(source, growing);
        Assert.Equal((10L, true), (report.Grown, report.Equal));
        await AssertSame(source, target, atLeast: 75);

        async Task Grow()
        {
            await source.MustAppend(stream, (await source.StreamOf(stream)).Count - 1, Sample.Events(4));
            await source.MustAppend(other, (await source.StreamOf(other)).Count - 1, Sample.Event());
        }
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task A_target_that_holds_something_else_is_refused_by_position_and_event(Engine from, Engine to)
    {
        foreach (var (what, change) in Changes)
        {
            var (source, target) = await Open(from, to);
            var (stream, events) = (Sample.Stream(), Sample.Events(3));
            await source.MustAppend(stream, -1, events);
            await target.MustAppend(stream, -1, events[0], change(events[1]));
            var refusal = await Assert.ThrowsAsync<LogsDifferException>(() => LogCopy.Run(source, target));
            var (here, there) = ((await source.After(LogPosition.Start))[1], (await target.After(LogPosition.Start))[1]);
            foreach (var said in (string[])[$"position {there.Position}:", $"position {here.Position} ", $"{there.EventId}", $"{stream}", $"{what} differs"])
                Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
            Assert.Equal(2, (await target.StreamOf(stream)).Count);
        }
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task The_same_events_in_another_order_are_something_else(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        var (one, other, events) = (Sample.Stream(), Sample.Stream(), Sample.Events(2));
        await source.MustAppend(one, -1, events[0]);
        await source.MustAppend(other, -1, events[1]);
        await target.MustAppend(other, -1, events[1]);
        await target.MustAppend(one, -1, events[0]);
        await Assert.ThrowsAsync<LogsDifferException>(() => LogCopy.Run(source, target));
        Assert.NotEqual((await Digest(source)).Sha256, (await Digest(target)).Sha256);
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task A_target_that_is_longer_than_the_source_is_refused(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        var (stream, events) = (Sample.Stream(), Sample.Events(61));
        await source.MustAppend(stream, -1, events[..60]);
        await target.MustAppend(stream, -1, events);
        var refusal = await Assert.ThrowsAsync<LogsDifferException>(() => LogCopy.Run(source, target));
        Assert.Contains("longer", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(events[60].EventId.ToString(), refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task Somebody_who_writes_to_the_same_stream_of_the_target_is_noticed_at_once(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        var (stream, other) = (Sample.Stream(), Sample.Stream());
        await source.MustAppend(stream, -1, Sample.Events(2));
        await source.MustAppend(other, -1, Sample.Event());
        await source.MustAppend(stream, 1, Sample.Event());
        var shared = new MeddledLog(target, (n, _) => n == 3 ? target.MustAppend(stream, 1, Sample.Event()) : Task.CompletedTask);
        var refusal = await Assert.ThrowsAsync<LogsDifferException>(() => LogCopy.Run(source, shared));
        Assert.Contains($"{stream} ends at revision 2 in the target, not at 1", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task Somebody_who_writes_to_another_stream_of_the_target_is_noticed_in_the_end(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        await Interleave(source, appends: 5);
        var shared = new MeddledLog(target, (n, _) => n == 3 ? target.MustAppend(Sample.Stream(), -1, Sample.Event()) : Task.CompletedTask);
        var report = await LogCopy.Run(source, shared);
        Assert.False(report.Equal);
        Assert.Equal(report.Source.Events + 1, report.Target.Events);
        await Assert.ThrowsAsync<LogsDifferException>(() => LogCopy.Run(source, target));
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task A_long_stream_is_copied_in_appends_of_bounded_size(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        await source.MustAppend(Sample.Stream(), -1, Sample.Events(5_000));
        var watched = new MeddledLog(target, (_, _) => Task.CompletedTask);
        Assert.True((await LogCopy.Run(source, watched)).Equal);
        Assert.Equal(Enumerable.Repeat(500, 10), watched.Sizes);
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task Large_events_are_copied_alone(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        var stream = Sample.Stream();
        var revision = -1L;
        foreach (var size in (int[])[100, 200_000, 400_000, 950_000, 950_000, 100])
            await source.MustAppend(stream, revision++, Sample.Event($"\"{new string('x', size)}\""));
        var watched = new MeddledLog(target, (_, _) => Task.CompletedTask);
        Assert.True((await LogCopy.Run(source, watched)).Equal);
        Assert.Equal([2, 1, 1, 1, 1], watched.Sizes);
        await AssertSame(source, target, atLeast: 6);
    }

    [Theory]
    [ClassData(typeof(EnginePairs))]
    public async Task Bytes_that_are_no_json_or_no_text_are_kept(Engine from, Engine to)
    {
        var (source, target) = await Open(from, to);
        byte[] every = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];
        await source.MustAppend(new StreamName("order", "ж-1 ü"), -1, new NewEvent(Guid.NewGuid(), "Größe", every, Array.Empty<byte>()));
        Assert.True((await LogCopy.Run(source, target)).Equal);
        await AssertSame(source, target, atLeast: 1);
    }

    [Fact]
    public async Task Progress_tells_each_stage_and_how_far_it_is()
    {
        var (source, target) = await Open(Engine.Postgres, Engine.Postgres);
        var stream = Sample.Stream();
        await source.MustAppend(stream, -1, Sample.Events(1_200));
        var heard = new Heard();
        await LogCopy.Run(source, target, heard);
        await source.MustAppend(stream, 1_199, Sample.Events(1));
        await LogCopy.Run(source, target, heard);
        Assert.Equal(
            [
                (LogCopyStage.Copying, 500, 1_200), (LogCopyStage.Copying, 1_000, 1_200), (LogCopyStage.Copying, 1_200, 1_200),
                (LogCopyStage.ReadingBack, 500, 1_200), (LogCopyStage.ReadingBack, 1_000, 1_200),
                (LogCopyStage.Comparing, 500, 1_201), (LogCopyStage.Comparing, 1_000, 1_201), (LogCopyStage.Copying, 1, 1_201),
            ],
            heard.Select(one => (one.Stage, one.Events, one.Head.Number)));
    }

    private static IEnumerable<(string What, Func<NewEvent, NewEvent> Change)> Changes =>
    [
        ("the event id", e => e with { EventId = Guid.NewGuid() }),
        ("the type", e => e with { Type = "OrderLineRemoved" }),
        ("the data", e => e with { Data = "{\"n\": 1}"u8.ToArray() }),
        ("the metadata", e => e with { Metadata = "{ }"u8.ToArray() }),
    ];

    private static async Task<LogDigest> Digest(IEventLog log)
    {
        using var hash = new LogHash();
        await foreach (var e in log.ReadAll(LogPosition.Start))
            hash.Add(e);
        return hash.Digest();
    }

    private static async Task AssertSame(IEventLog source, IEventLog target, int atLeast)
    {
        var (here, there) = (await source.After(LogPosition.Start), await target.After(LogPosition.Start));
        Assert.True(here.Count >= atLeast, string.Create(CultureInfo.InvariantCulture, $"{here.Count} events"));
        Assert.Equal(here.Select(Kept), there.Select(Kept));
        Assert.Equal(await Digest(source), await Digest(target));
    }

    private static (StreamName, long, Guid, string, string, string) Kept(RecordedEvent e) =>
        (e.Stream, e.Revision, e.EventId, e.Type, Convert.ToHexString(e.Data.Span), Convert.ToHexString(e.Metadata.Span));

    // Some appends of one to three events to a few streams by turns, so that neighbours are of one stream only now and then.
    private static async Task Interleave(IEventLog log, int appends)
    {
        var chance = new Random(7);
        var streams = Enumerable.Range(0, 7).Select(_ => Sample.Stream()).ToArray();
        var revisions = Enumerable.Repeat(-1L, streams.Length).ToArray();
        for (var n = 0; n < appends; n++)
        {
            var at = chance.Next(streams.Length);
            var events = Sample.Events(chance.Next(1, 4))
                .Select(e => e with { Metadata = Encoding.UTF8.GetBytes($$"""{"n":{{n}},"by":"ж"}""") }).ToArray();
            revisions[at] = (await log.MustAppend(streams[at], revisions[at], events)).Revision;
        }
    }

    private async Task<(IEventLog Source, IEventLog Target)> Open(Engine from, Engine to)
    {
        opened.Add(await from.Empty());
        opened.Add(await to.Empty());
        return (opened[^2], opened[^1]);
    }

    private sealed class Heard : List<LogCopyProgress>, IProgress<LogCopyProgress>
    {
        public void Report(LogCopyProgress value) => Add(value);
    }
}
