using Intake.Domain.Calls;
using Intake.EventLog.Serialisation;
using Intake.Projections.Engine;
using Intake.Testing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Intake.Projections.Tests.Engine;

public sealed class LiveProjectionTests
{
    [Fact]
    public async Task Rows_follow_the_log()
    {
        await using var floor = await Floor.Open();
        await using var host = floor.Host(FloorProjection.Version(1));
        await floor.Append("gone", Floor.Queued("gone"), Floor.Abandoned("gone"));
        await floor.Append("kept", Floor.Queued("kept"), Floor.Claimed("kept"));
        await host.Reached(await floor.Append("kept", 1, [new PurposeStated("kept", CallPurpose.Complaint, "")]));

        var calls = await floor.Rows<CallRow>("floor.call");
        var call = Assert.Single(calls);
        Assert.Equal(("kept", "anna", CallPurpose.Complaint, 1.35m), (call.CallId, call.By?.Id, call.Purpose, call.Worth));
        Assert.Equal(["s"], call.Signals);
        Assert.Equal(5, await floor.Scalar<long>("select changed_at from floor.call"));
        var queue = Assert.Single(await floor.Rows<QueueRow>("floor.queue"));
        Assert.Equal(new QueueRow("orders", 2, 1, 700, 0.7), queue);
        Assert.Equal(4, await floor.Scalar<long>("select changed_at from floor.queue"));
    }

    [Fact]
    public async Task Events_that_touch_nothing_move_the_checkpoint()
    {
        await using var floor = await Floor.Open();
        await using var host = floor.Host(FloorProjection.Version(1));
        var last = await floor.Append("c", new CallResumed("c", DateTimeOffset.UnixEpoch, "r"));
        await host.Reached(last);
        await Eventually.Holds(async () => (await floor.Checkpoint())!.Position == last, "the checkpoint is there");
    }

    [Fact]
    public async Task Rows_and_checkpoint_are_one_transaction_though_the_session_is_killed_between_them()
    {
        await using var floor = await Floor.Open();
        var last = await floor.AppendSomeCalls(200, seed: 1);
        var (kills, seen) = (0, new List<(long Position, long Rows)>());
        using var stop = new CancellationTokenSource();
        var reached = new TaskCompletionSource();
        var projector = new Projector(
            FloorProjection.Version(1), floor.Log, EventCodec.Default, floor.Options,
            advanced => { if (advanced.Position == last) reached.TrySetResult(); }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance)
        {
            // After the rows' statements, before their commit: what the transaction did so far is there, and is lost.
            BeforeWrite = async batch =>
            {
                seen.Add(((long)(await floor.Checkpoint())!.Position.Commit, await floor.Scalar<long>("select count(*) from floor.call")));
                if (++kills <= 5)
                    batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_terminate_backend(pg_backend_pid())"));
            },
        };
        var running = Task.Run(() => projector.Run(stop.Token), CancellationToken.None);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
        await stop.CancelAsync();
        await running;

        Assert.True(seen.Count >= 6);
        Assert.All(seen.Take(6), before => Assert.Equal((0, 0), before));
        await AssertLiveEqualsRebuilt(floor);
    }

    [Fact]
    public async Task A_second_writer_is_stopped_by_the_checkpoint()
    {
        await using var floor = await Floor.Open();
        await floor.AppendSomeCalls(50, seed: 2);
        var (late, go, reached) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var said = new Said();
        var last = EventLog.LogPosition.Start;
        using var stop = new CancellationTokenSource();
        var slow = new Projector(FloorProjection.Version(1), floor.Log, EventCodec.Default, floor.Options, _ => { }, said)
        {
            Alone = false,
            BeforeWrite = async _ =>
            {
                late.TrySetResult();
                await go.Task;
            },
        };
        var quick = new Projector(
            FloorProjection.Version(1), floor.Log, EventCodec.Default, floor.Options,
            advanced => { if (advanced.Position == last) reached.TrySetResult(); }, said)
        {
            Alone = false,
        };
        var slowly = Task.Run(() => slow.Run(stop.Token), CancellationToken.None);
        await late.Task;
        last = await floor.AppendSomeCalls(50, seed: 3);
        var quickly = Task.Run(() => quick.Run(stop.Token), CancellationToken.None);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
        go.SetResult();
        await Eventually.Holds(() => said.Lines.Any(line => line.Contains("no longer at", StringComparison.Ordinal)), "the slow one is refused");

        // Both go on, in each other's way, and still no event is folded twice or never.
        await floor.AppendSomeCalls(200, seed: 4);
        var head = await floor.Log.Head(CancellationToken.None);
        await Eventually.Holds(async () => (await floor.Checkpoint())!.Position == head, "the checkpoint is at the head");
        await stop.CancelAsync();
        await Task.WhenAll(slowly, quickly);
        await AssertLiveEqualsRebuilt(floor);
    }

    [Fact]
    public async Task Another_host_takes_over_when_the_session_of_the_active_one_dies()
    {
        await using var floor = await Floor.Open();
        await using var second = await Started(floor);
        await using var third = floor.Host(FloorProjection.Version(1));
        for (var i = 0; i < 5; i++)
        {
            var holder = await Holder(floor);
            await floor.Execute($"select pg_terminate_backend({holder})");
            var last = await floor.AppendSomeCalls(20, seed: 10 + i);
            await Task.WhenAll(second.Reached(last), third.Reached(last));
            Assert.NotEqual(holder, await Holder(floor));
        }

        await second.DisposeAsync();
        await third.Reached(await floor.AppendSomeCalls(20, seed: 20));
        await AssertLiveEqualsRebuilt(floor);
    }

    [Fact]
    public async Task Lag_is_told_in_events_and_seconds()
    {
        await using var floor = await Floor.Open();
        var engine = new ProjectionEngine([FloorProjection.Version(1)], floor.Log, EventCodec.Default, floor.Options);
        Assert.Equal("absent", Assert.Single(await engine.Lag()).State);
        await using (var host = await Started(floor))
        {
            await host.Reached(await floor.Append("a", Floor.Queued("a")));
        }

        var current = Assert.Single(await engine.Lag());
        Assert.Equal((0, 0.0, "running"), (current.EventsBehind, current.SecondsBehind, current.State));
        await floor.Append("b", Floor.Queued("b"), Floor.Abandoned("b"));
        var behind = Assert.Single(await engine.Lag());
        Assert.Equal(2, behind.EventsBehind);
        Assert.InRange(behind.SecondsBehind, double.Epsilon, 60);
    }

    private static async Task<Hosted> Started(Floor floor)
    {
        var host = floor.Host(FloorProjection.Version(1));
        await host.Reached(EventLog.LogPosition.Start);
        return host;
    }

    private static Task<int> Holder(Floor floor) => WaitForHolder(floor);

    private static async Task<int> WaitForHolder(Floor floor)
    {
        const string holders = "select {0} from pg_locks where locktype = 'advisory' and granted and database = "
            + "(select oid from pg_database where datname = current_database()) and classid = 7239402";
        await Eventually.Holds(
            async () => await floor.Scalar<long>(holders.Replace("{0}", "count(*)", StringComparison.Ordinal)) == 1, "one session projects");
        return await floor.Scalar<int>(holders.Replace("{0}", "pid", StringComparison.Ordinal));
    }

    private static async Task AssertLiveEqualsRebuilt(Floor floor)
    {
        var report = await floor.Verification.Run([FloorProjection.Version(1)]);
        var verified = Assert.Single(report.Projections);
        Assert.True(report.Events > 0);
        Assert.Equal(verified.RebuiltHash, verified.LiveHash);
        Assert.Equal((true, 0, 0), (report.Ok, report.Gaps, verified.EventsBehind));
    }

    private sealed class Said : ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));
    }
}
