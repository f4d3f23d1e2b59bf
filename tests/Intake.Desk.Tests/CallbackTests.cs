using System.Net;
using System.Net.Http.Json;
using Bunit;
using Intake.Contracts;
using Intake.Desk.Live;
using Intake.Desk.Queue;
using Intake.Desk.Shell;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

/// <summary>Promised calls on the desk.</summary>
public sealed class CallbackTests : DeskContext
{
    private readonly Wire wire = new();
    private readonly LiveFeed live;

    public CallbackTests()
    {
        Services.AddSingleton<TimeProvider>(new HandClock());
        Answers(wire);
        var clock = new HandClock();
        live = new LiveFeed(new Uri("http://localhost/hubs/live"), clock, new DeskClock(clock));
        Services.AddSingleton(live);
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void What_is_in_hand_is_settled_by_one_digit()
    {
        var panel = Mine(InHand("b1"));
        panel.Find("#callback-b1").KeyDown(new KeyboardEventArgs { Code = "Digit1" });
        Assert.Equal(("callbacks/b1/attempts", "reached"), wire.Attempts.Single());
        panel.Find("#callback-b1").KeyDown(new KeyboardEventArgs { Code = "Digit2" });
        Assert.Equal("noAnswer", wire.Attempts[^1].Result);
        Assert.Equal(7, panel.FindAll("[role=group] button kbd").Count);
    }

    [Fact]
    public void Nothing_is_recorded_of_what_is_not_in_hand()
    {
        var panel = Mine(Given.Callback("b1"));
        panel.Find("#callback-b1").KeyDown(new KeyboardEventArgs { Code = "Digit1" });
        Assert.Empty(wire.Attempts);
        Assert.Empty(panel.FindAll("[role=group]"));
        panel.Find("button.take").Click();
        Assert.Equal("callbacks/b1/lease", wire.Paths.Single());
    }

    [Fact]
    public async Task The_key_takes_the_most_urgent_that_nobody_rings_and_whose_time_has_come()
    {
        Mine(
            Given.Callback("b1", "roman", "main") with { LeasedBy = new Person("ion", "Ion") },
            Given.Callback("b2", "roman", "main") with { NotBefore = Given.Nine.AddHours(1) }, Given.Callback("b3", "roman", "main"));
        await Services.GetRequiredService<Keys>().Pressed("KeyC");
        Assert.Equal("callbacks/b3/lease", wire.Paths.Single());
    }

    [Fact]
    public void A_client_who_postpones_is_asked_when_before_it_is_recorded()
    {
        var panel = Mine(InHand("b1"));
        panel.Find("#callback-b1").KeyDown(new KeyboardEventArgs { Code = "Digit5" });
        Assert.Empty(wire.Attempts);
        panel.FindAll(".postpone select")[1].Change("11:00-13:00");
        panel.Find(".postpone").Submit();
        Assert.Equal("postponed", wire.Attempts.Single().Result);
        var later = wire.Bodies.Single().Later!;
        Assert.Equal((new TimeOnly(11, 0), new TimeOnly(13, 0), "Europe/Chisinau"), (later.From, later.Until, later.Zone));
        Assert.Equal(DateOnly.FromDateTime(Given.Nine.Date).AddDays(1), later.Day);
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void A_window_is_shown_by_our_clock_and_by_the_clients()
    {
        var times = Render<CallbackTimes>(it => it.Add(t => t.Row, Given.Callback("b1") with { NotBefore = Given.Nine.AddMinutes(10) }));
        Assert.Contains("09:10 – 09:30", times.Markup, StringComparison.Ordinal);
        Assert.Contains("11:00 – 11:30 in Chisinau", times.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task A_missed_call_is_an_alarm_for_its_owner_and_the_supervisor_until_it_is_closed()
    {
        var missed = Given.Callback("b1", "olga") with { BreachedAt = Given.Nine };
        Show(missed, Given.Callback("b2"));
        Assert.Contains("1 promised call was missed", (await Alarm("olga", "operator")).Markup, StringComparison.Ordinal);
        Assert.Contains("Casa Verde", (await Alarm("roman", "supervisor")).Markup, StringComparison.Ordinal);
        Assert.Empty((await Alarm("ion", "operator")).Markup.Trim());

        Assert.True(live.Queue.Apply(new QueueChange(1, 1, 2, [], [], [missed with { Closed = true }])));
        Assert.Empty((await Alarm("roman", "supervisor")).Markup.Trim());
    }

    [Fact]
    public void Operators_see_their_own_and_the_queues_and_what_they_have_in_hand_first()
    {
        Show(
            Given.Callback("urgent", "roman", "main", minutesLeft: 1), Given.Callback("mine", "olga", minutesLeft: 60),
            Given.Callback("pavels", "pavel"), InHand("held") with { Queue = "main", Owner = new Person("roman", "Roman") },
            Given.Callback("missed", "roman", "main", minutesLeft: 90) with { BreachedAt = Given.Nine });
        Assert.Equal(["held", "missed", "urgent", "mine"], live.Queue.CallbacksOf("olga", rings: true).Select(row => row.CallbackId));
        Assert.Equal(["pavels"], live.Queue.CallbacksOf("pavel", rings: false).Select(row => row.CallbackId));
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void Who_rings_while_a_call_is_owed_to_him_is_told_so_and_this_call_settles_it()
    {
        Show(Given.Callback("b1"), Given.Callback("b2") with { Digits = ["1"], ClientId = "c9" });
        var owed = Render<OwedCallback>(it => it.Add(o => o.Call, Given.Call("call-1", "connected")));
        owed.Find("button").Click();
        Assert.Equal("callbacks/b1/settle", wire.Paths.Single());
        Assert.Single(owed.FindAll(".owed-callback"));
        Assert.Empty(Render<OwedCallback>(it => it.Add(o => o.Call, Given.Call("call-2") with { FromNumber = "" })).FindAll(".owed-callback"));
        Assert.Single(live.Queue.CallbacksTo(Given.Call("call-3") with { FromNumber = "", ClientId = "c9" }));
    }

    [Fact]
    public void Who_watches_the_floor_gives_a_call_to_another_with_the_reason_and_nobody_else_can()
    {
        CallbackRow[] rows = [Given.Callback("b1", "roman", "main")];
        FloorPerson[] people = [new("ion", "Ion", "operator", "ready", "", Given.Nine, "", 1), new("vera", "Vera", "auditor", "ready", "", Given.Nine, "", 1)];
        Assert.Empty(Render<CallbackTable>(it => it.Add(t => t.Rows, rows).Add(t => t.People, people)).FindAll(".reassign"));
        var table = Render<CallbackTable>(it => it.Add(t => t.Rows, rows).Add(t => t.People, people).Add(t => t.MayReassign, true));
        table.Find(".reassign").Click();
        Assert.Equal("ion", Assert.Single(table.FindAll("option")).GetAttribute("value"));
        table.Find("form input").Change("speaks Romanian");
        table.Find("form").Submit();
        Assert.Equal("callbacks/b1/reassign", wire.Paths.Single());
    }

    private static CallbackRow InHand(string id) => Given.Callback(id) with { LeasedBy = new Person("olga", "Olga"), LeasedUntil = Given.Nine.AddMinutes(10) };

    private IRenderedComponent<MyCallbacks> Mine(params CallbackRow[] rows) =>
        Render<MyCallbacks>(it => it.Add(m => m.Rows, rows).Add(m => m.MyId, "olga"));

    private void Show(params CallbackRow[] rows) => live.Queue.Apply(new QueueSnapshot(1, 1, [], [], rows));

    private async Task<IRenderedComponent<CallbackAlarm>> Alarm(string staffId, string role)
    {
        wire.Me = new Me(staffId, staffId, role);
        await Resumed();
        return Render<CallbackAlarm>();
    }

    private sealed class HandClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Given.Nine;
    }

    /// <summary>The host, as far as these components ask it.</summary>
    private sealed class Wire : HttpMessageHandler
    {
        public Me? Me { get; set; }

        public List<string> Paths { get; } = [];

        public List<RecordAttempt> Bodies { get; } = [];

        public List<(string Path, string Result)> Attempts { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath["/api/v1/".Length..];
            if (path == "session")
            {
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(Me, options: ContractsJson.Options) };
            }

            Paths.Add(path);
            if (path.EndsWith("/attempts", StringComparison.Ordinal))
            {
                var body = (await request.Content!.ReadFromJsonAsync<RecordAttempt>(ContractsJson.Options, cancellationToken))!;
                Bodies.Add(body);
                Attempts.Add((path, body.Result));
            }

            return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new CommandAnswer(1, 1, true), options: ContractsJson.Options) };
        }
    }
}
