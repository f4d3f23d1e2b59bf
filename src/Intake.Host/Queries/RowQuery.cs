using Intake.Application.LookUps;
using Intake.Projections.Engine;
using Npgsql;

namespace Intake.Host.Queries;

/// <summary>A row of a read model, and the log position of its last change.</summary>
public sealed record Changed<TRow>(TRow Row, long At);

/// <summary>Reads rows of read models as the records that their folds make.</summary>
public static class RowQuery
{
    /// <summary>Rows of a table.</summary>
    /// <param name="table">Schema and table.</param>
    /// <param name="rest">What follows <c>from</c>: <c>where ... order by ...</c>, with <c>$1</c>, <c>$2</c>, ...</param>
    public static async Task<IReadOnlyList<Changed<TRow>>> Rows<TRow>(
        this NpgsqlConnection connection, string table, string rest, CancellationToken cancel, params object[] parameters)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(parameters);
#pragma warning disable CA2100 // Table and clause are written in this assembly; what people type is in the parameters.
        await using var query = new NpgsqlCommand(Select<TRow>(table, rest), connection);
#pragma warning restore CA2100
        foreach (var parameter in parameters)
        {
            query.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return await query.ListOf(Read<TRow>, cancel);
    }

    /// <summary>The statement that <see cref="Read{TRow}"/> reads.</summary>
    public static string Select<TRow>(string table, string rest)
        where TRow : class => $"select changed_at, {RowMap.Of<TRow>().Columns} from {table} {rest}";

    /// <summary>The row in the reader's current record.</summary>
    public static Changed<TRow> Read<TRow>(NpgsqlDataReader reader)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new Changed<TRow>(RowMap.Of<TRow>().Read(reader, 1), reader.GetInt64(0));
    }

    /// <inheritdoc cref="Rows{TRow}(NpgsqlConnection, string, string, CancellationToken, object[])"/>
    public static async Task<IReadOnlyList<Changed<TRow>>> Rows<TRow>(
        this NpgsqlDataSource database, string table, string rest, CancellationToken cancel, params object[] parameters)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await connection.Rows<TRow>(table, rest, cancel, parameters);
    }
}
