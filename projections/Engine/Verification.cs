using System.Data;
using System.Globalization;
using Intake.EventLog;
using Intake.EventLog.Copying;
using Intake.EventLog.Serialisation;
using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>Whether the log is whole, and the live rows are what the log says.</summary>
/// <param name="Ok">No gaps, and every projection's live rows equal its rebuilt ones.</param>
/// <param name="Log">What the log held when it was read: a copy of it has the same digest.</param>
/// <param name="Gaps">Positions that are missing, where the log counts events; else 0.</param>
public sealed record VerificationReport(bool Ok, LogDigest Log, long Gaps, IReadOnlyList<VerifiedProjection> Projections)
{
    /// <summary>Events in the log.</summary>
    public long Events => Log.Events;
}

/// <summary>A projection's live rows beside rows folded anew up to the same position.</summary>
/// <param name="EventsBehind">See <see cref="ProjectionLag.EventsBehind"/>.</param>
/// <param name="LiveHash">Of all columns of all rows of all tables; empty where nothing is live.</param>
/// <param name="RebuiltHash">The same of the rebuilt rows; empty where this program's version is not the live one.</param>
public sealed record VerifiedProjection(
    string Name, int Version, long Position, long EventsBehind, string LiveHash, string RebuiltHash)
{
    /// <summary>The live rows are what the log says.</summary>
    public bool Equal => LiveHash.Length > 0 && LiveHash == RebuiltHash;
}

/// <summary>Compares live rows with the log, while the system runs: each projection is folded anew, beside, up to where its live rows were.</summary>
public sealed class Verification(IEventLog log, EventCodec codec, ProjectionEngineOptions options)
{
    /// <exception cref="ProjectionFaultException">An event below a live position cannot be taken.</exception>
    public async Task<VerificationReport> Run(IReadOnlyList<Projection> projections, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(projections);
        var (digest, gaps) = await ReadLog(cancel);
        var head = await log.Head(cancel);
        var builds = new List<TableBuild>();
        try
        {
            var checks = new List<(Projection Projection, Checkpoint? Live, string Hash, TableBuild? Build)>();
            foreach (var projection in projections)
            {
                var connection = await Sessions.Open(Sessions.Folding(options.ConnectionString), cancel);
                var build = new TableBuild(projection, codec, Scratch(projection), connection, options.RowsInMemoryOfRebuild);
                builds.Add(build);
                var (live, hash) = await LiveHash(projection, connection, cancel);
                checks.Add((projection, live, hash, live?.Version == projection.Version ? build : null));
            }

            var folded = checks.Where(check => check.Build is not null).ToArray();
            foreach (var check in folded)
                await check.Build!.Begin(cancel);
            if (folded.Length > 0)
            {
                await BulkFold.Run(
                    log, codec, [.. folded.Select(check => check.Build!)], [.. folded.Select(check => check.Live!.Position)], null, cancel);
            }

            var verified = new List<VerifiedProjection>();
            foreach (var (projection, live, hash, build) in checks)
            {
                var lag = live is null ? ProjectionLag.Absent(projection.Name, head) : await ProjectionLag.Of(log, live, head, cancel);
                verified.Add(new VerifiedProjection(
                    projection.Name, lag.Version, lag.Position.Number, lag.EventsBehind, hash,
                    build is null ? "" : await Hash(projection, build.Schema, build.Connection, cancel)));
            }

            return new VerificationReport(gaps == 0 && verified.TrueForAll(one => one.Equal), digest, gaps, verified);
        }
        finally
        {
            foreach (var build in builds)
            {
                await ProjectionSchemas.Drop(build.Connection, build.Schema, CancellationToken.None);
                await build.Connection.DisposeAsync();
            }
        }
    }

    // Two verifications at once do not meet: each has its session's number in the name.
    private static string Scratch(Projection projection) =>
        string.Create(CultureInfo.InvariantCulture, $"{projection.Name}_verify_{Guid.NewGuid().ToString("N")[..8]}");

    private async Task<(LogDigest Digest, long Gaps)> ReadLog(CancellationToken cancel)
    {
        using var hash = new LogHash();
        var (gaps, last) = (0L, 0L);
        await foreach (var recorded in log.ReadAll(LogPosition.Start, cancel))
        {
            hash.Add(recorded);
            if (log.PositionsCountEvents)
                gaps += recorded.Position.Number - last - 1;
            last = recorded.Position.Number;
        }

        return (hash.Digest(), gaps);
    }

    private static async Task<(Checkpoint? Live, string Hash)> LiveHash(
        Projection projection, NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var live = await Checkpoints.Find(connection, projection.Name, Checkpoint.Live, cancel);
        return (live, live?.Version == projection.Version ? await Hash(projection, projection.Name, connection, cancel) : "");
    }

    /// <summary>For each table its count of rows and the digest over them, in the order of the tables.</summary>
    private static async Task<string> Hash(Projection projection, string schema, NpgsqlConnection connection, CancellationToken cancel)
    {
        var hashes = new List<string>();
        foreach (var table in projection.Tables.OrderBy(table => table.Name, StringComparer.Ordinal))
        {
            await using var command = new NpgsqlCommand(new TableStatements(table, schema).Hash, connection);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            await reader.ReadAsync(cancel);
            hashes.Add(string.Create(CultureInfo.InvariantCulture, $"{table.Name}:{reader.GetInt64(0)}:{reader.GetString(1)}"));
        }

        return string.Join(' ', hashes);
    }
}
