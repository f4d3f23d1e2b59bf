using Intake.EventLog.EventStoreDb;
using Intake.EventLog.Postgres;
using Intake.EventLog.Tests.EventStoreDb;
using Intake.EventLog.Tests.Postgres;
using Intake.Testing.EventStoreDb;

namespace Intake.EventLog.Tests.Copying;

/// <summary>An engine to copy from or to.</summary>
public enum Engine
{
    Postgres,
    EventStoreDb,
}

/// <summary>Every way from one engine to another.</summary>
internal sealed class EnginePairs : TheoryData<Engine, Engine>
{
    public EnginePairs()
    {
        Engine[] engines = [Engine.Postgres, Engine.EventStoreDb];
        foreach (var from in engines)
        {
            foreach (var to in engines)
                Add(from, to);
        }
    }
}

internal static class OpenEngine
{
    // One for all copies; it ends with the process.
    private static readonly Lazy<Task<TestServer>> Store = new(() => Task.Run(TestServer.Start));

    /// <summary>An empty log, with small pages.</summary>
    public static async Task<IOpenEventLog> Empty(this Engine engine) => engine == Engine.Postgres
        ? new PostgresEventLog(OpenedLog.Options(await OpenedLog.NewDatabase()))
        : new EventStoreDbEventLog(OpenedStore.Options((await Store.Value).ConnectionString) with { StreamPrefix = $"t{Guid.NewGuid():N}." });
}
