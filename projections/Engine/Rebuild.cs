using System.Diagnostics;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>What a rebuild did.</summary>
/// <param name="Events">Events read in the main pass.</param>
/// <param name="Elapsed">From the first read to the last take-over.</param>
public sealed record RebuildReport(long Events, TimeSpan Elapsed);

/// <summary>
/// Builds the tables of projections anew beside the live ones, and lets them take over. Readers and the running engine, in this process
/// or another, go on meanwhile; the engine finds that its tables were replaced, and goes on with the new ones.
/// </summary>
public sealed class Rebuild(IEventLog log, EventCodec codec, ProjectionEngineOptions options)
{
    /// <summary>A rest this short is folded while the live writer waits.</summary>
    private const int ShortRest = 500;

    private const int MostRounds = 10;

    /// <summary>Rebuilds several projections from one reading of the log.</summary>
    /// <exception cref="ProjectionFaultException">An event cannot be taken, another rebuild is under way, or a newer version is live;
    /// then the live tables are as they were.</exception>
    public async Task<RebuildReport> Run(
        IReadOnlyList<Projection> projections, IProgress<RebuildProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(projections);
        var begun = Stopwatch.GetTimestamp();
        var builds = new List<TableBuild>();
        try
        {
            foreach (var projection in projections)
            {
                var connection = await Sessions.Open(Sessions.Folding(options.ConnectionString), cancel);
                builds.Add(new TableBuild(
                    projection, codec, ProjectionSchemas.Beside(projection.Name), connection, options.RowsInMemoryOfRebuild));
                await Begin(builds[^1], cancel);
            }

            var events = await BulkFold.Run(log, codec, builds, ends: null, progress, cancel);
            foreach (var build in builds)
            {
                await CatchUp(build, cancel);
                await TakeOver(build, cancel);
                await ProjectionSchemas.DropReplaced(build.Connection, build.Projection.Name, cancel);
            }

            return new RebuildReport(events, Stopwatch.GetElapsedTime(begun));
        }
        catch (ProjectionFaultException fault) when (fault.Position is { } position)
        {
            foreach (var build in builds)
                await Abandon(build, new Poison(position, fault.InnerException!), cancel);
            throw;
        }
        finally
        {
            foreach (var build in builds)
                await build.Connection.DisposeAsync();
        }
    }

    private static async Task Begin(TableBuild build, CancellationToken cancel)
    {
        var (projection, connection) = (build.Projection, build.Connection);
        if (!await Sessions.TryBuild(connection, projection.Name, cancel))
            throw new ProjectionFaultException($"The projection {projection.Name} is being rebuilt already.");
        var live = await ProjectionSchemas.EnsureLive(connection, projection, cancel);
        if (live.Version > projection.Version)
        {
            throw new ProjectionFaultException(
                $"Version {live.Version} of the projection {projection.Name} is live; version {projection.Version} must not replace it.");
        }

        await build.Begin(cancel);
        await ProjectionSchemas.DropReplaced(connection, projection.Name, cancel);
        await Checkpoints.Delete(connection, projection.Name, Checkpoint.Next, cancel);
        await Checkpoints.Insert(connection, projection.Name, Checkpoint.Next, projection.Version, cancel);
    }

    private async Task CatchUp(TableBuild build, CancellationToken cancel)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            if (await FoldRest(build, cancel) < ShortRest)
                break;
        }
    }

    /// <summary>
    /// The live writer waits at its checkpoint's row while the last events are folded and the schemas change names; then it
    /// finds another generation. So live and rebuilt tables are never both written.
    /// </summary>
    private async Task TakeOver(TableBuild build, CancellationToken cancel)
    {
        var (name, connection) = (build.Projection.Name, build.Connection);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var live = await Checkpoints.Find(connection, name, Checkpoint.Live, cancel, forUpdate: true);
        if (live!.Version > build.Projection.Version)
            throw new ProjectionFaultException($"Version {live.Version} of the projection {name} went live meanwhile.");
        await FoldRest(build, cancel);
        await Checkpoints.TakeOver(connection, name, cancel);
        await ProjectionSchemas.Rename(connection, name, cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task<int> FoldRest(TableBuild build, CancellationToken cancel)
    {
        var count = 0;
        await foreach (var page in log.ReadAll(build.Position, cancel).Chunks(2_000, cancel))
        {
            await build.Fold(page, cancel);
            count += page.Count;
        }

        await build.Write(cancel);
        await Checkpoints.Place(build.Connection, build.Projection.Name, Checkpoint.Next, build.Position, cancel);
        return count;
    }

    // Why it could not be built stays visible in the checkpoint of 'next'; the tables are of no use.
    private static async Task Abandon(TableBuild build, Poison poison, CancellationToken cancel)
    {
        await build.Connection.DisposeAsync();
        await using var connection = await Sessions.Open(build.Connection.ConnectionString, cancel);
        await ProjectionSchemas.Drop(connection, build.Schema, cancel);
        await Checkpoints.Place(connection, build.Projection.Name, Checkpoint.Next, build.Position, cancel);
        await Checkpoints.Stop(connection, build.Projection.Name, Checkpoint.Next, 0, build.Position, poison, cancel);
    }
}
