using Intake.EventLog;
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
internal sealed class RowLagBenchmark(int perSecond) : IBenchmark
{
    private static readonly Projection[] Five =
    [
        OperatorQueueProjection.Definition, OrderBookProjection.Definition, KpiProjection.Definition, ClientCardProjection.Definition,
        CatalogueProjection.Definition,
    ];

    public string Name => "lag-row";

    public Task<IReadOnlyList<Figure>> Measure(Server server, RunLength length, CancellationToken cancel) =>
        server.WithFreshSystem(async fresh =>
        {
            await EventLogs.Prepare(fresh.EventLog, cancel);
            await ProjectionSchemas.Migrate(fresh.Database, cancel);
            await using var log = fresh.Open();
            var engine = new ProjectionEngine(Five, log, EventCodec.Default, new ProjectionEngineOptions(fresh.Database));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var running = Task.Run(() => engine.Run(stop.Token), cancel);
            await Task.WhenAll(Five.Select(one => engine.Watch.Reached(one.Name, LogPosition.Start, cancel)));

            var figures = await OpenLoop.Lag(
                Name, log, perSecond, length,
                position => engine.Watch.Reached(OperatorQueueProjection.Definition.Name, position, cancel), cancel);
            await stop.CancelAsync();
            await running;
            return figures;
        });
}
