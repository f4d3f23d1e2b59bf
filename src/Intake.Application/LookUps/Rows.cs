using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>Reading rows of a query.</summary>
public static class Rows
{
    /// <summary>Every row of the query.</summary>
    public static async Task<IReadOnlyList<T>> ListOf<T>(this NpgsqlCommand query, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var reader = await query.ExecuteReaderAsync(cancel);
        return await reader.ListOf(read, cancel);
    }

    /// <summary>Every row of the reader's current result.</summary>
    public static async Task<IReadOnlyList<T>> ListOf<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(read);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
