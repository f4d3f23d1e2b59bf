using Intake.EventLog.EventStoreDb;
using Intake.Testing.EventStoreDb;

namespace Intake.EventLog.Tests.EventStoreDb;

/// <summary>How tests open a log on EventStoreDB: small pages, so that paging is met.</summary>
internal static class OpenedStore
{
    public static EventStoreDbEventLogOptions Options(TestServer server) => Options(server.ConnectionString) with { StreamPrefix = server.Prefix };

    public static EventStoreDbEventLogOptions Options(string connectionString) =>
        new(EventStoreDbConnection.Parse(connectionString)) { PageSize = 50 };
}
