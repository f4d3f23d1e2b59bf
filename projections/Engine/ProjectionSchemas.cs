using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>
/// The schemas of read models. Readers query the one that bears the projection's name; tables are built beside it and take
/// over by renaming, in one transaction.
/// </summary>
public static class ProjectionSchemas
{
    /// <summary>Makes or updates the schema of the checkpoints, by a role that may; several hosts may do it at once, and again at each start.</summary>
    public static async Task Migrate(string connectionString, CancellationToken cancel = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Checkpoints.Execute(connection, await Script(cancel), cancel);
        await transaction.CommitAsync(cancel);
    }

    internal static string Beside(string name) => name + "_next";

    /// <summary>Makes the empty tables of a projection in a new schema. In the caller's transaction.</summary>
    internal static async Task Create(
        NpgsqlConnection connection, Projection projection, string schema, CancellationToken cancel, bool indexed = true)
    {
        await Checkpoints.Execute(connection, $"create schema \"{schema}\"; set local search_path = \"{schema}\"", cancel);
        await Checkpoints.Execute(connection, projection.Schema, cancel);
        foreach (var table in projection.Tables.Select(table => new TableStatements(table, schema)))
            await Checkpoints.Execute(connection, indexed ? $"{table.Check}; {table.Index}" : table.Check, cancel);
    }

    internal static Task Drop(NpgsqlConnection connection, string schema, CancellationToken cancel) =>
        Checkpoints.Execute(connection, $"drop schema if exists \"{schema}\" cascade", cancel);

    /// <summary>Makes the live tables and their checkpoint where there are none. In the caller's transaction.</summary>
    internal static async Task<Checkpoint> EnsureLive(NpgsqlConnection connection, Projection projection, CancellationToken cancel)
    {
        if (await Checkpoints.Find(connection, projection.Name, Checkpoint.Live, cancel) is { } there)
            return there;
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Checkpoints.Execute(connection, "select pg_advisory_xact_lock(7239401, 0)", cancel);
        if (await Checkpoints.Find(connection, projection.Name, Checkpoint.Live, cancel) is null)
        {
            await Create(connection, projection, projection.Name, cancel);
            await Checkpoints.Insert(connection, projection.Name, Checkpoint.Live, projection.Version, cancel);
        }

        await transaction.CommitAsync(cancel);
        return (await Checkpoints.Find(connection, projection.Name, Checkpoint.Live, cancel))!;
    }

    /// <summary>Gives the live tables' name to those beside them. What was live keeps a name that only <see cref="DropReplaced"/> knows.</summary>
    internal static Task Rename(NpgsqlConnection connection, string name, CancellationToken cancel) => Checkpoints.Execute(
        connection,
        $"""alter schema "{name}" rename to "{Replaced(name)}"; alter schema "{Beside(name)}" rename to "{name}" """,
        cancel);

    /// <summary>Drops the tables that were live. Apart from the take-over: a late writer holds locks on them until he finds that he is late.</summary>
    internal static Task DropReplaced(NpgsqlConnection connection, string name, CancellationToken cancel) =>
        Drop(connection, Replaced(name), cancel);

    private static string Replaced(string name) => name + "_replaced";

    private static async Task<string> Script(CancellationToken cancel)
    {
        const string name = "Intake.Projections.Engine.schema.sql";
        await using var stream = typeof(ProjectionSchemas).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancel);
    }
}
