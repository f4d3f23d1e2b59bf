using Intake.Application.Calls;
using Intake.Application.Staff;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.EventLog;
using Intake.EventLog.Postgres;
using Intake.EventLog.Serialisation;
using Intake.Testing;

namespace Intake.Application.Tests;

/// <summary>A log in PostgreSQL, shared by the tests of a class: each test uses streams of its own.</summary>
public sealed class OpenedLog : IAsyncLifetime
{
    public PostgresEventLog Log { get; private set; } = null!;

    public string Connection { get; private set; } = string.Empty;

    internal OneHost Host => new(Log);

    /// <summary>A host that dies before it appends to a call.</summary>
    internal OneHost DyingHost => new(new ContestedLog(
        Log, (_, stream) => stream.Category == "call" ? throw new IOException("the host died") : Task.CompletedTask));

    public CommandRunner Runner => new(Log, EventCodec.Default);

    public async Task InitializeAsync()
    {
        Connection = await (await PostgresCluster.Shared()).CreateDatabase("application");
        await PostgresSchema.Migrate(Connection);
        Log = new PostgresEventLog(new PostgresEventLogOptions(Connection));
    }

    public async Task DisposeAsync() => await Log.DisposeAsync();

    /// <summary>What happened before the test, by a command of its own.</summary>
    public async Task Happened<TState>(Aggregate<TState> aggregate, string id, params IReadOnlyList<IEvent> events)
    {
        var done = await Runner.Run(aggregate, id, Commands.By(Commands.Anna), _ => Decision.Accept(events), CancellationToken.None);
        Assert.IsType<Done>(done);
    }

    public async Task<IReadOnlyList<RecordedEvent>> Stream<TState>(Aggregate<TState> aggregate, string id) =>
        await Log.ReadStream(new StreamName(aggregate.Category, id)).ToListAsync();

    public async Task<IReadOnlyList<string>> Types<TState>(Aggregate<TState> aggregate, string id) =>
        [.. (await Stream(aggregate, id)).Select(recorded => recorded.Type)];
}

/// <summary>What carries out commands about people and calls, as one host has it.</summary>
internal sealed class OneHost
{
    public OneHost(IEventLog log)
    {
        Runner = new CommandRunner(log, EventCodec.Default);
        Shifts = new Shifts(Runner);
        Engagements = new Engagements(Runner, Shifts);
        Transfers = new Transfers(Runner, Shifts, Engagements);
        Distribution = new DistributionHandlers(Runner, Shifts, Transfers, DistributionPolicy.Default);
        Staff = new StaffHandlers(Runner, Shifts, Transfers, new EndedAppointments(), FloorPolicy.Default);
    }

    public CommandRunner Runner { get; }

    public Shifts Shifts { get; }

    public Engagements Engagements { get; }

    public Transfers Transfers { get; }

    public DistributionHandlers Distribution { get; }

    public StaffHandlers Staff { get; }
}

/// <summary>Contexts of commands.</summary>
internal static class Commands
{
    public static readonly StaffRef Anna = new("anna", "Анна");
    public static readonly StaffRef Boris = new("boris", "Boris");
    public static readonly DateTimeOffset Nine = new(2026, 11, 24, 9, 0, 0, TimeSpan.FromHours(3));

    public static CommandContext By(StaffRef person, long? expected = null) =>
        new(Guid.NewGuid(), new Actor(person, StaffRole.Operator), Nine, "call-1", "desk", expected);

    public static string NewId() => Guid.CreateVersion7().ToString("N");
}

/// <summary>A log before each of whose appends somebody else may write.</summary>
internal sealed class ContestedLog(IEventLog log, Func<int, StreamName, Task> beforeAppend) : IEventLog
{
    private int appends;

    public async Task<AppendOutcome> Append(
        StreamName stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken cancel = default)
    {
        await beforeAppend(++appends, stream);
        return await log.Append(stream, expected, events, cancel);
    }

    public IAsyncEnumerable<RecordedEvent> ReadStream(StreamName stream, long fromRevision = 0, CancellationToken cancel = default) =>
        log.ReadStream(stream, fromRevision, cancel);

    public IAsyncEnumerable<RecordedEvent> ReadAll(LogPosition after, CancellationToken cancel = default) => log.ReadAll(after, cancel);

    public IAsyncEnumerable<LogMessage> Subscribe(LogPosition after, CancellationToken cancel = default) => log.Subscribe(after, cancel);

    public Task<LogPosition> Head(CancellationToken cancel = default) => log.Head(cancel);
}
