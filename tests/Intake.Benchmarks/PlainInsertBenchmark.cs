using Npgsql;

namespace Intake.Benchmarks;

/// <summary>
/// The measure for the others: one writer who inserts a row of the size of an event, by a prepared statement, and commits. What the
/// machine and its disk allow at that moment; the ratio to it is what can be compared from machine to machine.
/// </summary>
internal sealed class PlainInsertBenchmark : IBenchmark
{
    public string Name => "plain-insert-1";

    public bool OfPostgres => true;

    public Task<IReadOnlyList<Figure>> Measure(Server server, RunLength length, CancellationToken cancel) =>
        server.WithFreshSystem(async fresh =>
        {
            await using var opened = new NpgsqlConnection(fresh.Database);
            await opened.OpenAsync(cancel);
            await using (var create = new NpgsqlCommand("create table plain (n bigserial primary key, data bytea)", opened))
                await create.ExecuteNonQueryAsync(cancel);
            await using var insert = new NpgsqlCommand("insert into plain (data) values ($1)", opened);
            insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Workload.Event().Data.ToArray() });
            await insert.PrepareAsync(cancel);
            return await ClosedLoop.Measure(Name, 1, length, _ => insert.ExecuteNonQueryAsync(CancellationToken.None), cancel);
        });
}
