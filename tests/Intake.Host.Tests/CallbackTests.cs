using System.Net;
using Intake.Application;
using Intake.Application.Callbacks;
using Intake.Contracts;
using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.EventLog.Serialisation;
using Intake.Host.Hosting;
using Intake.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using RecordAttempt = Intake.Contracts.RecordAttempt;

namespace Intake.Host.Tests;

/// <summary>A host that rings at any hour and gives its people little time.</summary>
public sealed class RestlessFixture : HostFixture
{
    protected override HostSettings Changed(HostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var policy = CallbackPolicy.Default;
        return settings with
        {
            Floor = FloorPolicy.Default with
            {
                Callbacks = policy with
                {
                    Hours = new WorkingHours(TimeOnly.MinValue, TimeOnly.MaxValue, Enum.GetValues<DayOfWeek>().ToHashSet()),
                    ShortestWindow = TimeSpan.FromTicks(1),
                    CallWithin = TimeSpan.FromSeconds(5),
                    LeaseFor = TimeSpan.FromSeconds(2),
                    RetryAfter = TimeSpan.FromMilliseconds(1),
                    MostAttempts = 2,
                },
            },
        };
    }
}

/// <summary>Promises to ring back, over HTTP and by themselves.</summary>
public sealed class CallbackTests(RestlessFixture host) : IClassFixture<RestlessFixture>
{
    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task A_caller_who_waits_asks_for_it_and_is_rung_back_by_whoever_takes_it_in_hand()
    {
        await using var olga = await host.SignIn("olga");
        await using var ion = await host.SignIn("ion");
        var callId = await host.Ring("+37322900001");
        await olga.Must($"calls/{callId}/leave-queue");
        var callback = await Open(olga, one => one.CallId == callId);
        Assert.Equal((callId, "main", "queue", "roman"), (callback.CallbackId, callback.Queue, callback.Source, callback.Owner.Id));

        await olga.Must($"callbacks/{callback.CallbackId}/lease");
        var lost = await ion.Send($"callbacks/{callback.CallbackId}/lease");
        Assert.Equal((HttpStatusCode.Conflict, "callback-leased"), (lost.Status, lost.Word("reason")));
        Assert.Equal("olga", lost.Body.GetProperty("winner").GetProperty("id").GetString());
        Assert.Equal("callback-not-leased", (await ion.Send($"callbacks/{callback.CallbackId}/attempts", Said("reached"))).Word("reason"));
        await olga.Must($"callbacks/{callback.CallbackId}/attempts", Said("reached"));
        await host.CaughtUp();
        await using var vera = await host.SignIn("vera");
        Assert.Contains(await vera.Get<List<HistoryEvent>>($"history/callback-{callId}"), e => e.Type == "CallbackClosed.v2");
        Assert.DoesNotContain(await olga.Get<List<CallbackRow>>("callbacks"), one => one.CallbackId == callback.CallbackId);
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task The_telephony_says_that_a_caller_who_waits_wants_to_be_rung_back()
    {
        await using var olga = await host.SignIn("olga");
        var callId = await host.Ring("+37322900002");
        await host.Report(callId, "callbackAsked", "+37322900002");
        Assert.Equal("main", (await Open(olga, one => one.CallId == callId)).Queue);
        Assert.Equal("convertedToCallback", (await olga.Get<QueueCall>($"calls/{callId}")).Phase);
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task What_a_person_has_in_hand_comes_back_by_itself_and_a_missed_deadline_is_an_alarm_that_stays()
    {
        await using var olga = await host.SignIn("olga");
        await using var ion = await host.SignIn("ion");
        var id = (await Order("+37322900003", "alarm")).CallbackId;
        await olga.Must($"callbacks/{id}/lease");
        await Eventually.Holds(async () => (await Open(ion, one => one.CallbackId == id)).LeasedBy is null, "the lease comes back", TimeSpan.FromSeconds(30));
        await ion.Must($"callbacks/{id}/lease");
        await Eventually.Holds(
            async () => (await Open(ion, one => one.CallbackId == id)).BreachedAt is not null, "the alarm is raised", TimeSpan.FromSeconds(30));
        var alarm = await Open(ion, one => one.CallbackId == id);
        Assert.Equal(("roman", false), (alarm.Owner.Id, alarm.Closed));
        await using var roman = await host.SignIn("roman");
        Assert.True((await roman.Get<List<CallbackRow>>("callbacks")).Exists(one => one.CallbackId == id && one.BreachedAt is not null));
        await roman.Must($"callbacks/{id}/attempts", Said("reached"));
        Assert.True((await History(id)).OfType<CallbackClosed>().Single().Overdue);
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task Tried_as_often_as_may_be_it_is_the_heads_who_may_give_it_to_another()
    {
        await using var olga = await host.SignIn("olga");
        await using var pavel = await host.SignIn("pavel");
        var id = (await Order("+37322900004", "tried")).CallbackId;
        for (var n = 0; n < 2; n++)
        {
            await olga.Must($"callbacks/{id}/lease");
            await olga.Must($"callbacks/{id}/attempts", Said("noAnswer"));
        }

        var escalated = await Open(olga, one => one.CallbackId == id && one.Escalated);
        Assert.Contains(escalated.Owner.Id, (string[])["pavel", "tatiana"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await olga.Send($"callbacks/{id}/reassign", new Contracts.ReassignCallback("ion", "mine"))).Status);
        await pavel.Must($"callbacks/{id}/reassign", new Contracts.ReassignCallback("ion", "speaks their language"));
        Assert.Equal("ion", (await Open(olga, one => one.CallbackId == id && one.Owner.Id == "ion")).Owner.Id);
        Assert.Equal("callback-of-another", (await olga.Send($"callbacks/{id}/lease")).Word("reason"));
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task Asked_for_on_the_web_and_in_the_queue_it_stays_one_and_the_clients_own_call_settles_it()
    {
        await using var olga = await host.SignIn("olga");
        var first = await Order("+37322900005", "one");
        await Order("+37322900005", "two");
        var waiting = await host.Ring("022 900005".Replace("022 ", "+37322", StringComparison.Ordinal));
        await olga.Must($"calls/{waiting}/leave-queue");
        await Eventually.Holds(async () => (await Open(olga, one => one.CallbackId == first.CallbackId)).Requests == 3, "all are merged");
        Assert.Single(await olga.Get<List<CallbackRow>>("callbacks"), one => one.Number == "+37322900005");

        var callId = await host.Ring("+37322900005");
        await olga.Must($"calls/{callId}/take");
        var other = await host.Ring("+37322900099");
        await using var ion = await host.SignIn("ion");
        await ion.Must($"calls/{other}/take");
        Assert.Equal(
            "callback-of-another-client", (await ion.Send($"callbacks/{first.CallbackId}/settle", new Contracts.SettleCallback(other, null))).Word("reason"));
        await olga.Must($"callbacks/{first.CallbackId}/settle", new Contracts.SettleCallback(callId, null));
        Assert.Equal("settledByCall", (await History(first.CallbackId)).OfType<CallbackClosed>().Single().Result);
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    [Trait("Clause", "A.III.14")]
    public async Task An_operator_promises_during_a_call_and_only_then_closes_it_as_callback_agreed()
    {
        await using var olga = await host.SignIn("olga");
        var callId = await host.Ring("+37322900006");
        await olga.Must($"calls/{callId}/take");
        await olga.Must($"calls/{callId}/purpose", new StatePurpose("referenceInformation", null));
        Assert.Equal("call-not-registered", (await olga.Send($"calls/{callId}/close", new CloseCall("callbackAgreed", null))).Word("reason"));
        var tomorrow = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(2));
        await olga.Must(
            $"calls/{callId}/callback",
            new Contracts.PromiseCallback(null, new CallbackTime(tomorrow, new TimeOnly(10, 0), new TimeOnly(11, 0), "Europe/Chisinau"), "prices"));
        await olga.Must($"calls/{callId}/close", new CloseCall("callbackAgreed", null));
        var promised = await Open(olga, one => one.Number == "+37322900006");
        Assert.Equal(("olga", "Europe/Chisinau", 10), (promised.Owner.Id, promised.Zone, promised.ClientNotBefore.Hour));
    }

    [Theory]
    [InlineData("2020-01-01", "10:00", "11:00", null, "when.day")]
    [InlineData("9999-12-31", "10:00", "11:00", null, "when.day")]
    [InlineData("0001-01-01", "10:00", "11:00", null, "when.day")]
    [InlineData("", "11:00", "10:00", null, "when.until")]
    [InlineData("", "10:00", "11:00", "../../etc/passwd", "when.zone")]
    [InlineData("", "10:00", "11:00", "Moon/Crater", "when.zone")]
    public async Task A_time_that_cannot_be_is_refused_with_its_field(string day, string from, string until, string? zone, string field)
    {
        await using var olga = await host.SignIn("olga");
        var said = await olga.Send(
            "calls/x/callback",
            new { when = new { day = day.Length > 0 ? day : DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), from, until, zone } });
        Assert.Equal(HttpStatusCode.BadRequest, said.Status);
        Assert.True(said.Body.GetProperty("errors").TryGetProperty(field, out _), said.Body.ToString());
    }

    private static RecordAttempt Said(string result) => new(result, null, null, null);

    private async Task<CallbackRow> Order(string number, string request)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new OrderCallback($"{number} {request}", number, "Ion", "", "", "ro", null, "Europe/Chisinau")
        {
            Context = new CommandContext(Guid.NewGuid(), Actor.System, DateTimeOffset.UtcNow, "", "web"),
        });
        await using var olga = await host.SignIn("olga");
        return await Open(olga, one => one.Number == number);
    }

    private async Task<CallbackRow> Open(Person person, Predicate<CallbackRow> which)
    {
        CallbackRow? found = null;
        await host.Followed();
        await host.CaughtUp();
        await Eventually.Holds(
            async () => (found = (await person.Get<List<CallbackRow>>("callbacks")).Find(which)) is not null, "the callback is open", TimeSpan.FromSeconds(30));
        return found!;
    }

    private async Task<List<IEvent>> History(string callbackId)
    {
        var line = await host.Services.GetRequiredService<CallbackLines>().Holding(callbackId, default);
        return await host.Log.ReadStream(new EventLog.StreamName("callback", line)).Select(EventCodec.Default.DecodeEvent).ToListAsync();
    }
}
