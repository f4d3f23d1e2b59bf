using Npgsql;

namespace Intake.EventLog.Postgres;

/// <summary>The tables and functions of the log, in the schema <c>log</c>.</summary>
public static class PostgresSchema
{
    /// <summary>Makes or updates the schema, by a role that may; several hosts may do it at once, and again at each start.</summary>
    public static async Task Migrate(string connectionString, CancellationToken cancel = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var command = new NpgsqlCommand(await Script(cancel), connection, transaction))
        {
            await command.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    private static async Task<string> Script(CancellationToken cancel)
    {
        const string name = "Intake.EventLog.Postgres.schema.sql";
        await using var stream = typeof(PostgresSchema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancel);
    }
}
