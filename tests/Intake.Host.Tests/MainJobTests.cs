using System.Net;
using Intake.Contracts;
using Intake.EventLog;
using Intake.EventLog.Serialisation;

namespace Intake.Host.Tests;

[Collection(Hosted.Name)]
public sealed class MainJobTests(HostFixture host)
{
    [Fact]
    [Trait("Clause", "A.II.1")]
    [Trait("Clause", "A.III.14")]
    public async Task A_standard_order_goes_from_the_ring_to_the_managers_hands()
    {
        await using var olga = await host.AtWork("olga");
        var client = await Job.CleanClient(olga);
        var callId = await host.Ring(client.Phones[0]);
        await Job.Answer(olga, callId, client.ClientId);
        var orderId = await Job.Draft(olga, callId, client.ClientId);

        await olga.Must($"orders/{orderId}/submit");
        var closed = await olga.Must($"calls/{callId}/close", new CloseCall("orderTaken", null));

        var pad = await olga.Get<OrderPad>($"orders/{orderId}");
        Assert.Equal("handedOver", pad.Phase);
        var row = (await olga.Get<List<OrderRow>>($"orders?clientId={client.ClientId}&after={closed.Position}")).Single(order => order.OrderId == orderId);
        Assert.Equal(client.Manager!.Id, row.HandedTo?.Id);
        Assert.Equal(pad.Total, row.Total);
        Assert.Equal("closed", (await olga.Get<QueueCall>($"calls/{callId}?after={closed.Position}")).Phase);
    }

    [Fact]
    public async Task Of_six_operators_who_reach_for_a_call_one_wins_and_the_others_learn_his_name()
    {
        var operators = await Task.WhenAll(new[] { "olga", "ion", "maria", "dmitri", "elena", "andrei" }.Select(host.AtWork));
        var callId = await host.Ring("+74990000001");

        var said = await Task.WhenAll(operators.Select(person => person.Send($"calls/{callId}/take")));

        var winner = Array.FindIndex(said, one => one.Status == HttpStatusCode.OK);
        Assert.Equal(1, said.Count(one => one.Status == HttpStatusCode.OK));
        var losers = said.Where(one => one.Status == HttpStatusCode.Conflict).ToList();
        Assert.Equal(5, losers.Count);
        var name = (await operators[winner].Get<Me>("session")).StaffId;
        Assert.All(losers, loser => Assert.Equal(name, loser.Body.GetProperty("winner").GetProperty("id").GetString()));
        Assert.All(losers, loser => Assert.Equal("call-already-taken", loser.Word("reason")));
    }

    [Fact]
    public async Task The_same_key_again_gives_the_same_answer_and_no_second_event()
    {
        await using var olga = await host.AtWork("olga");
        var callId = await host.Ring("+74990000002");
        var key = Guid.NewGuid();

        var first = await olga.Send($"calls/{callId}/take", key: key);
        var again = await olga.Send($"calls/{callId}/take", key: key);

        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal((first.Position, first.Revision), (again.Position, again.Revision));
        Assert.Equal(1, await Events($"call-{callId}", "CallClaimed"));
    }

    [Fact]
    public async Task A_refusal_is_answered_again_as_it_was_and_kept_once()
    {
        await using var olga = await host.AtWork("olga");
        var key = Guid.NewGuid();
        var unknown = Guid.NewGuid().ToString();

        var first = await olga.Send($"orders/{unknown}/submit", key: key);
        var again = await olga.Send($"orders/{unknown}/submit", key: key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, first.Status);
        Assert.Equal("order-unknown", again.Word("reason"));
        Assert.Equal(1, await Events($"order-{unknown}", "CommandRefused"));
    }

    [Fact]
    public async Task A_revision_that_is_not_the_streams_is_a_conflict_and_changes_nothing()
    {
        await using var olga = await host.AtWork("olga");
        var callId = await host.Ring("+74990000003");
        var taken = await olga.Must($"calls/{callId}/take");
        // Who may be calling is written into the call by itself, a moment after it rang.
        await host.Followed();

        var stale = await olga.Send($"calls/{callId}/purpose", new StatePurpose("order", null), seen: taken.Revision - 1);
        var fresh = await olga.Send($"calls/{callId}/purpose", new StatePurpose("order", null), seen: (await Revision($"call-{callId}")));

        Assert.Equal((HttpStatusCode.Conflict, "conflict"), (stale.Status, stale.Word("code")));
        Assert.Equal(HttpStatusCode.OK, fresh.Status);
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public async Task A_key_clients_call_goes_to_his_manager_who_takes_the_order()
    {
        await using var olga = await host.AtWork("olga");
        var client = await Job.Client(olga, card => card is { Type: "key", DebtVerdict: "clear" });
        await using var manager = await host.SignIn(client.Manager!.Id);
        await host.CaughtUp();
        await manager.Must("presence", new ChangePresence("ready", null));
        await host.CaughtUp();
        var callId = await host.Ring(client.Phones[0]);
        await Job.Answer(olga, callId, client.ClientId);

        var refused = await olga.Send("orders", new OpenOrder(Guid.NewGuid().ToString(), callId));
        await manager.Must($"calls/{callId}/transfer/accept");
        var orderId = await Job.Draft(manager, callId, client.ClientId);
        await manager.Must($"orders/{orderId}/submit");
        await manager.Must($"calls/{callId}/close", new CloseCall("orderTaken", null));

        Assert.Equal("key-client", refused.Word("reason"));
        await host.CaughtUp();
        await Testing.Eventually.Holds(
            async () => await Events(stream => stream.Category == "escalation", "EscalationDecided", callId) == 1,
            "the escalation is decided when the call is closed", TimeSpan.FromSeconds(20));
        await manager.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    [Trait("Clause", "A.III.15")]
    public async Task A_new_clients_call_ends_in_an_owned_callback_when_nobody_is_there()
    {
        await using var olga = await host.AtWork("olga");
        var clientId = $"new-{Guid.NewGuid():N}";
        await olga.Must("clients", new RegisterClient(clientId, "Corner shop", null, null, null, null, "+74990000004", null));
        var callId = await host.Ring("+74990000004");
        await Job.Answer(olga, callId, clientId);

        await Testing.Eventually.Holds(
            async () => (await olga.Get<List<CallbackRow>>("callbacks")).Any(callback => callback.CallId == callId),
            "the callback is in the read model", TimeSpan.FromSeconds(20));
        var callback = (await olga.Get<List<CallbackRow>>("callbacks")).Single(one => one.CallId == callId);
        Assert.Equal("+74990000004", callback.Number);
        Assert.NotEqual("system", callback.Owner.Id);
        Assert.True(callback.Deadline > DateTimeOffset.UtcNow);
    }

    [Fact]
    [Trait("Clause", "A.III.5")]
    public async Task Two_orders_of_one_client_at_once_cannot_both_pass_the_limit()
    {
        await using var olga = await host.AtWork("olga");
        await using var ion = await host.AtWork("ion");
        await using var finance = await host.SignIn("galina");
        var client = await Job.CleanClient(olga, skip: 3);
        var (first, second) = (await host.Ring(client.Phones[0]), await host.Ring(client.Phones[0]));
        await Job.Answer(olga, first, client.ClientId);
        await Job.Answer(ion, second, client.ClientId);
        var one = await Job.Draft(olga, first, client.ClientId);
        var two = await Job.Draft(ion, second, client.ClientId);
        await host.CaughtUp();
        var exposure = (await finance.Get<ClientCard>($"clients/{client.ClientId}")).Ledger!.Exposure;
        var total = (await olga.Get<OrderPad>($"orders/{one}")).Total;
        await finance.Must($"clients/{client.ClientId}/credit-terms", new SetCreditTerms(exposure + total + 1, false, "test"));

        var said = await Task.WhenAll(olga.Send($"orders/{one}/submit"), ion.Send($"orders/{two}/submit"));

        Assert.Equal(1, said.Count(answer => answer.Status == HttpStatusCode.OK));
        var refused = said.Single(answer => answer.Status != HttpStatusCode.OK);
        Assert.Equal("gates-open", refused.Word("reason"));
        Assert.Equal("credit", refused.Body.GetProperty("gates")[0].GetProperty("gate").GetString());
    }

    [Fact]
    public async Task The_history_of_an_order_can_be_read_by_an_auditor_and_not_by_an_operator()
    {
        await using var olga = await host.AtWork("olga");
        await using var vera = await host.SignIn("vera");
        var callId = await host.Ring("+74990000005");
        await olga.Must($"calls/{callId}/take");

        var events = await vera.Get<List<HistoryEvent>>($"history/call-{callId}");
        var denied = await olga.Http.GetAsync(new Uri($"history/call-{callId}", UriKind.Relative));

        Assert.Contains(events, one => one is { Type: "CallClaimed", Actor.Id: "olga" });
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
    }

    private async Task<int> Events(string stream, string type)
    {
        var count = 0;
        await foreach (var recorded in host.Log.ReadStream(StreamName.Parse(stream)))
        {
            count += recorded.Type == type ? 1 : 0;
        }

        return count;
    }

    private async Task<long> Revision(string stream)
    {
        var revision = -1L;
        await foreach (var recorded in host.Log.ReadStream(StreamName.Parse(stream)))
        {
            revision = recorded.Revision;
        }

        return revision;
    }

    private async Task<int> Events(Func<StreamName, bool> where, string type, string correlation)
    {
        var count = 0;
        await foreach (var recorded in host.Log.ReadAll(LogPosition.Start))
        {
            count += recorded.Type == type && where(recorded.Stream)
                && EventCodec.DecodeEnvelope(recorded).CorrelationId == correlation ? 1 : 0;
        }

        return count;
    }
}
