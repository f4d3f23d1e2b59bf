using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>
/// The rows of a projection's tables in one schema: loads what events touch, folds, and says what to write. What was
/// written stays in memory until there are too many rows; then all are let go.
/// </summary>
/// <param name="whole">The tables are empty: a row that is not in memory is not there, until the first <see cref="Forget"/>.</param>
internal sealed class ProjectionRows(Projection projection, string schema, bool whole = false)
{
    private readonly TableRows[] _tables = [.. projection.Tables.Select(table => new TableRows(table, schema))];

    /// <summary>Every row of the tables is in memory.</summary>
    public bool Whole { get; private set; } = whole;

    public IReadOnlyList<TableRows> Tables => _tables;

    public int Count => _tables.Sum(table => table.Count);

    public bool AnyDirty => _tables.Any(table => table.Dirty.Count > 0);

    /// <summary>Folds a page in memory.</summary>
    /// <returns>The first event that a fold could not take; then nothing may be written, and all is forgotten.</returns>
    public async Task<Poison?> Fold(DecodedPage page, NpgsqlConnection connection, CancellationToken cancel)
    {
        var poison = _tables.Select(table => table.Touch(page.Events)).Aggregate((Poison?)null, Poison.First);
        if (!Whole)
            await Load(connection, cancel);
        poison = _tables.Select(table => table.Fold()).Aggregate(poison, Poison.First);
        if (poison is not null)
            Forget();
        return poison;
    }

    /// <summary>The statements that make the tables have what is in memory.</summary>
    public IEnumerable<NpgsqlBatchCommand> Writes() => _tables.SelectMany(table => table.Statements.Write(table.Dirty));

    public void Written()
    {
        foreach (var table in _tables)
            table.Written();
    }

    public void Forget()
    {
        Whole = false;
        foreach (var table in _tables)
            table.Forget();
    }

    private async Task Load(NpgsqlConnection connection, CancellationToken cancel)
    {
        var asking = _tables.Where(table => table.Unknown.Count > 0).ToArray();
        if (asking.Length == 0)
            return;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var table in asking)
            batch.BatchCommands.Add(table.Statements.Load(table.Unknown));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var table in asking)
        {
            await table.Statements.ReadInto(table.Unknown, reader, cancel);
            await reader.NextResultAsync(cancel);
        }
    }
}
