using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Intake.Contracts;
using Intake.Testing;

namespace Intake.Ops.Tests;

public sealed class StopTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_host_and_cluster(string signal)
    {
        await using var system = await RunningSystem.Start();
        var (host, postmaster) = (system.Host, system.Postmaster);
        Assert.True(Scripts.Lives(host) && Scripts.Lives(postmaster));

        Assert.Equal(0, await system.Stop(signal));

        Assert.False(Scripts.Lives(host) || Scripts.Lives(postmaster));
        Assert.False(File.Exists(Path.Combine(system.Folder, "host.json")));
    }

    [Fact]
    public async Task Host_and_cluster_stop_by_themselves_when_ops_up_is_killed()
    {
        await using var system = await RunningSystem.Start();
        var (host, postmaster) = (system.Host, system.Postmaster);

        await system.Stop("KILL");

        await Eventually.Holds(() => !Scripts.Lives(host) && !Scripts.Lives(postmaster), "host and cluster are gone", TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("up")]
    [InlineData("host")]
    [InlineData("postmaster")]
    [InlineData("up, host, postmaster")]
    public async Task Nothing_acknowledged_is_lost_by_a_kill(string killed)
    {
        ArgumentNullException.ThrowIfNull(killed);
        await using var system = await RunningSystem.Start();
        var acknowledged = new Dictionary<Guid, (string Presence, long Position)>();
        using (var desk = await system.SignIn("olga"))
        {
            // The kill comes while commands are under way.
            var sending = Toggle(desk, acknowledged);
            await Eventually.Holds(() => Count(acknowledged) >= 50, "50 commands are acknowledged");
            var processes = new Dictionary<string, int>
            {
                ["up"] = system.Up, ["host"] = system.Host, ["postmaster"] = system.Postmaster,
            };
            await Scripts.Signal("KILL", [.. killed.Split(", ").Select(name => processes[name])]);
            await sending;
        }

        if (killed == "postmaster")
        {
            await system.Stop("TERM");
        }

        await Eventually.Holds(() => !Scripts.Lives(system.Up), "ops/up is gone", TimeSpan.FromSeconds(60));
        await system.Again();

        // The same key again: whatever was acknowledged is there, and answers as it did.
        using var again = await system.SignIn("olga");
        Assert.True(acknowledged.Count >= 50);
        foreach (var (key, (presence, position)) in acknowledged)
        {
            using var answer = await Send(again, key, presence);
            Assert.Equal(position, (await answer.Content.ReadFromJsonAsync<CommandAnswer>())!.Position);
        }

        var verified = await Scripts.Run("ops/intake", $"verify --json --data {system.Folder}");
        Assert.True(verified.Code == 0, verified.Output + verified.Messages);
        Assert.Equal(0, JsonDocument.Parse(verified.Output).RootElement.GetProperty("gaps").GetInt64());
    }

    [Fact]
    public async Task A_cluster_that_dies_is_started_again_and_the_host_goes_on()
    {
        await using var system = await RunningSystem.Start();
        var (host, postmaster) = (system.Host, system.Postmaster);

        await Scripts.Signal("KILL", postmaster);

        using var anyone = new HttpClient { BaseAddress = new Uri(system.Url) };
        await Eventually.Holds(() => !Scripts.Lives(postmaster), "the old cluster is gone");
        await Eventually.Holds(
            async () => (await anyone.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK, "the host is ready again",
            TimeSpan.FromSeconds(60));
        using var desk = await system.SignIn("olga");
        using var answer = await Send(desk, Guid.NewGuid(), "ready");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(host, system.Host);
    }

    private static int Count(Dictionary<Guid, (string, long)> acknowledged)
    {
        lock (acknowledged)
        {
            return acknowledged.Count;
        }
    }

    // Sends one command after the other until one is not answered.
    private static async Task Toggle(HttpClient desk, Dictionary<Guid, (string Presence, long Position)> acknowledged)
    {
        for (var number = 0; ; number++)
        {
            var (key, presence) = (Guid.NewGuid(), number % 2 == 0 ? "ready" : "notReady");
            try
            {
                using var answer = await Send(desk, key, presence);
                if (!answer.IsSuccessStatusCode)
                {
                    return;
                }

                var position = (await answer.Content.ReadFromJsonAsync<CommandAnswer>())!.Position;
                lock (acknowledged)
                {
                    acknowledged.Add(key, (presence, position));
                }
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private static Task<HttpResponseMessage> Send(HttpClient desk, Guid key, string presence)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/presence") { Content = JsonContent.Create(new ChangePresence(presence, null)) };
        request.Headers.Add("Idempotency-Key", key.ToString());
        return desk.SendAsync(request);
    }
}
