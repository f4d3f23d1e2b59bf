using Intake.Domain.Calls;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Projections.Engine;
using Intake.Testing;

namespace Intake.Projections.Tests.Engine;

public sealed class LogOriginTests
{
    [Fact]
    public async Task Rows_belong_to_the_log_that_they_were_made_from()
    {
        await using var floor = await Floor.Open();
        await using var elsewhere = await Floor.Open();
        Assert.Equal(LogDoubt.None, await new LogOrigin(floor.Log, floor.Options).Doubt());
        await Projected(floor, await floor.Append("1", Floor.Queued("1")));

        Assert.Equal(LogDoubt.None, await new LogOrigin(floor.Log, floor.Options).Doubt());
        Assert.Equal(LogDoubt.AnotherLog, await new LogOrigin(elsewhere.Log, floor.Options).Doubt());
        await elsewhere.Append("2", Floor.Queued("2"));
        Assert.Equal(LogDoubt.AnotherLog, await new LogOrigin(elsewhere.Log, floor.Options).Doubt());
    }

    [Fact]
    public async Task A_copy_of_a_log_with_other_positions_is_another_log_until_rows_are_built_from_it()
    {
        await using var floor = await Floor.Open();
        await using var copy = await Floor.Open();
        await Projected(floor, await floor.Append("1", Floor.Queued("1")));
        await copy.Append("0", Floor.Queued("0"));
        await Copy(floor, copy);

        var origin = new LogOrigin(copy.Log, floor.Options);
        Assert.Equal(LogDoubt.AnotherLog, await origin.Doubt());
        await new Rebuild(copy.Log, EventCodec.Default, floor.Options).Run([FloorProjection.Version(1)], null, CancellationToken.None);
        await origin.Keep();
        Assert.Equal(LogDoubt.None, await origin.Doubt());
        Assert.Equal(LogDoubt.AnotherLog, await new LogOrigin(floor.Log, floor.Options).Doubt());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Rows_that_have_passed_an_event_which_the_log_lacks_are_in_doubt_however_far_it_has_come_since(int since)
    {
        await using var floor = await Floor.Open();
        await using var restored = await Floor.Open();
        await floor.Append("1", Floor.Queued("1"));
        await Copy(floor, restored);
        await Projected(floor, await floor.Append("2", Floor.Queued("2")));
        for (var other = 0; other < since; other++)
            await restored.Append($"other{other}", Floor.Queued($"other{other}"));

        var origin = new LogOrigin(restored.Log, floor.Options);
        Assert.Equal(LogDoubt.EarlierState, await origin.Doubt());
        await new Rebuild(restored.Log, EventCodec.Default, floor.Options).Run([FloorProjection.Version(1)], null, CancellationToken.None);
        await origin.Keep();
        Assert.Equal(LogDoubt.None, await origin.Doubt());
    }

    [Fact]
    public async Task An_event_that_no_row_cares_for_is_missed_too()
    {
        await using var floor = await Floor.Open();
        await using var restored = await Floor.Open();
        await floor.Append("1", Floor.Queued("1"));
        await Copy(floor, restored);
        await using (var host = floor.Host(FloorProjection.Version(1)))
        {
            var passed = await floor.Append("1", 0, [new CallResumed("1", DateTimeOffset.UnixEpoch, "r")]);
            await Eventually.Holds(async () => (await floor.Checkpoint())?.Position == passed, "it is passed for good");
        }

        Assert.Equal(LogDoubt.EarlierState, await new LogOrigin(restored.Log, floor.Options).Doubt());
    }

    private static async Task Copy(Floor from, Floor to)
    {
        await foreach (var e in from.Log.ReadAll(LogPosition.Start))
            await to.Log.Append(e.Stream, new ExpectedRevision(e.Revision - 1), [new NewEvent(e.EventId, e.Type, e.Data, e.Metadata)]);
    }

    private static async Task Projected(Floor floor, LogPosition position)
    {
        await using var host = floor.Host(FloorProjection.Version(1));
        await host.Reached(position);
    }
}
