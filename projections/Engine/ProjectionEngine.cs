using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Intake.Projections.Engine;

/// <summary>
/// Keeps the live rows of all read models up to date, by itself or standing by for another host that does. Each projection goes
/// by itself: one that is stopped by an event does not hold up the others.
/// </summary>
public sealed class ProjectionEngine
{
    private readonly IReadOnlyList<Projection> _projections;
    private readonly IEventLog _log;
    private readonly EventCodec _codec;
    private readonly ProjectionEngineOptions _options;
    private readonly ILogger _logger;
    private ImmutableArray<ProjectionLag> _lastLag = [];

    /// <exception cref="ArgumentException">Two projections have the same name.</exception>
    public ProjectionEngine(
        IReadOnlyList<Projection> projections, IEventLog log, EventCodec codec, ProjectionEngineOptions options,
        ILogger<ProjectionEngine>? logger = null)
    {
        if (projections.GroupBy(projection => projection.Name).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            throw new ArgumentException($"Two projections are named {twice.Key}.", nameof(projections));
        (_projections, _log, _codec, _options) = (projections, log, codec, options);
        _logger = logger ?? NullLogger<ProjectionEngine>.Instance;
        Watch = new ProjectionWatch(options, _logger);
    }

    /// <summary>How far each projection is, and who hears of it.</summary>
    public ProjectionWatch Watch { get; }

    /// <summary>Runs until cancelled; needs <see cref="ProjectionSchemas.Migrate"/> to have been there.</summary>
    public async Task Run(CancellationToken cancel)
    {
        using var meter = new Meter(ProjectionTelemetry.Name);
        meter.CreateObservableGauge(
            "intake.projections.events.behind", () => Measured(lag => lag.EventsBehind), "{event}", "Events not yet in the live rows.");
        meter.CreateObservableGauge(
            "intake.projections.seconds.behind", () => Measured(lag => lag.SecondsBehind), "s", "Age of the oldest of them.");
        meter.CreateObservableGauge(
            "intake.projections.stopped", () => Measured(lag => lag.State == "stopped" ? 1 : 0), description: "1 where an event is in the way.");
        await Task.WhenAll(_projections
            .Select(projection => new Projector(projection, _log, _codec, _options, Watch.Wrote, _logger).Run(cancel))
            .Append(Watch.Run(cancel))
            .Append(Measure(cancel)));
    }

    /// <summary>Lets a projection that was stopped by an event try again, whichever host projects it.</summary>
    public async Task Resume(string name, CancellationToken cancel = default)
    {
        await using var connection = await Sessions.Open(Sessions.Folding(_options.ConnectionString), cancel);
        await Checkpoints.Resume(connection, name, cancel);
    }

    /// <summary>How far each projection is behind the log, as the database says.</summary>
    public async Task<IReadOnlyList<ProjectionLag>> Lag(CancellationToken cancel = default)
    {
        await using var connection = await Sessions.Open(Sessions.Folding(_options.ConnectionString), cancel);
        var stored = (await Checkpoints.All(connection, cancel)).Where(one => one.Slot == Checkpoint.Live).ToDictionary(one => one.Name);
        var head = await _log.Head(cancel);
        var lags = new List<ProjectionLag>();
        foreach (var projection in _projections)
        {
            lags.Add(stored.TryGetValue(projection.Name, out var live)
                ? await ProjectionLag.Of(_log, live, head, cancel)
                : ProjectionLag.Absent(projection.Name, head));
        }

        return lags;
    }

    private IEnumerable<Measurement<T>> Measured<T>(Func<ProjectionLag, T> figure)
        where T : struct => _lastLag.Select(lag => new Measurement<T>(figure(lag), new KeyValuePair<string, object?>("projection", lag.Name)));

    private async Task Measure(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                _lastLag = [.. await Lag(cancel)];
            }
            catch (Exception fault) when (Sessions.IsOutage(fault))
            {
                _logger.LogWarning("The lag of the projections could not be read: {Why}", fault.Message);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(_options.LookEvery, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
