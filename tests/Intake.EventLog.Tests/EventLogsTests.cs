using Intake.EventLog.EventStoreDb;
using Intake.EventLog.Postgres;
using Intake.EventLog.Tests.Contract;
using Intake.Testing;

namespace Intake.EventLog.Tests;

public sealed class EventLogsTests
{
    [Theory]
    [InlineData("Host=db;Username=intake;Password=secret;Database=sales", typeof(PostgresEventLog), "PostgreSQL db:5432/sales")]
    [InlineData("Server=db;Port=5433;User Id=intake;Password=secret", typeof(PostgresEventLog), "PostgreSQL db:5433/intake")]
    [InlineData("esdb://intake:secret@node:2113?tls=false", typeof(EventStoreDbEventLog), "esdb://node:2113")]
    [InlineData("esdb+discover://intake:secret@one,two:2114", typeof(EventStoreDbEventLog), "esdb+discover://one:2113,two:2114")]
    public async Task A_connection_string_names_the_engine(string connection, Type engine, string shown)
    {
        await using var log = EventLogs.Open(connection);
        Assert.IsType(engine, log);
        Assert.Equal(shown, EventLogs.Describe(connection));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("postgres://intake:secret@db/sales")]
    [InlineData("http://intake:secret@db")]
    [InlineData("Username=intake;Password=secret")]
    [InlineData("Host=db;Password=my;secret=1")]
    [InlineData("Host=db;Port=secret")]
    [InlineData("esdb://intake:secret")]
    [InlineData("esdb://intake:se?secret@db")]
    [InlineData("esdb://intake:se?cret=secret@db")]
    [InlineData("esdb://intake:secret@db:x")]
    public async Task A_string_that_is_neither_engines_is_refused_without_repeating_it(string connection)
    {
        Action[] tries = [() => EventLogs.Open(connection), () => EventLogs.Describe(connection)];
        foreach (var attempt in tries)
        {
            var refusal = Assert.Throws<EventLogConnectionException>(attempt);
            Assert.DoesNotContain("secret", refusal.ToString().Split(Environment.NewLine)[0], StringComparison.Ordinal);
            Assert.Null(refusal.InnerException);
        }

        await Assert.ThrowsAsync<EventLogConnectionException>(() => EventLogs.Prepare(connection));
    }

    [Fact]
    public void A_prefix_is_for_EventStoreDB_only() =>
        Assert.Throws<EventLogConnectionException>(() => EventLogs.Open("Host=db;Username=intake", "sales."));

    [Fact]
    public async Task A_database_is_prepared_once_and_again_without_harm()
    {
        var connection = await (await PostgresCluster.Shared()).CreateDatabase("prepared");
        await EventLogs.Prepare(connection);
        await EventLogs.Prepare(connection);
        await using var log = EventLogs.Open(connection);
        await log.MustAppend(Sample.Stream(), -1, Sample.Events(2));
        Assert.Equal(LogPosition.Of(2), await log.Head());
    }
}
