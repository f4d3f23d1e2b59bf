using System.Globalization;
using Intake.Domain.Calls;
using Intake.EventLog.Serialisation;
using Intake.Projections.Engine;
using Intake.Testing;

namespace Intake.Projections.Tests.Engine;

public sealed class RebuildTests
{
    [Theory]
    [InlineData(1, 20_000, 400_000)]
    [InlineData(2, 7, 400_000)]
    [InlineData(3, 20_000, 11)]
    [InlineData(4, 3, 5)]
    public async Task Live_rows_equal_rebuilt_rows_whatever_fits_in_memory(int seed, int rowsInMemory, int rowsOfRebuild)
    {
        await using var opened = await Floor.Open();
        await using var floor = opened.With(opened.Options with { RowsInMemory = rowsInMemory, RowsInMemoryOfRebuild = rowsOfRebuild });
        await using var host = floor.Host(FloorProjection.Version(1));
        for (var i = 0; i < 10; i++)
            await host.Reached(await floor.AppendSomeCalls(30, (seed * 100) + i));

        var live = await floor.Verification.Run([FloorProjection.Version(1)]);
        Assert.True(live.Ok, live.ToString());
        await floor.Rebuild(FloorProjection.Version(1));
        var rebuilt = await floor.Verification.Run([FloorProjection.Version(1)]);
        Assert.True(rebuilt.Ok);
        Assert.Equal(live.Projections[0].LiveHash, rebuilt.Projections[0].LiveHash);
        Assert.True((await floor.Rows<CallRow>("floor.call")).Count > 100);
    }

    [Fact]
    public async Task Verification_finds_a_row_that_is_not_what_the_log_says()
    {
        await using var floor = await Floor.Open();
        await using var host = floor.Host(FloorProjection.Version(1), FloorProjection.Version(1, "other"));
        var last = await floor.AppendSomeCalls(30, seed: 1);
        await Task.WhenAll(host.Reached(last), host.Reached(last, "other"));
        await floor.Execute("update floor.queue set claimed = claimed + 1 where key = 'orders'");

        var report = await floor.Verification.Run([FloorProjection.Version(1), FloorProjection.Version(1, "other")]);
        Assert.Equal([("floor", false), ("other", true)], report.Projections.Select(one => (one.Name, one.Equal)));
        Assert.False(report.Ok);
        Assert.Equal(0, await floor.Scalar<long>("select count(*) from pg_namespace where nspname like '%verify%'"));
    }

    [Fact]
    public async Task Verification_counts_gaps()
    {
        await using var floor = await Floor.Open();
        await using var host = floor.Host(FloorProjection.Version(1));
        await host.Reached(await floor.AppendSomeCalls(30, seed: 1));
        await floor.Execute("alter table log.events disable trigger events_only_grow; delete from log.events where position in (3, 4)");
        var report = await floor.Verification.Run([]);
        Assert.Equal((false, 2), (report.Ok, report.Gaps));
    }

    [Fact]
    public async Task Readers_see_no_outage_while_tables_are_rebuilt_under_load()
    {
        await using var floor = await Floor.Open();
        await using var host = floor.Host(FloorProjection.Version(1));
        await host.Reached(await floor.AppendSomeCalls(300, seed: 1));
        using var stop = new CancellationTokenSource();
        var (polls, fewest, backwards, newest) = (0, long.MaxValue, 0, 0L);
        var reading = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var rows = await floor.Scalar<long>("select count(*) from floor.call");
                    var position = await floor.Scalar<long>("select max(changed_at) from floor.queue");
                    backwards += position < newest ? 1 : 0;
                    (polls, fewest, newest) = (polls + 1, Math.Min(fewest, rows), Math.Max(newest, position));
                }
            },
            CancellationToken.None);
        var writing = Task.Run(
            async () =>
            {
                for (var seed = 2; !stop.IsCancellationRequested; seed++)
                    await floor.AppendSomeCalls(50, seed);
            },
            CancellationToken.None);

        const int rebuilds = 5;
        for (var i = 0; i < rebuilds; i++)
        {
            var before = polls;
            await floor.Rebuild(FloorProjection.Version(1));
            await Eventually.Holds(() => polls > before + 10, "the reader reads on");
        }

        await stop.CancelAsync();
        await Task.WhenAll(reading, writing);
        var head = await floor.Log.Head(CancellationToken.None);
        var reached = await host.Reached(head);
        Assert.Equal(rebuilds, reached.Generation);
        Assert.True(fewest > 100, string.Create(CultureInfo.InvariantCulture, $"a reader saw {fewest} rows"));
        Assert.Equal(0, backwards);
        Assert.True((await floor.Verification.Run([FloorProjection.Version(1)])).Ok);
    }

    [Fact]
    public async Task A_new_version_is_built_beside_and_takes_over()
    {
        await using var floor = await Floor.Open();
        await using (var old = floor.Host(FloorProjection.Version(1)))
        {
            await old.Reached(await floor.AppendSomeCalls(100, seed: 1));
        }

        var last = await floor.AppendSomeCalls(10, seed: 2);
        var changed = FloorProjection.Version(2) with { Schema = FloorProjection.Schema + "; comment on table call is 'two'" };
        await using (var host = floor.Host(changed))
        {
            await Eventually.Holds(async () => (await floor.Checkpoint()) is { Version: 2 }, "the new version is live");
            Assert.Equal((2, 1L), ((await host.Reached(last)).Version, (await floor.Checkpoint())!.Generation));
            Assert.Equal("two", await floor.Scalar<string>("select obj_description('floor.call'::regclass)"));
            Assert.Null(await floor.Checkpoint(slot: "next"));
            await host.Reached(await floor.AppendSomeCalls(10, seed: 3));
            Assert.True((await floor.Verification.Run([changed])).Ok);
        }

        // A host of the old version leaves the new rows alone, and does not rebuild them.
        await using var returned = floor.Host(FloorProjection.Version(1));
        var unseen = await floor.AppendSomeCalls(10, seed: 4);
        await Assert.ThrowsAsync<ProjectionFaultException>(() => floor.Rebuild(FloorProjection.Version(1)));
        await using var newer = floor.Host(changed);
        await newer.Reached(unseen);
        Assert.Equal((2, 1L), ((await floor.Checkpoint())!.Version, (await floor.Checkpoint())!.Generation));
    }

    [Fact]
    public async Task A_version_that_cannot_be_built_leaves_the_old_rows_and_says_why()
    {
        await using var floor = await Floor.Open();
        await using (var old = floor.Host(FloorProjection.Version(1)))
        {
            await old.Reached(await floor.AppendSomeCalls(100, seed: 1));
        }

        var broken = true;
        await using var host = floor.Host(FloorProjection.Version(2, before: e =>
        {
            if (broken && e is CallQueued { CallId: "c1-50" })
                throw new InvalidOperationException("cannot take it");
        }));
        await Eventually.Holds(async () => (await floor.Checkpoint(slot: "next")) is { Stopped: true }, "the new version stops");
        Assert.Contains("cannot take it", (await floor.Checkpoint(slot: "next"))!.Error, StringComparison.Ordinal);
        Assert.Equal((1, "running"), ((await floor.Checkpoint())!.Version, (await floor.Checkpoint())!.State));
        Assert.True((await floor.Verification.Run([FloorProjection.Version(1)])).Ok);

        broken = false;
        await host.Engine.Resume("floor");
        await Eventually.Holds(async () => (await floor.Checkpoint()) is { Version: 2 }, "the new version is live");
    }

    [Fact]
    public async Task Two_rebuilds_at_once_are_refused()
    {
        await using var floor = await Floor.Open();
        await floor.AppendSomeCalls(10, seed: 1);
        await using var session = await Sessions.Open(floor.Options.ConnectionString, CancellationToken.None);
        Assert.True(await Sessions.TryBuild(session, "floor", CancellationToken.None));
        await Assert.ThrowsAsync<ProjectionFaultException>(() => floor.Rebuild(FloorProjection.Version(1)));
    }
}
