using System.Net;
using System.Net.Http.Json;
using Intake.Contracts;

namespace Intake.Host.Tests;

/// <summary>Appointment and dismissal by an order (A.I.3), and what people can do (A.I.2). On the shared host the administrator's account gets locked.</summary>
public sealed class PeopleTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Clause", "A.I.3")]
    public async Task Rights_begin_with_the_appointment_and_end_with_the_dismissal_and_begin_again_with_the_next()
    {
        await using var admin = await host.SignIn("anton");
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock("daria"));

        var appointment = new AppointStaff("Дарья Лунгу", "operator", "order desk", "28", "31 of 1.12.2026");
        Assert.Equal("order-missing", (await admin.Send("staff/daria/appoint", appointment with { Order = " " })).Word("reason"));
        await admin.Must("staff/daria/appoint", appointment);
        var row = await Row(admin, "daria");
        Assert.Equal(
            ("Дарья Лунгу", "operator", "order desk", "28", false, "offline"),
            (row.Name, row.Role, row.Department, row.Extension, row.Dismissed, row.Presence));
        await using var daria = await host.SignIn("daria");
        await daria.Must("presence", new ChangePresence("notReady", "training"));
        Assert.Equal(("notReady", "training"), (await Row(admin, "daria") is var now ? (now.Presence, now.Reason) : default));

        await admin.Must("staff/daria/dismiss", new DismissStaff("32 of 2.12.2026", "left"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await daria.Send("presence", new ChangePresence("ready", null))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock("daria"));
        Assert.True((await Row(admin, "daria")).Dismissed);

        await admin.Must("staff/daria/appoint", appointment with { Role = "supervisor", Order = "33 of 3.12.2026" });
        await using var again = await host.SignIn("daria");
        Assert.Equal("supervisor", (await again.Get<Me>("session")).Role);
        Assert.Equal(("supervisor", false), (await Row(again, "daria") is var back ? (back.Role, back.Dismissed) : default));
        var history = await admin.Get<List<HistoryEvent>>("history/staff-daria");
        Assert.Equal(["CommandRefused", "StaffAppointed.v2", "StaffDismissed.v2", "StaffAppointed.v2"], history.Select(one => one.Type));
        Assert.Equal("31 of 1.12.2026", history[1].Data.GetProperty("order").GetString());
        await admin.Must("staff/daria/dismiss", new DismissStaff("34 of 4.12.2026", "the test is over"));
    }

    [Fact]
    [Trait("Clause", "A.I.2")]
    public async Task Skills_are_seen_and_so_is_every_queue_that_there_is()
    {
        await using var admin = await host.SignIn("anton");
        var before = await Row(admin, "galina");
        Assert.Empty(before.Skills);
        await admin.Must("staff/galina/skills", new SetSkills(["horeca", "main"]));
        Assert.Equal(["horeca", "main"], (await Row(admin, "galina")).Skills);
        var callId = await host.Ring("+74990000171", "regions");
        await host.CaughtUp();
        var queues = (await admin.Get<StaffList>("people")).Queues;
        Assert.Superset(new HashSet<string> { "horeca", "main", "regions" }, queues.ToHashSet());
        Assert.Equal(queues.Distinct(), queues);
        await host.HangUp(callId);
        await admin.Must("staff/galina/skills", new SetSkills([]));
        Assert.Empty((await Row(admin, "galina")).Skills);
    }

    [Theory]
    [Trait("Clause", "A.I.1")]
    [InlineData("roman", HttpStatusCode.OK)]
    [InlineData("pavel", HttpStatusCode.OK)]
    [InlineData("olga", HttpStatusCode.Forbidden)]
    [InlineData("sergei", HttpStatusCode.Forbidden)]
    [InlineData("vera", HttpStatusCode.Forbidden)]
    public async Task Heads_and_supervisors_read_who_is_appointed_and_only_administrators_appoint(string user, HttpStatusCode reads)
    {
        await using var person = await host.SignIn(user);
        using var people = await person.Http.GetAsync(new Uri("people", UriKind.Relative));
        Assert.Equal(reads, people.StatusCode);
        (string, object)[] commands =
        [
            ("staff/elena/appoint", new AppointStaff("Elena", "head", null, null, "mine")),
            ("staff/elena/dismiss", new DismissStaff("mine", "mine")),
            ("staff/elena/skills", new SetSkills(["main"])),
        ];
        foreach (var (path, body) in commands)
        {
            Assert.Equal((HttpStatusCode.Forbidden, "not-allowed"), (await person.Send(path, body) is var said ? (said.Status, said.Word("code")) : default));
        }
    }

    [Fact]
    public async Task An_appointment_that_cannot_be_is_refused_at_its_field()
    {
        await using var admin = await host.SignIn("anton");
        var appointment = new AppointStaff("Somebody", "operator", null, null, "1 of today");
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Send("staff/so me/appoint", appointment)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Send("staff/somebody/appoint", appointment with { Role = "king" })).Status);
        Assert.Equal("name-missing", (await admin.Send("staff/somebody/appoint", appointment with { Name = " " })).Word("reason"));
        Assert.Equal("id-reserved", (await admin.Send("staff/system/appoint", appointment)).Word("reason"));
        Assert.DoesNotContain((await admin.Get<StaffList>("people")).People, one => one.StaffId is "somebody" or "system");
    }

    private async Task<StaffRow> Row(Person asks, string staffId)
    {
        await host.CaughtUp();
        return Assert.Single((await asks.Get<StaffList>("people")).People, one => one.StaffId == staffId);
    }

    private async Task<HttpStatusCode> Knock(string user)
    {
        using var http = new HttpClient { BaseAddress = new Uri(host.Address, "/api/v1/") };
        using var answer = await http.PostAsJsonAsync("session", new SignIn(user, host.FirstPassword));
        return answer.StatusCode;
    }
}
