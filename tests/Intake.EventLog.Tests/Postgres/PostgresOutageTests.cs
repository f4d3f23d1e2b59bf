using System.Collections.Concurrent;
using Intake.EventLog.Postgres;
using Intake.EventLog.Tests.Contract;
using Intake.Testing;

namespace Intake.EventLog.Tests.Postgres;

public sealed class PostgresOutageTests
{
    [OwnServerFact]
    public async Task A_server_killed_under_load_loses_nothing_that_was_acknowledged()
    {
        await using var cluster = await PostgresCluster.StartNew();
        await using var log = new PostgresEventLog(OpenedLog.Options(await OpenedLog.NewDatabase(cluster)));
        var (attempted, acknowledged) = (new ConcurrentDictionary<Guid, StreamName>(), new ConcurrentDictionary<Guid, LogPosition>());
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
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
        })).ToArray();
        var subscriber = log.Follow(LogPosition.Start, said => enough.IsCancellationRequested && said.Events().Count() >= attempted.Count);

        for (var kills = 0; kills < 3; kills++)
        {
            var before = acknowledged.Count;
            await Eventually.Holds(() => acknowledged.Count > before + 200, "appends go on");
            await cluster.Kill();
            await cluster.Start();
        }

        var last = acknowledged.Count;
        await Eventually.Holds(() => acknowledged.Count > last + 200, "appends go on after the last restart");
        await enough.CancelAsync();
        await Task.WhenAll(writers);
        await log.MustAppend(Sample.Stream(), -1, Sample.Event());

        var all = await log.After(LogPosition.Start);
        OpenedLog.AssertContiguous(all, attempted.Count + 1);
        var positions = all.ToDictionary(e => e.EventId, e => e.Position);
        Assert.True(acknowledged.Count > 800);
        Assert.All(acknowledged, one => Assert.Equal(one.Value, positions[one.Key]));
        Assert.All(attempted.Keys, id => Assert.Contains(id, positions));
        var heard = (await subscriber).Events().Ids().ToArray();
        Assert.Equal(all.Ids().Take(heard.Length), heard);
    }

    [OwnServerFact]
    public async Task An_append_to_a_server_that_stays_away_ends_by_saying_so()
    {
        await using var cluster = await PostgresCluster.StartNew();
        var options = OpenedLog.Options(await OpenedLog.NewDatabase(cluster)) with { GiveUpAfter = TimeSpan.FromMilliseconds(300) };
        await using var log = new PostgresEventLog(options);
        var (stream, e) = (Sample.Stream(), Sample.Event());
        await log.MustAppend(stream, -1, e);
        await cluster.Stop();
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.Append(stream, new ExpectedRevision(0), [Sample.Event()]));
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.StreamOf(stream));
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.After(LogPosition.Start));
        await cluster.Start();
        await log.MustAppend(stream, 0, Sample.Event());
        Assert.Equal(2, (await log.StreamOf(stream)).Count);
    }
}
