using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>Reading rows of a query.</summary>
public static class Rows
{
    /// <summary>Every row of the query.</summary>
    public static async Task<IReadOnlyList<T>> ListOf<T>(this NpgsqlCommand query, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(read);
        var rows = new List<T>();
        await using var reader = await query.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
