using System.Net;
using Intake.Contracts;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Host.Hosting;
using Intake.Testing;
using DismissStaff = Intake.Contracts.DismissStaff;

namespace Intake.Host.Tests;

/// <summary>A host on which nothing rings for long, and whose desks are missed soon.</summary>
public sealed class RingingFixture : HostFixture
{
    protected override HostSettings Changed(HostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with
        {
            Floor = FloorPolicy.Default with { ConnectionLostAfter = TimeSpan.FromSeconds(2) },
            Distribution = DistributionPolicy.Default with { RingFor = TimeSpan.FromSeconds(4) },
        };
    }
}

/// <summary>People and waiting calls come together by themselves.</summary>
public sealed class DistributionTests(RingingFixture host) : IClassFixture<RingingFixture>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task A_waiting_call_rings_at_who_becomes_ready_and_only_he_can_take_it()
    {
        await using var olga = await host.SignIn("olga");
        await using var ion = await host.SignIn("ion");
        var callId = await host.Ring("+74990000101");

        await olga.Must("presence", new ChangePresence("ready", null));
        await Rings(olga, callId, "olga", attempt: 1);
        Assert.Equal(("reserved", callId), await State(olga, "olga"));
        Assert.Equal("call-rings-at-another", (await ion.Send($"calls/{callId}/take")).Word("reason"));
        await olga.Must($"calls/{callId}/take");

        Assert.Equal(("onCall", callId), await State(olga, "olga"));
        await Job.Register(olga, callId);
        Assert.Equal(("ready", ""), await State(olga, "olga"));
        await olga.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task A_call_that_rings_out_rings_at_the_next_from_the_same_place_and_who_let_it_ring_is_not_ready()
    {
        await using var ion = await host.SignIn("ion");
        await using var maria = await host.SignIn("maria");
        await ion.Must("presence", new ChangePresence("ready", null));
        var callId = await host.Ring("+74990000102");
        await Rings(ion, callId, "ion", attempt: 1);
        var queuedAt = (await ion.Get<QueueCall>($"calls/{callId}")).QueuedAt;

        await Eventually.Holds(async () => (await Person(ion, "ion")).Reason == "RingNoAnswer", "it rang out", Soon);
        await maria.Must("presence", new ChangePresence("ready", null));
        await Rings(maria, callId, "maria", attempt: 2);

        Assert.Equal(queuedAt, (await maria.Get<QueueCall>($"calls/{callId}")).QueuedAt);
        Assert.Equal("notReady", (await Person(ion, "ion")).State);
        await maria.Must($"calls/{callId}/take");
        await Job.Register(maria, callId);
        await maria.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    public async Task One_host_at_a_time_lets_calls_ring_and_when_it_is_gone_another_takes_over()
    {
        await using var maria = await host.SignIn("maria");
        await maria.Must("presence", new ChangePresence("ready", null));
        var database = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions
            .GetRequiredService<Npgsql.NpgsqlDataSource>(host.Services);
        string callId;
        await using (var other = await database.OpenConnectionAsync())
        {
            // The session that leads ends, and another one is quicker than this host's next.
            await using var lead = new Npgsql.NpgsqlCommand(
                """
                select pg_terminate_backend(pid) from pg_locks
                where locktype = 'advisory' and classid = 7239404 and granted and database = (select oid from pg_database where datname = current_database());
                select pg_advisory_lock(7239404, 1)
                """,
                other);
            await lead.ExecuteNonQueryAsync();
            callId = await host.Ring("+74990000109");
            await host.Followed();
            await host.CaughtUp();
            Assert.Null((await maria.Get<QueueCall>($"calls/{callId}")).OfferedTo);
            await using var resign = new Npgsql.NpgsqlCommand("select pg_advisory_unlock(7239404, 1)", other);
            await resign.ExecuteNonQueryAsync();
        }

        await Rings(maria, callId, "maria", attempt: 1);
        await maria.Must($"calls/{callId}/take");
        await Job.Register(maria, callId);
        await maria.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    public async Task A_call_whose_caller_gives_up_leaves_who_it_rang_at_ready()
    {
        await using var dmitri = await host.SignIn("dmitri");
        await dmitri.Must("presence", new ChangePresence("ready", null));
        var callId = await host.Ring("+74990000103");
        await Rings(dmitri, callId, "dmitri", attempt: 1);
        await host.HangUp(callId);
        await Eventually.Holds(async () => await State(dmitri, "dmitri") == ("ready", ""), "he is ready again", Soon);
        Assert.Null((await dmitri.Get<QueueCall>($"calls/{callId}")).OfferedTo);
        await dmitri.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    public async Task A_call_rings_only_at_who_has_its_skill()
    {
        await using var admin = await host.SignIn("anton");
        await using var elena = await host.SignIn("elena");
        await using var dmitri = await host.SignIn("dmitri");
        await admin.Must("staff/elena/skills", new Contracts.SetSkills(["regions"]));
        await elena.Must("presence", new ChangePresence("ready", null));
        var callId = await host.Ring("+74990000104");
        Assert.Equal("skill-missing", (await elena.Send($"calls/{callId}/take")).Word("reason"));
        await dmitri.Must("presence", new ChangePresence("ready", null));
        await Rings(dmitri, callId, "dmitri", attempt: 1);
        await dmitri.Must($"calls/{callId}/take");
        await Job.Register(dmitri, callId);
        await admin.Must("staff/elena/skills", new Contracts.SetSkills([]));
        await elena.Must("presence", new ChangePresence("offline", null));
        await dmitri.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    public async Task Whose_desk_is_gone_is_not_ready_and_who_never_opened_one_is_left_alone()
    {
        await using var olga = await host.SignIn("olga");
        await using var ion = await host.SignIn("ion");
        await ion.Must("presence", new ChangePresence("ready", null));
        await using (await olga.Connect())
        {
            await olga.Must("presence", new ChangePresence("ready", null));
            await Eventually.Holds(async () => await Seen("olga"), "her desk has been seen", Soon);
        }

        await Eventually.Holds(async () => (await Person(ion, "olga")).Reason == "ConnectionLost", "her desk is missed", Soon);
        Assert.Equal("ready", (await Person(ion, "ion")).State);
        await ion.Must("presence", new ChangePresence("offline", null));
        await olga.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    [Trait("Clause", "B.V.5")]
    public async Task No_next_call_before_the_last_is_registered_unless_the_wrap_up_is_ended_by_force()
    {
        await using var maria = await host.SignIn("maria");
        await using var roman = await host.SignIn("roman");
        var (first, second) = (await host.Ring("+74990000105"), await host.Ring("+74990000106"));
        await maria.Must($"calls/{first}/take");
        Assert.Equal("on-a-call", (await maria.Send("presence", new ChangePresence("ready", null))).Word("reason"));
        await host.HangUp(first);
        await host.Followed();
        Assert.Equal(("wrapUp", first), await State(maria, "maria"));
        Assert.NotNull((await Person(maria, "maria")).Until);

        var refused = await maria.Send($"calls/{second}/take");
        Assert.Equal(("another-call-in-hand", first), (refused.Word("reason"), refused.Word("callId")));
        Assert.Equal(HttpStatusCode.Forbidden, (await maria.Send("staff/maria/wrap-up/end", new Because("I am tired"))).Status);
        await roman.Must("staff/maria/wrap-up/end", new Because("the queue is long"));
        await maria.Must($"calls/{second}/take");

        await host.CaughtUp();
        Assert.Equal(1, await NotRegistered(roman));
        await Job.Register(maria, second);
        await Job.Register(maria, first);
        await host.CaughtUp();
        Assert.Equal(0, await NotRegistered(roman));
        await maria.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    public async Task Not_ready_after_this_call_is_carried_out_when_the_call_is_registered()
    {
        await using var dmitri = await host.SignIn("dmitri");
        await dmitri.Must("presence", new ChangePresence("ready", null));
        var callId = await host.Ring("+74990000107");
        await Rings(dmitri, callId, "dmitri", attempt: 1);
        await dmitri.Must($"calls/{callId}/take");
        await dmitri.Must("presence", new ChangePresence("notReady", "break"));
        Assert.Equal("break", (await Person(dmitri, "dmitri")).AfterCall);
        Assert.Equal("onCall", (await Person(dmitri, "dmitri")).State);
        await Job.Register(dmitri, callId);
        Assert.Equal(("notReady", "break"), ((await Person(dmitri, "dmitri")).State, (await Person(dmitri, "dmitri")).Reason));
        await dmitri.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public async Task Who_hands_his_call_over_is_free_and_who_takes_it_over_has_it()
    {
        await using var ion = await host.SignIn("ion");
        var client = await Job.Client(ion, card => card is { Type: "key", DebtVerdict: "clear" });
        await using var manager = await host.SignIn(client.Manager!.Id);
        await manager.Must("presence", new ChangePresence("ready", null));
        await host.CaughtUp();
        var callId = await host.Ring(client.Phones[0]);
        await Job.Answer(ion, callId, client.ClientId);
        await manager.Must($"calls/{callId}/transfer/accept");

        Assert.Equal(("notReady", ""), await State(ion, "ion"));
        Assert.Equal(("onCall", callId), await State(ion, client.Manager.Id));
        await manager.Must($"calls/{callId}/close", new CloseCall("orderNotTaken", null));
        Assert.Equal(("ready", ""), await State(ion, client.Manager.Id));
        await host.Followed();
        Assert.Equal(
            [EngagementEnd.TakenOver], (await Session("ion")).OfType<EngagementEnded>().Where(end => end.CallId == callId).Select(end => end.Cause));
        await manager.Must("presence", new ChangePresence("offline", null));
        await ion.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    [Trait("Clause", "A.III.15")]
    public async Task Of_two_calls_routed_at_once_to_one_manager_one_asks_him_and_the_other_goes_on_to_the_next()
    {
        await using var ion = await host.AtWork("ion");
        await using var maria = await host.AtWork("maria");
        var client = await Job.Client(ion, card => card is { Type: "key", DebtVerdict: "clear" });
        await using var manager = await host.AtWork(client.Manager!.Id);
        await using var head = await host.AtWork("pavel");
        await manager.Must("presence", new ChangePresence("ready", null));
        await head.Must("presence", new ChangePresence("ready", null));
        await host.CaughtUp();
        var calls = new Dictionary<string, Person> { [await host.Ring(client.Phones[0])] = ion, [await host.Ring("+74990000111")] = maria };
        foreach (var (callId, person) in calls)
        {
            await person.Must($"calls/{callId}/take");
            await person.Must($"calls/{callId}/identify", new IdentifyCaller(client.ClientId, "the owner"));
            await person.Must($"calls/{callId}/purpose", new StatePurpose("order", null));
        }

        await Task.WhenAll(calls.Select(call => call.Value.Must($"calls/{call.Key}/route")));
        await host.CaughtUp();
        var routed = await Task.WhenAll(calls.Select(call => ion.Get<QueueCall>($"calls/{call.Key}")));
        Assert.Equal(new[] { client.Manager.Id, "pavel" }.Order(), routed.Select(call => call.AskedNow?.Id).Order());
        var (his, other) = (routed.Single(call => call.AskedNow?.Id == client.Manager.Id), routed.Single(call => call.AskedNow?.Id == "pavel"));
        Assert.Equal(("reserved", his.CallId), await State(ion, client.Manager.Id));
        Assert.True((await Person(ion, "pavel")).Until > DateTimeOffset.UtcNow.AddSeconds(30));

        // The head is asked already, so nobody is left for the first one.
        await manager.Must($"calls/{his.CallId}/transfer/decline", new Because("in a meeting"));
        Assert.Equal(("ready", ""), await State(ion, client.Manager.Id));
        Assert.Equal("convertedToCallback", (await ion.Get<QueueCall>($"calls/{his.CallId}")).Phase);
        await using var vera = await host.SignIn("vera");
        Assert.Contains(
            (await vera.Get<List<HistoryEvent>>($"history/call-{his.CallId}")),
            one => one.Type == "TransferPassedOver" && one.Data.GetProperty("person").GetProperty("id").GetString() == "pavel");
        await head.Must($"calls/{other.CallId}/transfer/accept");
        await head.Must($"calls/{other.CallId}/close", new CloseCall("orderNotTaken", null));
        foreach (var person in new[] { ion, maria, manager, head })
            await person.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public async Task Who_is_dismissed_is_offline_at_once_and_his_ringing_call_goes_on()
    {
        await using var admin = await host.SignIn("anton");
        await using var andrei = await host.SignIn("andrei");
        await andrei.Must("presence", new ChangePresence("ready", null));
        var callId = await host.Ring("+74990000108");
        await Rings(andrei, callId, "andrei", attempt: 1);

        Assert.Equal("order-missing", (await admin.Send("staff/andrei/dismiss", new DismissStaff("", "theft"))).Word("reason"));
        await admin.Must("staff/andrei/dismiss", new DismissStaff("17 of 25.11.2026", "theft"));

        // What follows from the dismissal may have closed the session before the command did, and withdraws the ring then.
        await host.Followed();
        Assert.Equal(("offline", ""), await State(admin, "andrei"));
        Assert.Null((await admin.Get<QueueCall>($"calls/{callId}")).OfferedTo);
        Assert.Equal(HttpStatusCode.Unauthorized, (await andrei.Send("presence", new ChangePresence("ready", null))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await andrei.Send($"calls/{callId}/take")).Status);
        await host.HangUp(callId);
    }

    private async Task Rings(Person person, string callId, string at, int attempt)
    {
        await host.CaughtUp();
        await Eventually.Holds(
            async () => await person.Get<QueueCall>($"calls/{callId}") is var call && call.OfferedTo?.Id == at && call.Attempt == attempt,
            $"the call rings at {at}", Soon);
    }

    private async Task<(string State, string CallId)> State(Person asks, string staffId)
    {
        var person = await Person(asks, staffId);
        return (person.State, person.CallId);
    }

    private async Task<FloorPerson> Person(Person asks, string staffId)
    {
        await host.CaughtUp();
        return (await asks.Get<List<FloorPerson>>("staff")).Single(one => one.StaffId == staffId);
    }

    private static async Task<int> NotRegistered(Person supervisor)
    {
        await using var hub = await supervisor.Connect();
        return (await Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.InvokeAsync<Wallboard>(hub, nameof(ILiveHub.JoinWallboard))).NotRegistered;
    }

    private async Task<bool> Seen(string staffId)
    {
        await using var seen = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions
            .GetRequiredService<Npgsql.NpgsqlDataSource>(host.Services)
            .CreateCommand("select count(*) from presence.desk where staff_id = $1");
        seen.Parameters.Add(new Npgsql.NpgsqlParameter { Value = staffId });
        return (long)(await seen.ExecuteScalarAsync())! > 0;
    }

    private async Task<List<Domain.IEvent>> Session(string staffId)
    {
        var events = new List<Domain.IEvent>();
        for (var (shift, before) = (0, -1); before < events.Count; shift++)
        {
            before = events.Count;
            await foreach (var recorded in host.Log.ReadStream(new StreamName("operatorSession", ShiftStream.Id(staffId, shift))))
            {
                events.Add(EventCodec.Default.DecodeEvent(recorded));
            }
        }

        return events;
    }
}
