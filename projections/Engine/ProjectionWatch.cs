using System.Collections.Concurrent;
using System.Threading.Channels;
using Intake.EventLog;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>
/// Knows on every host how far each projection is, whichever host projects: told at once by this host's own projectors, by
/// notices of other hosts, and by looking at the checkpoints now and then, should a notice be lost.
/// </summary>
public sealed class ProjectionWatch
{
    private readonly ProjectionEngineOptions _options;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, ProjectionAdvanced> _unsaid = new();
    private readonly Channel<bool> _something = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, ProjectionAdvanced> _known = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _news = NewNews();

    internal ProjectionWatch(ProjectionEngineOptions options, ILogger logger) => (_options, _logger) = (options, logger);

    /// <summary>How far a projection's live rows are, as far as this host knows; null before it has heard of it.</summary>
    public ProjectionAdvanced? Known(string name)
    {
        lock (_gate)
            return _known.GetValueOrDefault(name);
    }

    /// <summary>Returns when a projection's live rows have reached a position: a person then sees what he just did.</summary>
    public Task<ProjectionAdvanced> Reached(string name, LogPosition position, CancellationToken cancel) =>
        Until(name, known => known.Position >= position, cancel);

    /// <summary>
    /// Returns when there is news of a projection for one who has what <paramref name="seen"/> says, or nothing. Steps that pile up
    /// are one piece of news.
    /// </summary>
    public Task<ProjectionAdvanced> After(string name, ProjectionAdvanced? seen, CancellationToken cancel) =>
        Until(name, known => known.IsAfter(seen), cancel);

    /// <summary>This host's projector has written; other hosts are told.</summary>
    internal void Wrote(ProjectionAdvanced advanced)
    {
        if (!Heard(advanced))
            return;
        _unsaid[advanced.Name] = advanced;
        _something.Writer.TryWrite(true);
    }

    internal Task Run(CancellationToken cancel) =>
        Task.WhenAll(Again(Listen, cancel), Again(Tell, cancel));

    private static TaskCompletionSource NewNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<ProjectionAdvanced> Until(string name, Func<ProjectionAdvanced, bool> holds, CancellationToken cancel)
    {
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (_known.GetValueOrDefault(name) is { } known && holds(known))
                    return known;
                news = _news.Task;
            }

            await news.WaitAsync(cancel);
        }
    }

    private bool Heard(ProjectionAdvanced advanced)
    {
        lock (_gate)
        {
            if (!advanced.IsAfter(_known.GetValueOrDefault(advanced.Name)))
                return false;
            _known[advanced.Name] = advanced;
            var rung = _news;
            _news = NewNews();
            rung.SetResult();
            return true;
        }
    }

    // Told apart from the rows' transaction: a notice in it would make its commit wait for every other one that has a notice, and so
    // for the flushes of the log. Notices that pile up are told together, the newest of each projection.
    private async Task Tell(NpgsqlConnection connection, CancellationToken cancel)
    {
        await foreach (var _ in _something.Reader.ReadAllAsync(cancel))
        {
            var notices = _unsaid.Keys
                .Select(name => _unsaid.TryRemove(name, out var unsaid) ? unsaid.Notice : null)
                .OfType<string>().ToArray();
            await Checkpoints.Execute(
                connection, $"select pg_notify('{ProjectionAdvanced.Channel}', notice) from unnest($1) as notice", cancel,
                new NpgsqlParameter<string[]> { TypedValue = notices });
        }
    }

    private async Task Listen(NpgsqlConnection connection, CancellationToken cancel)
    {
        connection.Notification += (_, notice) => Heard(ProjectionAdvanced.Of(notice.Payload));
        await Checkpoints.Execute(connection, $"listen {ProjectionAdvanced.Channel}", cancel);
        while (true)
        {
            foreach (var live in (await Checkpoints.All(connection, cancel)).Where(checkpoint => checkpoint.Slot == Checkpoint.Live))
                Heard(ProjectionAdvanced.Of(live));
            while (await connection.WaitAsync(_options.LookEvery, cancel))
            {
            }
        }
    }

    private async Task Again(Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var connection = await Sessions.Open(Sessions.Folding(_options.ConnectionString), cancel);
                await work(connection, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (Sessions.IsOutage(fault))
            {
                _logger.LogWarning(fault, "The watch over the projections is interrupted; it is tried again.");
                await Task.Delay(_options.RetryEvery, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
