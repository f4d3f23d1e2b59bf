using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Projections.Engine;
using Intake.Projections.Kpi;
using Intake.Projections.OperatorQueue;
using Intake.Projections.OrderBook;

namespace Intake.Benchmarks;

/// <summary>
/// Rebuilds three read models (operator queue, order book, figures) over so many calls of 6 events and as many orders of 10, from the
/// first read to the last take-over; and then verifies that they are what the log says.
/// </summary>
internal sealed class RebuildBenchmark(int streams, string name) : IBenchmark
{
    private static readonly Projection[] Three =
        [OperatorQueueProjection.Definition, OrderBookProjection.Definition, KpiProjection.Definition];

    public string Name => name;

    public Task<IReadOnlyList<Figure>> Measure(Server server, RunLength length, CancellationToken cancel) =>
        server.WithFreshSystem(async fresh =>
        {
            await EventLogs.Prepare(fresh.EventLog, cancel);
            await ProjectionSchemas.Migrate(fresh.Database, cancel);
            await using var log = fresh.Open();
            await Fill(log, streams, cancel);
            var options = new ProjectionEngineOptions(fresh.Database);
            var rates = new List<double>();
            for (var run = 0; run <= length.Runs; run++)
            {
                GC.Collect();
                var report = await new Rebuild(log, EventCodec.Default, options).Run(Three, null, cancel);
                if (run > 0)
                    rates.Add(report.Events / report.Elapsed.TotalSeconds);
            }

            var verified = await new Verification(log, EventCodec.Default, options).Run(Three, cancel);
            if (!verified.Ok || verified.Events != streams * 16L)
                throw new InvalidOperationException($"The rebuilt rows are not what the log says: {verified}");
            return (IReadOnlyList<Figure>)[new Figure($"{Name}.rate", Math.Round(ClosedLoop.Median(rates)), "per-second")];
        });

    /// <summary>Writes the calls and the orders, a call and its order after each other as on the floor.</summary>
    internal static Task Fill(IEventLog log, int streams, CancellationToken cancel) => Parallel.ForEachAsync(
        Enumerable.Range(0, streams),
        new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancel },
        async (number, c) =>
        {
            foreach (var (stream, events) in new[] { ShiftEvents.Call(number), ShiftEvents.Order(number) })
                await log.Append(stream, ExpectedRevision.NoStream, events, c);
        });
}
