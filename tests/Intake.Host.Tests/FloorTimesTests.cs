using Intake.Contracts;
using Intake.Domain.Calls;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Testing;

namespace Intake.Host.Tests;

/// <summary>People have a second to answer a transfer.</summary>
public sealed class HurriedTransfers : IFloorTimes
{
    public static FloorPolicy Policy => FloorPolicy.Default with { AnswerTransferWithin = TimeSpan.FromSeconds(1) };
}

/// <summary>What happens by itself when a moment has come.</summary>
public sealed class FloorTimesTests(FloorFixture<HurriedTransfers> host) : IClassFixture<FloorFixture<HurriedTransfers>>
{
    [Fact]
    [Trait("Clause", "A.III.4")]
    public async Task A_key_clients_call_that_nobody_answers_goes_from_one_to_the_next_and_ends_as_an_owned_callback()
    {
        await using var olga = await host.AtWork("olga");
        var client = await Job.Client(olga, card => card is { Type: "key", DebtVerdict: "clear" });
        await using var manager = await host.SignIn(client.Manager!.Id);
        await manager.Must("presence", new ChangePresence("ready", null));
        await host.CaughtUp();
        var callId = await host.Ring(client.Phones[0]);
        await Job.Answer(olga, callId, client.ClientId);

        await Eventually.Holds(
            async () => (await History(callId)).Exists(e => e is CallConvertedToCallback), "the call becomes a callback", TimeSpan.FromSeconds(30));
        var history = await History(callId);
        var asked = history.OfType<TransferOffered>().Select(offered => offered.To.Id).ToList();
        Assert.Equal(client.Manager.Id, asked[0]);
        Assert.Equal(asked, history.OfType<TransferTimedOut>().Select(late => late.To.Id));
        await host.Followed();
        await host.CaughtUp();
        var callback = Assert.Single(await olga.Get<List<CallbackRow>>("callbacks"), one => one.CallId == callId);
        Assert.Equal(history.OfType<CallConvertedToCallback>().Single().Owner.Id, callback.Owner.Id);
        await manager.Must("presence", new ChangePresence("offline", null));
    }

    private async Task<List<Domain.IEvent>> History(string callId)
    {
        var events = new List<Domain.IEvent>();
        await foreach (var recorded in host.Log.ReadStream(new StreamName("call", callId)))
        {
            events.Add(EventCodec.Default.DecodeEvent(recorded));
        }

        return events;
    }
}
