using System.Collections.Concurrent;
using System.Diagnostics;
using Intake.EventLog;
using Intake.EventLog.Postgres;
using Intake.EventLog.Serialisation;
using Intake.Projections.Catalogue;
using Intake.Projections.ClientCard;
using Intake.Projections.Engine;
using Intake.Projections.Kpi;
using Intake.Projections.OperatorQueue;
using Intake.Projections.OrderBook;

namespace Intake.Benchmarks;

/// <summary>
/// From the answer of an append to the commit of the rows that it changes, at so many appends per second in an open loop, with all five
/// read models projecting. What is timed is the read model that the event belongs to, and the commit as the host learns of it.
/// </summary>
internal sealed class VisibleBenchmark(int perSecond) : IBenchmark
{
    private static readonly Projection[] Five =
    [
        OperatorQueueProjection.Definition, OrderBookProjection.Definition, KpiProjection.Definition, ClientCardProjection.Definition,
        CatalogueProjection.Definition,
    ];

    public string Name => $"visible-{perSecond}";

    public Task<IReadOnlyList<Figure>> Measure(string server, RunLength length, CancellationToken cancel) =>
        Workload.WithFreshDatabase(server, async connection =>
        {
            await PostgresSchema.Migrate(connection, cancel);
            await ProjectionSchemas.Migrate(connection, cancel);
            await using var log = new PostgresEventLog(new PostgresEventLogOptions(connection));
            var engine = new ProjectionEngine(Five, log, EventCodec.Default, new ProjectionEngineOptions(connection));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var running = Task.Run(() => engine.Run(stop.Token), cancel);
            await Task.WhenAll(Five.Select(one => engine.Watch.Reached(one.Name, LogPosition.Start, cancel)));

            var number = 0;
            await Run(log, engine, length.Run, () => number++, cancel);
            var (p50, p99) = (new List<double>(), new List<double>());
            for (var run = 0; run < length.Runs; run++)
            {
                var times = await Run(log, engine, length.Run, () => number++, cancel);
                p50.Add(times[times.Length / 2]);
                p99.Add(times[(int)(times.Length * 0.99)]);
            }

            await stop.CancelAsync();
            await running;
            return (IReadOnlyList<Figure>)
                [new Figure($"{Name}.p50", ClosedLoop.Median(p50), "ms"), new Figure($"{Name}.p99", ClosedLoop.Median(p99), "ms")];
        });

    private async Task<double[]> Run(PostgresEventLog log, ProjectionEngine engine, TimeSpan duration, Func<int> next, CancellationToken cancel)
    {
        var times = new ConcurrentBag<double>();
        var appends = new List<Task>();
        var begun = Stopwatch.GetTimestamp();
        var calls = (int)(duration.TotalSeconds * perSecond / 6);
        for (var i = 0; i < calls; i++)
        {
            var (stream, events) = ShiftEvents.Call(next());
            appends.Add(Task.Run(
                async () =>
                {
                    for (var revision = 0; revision < events.Count; revision++)
                    {
                        if (await log.Append(stream, new ExpectedRevision(revision - 1), [events[revision]], cancel) is not Appended appended)
                            throw new InvalidOperationException("A writer alone on its stream lost a race.");
                        var answered = Stopwatch.GetTimestamp();
                        await engine.Watch.Reached(OperatorQueueProjection.Definition.Name, appended.Position, cancel);
                        times.Add(Stopwatch.GetElapsedTime(answered).TotalMilliseconds);
                        await Task.Delay(200, cancel);
                    }
                },
                cancel));
            var due = TimeSpan.FromSeconds((i + 1) * 6.0 / perSecond) - Stopwatch.GetElapsedTime(begun);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, cancel);
        }

        await Task.WhenAll(appends);
        return [.. times.Order()];
    }
}
