using System.Diagnostics;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>
/// Keeps the live rows of one projection: of all hosts that run one, the one whose session holds the lock folds, and the others
/// stand by. The session that holds the lock is the one that writes, so that who has lost the lock cannot write either.
/// </summary>
internal sealed class Projector(
    Projection projection, IEventLog log, EventCodec codec, ProjectionEngineOptions options, Action<ProjectionAdvanced> advanced, ILogger logger)
{
    private readonly PageDecoder _decoder = new(codec, projection.Handles);
    private readonly KeyValuePair<string, object?> _tag = new("projection", projection.Name);

    /// <summary>A fault put between the rows and the checkpoint's commit, by tests.</summary>
    internal Func<NpgsqlBatch, Task>? BeforeWrite { get; init; }

    /// <summary>Folds without being the only one, by tests of what then holds.</summary>
    internal bool Alone { get; init; } = true;

    /// <summary>Runs until cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var connection = await Sessions.Open(Sessions.Folding(options.ConnectionString), cancel);
                while (Alone && !await Sessions.TryProject(connection, projection.Name, cancel))
                    await Task.Delay(options.RetryEvery, cancel);
                while (await Lead(connection, cancel))
                {
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (PostgresException late) when (late.SqlState == Checkpoints.Moved)
            {
                logger.LogWarning("{Projection}: {Reason} It goes on from where it stands now.", projection.Name, late.MessageText);
            }
#pragma warning disable CA1031 // One projection's fault must not end the others; it is logged, and tried again.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                if (Sessions.IsOutage(fault))
                    logger.LogWarning("{Projection}: interrupted; it is tried again: {Why}", projection.Name, fault.Message);
                else
                    logger.LogError(fault, "{Projection}: interrupted; it is tried again.", projection.Name);
                await Task.Delay(options.RetryEvery, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Projects until an event is in the way, or waits until none is.</summary>
    /// <returns>False where this host must not project, or its session is spent: then the session, and with it the lock, is let go.</returns>
    private async Task<bool> Lead(NpgsqlConnection connection, CancellationToken cancel)
    {
        var live = await ProjectionSchemas.EnsureLive(connection, projection, cancel);
        if (live.Version > projection.Version)
        {
            logger.LogInformation(
                "{Projection}: version {Live} is live, newer than this host's {Version}; it is left to newer hosts.",
                projection.Name, live.Version, projection.Version);
            await Task.Delay(options.RetryEvery, cancel);
            return false;
        }

        if (live.Version < projection.Version)
        {
            if (await Upgrade(connection, live, cancel) is not { } upgraded)
                return true;
            live = upgraded;
        }

        if (live.Stopped)
        {
            await Task.Delay(options.RetryEvery, cancel);
            return true;
        }

        logger.LogInformation("{Projection}: projects version {Version} from {Position}.", projection.Name, live.Version, live.Position);
        return await Follow(connection, live, cancel);
    }

    /// <summary>Builds the new version's tables beside the old ones, which serve as they are: the code that folded them is gone.</summary>
    private async Task<Checkpoint?> Upgrade(NpgsqlConnection connection, Checkpoint live, CancellationToken cancel)
    {
        var next = await Checkpoints.Find(connection, projection.Name, Checkpoint.Next, cancel);
        if (next is { Stopped: true } && next.Version == projection.Version)
        {
            await Task.Delay(options.RetryEvery, cancel);
            return null;
        }

        logger.LogInformation(
            "{Projection}: version {Version} is built beside version {Live}, which serves as it is.", projection.Name, projection.Version,
            live.Version);
        try
        {
            await new Rebuild(log, codec, options).Run([projection], null, cancel);
        }
        catch (ProjectionFaultException fault)
        {
            logger.LogError(fault, "{Projection}: the new version cannot be built.", projection.Name);
            return null;
        }

        var now = await Checkpoints.Find(connection, projection.Name, Checkpoint.Live, cancel);
        advanced(ProjectionAdvanced.Of(now!));
        return now;
    }

    /// <returns>False where the session is spent.</returns>
    private async Task<bool> Follow(NpgsqlConnection connection, Checkpoint live, CancellationToken cancel)
    {
        var rows = new ProjectionRows(projection, projection.Name);
        var (passed, witness, remembered) = (live.Position, (Witness?)null, false);
        advanced(ProjectionAdvanced.Of(live));
        await foreach (var message in log.Subscribe(live.Position, cancel).WithQuiet(options.CheckpointWithin, cancel))
        {
            var before = passed;
            if (!remembered && message is EventsAppeared)
            {
                await new LogOrigin(log, options).Remember(connection, cancel);
                remembered = true;
            }

            switch (message)
            {
                case EventsAppeared page when !page.Events.Any(e => _decoder.Concerns(e.Type)):
                    (passed, witness) = (page.Events[^1].Position, Witness.Of(page.Events[^1]));
                    break;
                case CheckpointReached beyond:
                    passed = beyond.Position;
                    break;
                case EventsAppeared page:
                    try
                    {
                        live = await Take(page.Events, rows, connection, live, cancel);
                    }
                    catch (PostgresException refused) when (refused.SqlState[..2] is "22" or "23")
                    {
                        await using var careful = await Sessions.Open(Sessions.Careful(options.ConnectionString), cancel);
                        live = await TakeByHalves(page.Events, careful, live, refused, cancel);
                        advanced(ProjectionAdvanced.Of(live));
                        return false;
                    }

                    passed = live.Position;
                    break;
                case null:
                    // Quiet for a moment: events that touch nothing are passed for good, together.
                    live = await Write(new DecodedPage(passed, 0, [], []), witness, rows, connection, live, cancel);
                    break;
            }

            if (passed != before)
                advanced(ProjectionAdvanced.Of(live with { Position = passed }));
            if (live.Stopped)
                break;
        }

        return true;
    }

    /// <summary>Folds a page and writes rows and checkpoint; stops before an event that cannot be taken.</summary>
    private async Task<Checkpoint> Take(
        IReadOnlyList<RecordedEvent> events, ProjectionRows rows, NpgsqlConnection connection, Checkpoint live, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        var page = _decoder.Decode(events);
        using var span = ProjectionTelemetry.Batch(projection.Name, page);
        var poison = page.Poisons is [var unread, ..] ? unread : null;
        if (poison is not null)
            page = page.Before(poison, live.Position, events);
        while (await rows.Fold(page, connection, cancel) is { } earlier)
        {
            poison = earlier;
            page = page.Before(earlier, live.Position, events);
        }

        var witness = events.LastOrDefault(e => e.Position <= page.Last) is { } last ? Witness.Of(last) : null;
        live = await Write(page, witness, rows, connection, live, cancel);
        ProjectionTelemetry.BatchSize.Record(page.Count, _tag);
        ProjectionTelemetry.BatchDuration.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds, _tag);
        return poison is null ? live : await Stop(poison, connection, live, cancel);
    }

    /// <summary>PostgreSQL refuses a value of the page: what is before the event that made it is written, and there it stops.</summary>
    private async Task<Checkpoint> TakeByHalves(
        IReadOnlyList<RecordedEvent> events, NpgsqlConnection careful, Checkpoint live, PostgresException refused, CancellationToken cancel)
    {
        if (events.Count == 1)
            return await Stop(new Poison(events[0].Position, refused), careful, live, cancel);
        foreach (var half in events.Chunk((events.Count + 1) / 2))
        {
            try
            {
                live = await Take(half, new ProjectionRows(projection, projection.Name), careful, live, cancel);
            }
            catch (PostgresException again) when (again.SqlState[..2] is "22" or "23")
            {
                live = await TakeByHalves(half, careful, live, again, cancel);
            }

            if (live.Stopped)
                break;
        }

        return live;
    }

    /// <summary>One round trip, one transaction: the checkpoint, if it stands where we believe, and the rows.</summary>
    private async Task<Checkpoint> Write(
        DecodedPage page, Witness? witness, ProjectionRows rows, NpgsqlConnection connection, Checkpoint live, CancellationToken cancel)
    {
        if (page.Last <= live.Position)
            return live;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Checkpoints.Advance(projection.Name, live.Generation, live.Position, page.Last, witness));
        foreach (var write in rows.Writes())
            batch.BatchCommands.Add(write);
        if (BeforeWrite is { } fault)
            await fault(batch);
        await batch.ExecuteNonQueryAsync(cancel);
        rows.Written();
        if (rows.Count > options.RowsInMemory)
            rows.Forget();
        return live with { Position = page.Last };
    }

    private async Task<Checkpoint> Stop(Poison poison, NpgsqlConnection connection, Checkpoint live, CancellationToken cancel)
    {
        logger.LogError(
            poison.Why, "{Projection}: stopped before the event at {Position}; resume it when the cause is mended.", projection.Name,
            poison.Position);
        await Checkpoints.Stop(connection, projection.Name, Checkpoint.Live, live.Generation, live.Position, poison, cancel);
        return live with { State = "stopped" };
    }
}
