using Intake.EventLog.EventStoreDb;
using Intake.EventLog.Tests.Contract;
using Intake.Testing;
using Intake.Testing.EventStoreDb;

namespace Intake.EventLog.Tests.EventStoreDb;

/// <summary>What goes wrong between the adapter and its server. Nothing acknowledged is lost, nothing is written twice.</summary>
public sealed class EventStoreDbOutageTests
{
    [Fact]
    public async Task A_server_killed_under_load_loses_nothing_that_was_acknowledged()
    {
        await using var server = await TestServer.StartKillable();
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(server) with { GiveUpAfter = TimeSpan.FromSeconds(60) });
        await using var load = new Load(log);
        for (var kills = 0; kills < 3; kills++)
        {
            await load.GoesOn();
            await server.Kill();
            await server.Restart();
        }

        await load.GoesOn();
        await load.AssertNothingLostOrDoubled();
    }

    [Fact]
    public async Task Connections_dropped_under_load_lose_nothing()
    {
        await using var node = await EventStoreNode.Started();
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(node.ConnectionString));
        await using var load = new Load(log);
        for (var drops = 0; drops < 20; drops++)
        {
            await load.GoesOn(50);
            node.Faults.DropConnections();
        }

        await load.GoesOn();
        await load.AssertNothingLostOrDoubled();
    }

    [Fact]
    public async Task A_change_of_leader_under_load_loses_nothing_and_is_followed()
    {
        await using var nodes = await EventStoreNodes.Started();
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(nodes.ConnectionString));
        await using var load = new Load(log);
        for (var change = 1; change <= 6; change++)
        {
            await load.GoesOn();
            var before = nodes.Leader!;
            if (change % 2 == 0)
            {
                // The leader dies, and for a while nobody leads.
                await before.Kill();
                nodes.Elect(change % 3);
                await before.Start();
            }
            else
            {
                nodes.Elect(change % 3);
            }
        }

        await load.GoesOn();
        Assert.True(nodes.Members.Count(member => member.Faults.AppendsWritten > 0) > 1, "Only one node ever led.");
        await load.AssertNothingLostOrDoubled();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_append_whose_connection_is_cut_is_written_once(bool afterTheWrite)
    {
        await using var node = await EventStoreNode.Started();
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(node.ConnectionString));
        var (stream, events) = (Sample.Stream(), Sample.Events(3));
        if (afterTheWrite)
            node.Faults.CutBeforeAnswer();
        else
            node.Faults.CutBeforeWrite();
        var appended = await log.MustAppend(stream, -1, events);
        Assert.Equal(2, appended.Revision);
        Assert.Equal(events.Ids(), (await log.StreamOf(stream)).Ids());
        Assert.Equal(1, node.Faults.AppendsWritten);
        Assert.Equal(2, node.Faults.AppendsReceived);
    }

    [Fact]
    public async Task Appends_that_shared_a_line_when_it_was_cut_are_each_written_once()
    {
        await using var node = await EventStoreNode.Started();
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(node.ConnectionString));
        await log.MustAppend(Sample.Stream(), -1, Sample.Event());
        var held = node.Faults.HoldAppendAnswers();
        var streams = Enumerable.Range(0, 20).Select(_ => (Name: Sample.Stream(), Events: Sample.Events(2))).ToArray();
        var appends = streams.Select(stream => log.MustAppend(stream.Name, -1, stream.Events)).ToArray();
        await Eventually.Holds(() => node.Faults.AppendsWritten == 21, "all are written");
        node.Faults.DropConnections();
        held.Dispose();
        await Task.WhenAll(appends);
        Assert.Equal(21, node.Faults.AppendsWritten);
        Assert.Equal(41, (await log.After(LogPosition.Start)).Count);
    }

    [Fact]
    public async Task A_server_too_slow_for_the_deadline_is_reported_and_the_retry_is_recognised()
    {
        await using var node = await EventStoreNode.Started();
        var options = OpenedStore.Options($"{node.ConnectionString}&defaultDeadline=200") with { GiveUpAfter = TimeSpan.FromSeconds(1) };
        await using var log = new EventStoreDbEventLog(options);
        var (stream, events) = (Sample.Stream(), Sample.Events(2));
        var held = node.Faults.HoldAppendAnswers();
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.Append(stream, ExpectedRevision.NoStream, events));
        held.Dispose();
        Assert.Equal(1, (await log.MustAppend(stream, -1, events)).Revision);
        Assert.Equal(1, node.Faults.AppendsWritten);
        Assert.Equal(events.Ids(), (await log.StreamOf(stream)).Ids());
    }

    [Fact]
    public async Task A_server_that_does_not_write_in_time_has_written_nothing()
    {
        await using var node = await EventStoreNode.Started();
        var options = OpenedStore.Options($"{node.ConnectionString}&defaultDeadline=200") with { GiveUpAfter = TimeSpan.FromSeconds(1) };
        await using var log = new EventStoreDbEventLog(options);
        var stream = Sample.Stream();
        using (node.Faults.HoldAppends())
            await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.Append(stream, ExpectedRevision.NoStream, Sample.Events(2)));
        await log.MustAppend(stream, -1, Sample.Event());
    }

    [Fact]
    public async Task A_server_that_stays_away_is_reported_and_found_again()
    {
        await using var node = await EventStoreNode.Started();
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(node.ConnectionString) with { GiveUpAfter = TimeSpan.FromSeconds(1) });
        var stream = Sample.Stream();
        await log.MustAppend(stream, -1, Sample.Event());
        await node.Kill();
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.Append(stream, new ExpectedRevision(0), [Sample.Event()]));
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.StreamOf(stream));
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.After(LogPosition.Start));
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.Head());
        await node.Start();
        Assert.Single(await log.StreamOf(stream));
    }

    [Fact]
    public async Task A_read_that_is_cut_goes_on_where_it_was()
    {
        await using var node = await EventStoreNode.Started();
        await using var log = new EventStoreDbEventLog(OpenedStore.Options(node.ConnectionString));
        var (stream, events) = (Sample.Stream(), Enumerable.Range(0, 20_000).Select(_ => Sample.Event(new string(' ', 300) + "{}")).ToArray());
        foreach (var chunk in events.Chunk(2_000))
            await log.MustAppend(stream, (await log.StreamOf(stream)).Count - 1, chunk);
        var read = new List<Guid>();
        await foreach (var e in log.ReadStream(stream))
        {
            read.Add(e.EventId);
            if (read.Count % 3_000 == 0)
                node.Faults.DropConnections();
        }

        Assert.Equal(events.Ids(), read);
        read.Clear();
        await foreach (var e in log.ReadAll(LogPosition.Start))
        {
            read.Add(e.EventId);
            if (read.Count % 3_000 == 0)
                node.Faults.DropConnections();
        }

        Assert.Equal(events.Ids(), read);
    }
}
