using Intake.EventLog.Postgres;
using Intake.EventLog.Tests.Contract;
using Intake.Testing;
using Npgsql;

namespace Intake.EventLog.Tests.Postgres;

public sealed class PostgresEventLogTests : IAsyncLifetime
{
    private string connection = "";
    private PostgresEventLog log = null!;

    public async Task InitializeAsync()
    {
        connection = await OpenedLog.NewDatabase();
        log = new PostgresEventLog(OpenedLog.Options(connection));
    }

    public async Task DisposeAsync() => await log.DisposeAsync();

    [Fact]
    public async Task Event_ids_of_another_stream_are_a_fault()
    {
        var (stream, other) = (Sample.Stream(), Sample.Stream());
        var events = Sample.Events(3);
        await log.MustAppend(stream, -1, events);
        await Assert.ThrowsAsync<EventIdsReusedException>(() => log.Append(other, ExpectedRevision.NoStream, events));
        Assert.Empty(await log.StreamOf(other));
    }

    [Fact]
    public async Task Two_hosts_on_one_database_share_its_positions_without_a_gap()
    {
        await using var other = new PostgresEventLog(OpenedLog.Options(connection));
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(async () =>
        {
            var (stream, positions) = (Sample.Stream(), new List<LogPosition>());
            for (var n = 0; n < 30; n++)
                positions.Add((await (n % 2 == writer % 2 ? log : other).MustAppend(stream, n - 1, Sample.Event())).Position);
            return positions;
        })));
        OpenedLog.AssertContiguous(await log.After(LogPosition.Start), 600);
        Assert.Equal(600, acknowledged.SelectMany(positions => positions).Distinct().Count());
    }

    [Fact]
    public async Task Two_hosts_racing_for_one_revision_have_one_winner()
    {
        await using var other = new PostgresEventLog(OpenedLog.Options(connection));
        var stream = Sample.Stream();
        for (var revision = -1; revision < 20; revision++)
        {
            var outcomes = await Task.WhenAll(new[] { log, other }.Select(host => Task.Run(
                () => host.Append(stream, new ExpectedRevision(revision), [Sample.Event()]))));
            Assert.Single(outcomes.OfType<Appended>());
            Assert.Equal([new WrongExpectedRevision(revision + 1)], outcomes.OfType<WrongExpectedRevision>());
        }

        OpenedLog.AssertContiguous(await log.After(LogPosition.Start), 21);
    }

    [Fact]
    public async Task Appends_that_wait_together_are_answered_each_by_itself()
    {
        var (fresh, taken, chained, again) = (Sample.Stream(), Sample.Stream(), Sample.Stream(), Sample.Stream());
        var (first, repeated) = (Sample.Event(), Sample.Event());
        await log.MustAppend(taken, -1, first, Sample.Event());

        var outcomes = await WhileTheWriterIsHeldUp(
        [
            () => log.Append(fresh, ExpectedRevision.NoStream, [Sample.Event()]),
            () => log.Append(taken, ExpectedRevision.NoStream, [Sample.Event()]),
            () => log.Append(chained, ExpectedRevision.NoStream, Sample.Events(2)),
            () => log.Append(chained, new ExpectedRevision(1), Sample.Events(3)),
            () => log.Append(chained, new ExpectedRevision(1), Sample.Events(3)),
            () => log.Append(again, ExpectedRevision.NoStream, [repeated]),
            () => log.Append(again, ExpectedRevision.NoStream, [repeated]),
            () => log.Append(taken, ExpectedRevision.NoStream, [first]),
        ]);

        Assert.Equal(
            [
                new Appended(0, LogPosition.Of(4)),
                new WrongExpectedRevision(1),
                new Appended(1, LogPosition.Of(6)),
                new Appended(4, LogPosition.Of(9)),
                new WrongExpectedRevision(4),
                new Appended(0, LogPosition.Of(10)),
                new Appended(0, LogPosition.Of(10), AlreadyThere: true),
                new Appended(0, LogPosition.Of(1), AlreadyThere: true),
            ],
            outcomes);
        OpenedLog.AssertContiguous(await log.After(LogPosition.Start), 10);
    }

    [Fact]
    public async Task An_append_that_the_server_cannot_take_fails_alone()
    {
        var refused = new NewEvent(Guid.NewGuid(), "a type with a \0", "{}"u8.ToArray(), "{}"u8.ToArray());
        Task<AppendOutcome>? faulty = null;
        var outcomes = await WhileTheWriterIsHeldUp(
        [
            () => log.Append(Sample.Stream(), ExpectedRevision.NoStream, [Sample.Event()]),
            () => Quietly(faulty = log.Append(Sample.Stream(), ExpectedRevision.NoStream, [refused])),
            () => log.Append(Sample.Stream(), ExpectedRevision.NoStream, [Sample.Event()]),
        ]);
        Assert.Equal(2, outcomes.OfType<Appended>().Count());
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => faulty!);
        OpenedLog.AssertContiguous(await log.After(LogPosition.Start), 3);

        static async Task<AppendOutcome> Quietly(Task<AppendOutcome> append)
        {
            await ((Task)append).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new WrongExpectedRevision(-1);
        }
    }

    [Fact]
    public async Task A_notice_wakes_the_subscribers_of_another_host()
    {
        await using var other = new PostgresEventLog(OpenedLog.Options(connection) with { PollEvery = TimeSpan.FromHours(1) });
        var e = Sample.Event();
        var caughtUp = new TaskCompletionSource();
        var following = other.Follow(LogPosition.Start, said =>
        {
            if (said[^1] is CaughtUp)
                caughtUp.TrySetResult();
            return said.Events().Ids().Contains(e.EventId);
        });
        await caughtUp.Task;
        await Eventually.Holds(
            async () => await OpenedLog.Execute(connection, "select count(*) from pg_stat_activity where query ilike 'select coalesce(max(position)%' and state = 'idle' and datname = current_database()") is > 0L,
            "the other host listens");
        await log.MustAppend(Sample.Stream(), -1, e);
        Assert.Single((await following).Events());
    }

    [Fact]
    public async Task Subscribers_find_an_event_whose_notice_was_lost()
    {
        var following = log.Follow(LogPosition.Start, said => said.Events().Count() == 2);
        await log.MustAppend(Sample.Stream(), -1, Sample.Event());
        await OpenedLog.Execute(
            connection,
            "insert into log.events values (2, 0, now(), gen_random_uuid(), 'order-without-notice', 'OrderLineAdded', '', '')");
        Assert.Equal([1, 2], (await following).Events().Select(e => e.Position.Number));
    }

    [Theory]
    [InlineData("update log.events set type = 'OrderCancelled'")]
    [InlineData("delete from log.events")]
    [InlineData("truncate log.events")]
    public async Task Events_cannot_be_changed_or_taken_away(string sql)
    {
        await log.MustAppend(Sample.Stream(), -1, Sample.Event());
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => OpenedLog.Execute(connection, sql));
        Assert.Contains("only grows", refusal.MessageText, StringComparison.Ordinal);
        Assert.Single(await log.After(LogPosition.Start));
    }

    [Fact]
    public async Task A_host_role_reads_and_appends_and_can_do_nothing_else()
    {
        var (role, password) = ($"host_{Guid.NewGuid():N}", $"{Guid.NewGuid():N}");
        await OpenedLog.Execute(connection, $"create role {role} login password '{password}'");
        try
        {
            await OpenedLog.Execute(connection, $"select log.admit_host('{role}')");
            var limited = new NpgsqlConnectionStringBuilder(connection) { Username = role, Password = password }.ConnectionString;
            await using (var host = new PostgresEventLog(OpenedLog.Options(limited)))
            {
                var (stream, e) = (Sample.Stream(), Sample.Event());
                await host.MustAppend(stream, -1, e);
                Assert.True((await host.MustAppend(stream, -1, e)).AlreadyThere);
                Assert.Single(await host.StreamOf(stream));
            }

            string[] beyond = ["update log.events set type = ''", "delete from log.events", "truncate log.events", "drop table log.events",
                "alter table log.events disable trigger all", $"select log.admit_host('{role}')"];
            foreach (var sql in beyond)
            {
                var refusal = await Assert.ThrowsAsync<PostgresException>(() => OpenedLog.Execute(limited, sql));
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
            }
        }
        finally
        {
            await OpenedLog.Execute(connection, $"drop owned by {role}");
            await OpenedLog.Execute(connection, $"drop role {role}");
        }
    }

    [Fact]
    public async Task The_schema_can_be_migrated_by_several_hosts_at_once_and_again()
    {
        await log.MustAppend(Sample.Stream(), -1, Sample.Event());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostgresSchema.Migrate(connection)));
        Assert.Single(await log.After(LogPosition.Start));
    }

    [Fact]
    public async Task Closing_answers_the_appends_that_wait()
    {
        var waiting = Enumerable.Range(0, 100).Select(_ => log.Append(Sample.Stream(), ExpectedRevision.NoStream, [Sample.Event()])).ToArray();
        await log.DisposeAsync();
        Assert.Equal(100, (await Task.WhenAll(waiting)).OfType<Appended>().Count());
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => log.Append(Sample.Stream(), ExpectedRevision.NoStream, [Sample.Event()]));
    }

    // The lock that writers take turns by is held until all have called: the first call is held up alone, the others gather behind it.
    private async Task<AppendOutcome[]> WhileTheWriterIsHeldUp(Func<Task<AppendOutcome>>[] calls)
    {
        await using var holder = new NpgsqlConnection(connection);
        await holder.OpenAsync();
        await using var hold = new NpgsqlCommand("select pg_advisory_lock(7239400, 2)", holder);
        await hold.ExecuteNonQueryAsync();
        var opening = log.MustAppend(Sample.Stream(), -1, Sample.Event());
        var outcomes = Task.WhenAll(calls.Select(call => call()));
        await using var release = new NpgsqlCommand("select pg_advisory_unlock(7239400, 2)", holder);
        await release.ExecuteNonQueryAsync();
        await opening;
        return await outcomes;
    }
}
