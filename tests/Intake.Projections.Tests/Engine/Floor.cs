using System.Globalization;
using System.Text;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.EventLog;
using Intake.EventLog.Postgres;
using Intake.EventLog.Serialisation;
using Intake.Projections.Engine;
using Intake.Testing;
using Npgsql;

namespace Intake.Projections.Tests.Engine;

/// <summary>A database with a log and projections, for one test.</summary>
internal sealed class Floor : IAsyncDisposable
{
    private static readonly DateTimeOffset Opening = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(2));
    private static readonly StaffRef Anna = new("anna", "Anna Łukasz");
    private readonly NpgsqlDataSource _source;

    private Floor(ProjectionEngineOptions options)
    {
        Options = options;
        Log = new PostgresEventLog(new PostgresEventLogOptions(options.ConnectionString));
        _source = NpgsqlDataSource.Create(options.ConnectionString);
    }

    public ProjectionEngineOptions Options { get; }

    public PostgresEventLog Log { get; }

    public Verification Verification => new(Log, EventCodec.Default, Options);

    public static async Task<Floor> Open()
    {
        var connectionString = await (await PostgresCluster.Shared()).CreateDatabase("floor");
        await PostgresSchema.Migrate(connectionString);
        await ProjectionSchemas.Migrate(connectionString);
        return new Floor(new ProjectionEngineOptions(connectionString) { RetryEvery = TimeSpan.FromMilliseconds(50) });
    }

    /// <summary>The same database, with other options.</summary>
    public Floor With(ProjectionEngineOptions options) => new(options);

    // Ticks that no column holds, and another offset: what is in memory must not differ from what the table gives back.
    public static IEvent Queued(string call, string queue = "orders", string signal = "s") =>
        new CallQueued(call, queue, "+431", Opening.AddTicks(1_234_567), signal);

    public static IEvent Claimed(string call, string queue = "orders", long waitedMs = 700) =>
        new CallClaimed(call, Anna, queue, Opening, Opening.AddTicks(98_765_431), waitedMs);

    public static IEvent Abandoned(string call) => new CallAbandoned(call, "orders", Opening, Opening.AddSeconds(3), 3000, "a");

    /// <summary>A call's life of one to five events, by chance.</summary>
    public static IReadOnlyList<IEvent> SomeCall(Random chance, string call)
    {
        var queue = chance.Next(3) == 0 ? "complaints" : "orders";
        return chance.Next(4) switch
        {
            0 => [Queued(call, queue)],
            1 => [Queued(call, queue), Abandoned(call)],
            2 => [Queued(call, queue), Claimed(call, queue, chance.Next(9_000)), new PurposeStated(call, CallPurpose.Order, "")],
            _ => [Queued(call, queue), Claimed(call, queue, chance.Next(9_000)), new CallHeld(call, Opening, "h1"),
                new CallHeld(call, Opening, "h2"), new PurposeStated(call, CallPurpose.Complaint, "")],
        };
    }

    /// <summary>Appends events of one call to its stream, and answers the position of the last.</summary>
    public Task<LogPosition> Append(string call, params IReadOnlyList<IEvent> events) => Append(call, -1, events);

    public async Task<LogPosition> Append(string call, long revision, IReadOnlyList<IEvent> events)
    {
        var envelope = new Envelope(
            Guid.NewGuid(), call, "", Opening, new Actor(Anna, StaffRole.Operator), null, [], "desk",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        return await Append(call, revision, [.. events.Select(e => EventCodec.Default.Encode(Guid.NewGuid(), e, envelope))]);
    }

    public Task<LogPosition> AppendRaw(string stream, string type, string json) =>
        Append(stream, -1, [new NewEvent(Guid.NewGuid(), type, Encoding.UTF8.GetBytes(json), "{}"u8.ToArray())]);

    public async Task<LogPosition> AppendSomeCalls(int count, int seed)
    {
        var chance = new Random(seed);
        var last = LogPosition.Start;
        foreach (var calls in Enumerable.Range(0, count).Chunk(50))
        {
            var appended = await Task.WhenAll(calls.Select(i =>
            {
                var call = string.Create(CultureInfo.InvariantCulture, $"c{seed}-{i}");
                return Append(call, SomeCall(chance, call));
            }));
            last = appended.Max();
        }

        return last;
    }

    public Hosted Host(params IReadOnlyList<Projection> projections) =>
        new(new ProjectionEngine(projections, Log, EventCodec.Default, Options));

    public Task<RebuildReport> Rebuild(params IReadOnlyList<Projection> projections) =>
        new Rebuild(Log, EventCodec.Default, Options).Run(projections, null, CancellationToken.None);

    public async Task<T> Scalar<T>(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<List<TRow>> Rows<TRow>(string table)
        where TRow : class
    {
        var map = RowMap.Of<TRow>();
        await using var command = _source.CreateCommand($"select {map.Columns} from {table} order by key");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<TRow>();
        while (await reader.ReadAsync())
            rows.Add(map.Read(reader));
        return rows;
    }

    public async Task<Checkpoint?> Checkpoint(string name = "floor", string slot = "live")
    {
        await using var connection = await _source.OpenConnectionAsync();
        return await Checkpoints.Find(connection, name, slot, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await _source.DisposeAsync();
    }

    private async Task<LogPosition> Append(string call, long revision, IReadOnlyList<NewEvent> events) =>
        await Log.Append(new StreamName("call", call), new ExpectedRevision(revision), events) is Appended appended
            ? appended.Position
            : throw new InvalidOperationException($"The stream of {call} is not at {revision}.");
}

/// <summary>A running engine, as a host has it.</summary>
internal sealed class Hosted : IAsyncDisposable
{
    // Not disposed: a test may end a host before its scope does.
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public Hosted(ProjectionEngine engine) => (Engine, _running) = (engine, Task.Run(() => engine.Run(_stop.Token)));

    public ProjectionEngine Engine { get; }

    public Task<ProjectionAdvanced> Reached(LogPosition position, string name = "floor") =>
        Engine.Watch.Reached(name, position, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }
}
