using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Npgsql;

namespace Intake.Projections.Engine;

/// <summary>
/// Builds the tables of a projection in a schema of their own. As long as all rows fit in memory they are only folded, and
/// written once by COPY; when they do not, what is there is written, and the rest goes on by loading and writing.
/// </summary>
internal sealed class TableBuild(
    Projection projection, EventCodec codec, string schema, NpgsqlConnection connection, int rowsInMemory)
{
    private readonly PageDecoder _decoder = new(codec, projection.Handles);
    private readonly ProjectionRows _rows = new(projection, schema, whole: true);
    private bool _indexed;

    public Projection Projection => projection;

    public string Schema => schema;

    public NpgsqlConnection Connection => connection;

    /// <summary>Every event up to here is folded.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>Makes the empty tables, in place of what an earlier build may have left.</summary>
    public async Task Begin(CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ProjectionSchemas.Drop(connection, schema, cancel);
        await ProjectionSchemas.Create(connection, projection, schema, cancel, indexed: false);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Decodes and folds a page.</summary>
    /// <inheritdoc cref="Fold(DecodedPage, CancellationToken)"/>
    public Task Fold(IReadOnlyList<RecordedEvent> page, CancellationToken cancel) => Fold(_decoder.Decode(page), cancel);

    /// <summary>Folds a page; writes when memory is full.</summary>
    /// <exception cref="ProjectionFaultException">An event cannot be taken.</exception>
    public async Task Fold(DecodedPage page, CancellationToken cancel)
    {
        var unread = page.Poisons.FirstOrDefault(poison => _decoder.Concerns(poison.Type!));
        if (Poison.First(unread, await _rows.Fold(page, connection, cancel)) is { } poison)
            throw new ProjectionFaultException(projection.Name, poison);
        Position = page.Last;
        if (_rows.Count > rowsInMemory)
        {
            await Write(cancel);
            _rows.Forget();
        }
    }

    /// <summary>Writes what is folded. In a transaction of its own, or the caller's.</summary>
    public async Task Write(CancellationToken cancel)
    {
        if (!_indexed)
        {
            foreach (var table in _rows.Tables)
                table.Statements.Copy(table.Dirty, connection);
            await EachTable(table => $"{table.Index}; {table.Analyze}", cancel);
            _indexed = true;
        }
        else
        {
            foreach (var write in _rows.Writes())
            {
                await using var batch = new NpgsqlBatch(connection);
                batch.BatchCommands.Add(write);
                await batch.ExecuteNonQueryAsync(cancel);
            }
        }

        _rows.Written();
    }

    private async Task EachTable(Func<TableStatements, string> statement, CancellationToken cancel)
    {
        foreach (var table in _rows.Tables)
            await Checkpoints.Execute(connection, statement(table.Statements), cancel);
    }
}
