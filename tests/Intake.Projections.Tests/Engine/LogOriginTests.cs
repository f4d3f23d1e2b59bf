using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Projections.Engine;

namespace Intake.Projections.Tests.Engine;

public sealed class LogOriginTests
{
    [Fact]
    public async Task Rows_belong_to_the_log_that_they_were_made_from()
    {
        await using var floor = await Floor.Open();
        await using var elsewhere = await Floor.Open();
        Assert.False(await new LogOrigin(floor.Log, floor.Options).IsOther());
        await Projected(floor, await floor.Append("1", Floor.Queued("1")));

        Assert.False(await new LogOrigin(floor.Log, floor.Options).IsOther());
        Assert.True(await new LogOrigin(elsewhere.Log, floor.Options).IsOther(), "an empty log");
        await elsewhere.Append("2", Floor.Queued("2"));
        Assert.True(await new LogOrigin(elsewhere.Log, floor.Options).IsOther(), "a log that begins with another event");
    }

    [Fact]
    public async Task A_copy_of_a_log_with_other_positions_is_another_log_until_rows_are_built_from_it()
    {
        await using var floor = await Floor.Open();
        await using var copy = await Floor.Open();
        await Projected(floor, await floor.Append("1", Floor.Queued("1")));
        await copy.Append("0", Floor.Queued("0"));
        await foreach (var e in floor.Log.ReadAll(LogPosition.Start))
            await copy.Log.Append(e.Stream, new ExpectedRevision(e.Revision - 1), [new NewEvent(e.EventId, e.Type, e.Data, e.Metadata)]);

        var origin = new LogOrigin(copy.Log, floor.Options);
        Assert.True(await origin.IsOther());
        await new Rebuild(copy.Log, EventCodec.Default, floor.Options).Run([FloorProjection.Version(1)], null, CancellationToken.None);
        await origin.Keep();
        Assert.False(await origin.IsOther());
        Assert.True(await new LogOrigin(floor.Log, floor.Options).IsOther());
    }

    private static async Task Projected(Floor floor, LogPosition position)
    {
        await using var host = floor.Host(FloorProjection.Version(1));
        await host.Reached(position);
    }
}
