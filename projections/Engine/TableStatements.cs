using Npgsql;
using NpgsqlTypes;

namespace Intake.Projections.Engine;

/// <summary>The statements of one table in one schema.</summary>
internal sealed class TableStatements
{
    /// <summary>Rows in one statement at most.</summary>
    private const int Chunk = 5_000;

    private readonly RowMap _map;
    private readonly string _name;
    private readonly string _load;
    private readonly string _upsert;
    private readonly string _delete;
    private readonly string _copy;

    public TableStatements(Table table, string schema)
    {
        _map = RowMap.Of(table.Row);
        _name = $"\"{schema}\".\"{table.Name}\"";
        var comma = _map.Names.Count > 0 ? ", " : "";
        _load = $"select key, changed_at{comma}{_map.Columns} from {_name} where key = any($1)";
        _delete = $"delete from {_name} where key = any($1)";
        _copy = $"copy {_name} (key, changed_at{comma}{_map.Columns}) from stdin (format binary)";
        var arrays = string.Concat(_map.Mapped.Select((column, i) => $", ${i + 3}::{column.SqlType}[]"));
        var set = string.Concat(_map.Names.Select(name => $", \"{name}\" = excluded.\"{name}\""));
        _upsert = $"""
            insert into {_name} (key, changed_at{comma}{_map.Columns})
            select * from unnest($1::text[], $2::bigint[]{arrays})
            on conflict (key) do update set changed_at = excluded.changed_at{set}
            """;
        Check = $"select key, changed_at{comma}{_map.Columns} from {_name} limit 0";
        Index = $"create index on {_name} (changed_at)";
        // Every column of every row, in an order that does not depend on the server's language.
        Hash = $"select count(*), coalesce(md5(string_agg(md5(r::text), '' order by r.key collate \"C\")), '') from {_name} as r";
    }

    /// <summary>Fails where the table lacks a column of the row.</summary>
    public string Check { get; }

    /// <summary>Readers look for changed rows by the position of their change.</summary>
    public string Index { get; }

    /// <summary>Counts the rows, and digests them.</summary>
    public string Hash { get; }

    public string Analyze => $"analyze {_name}";

    public NpgsqlBatchCommand Load(IReadOnlyList<RowEntry> rows) => new(_load) { Parameters = { Keys(rows) } };

    /// <summary>Reads what <see cref="Load"/> asked for into the rows.</summary>
    public async Task ReadInto(IReadOnlyList<RowEntry> rows, NpgsqlDataReader reader, CancellationToken cancel)
    {
        var byKey = rows.ToDictionary(row => row.Key);
        while (await reader.ReadAsync(cancel))
        {
            var row = byKey[reader.GetString(0)];
            (row.ChangedAt, row.Stored, row.Row) = (reader.GetInt64(1), true, _map.ReadRow(reader, 2));
        }
    }

    /// <summary>Makes the table have the rows as they are in memory.</summary>
    public IEnumerable<NpgsqlBatchCommand> Write(IReadOnlyList<RowEntry> dirty)
    {
        var gone = dirty.Where(row => row is { Row: null, Stored: true }).ToArray();
        if (gone.Length > 0)
            yield return new NpgsqlBatchCommand(_delete) { Parameters = { Keys(gone) } };
        foreach (var some in dirty.Where(row => row.Row is not null).Chunk(Chunk))
        {
            var upsert = new NpgsqlBatchCommand(_upsert);
            upsert.Parameters.Add(Keys(some));
            upsert.Parameters.Add(new NpgsqlParameter<long[]>
            {
                TypedValue = Array.ConvertAll(some, row => row.ChangedAt),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
            });
            foreach (var column in _map.Mapped)
                upsert.Parameters.Add(column.ValuesOf(some));
            yield return upsert;
        }
    }

    /// <summary>Writes rows into the table while it is empty. In order of their keys, so that its index grows at one end.</summary>
    public void Copy(IEnumerable<RowEntry> rows, NpgsqlConnection connection)
    {
        var sorted = rows.Where(row => row.Row is not null).ToArray();
        Array.Sort(sorted, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        using var copy = connection.BeginBinaryImport(_copy);
        foreach (var row in sorted)
        {
            copy.StartRow();
            copy.Write(row.Key, NpgsqlDbType.Text);
            copy.Write(row.ChangedAt, NpgsqlDbType.Bigint);
            foreach (var column in _map.Mapped)
                column.Copy(row.Row!, copy);
        }

        copy.Complete();
    }

    private static NpgsqlParameter<string[]> Keys(IReadOnlyList<RowEntry> rows) => new()
    {
        TypedValue = [.. rows.Select(row => row.Key)],
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
    };
}
