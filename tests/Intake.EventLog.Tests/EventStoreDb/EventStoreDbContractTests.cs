using Intake.EventLog.EventStoreDb;
using Intake.EventLog.Tests.Contract;
using Intake.Testing.EventStoreDb;

namespace Intake.EventLog.Tests.EventStoreDb;

/// <summary>On the node of the tests, or on the real server that INTAKE_TEST_EVENTSTORE names.</summary>
public sealed class EventStoreDbContractTests : EventLogContract
{
    private TestServer? server;
    private EventStoreDbEventLog? log;

    public override async Task DisposeAsync()
    {
        await log!.DisposeAsync();
        await server!.DisposeAsync();
    }

    protected override async Task<IEventLog> Open()
    {
        server = await TestServer.Start();
        return log = new EventStoreDbEventLog(OpenedStore.Options(server));
    }
}
