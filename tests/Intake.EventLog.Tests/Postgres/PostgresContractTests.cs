using Intake.EventLog.Postgres;
using Intake.EventLog.Tests.Contract;

namespace Intake.EventLog.Tests.Postgres;

public sealed class PostgresContractTests : EventLogContract
{
    private PostgresEventLog? log;

    public override async Task DisposeAsync() => await log!.DisposeAsync();

    protected override async Task<IEventLog> Open() =>
        log = new PostgresEventLog(OpenedLog.Options(await OpenedLog.NewDatabase()));
}
