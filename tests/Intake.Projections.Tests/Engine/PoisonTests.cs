using Intake.Domain.Calls;
using Intake.Projections.Engine;
using Intake.Testing;

namespace Intake.Projections.Tests.Engine;

public sealed class PoisonTests
{
    [Fact]
    public async Task A_fold_that_throws_stops_its_projection_before_the_event_and_no_other_one()
    {
        await using var floor = await Floor.Open();
        var broken = true;
        var floorProjection = FloorProjection.Version(1, before: e =>
        {
            if (broken && e is CallQueued { Queue: "poison" })
                throw new InvalidOperationException("cannot take it");
        });
        await floor.Append("a", Floor.Queued("a"), Floor.Claimed("a"));
        var poison = await floor.Append("b", Floor.Queued("b", "poison"));
        var last = await floor.Append("c", Floor.Queued("c"));

        await using var host = floor.Host(floorProjection, FloorProjection.Version(1, "other"));
        await host.Reached(last, "other");
        await Eventually.Holds(async () => (await floor.Checkpoint()) is { Stopped: true }, "it stops");
        var stopped = (await floor.Checkpoint())!;
        Assert.Equal((poison.Number - 1, poison.Number), (stopped.Position.Number, stopped.ErrorPosition));
        Assert.Contains("cannot take it", stopped.Error, StringComparison.Ordinal);
        Assert.Equal("a", Assert.Single(await floor.Rows<CallRow>("floor.call")).CallId);
        Assert.Equal(("stopped", 2), (await host.Engine.Lag()).Where(lag => lag.Name == "floor").Select(lag => (lag.State, lag.EventsBehind)).Single());

        broken = false;
        await host.Engine.Resume("floor");
        await host.Reached(last);
        Assert.Equal(3, (await floor.Rows<CallRow>("floor.call")).Count);
        Assert.Null((await floor.Checkpoint())!.Error);
    }

    [Fact]
    public async Task An_event_of_unknown_type_stops_though_nothing_handles_it()
    {
        await using var floor = await Floor.Open();
        await floor.Append("a", Floor.Queued("a"));
        var unknown = await floor.AppendRaw("x", "NeverHeardOf", "{}");
        await floor.Append("b", Floor.Queued("b"));

        await using var host = floor.Host(FloorProjection.Version(1));
        await Eventually.Holds(async () => (await floor.Checkpoint()) is { Stopped: true }, "it stops");
        var stopped = (await floor.Checkpoint())!;
        Assert.Equal(unknown.Number, stopped.ErrorPosition);
        Assert.Contains("NeverHeardOf", stopped.Error, StringComparison.Ordinal);
        Assert.Equal("a", Assert.Single(await floor.Rows<CallRow>("floor.call")).CallId);
    }

    [Fact]
    public async Task Bytes_that_are_not_of_the_events_shape_stop_those_who_handle_it()
    {
        await using var floor = await Floor.Open();
        await floor.AppendRaw("x", "CallHeld", """{"callId":17}""");
        var last = await floor.Append("b", Floor.Queued("b"));
        var indifferent = new Projection("indifferent", 1, FloorProjection.Schema, [new Table<QueueRow>("queue")
            .On<CallQueued>(e => e.Queue, (row, e, _) => (row ?? new QueueRow(e.Queue, 0, 0, 0, null)).Arrive())]);

        await using var host = floor.Host(FloorProjection.Version(1), indifferent);
        await host.Reached(last, "indifferent");
        await Eventually.Holds(async () => (await floor.Checkpoint()) is { Stopped: true, ErrorPosition: 1 }, "it stops");
        Assert.True((await floor.Verification.Run([indifferent])).Ok);
    }

    [Fact]
    public async Task A_value_that_the_database_refuses_stops_at_its_event()
    {
        await using var floor = await Floor.Open();
        await floor.AppendSomeCalls(40, seed: 1);
        var before = await floor.Append("fine", Floor.Queued("fine"));
        var poison = await floor.Append("zero", Floor.Queued("zero", "a\0b"));
        await floor.AppendSomeCalls(40, seed: 2);

        await using var host = floor.Host(FloorProjection.Version(1));
        await Eventually.Holds(async () => (await floor.Checkpoint()) is { Stopped: true }, "it stops");
        var stopped = (await floor.Checkpoint())!;
        Assert.Equal((before, poison.Number), (stopped.Position, stopped.ErrorPosition));
        Assert.Equal(1, await floor.Scalar<long>("select count(*) from floor.call where key = 'fine'"));
    }
}
