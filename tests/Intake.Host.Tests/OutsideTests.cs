using System.Net;
using System.Net.Http.Json;
using Intake.Contracts;
using Intake.Domain.Staff;
using Intake.Host.Accounts;
using Intake.Host.Hosting;
using Intake.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Intake.Host.Tests;

/// <summary>A host whose office is one address of this machine; the others are outside. Little may be read there.</summary>
public sealed class OutsideFixture : HostFixture
{
    public static readonly IPAddress Office = IPAddress.Loopback;
    public static readonly IPAddress Outside = IPAddress.Parse("127.0.0.2");

    protected override HostSettings Changed(HostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with
        {
            Office = Accounts.Office.Of("127.0.0.1/32", believesForwarders: false),
            Remote = RemotePolicy.Default with { CardsAnHour = 3, FoundAnHour = 25, MostRows = 7 },
        };
    }

    /// <summary>A person outside the office on a device that was admitted for him.</summary>
    public async Task<Person> SignInOutside(string user)
    {
        var person = new Person(this, Outside);
        await Registered(person, user);
        using var answer = await person.Http.PostAsJsonAsync("session", new SignIn(user, FirstPassword));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return person;
    }

    /// <summary>The person asks for his device by signing in, and it is admitted.</summary>
    public async Task<DeviceRow> Registered(Person person, string user)
    {
        var refused = await person.Send("session", new SignIn(user, FirstPassword));
        Assert.Equal("device-waiting", refused.Word("reason"));
        await using var admin = await SignIn(user == "anton" ? "pavel" : "anton", Office);
        await CaughtUp();
        var device = (await admin.Get<List<DeviceRow>>("devices")).Single(one => one.Code == refused.Word("deviceCode"));
        await admin.Must($"devices/{user}/{device.DeviceId}/admit", new AdmitDevice("order 7", DateTimeOffset.UtcNow.AddDays(30)));
        return device;
    }

    /// <summary>As if so much time had passed since the person's sessions outside were begun and used.</summary>
    public async Task Passed(string user, TimeSpan sinceUse, TimeSpan sinceBegin)
    {
        await using var back = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "update accounts.outside_session set used_at = now() - $2, begun_at = now() - $3 where staff_id = $1 and used_at > 'epoch'");
        back.Parameters.Add(new NpgsqlParameter { Value = user });
        back.Parameters.Add(new NpgsqlParameter { Value = sinceUse });
        back.Parameters.Add(new NpgsqlParameter { Value = sinceBegin });
        Assert.True(await back.ExecuteNonQueryAsync() > 0, "There is no session to put back.");
    }
}

/// <summary>Work outside the office: devices and sessions (C6).</summary>
public sealed class OutsideTests(OutsideFixture host) : IClassFixture<OutsideFixture>
{
    [Fact]
    [Trait("Clause", "C6")]
    public async Task An_unknown_device_outside_is_refused_asks_by_itself_and_works_once_it_is_admitted()
    {
        await using var olga = new Person(host, OutsideFixture.Outside);
        olga.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0");
        using var first = await olga.Http.PostAsJsonAsync("session", new SignIn("olga", host.FirstPassword));
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("intake=", cookie, StringComparison.Ordinal);
        var refused = await olga.Send("session", new SignIn("olga", host.FirstPassword));
        Assert.Equal(
            (HttpStatusCode.Forbidden, ProblemCodes.DeviceNotAdmitted, "device-waiting"), (refused.Status, refused.Word("code"), refused.Word("reason")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await olga.Http.GetAsync(new Uri("session", UriKind.Relative))).StatusCode);

        await using var admin = await host.SignIn("anton", OutsideFixture.Office);
        await host.CaughtUp();
        var device = Assert.Single(await admin.Get<List<DeviceRow>>("devices"), one => one.Person.Id == "olga");
        Assert.Equal((refused.Word("deviceCode"), "Firefox · Windows", "requested"), (device.Code, device.Label, device.Phase));
        await admin.Must($"devices/olga/{device.DeviceId}/admit", new AdmitDevice("order 7", DateTimeOffset.UtcNow.AddDays(30)));

        using var admitted = await olga.Http.PostAsJsonAsync("session", new SignIn("olga", host.FirstPassword));
        var outside = (await admitted.Content.ReadFromJsonAsync<Me>(ContractsJson.Options))!.Outside!;
        Assert.Equal(7.75, (outside.LastsUntil - outside.EndsAt).TotalHours, 0.01);
        Assert.NotEmpty((await olga.Get<QueueSnapshot>("queue")).People);
        Assert.NotEqual(device.DeviceId, DeviceSecret(cookie));
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task A_wrong_password_asks_for_nothing_and_in_the_office_no_device_is_asked_for()
    {
        await using var stranger = new Person(host, OutsideFixture.Outside);
        var denied = await stranger.Send("session", new SignIn("natalia", "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, denied.Status);
        await using var natalia = await host.SignIn("natalia", OutsideFixture.Office);
        Assert.Null((await natalia.Get<Me>("session")).Outside);
        await using var admin = await host.SignIn("anton", OutsideFixture.Office);
        await host.CaughtUp();
        Assert.DoesNotContain(await admin.Get<List<DeviceRow>>("devices"), one => one.Person.Id == "natalia");
        Assert.False(natalia.Http.DefaultRequestHeaders.Contains(Headers.SessionEnds));
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task Only_the_newest_requests_of_a_person_are_listed()
    {
        for (var i = 0; i < RemotePolicy.Default.MostRequests + 2; i++)
        {
            await using var elena = new Person(host, OutsideFixture.Outside);
            Assert.Equal(HttpStatusCode.Forbidden, (await elena.Send("session", new SignIn("elena", host.FirstPassword))).Status);
        }

        await using var admin = await host.SignIn("anton", OutsideFixture.Office);
        await host.CaughtUp();
        Assert.Equal(RemotePolicy.Default.MostRequests, (await admin.Get<List<DeviceRow>>("devices")).Count(one => one.Person.Id == "elena"));
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task Nobody_admits_his_own_device_and_not_everybody_admits_others()
    {
        await using var pavel = new Person(host, OutsideFixture.Outside);
        var device = await host.Registered(pavel, "pavel");
        await using var inside = await host.SignIn("pavel", OutsideFixture.Office);
        var own = await inside.Send($"devices/pavel/{device.DeviceId}/admit", new AdmitDevice("mine", DateTimeOffset.UtcNow.AddDays(300)));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "own-device"), (own.Status, own.Word("reason")));
        await using var ion = await host.SignIn("ion", OutsideFixture.Office);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await ion.Send($"devices/pavel/{device.DeviceId}/admit", new AdmitDevice("no", DateTimeOffset.UtcNow.AddDays(3)))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ion.Http.GetAsync(new Uri("devices", UriKind.Relative))).StatusCode);
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task A_device_that_is_withdrawn_ends_what_is_signed_in_on_it_at_once()
    {
        await using var ion = await host.SignInOutside("ion");
        var closed = new TaskCompletionSource();
        await using var hub = await ion.Connect(hub => hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        });
        await hub.InvokeAsync<QueueSnapshot>(nameof(ILiveHub.JoinQueue));
        await using var roman = await host.SignIn("roman", OutsideFixture.Office);
        await host.CaughtUp();
        var device = (await roman.Get<List<DeviceRow>>("devices")).Single(one => one.Person.Id == "ion");
        Assert.Equal(HubConnectionState.Connected, hub.State);

        await roman.Must($"devices/ion/{device.DeviceId}/withdraw", new Because("stolen"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await ion.Http.GetAsync(new Uri("queue", UriKind.Relative))).StatusCode);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAnyAsync<Exception>(() => ion.Connect());
        Assert.Equal("device-withdrawn", (await ion.Send("session", new SignIn("ion", host.FirstPassword))).Word("reason"));
        Assert.Contains(
            await roman.Get<List<HistoryEvent>>("history/remoteAccess-ion"), one => one.Type == "CommandRefused" && one.Data.GetProperty("code").GetString() == "device-withdrawn");
    }

    [Fact]
    [Trait("Clause", "C6")]
    [Trait("Clause", "A.I.3")]
    public async Task Who_is_dismissed_keeps_no_device()
    {
        await using var mihai = await host.SignInOutside("mihai");
        await using var admin = await host.SignIn("anton", OutsideFixture.Office);
        await admin.Must("staff/mihai/dismiss", new DismissStaff("order 9", "left"));
        await host.Followed();
        await host.CaughtUp();
        var device = Assert.Single(await admin.Get<List<DeviceRow>>("devices"), one => one.Person.Id == "mihai");
        Assert.Equal(("withdrawn", "dismissed: left"), (device.Phase, device.Because));
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task A_session_outside_ends_without_use_and_use_puts_the_end_off()
    {
        await using var maria = await host.SignInOutside("maria");
        await host.Passed("maria", TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(14));
        var before = await Ends(maria, HttpMethod.Get, "session");
        Assert.True(before < DateTimeOffset.UtcNow.AddMinutes(2), "Asking who is there is no use.");
        Assert.Equal(before, await Ends(maria, HttpMethod.Get, "queue", byItself: true), TimeSpan.FromSeconds(1));
        Assert.True(await Ends(maria, HttpMethod.Post, "session/extend") > DateTimeOffset.UtcNow.AddMinutes(14), "Use puts the end off.");

        await using var hub = await maria.Connect();
        await host.Passed("maria", TimeSpan.FromMinutes(16), TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.Unauthorized, (await maria.Send("session/extend")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await maria.Http.GetAsync(new Uri("queue", UriKind.Relative))).StatusCode);
        await Eventually.Holds(() => hub.State == HubConnectionState.Disconnected, "the connection is closed");
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task A_session_outside_ends_after_eight_hours_however_it_is_used()
    {
        await using var dmitri = await host.SignInOutside("dmitri");
        await host.Passed("dmitri", TimeSpan.Zero, new TimeSpan(7, 59, 0));
        Assert.True(await Ends(dmitri, HttpMethod.Post, "session/extend") < DateTimeOffset.UtcNow.AddMinutes(2), "The eight hours count.");
        await host.Passed("dmitri", TimeSpan.Zero, new TimeSpan(8, 0, 1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await dmitri.Send("session/extend")).Status);
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task A_session_is_judged_by_the_address_of_each_request()
    {
        await using var inside = await host.SignIn("andrei", OutsideFixture.Office);
        await using var outside = inside.At(OutsideFixture.Outside);
        Assert.Equal(HttpStatusCode.Unauthorized, (await outside.Http.GetAsync(new Uri("queue", UriKind.Relative))).StatusCode);
        Assert.NotEmpty((await inside.Get<QueueSnapshot>("queue")).People);
        using var forwarded = new HttpRequestMessage(HttpMethod.Get, "queue");
        forwarded.Headers.Add("X-Forwarded-For", "127.0.0.1");
        Assert.Equal(HttpStatusCode.Unauthorized, (await inside.Http.SendAsync(forwarded)).StatusCode);

        await host.Registered(outside, "andrei");
        using var again = await inside.Http.PostAsJsonAsync("session", new SignIn("andrei", host.FirstPassword));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.True(await Ends(outside, HttpMethod.Get, "queue") > DateTimeOffset.UtcNow.AddMinutes(14), "From the registered device it goes on.");
    }

    [Fact]
    [Trait("Clause", "C6")]
    public async Task Who_has_signed_out_outside_has_left_no_cookie_that_opens_anything()
    {
        await using var victor = await host.SignInOutside("victor");
        using var any = await victor.Http.GetAsync(new Uri("queue", UriKind.Relative));
        var stolen = victor.Copy();
        await using var thief = new Person(host.Address, OutsideFixture.Outside, stolen);
        Assert.NotEmpty((await thief.Get<QueueSnapshot>("queue")).People);
        await victor.Send("session", method: HttpMethod.Delete);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.Http.GetAsync(new Uri("queue", UriKind.Relative))).StatusCode);
    }

    private static async Task<DateTimeOffset> Ends(Person person, HttpMethod method, string path, bool byItself = false)
    {
        using var request = new HttpRequestMessage(method, path);
        if (byItself)
        {
            request.Headers.Add(Headers.ByItself, "1");
        }

        using var answer = await person.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}");
        return DateTimeOffset.Parse(answer.Headers.GetValues(Headers.SessionEnds).Single(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string DeviceSecret(string cookie) => cookie.Split('=', ';')[1];
}
