using System.Diagnostics;
using System.Diagnostics.Metrics;
using Intake.Contracts;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Host.Hosting;
using Intake.Host.Queries;
using Intake.Projections.Authority;
using Intake.Projections.Completeness;
using Intake.Projections.Engine;
using Intake.Projections.Kpi;
using Intake.Projections.OperatorQueue;
using Intake.Projections.OrderBook;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace Intake.Host.Live;

/// <summary>
/// Sends this host's desks the rows that changed. It finds them by position in the database, whichever host projects, so more hosts
/// need nothing between them.
/// </summary>
public sealed class LivePush(
    ProjectionEngine engine, IEventLog log, FloorQueries floor, OrderQueries orders, AuthorityQueries authority, WallboardQuery wallboard,
    IHubContext<LiveHub, ILiveDesk> hub, IServiceProvider services, TimeProvider clock, ILogger<LivePush> logger) : BackgroundService
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Telemetry = "Intake.Live";

    /// <summary>Figures are for reading: no more than so many boards a second.</summary>
    private static readonly TimeSpan BoardEvery = TimeSpan.FromMilliseconds(250);
    private const int MostLinks = 64;
    private static readonly TimeSpan PulseEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);
    private static readonly ActivitySource Spans = new(Telemetry);
    private static readonly Meter Meter = new(Telemetry);
    private static readonly Histogram<double> PushDuration =
        Meter.CreateHistogram<double>("intake.live.push.duration", "ms", "From the rows' commit being known to the message being handed over.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await IntakeServices.ReadModelsOf(services, stoppingToken);
        await Task.WhenAll(
            Kept(() => Push(Queue, stoppingToken), stoppingToken),
            Kept(() => Push(Orders, stoppingToken), stoppingToken),
            Kept(() => Push(Decisions, stoppingToken), stoppingToken),
            Kept(() => PushWallboard(stoppingToken), stoppingToken),
            Kept(() => Pulse(stoppingToken), stoppingToken));
    }

    private Topic<QueueChange> Queue => new(
        OperatorQueueProjection.Definition.Name, floor.Since, change => new Stand(change.Version, change.To),
        change => change.Calls.Count + change.People.Count + change.Callbacks.Count,
        async (change, step, cancel) =>
        {
            using var span = Spans.StartActivity(
                "push queue", ActivityKind.Producer, default(ActivityContext),
                links: step.First ? [] : await Causes(step.Known.Position, change.To, cancel));
            await hub.Clients.Group(LiveHub.QueueGroup).QueueChanged(change);
            PushDuration.Record(Stopwatch.GetElapsedTime(step.Start).TotalMilliseconds);
        });

    private Topic<OrdersChange> Orders => new(
        OrderBookProjection.Definition.Name, orders.Since, change => new Stand(change.Version, change.To), change => change.Orders.Count,
        async (change, _, _) =>
        {
            await hub.Clients.Group(LiveHub.AllOrdersGroup).OrdersChanged(change);
            foreach (var own in change.Orders.SelectMany(Whose).GroupBy(one => one.StaffId, one => one.Order))
            {
                await hub.Clients.Group(LiveHub.OwnOrdersGroup(own.Key)).OrdersChanged(change with { Orders = [.. own] });
            }

            foreach (var order in change.Orders)
            {
                await hub.Clients.Group(LiveHub.OrderGroup(order.OrderId)).OrderMoved(order.OrderId, order.ChangedAt);
            }
        });

    private Topic<DecisionsChange> Decisions => new(
        AuthorityProjection.Definition.Name, authority.Since, change => new Stand(change.Version, change.To),
        change => change.Escalations.Count + change.Absences.Count,
        (change, _, _) => hub.Clients.Group(LiveHub.DecisionsGroup).DecisionsChanged(change));

    // Who takes the order, and who opened it and passed it on.
    private static IEnumerable<(string StaffId, Contracts.OrderRow Order)> Whose(Contracts.OrderRow order) =>
        new[] { order.By.Id, order.OpenedBy?.Id ?? order.By.Id }.Distinct().Select(id => (id, order));

    private async Task Push<TChange>(Topic<TChange> topic, CancellationToken cancel)
        where TChange : class
    {
        await foreach (var step in Steps(topic.ReadModel, cancel))
        {
            if (await topic.Since(step.Known, cancel) is { } change)
            {
                if (topic.Rows(change) > 0)
                {
                    await topic.Send(change, step, cancel);
                }

                Moved(topic.ReadModel, topic.Reached(change));
            }
        }
    }

    private async Task PushWallboard(CancellationToken cancel)
    {
        ProjectionAdvanced? figures = null;
        ProjectionAdvanced? queue = null;
        ProjectionAdvanced? registered = null;
        while (true)
        {
            using var other = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var first = await Task.WhenAny(
                engine.Watch.After(KpiProjection.Definition.Name, figures, other.Token),
                engine.Watch.After(OperatorQueueProjection.Definition.Name, queue, other.Token),
                engine.Watch.After(CompletenessProjection.Definition.Name, registered, other.Token));
            await other.CancelAsync();
            await first;
            (figures, queue, registered) = (
                engine.Watch.Known(KpiProjection.Definition.Name), engine.Watch.Known(OperatorQueueProjection.Definition.Name),
                engine.Watch.Known(CompletenessProjection.Definition.Name));
            await hub.Clients.Group(LiveHub.WallboardGroup).WallboardChanged(await wallboard.Now(cancel));
            await Task.Delay(BoardEvery, clock, cancel);
        }
    }

    private async Task Pulse(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(PulseEvery, clock);
        var (head, compared) = (LogPosition.Start, clock.GetUtcNow());
        while (await timer.WaitForNextTickAsync(cancel))
        {
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            soon.CancelAfter(PulseEvery);
            var shown = engine.Watch.Known(OperatorQueueProjection.Definition.Name)?.Position ?? LogPosition.Start;
            double behind;
            try
            {
                head = await log.Head(soon.Token);
                behind = await Behind(shown, head, soon.Token);
                compared = clock.GetUtcNow();
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested && fault is OperationCanceledException or EventLogException or NpgsqlException)
            {
                // What the log has got since nobody can tell: the rows may be as old as the last look at it.
                behind = Math.Max(0, (clock.GetUtcNow() - compared).TotalSeconds);
            }

            // Rows may stand beyond the last event: at a place that the log has passed without one of ours.
            await hub.Clients.All.Pulse(new Pulse(clock.GetUtcNow(), Math.Max(head.Number, shown.Number), shown.Number, behind));
        }
    }

    // The commands behind the events that are pushed: their traces end at the desks. Looked up only where somebody listens.
    private async Task<IReadOnlyList<ActivityLink>> Causes(long from, long to, CancellationToken cancel)
    {
        var causes = new List<ActivityLink>();
        if (!Spans.HasListeners())
        {
            return causes;
        }

        try
        {
            await foreach (var recorded in log.ReadAll(LogPosition.Of(from), cancel))
            {
                if (recorded.Position.Number > to || causes.Count == MostLinks)
                {
                    break;
                }

                if (EventCodec.DecodeEnvelope(recorded).TraceParent is { } parent && ActivityContext.TryParse(parent, null, out var cause))
                {
                    causes.Add(new ActivityLink(cause));
                }
            }
        }
        catch (PositionNotInLogException)
        {
            // A read model may stand between two events, where EventStoreDB begins no read. The rows matter more than their causes.
        }

        return causes;
    }

    // The age of the oldest event that the desks have not been shown.
    private async Task<double> Behind(LogPosition shown, LogPosition head, CancellationToken cancel)
    {
        if (shown < head)
        {
            await foreach (var unseen in log.ReadAll(shown, cancel))
            {
                return Math.Max(0, (clock.GetUtcNow() - unseen.RecordedAt).TotalSeconds);
            }
        }

        return 0;
    }

    // Where this host's desks stand, by read model.
    private readonly Dictionary<string, Stand> _pushed = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private void Moved(string projection, Stand stand)
    {
        lock (_gate)
        {
            _pushed[projection] = stand;
        }
    }

    private async IAsyncEnumerable<Step> Steps(
        string projection, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        ProjectionAdvanced? seen = null;
        while (true)
        {
            seen = await engine.Watch.After(projection, seen, cancel);
            var start = Stopwatch.GetTimestamp();
            Stand known;
            var first = false;
            lock (_gate)
            {
                if (!_pushed.TryGetValue(projection, out known!) || known.Generation != (int)seen.Generation)
                {
                    // The first step, or other tables: who has joined has, or asks for, a snapshot from here on. What stands before
                    // is no position of the log, only less.
                    first = true;
                    known = _pushed[projection] = new Stand((int)seen.Generation, Math.Max(0, seen.Position.Number - 1));
                }
            }

            if (seen.Position.Number > known.Position)
            {
                yield return new Step(known, start, first);
            }
        }
    }

    private async Task Kept(Func<Task> work, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is EventLogUnavailableException or NpgsqlException)
            {
                logger.LogWarning("Pushing to the desks is interrupted; it is tried again: {Why}", fault.Message);
                await Task.Delay(RetryAfter, clock, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            }
#pragma warning disable CA1031 // A push that fails is tried again; the desks see by the pulse that they are behind.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                logger.LogWarning(fault, "Pushing to the desks is interrupted; it is tried again");
                await Task.Delay(RetryAfter, clock, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
