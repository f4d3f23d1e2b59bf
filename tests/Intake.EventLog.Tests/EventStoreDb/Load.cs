using System.Collections.Concurrent;
using Intake.EventLog.Tests.Contract;
using Intake.Testing;

namespace Intake.EventLog.Tests.EventStoreDb;

/// <summary>Eight writers and a subscriber, while something goes wrong; and the account of what must be in the log afterwards.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly IEventLog log;
    private readonly ConcurrentDictionary<Guid, StreamName> attempted = new();
    private readonly ConcurrentDictionary<Guid, LogPosition> acknowledged = new();
    private readonly List<Guid> heard = [];
    private readonly CancellationTokenSource enough = new();
    private readonly CancellationTokenSource leaving = new();
    private readonly Task[] writers;
    private readonly Task subscriber;

    public Load(IEventLog log)
    {
        this.log = log;
        subscriber = Task.Run(Hear);
        writers = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(Write))];
    }

    public async Task GoesOn(int appends = 200)
    {
        var before = acknowledged.Count;
        await Eventually.Holds(
            () => Array.Exists(writers, writer => writer.IsFaulted) || acknowledged.Count > before + appends, "appends go on");
        await (Array.Find(writers, writer => writer.IsFaulted) ?? Task.CompletedTask);
    }

    public async Task AssertNothingLostOrDoubled()
    {
        await enough.CancelAsync();
        await Task.WhenAll(writers);
        var all = await log.After(LogPosition.Start);
        Assert.Equal(attempted.Count, all.Count);
        Assert.Equal(attempted.Count, all.Ids().Distinct().Count());
        var positions = all.ToDictionary(e => e.EventId, e => e.Position);
        Assert.True(acknowledged.Count > 400);
        Assert.All(acknowledged, one => Assert.Equal(one.Value, positions[one.Key]));
        await Eventually.Holds(() => Heard().Length >= all.Count, "the subscriber has everything");
        Assert.Equal(all.Ids(), Heard());
    }

    public async ValueTask DisposeAsync()
    {
        await enough.CancelAsync();
        await leaving.CancelAsync();
        await Task.WhenAll([.. writers, subscriber]).ContinueWith(_ => { }, TaskScheduler.Default);
        enough.Dispose();
        leaving.Dispose();
    }

    private Guid[] Heard()
    {
        lock (heard)
            return [.. heard];
    }

    private async Task Write()
    {
        var (stream, revision) = (Sample.Stream(), -1L);
        while (!enough.IsCancellationRequested)
        {
            var events = Sample.Events(2);
            foreach (var e in events)
                attempted[e.EventId] = stream;
            var appended = await log.MustAppend(stream, revision, events);
            acknowledged[events[1].EventId] = appended.Position;
            revision = appended.Revision;
        }
    }

    private async Task Hear()
    {
        try
        {
            await foreach (var message in log.Subscribe(LogPosition.Start, leaving.Token))
            {
                if (message is not EventsAppeared page)
                    continue;
                lock (heard)
                    heard.AddRange(page.Events.Ids());
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The test is over.
        }
    }
}
