using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Intake.Contracts;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Host.Hosting;
using Intake.Projections.Engine;
using Intake.Testing;
using Intake.Testing.EventStoreDb;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Host.Tests;

/// <summary>A host whose log is in an EventStoreDB that tests may take away.</summary>
public sealed class StoreHostFixture : HostFixture
{
    public EventStoreNode Node { get; } = new();

    protected override async Task<TestServer?> Store()
    {
        await Node.Start();
        return TestServer.Of(Node);
    }
}

/// <summary>The product on EventStoreDB: the main job, what people are told while the log is away, and that nothing is lost meanwhile.</summary>
public sealed class EventStoreHostTests(StoreHostFixture host) : IClassFixture<StoreHostFixture>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_main_job_is_done_and_the_log_verifies()
    {
        await using var olga = await host.AtWork("olga");
        var client = await Job.CleanClient(olga);
        var callId = await host.Ring(client.Phones[0]);
        await Job.Answer(olga, callId, client.ClientId);
        var orderId = await Job.Draft(olga, callId, client.ClientId);
        await olga.Must($"orders/{orderId}/submit");
        var closed = await olga.Must($"calls/{callId}/close", new CloseCall("orderTaken", null));

        Assert.Equal("handedOver", (await olga.Get<OrderPad>($"orders/{orderId}")).Phase);
        Assert.Equal("closed", (await olga.Get<QueueCall>($"calls/{callId}?after={closed.Position}")).Phase);
        await host.CaughtUp();
        var settings = host.Services.GetRequiredService<HostSettings>();
        var report = await new Verification(host.Log, EventCodec.Default, new ProjectionEngineOptions(settings.ConnectionString))
            .Run(IntakeServices.Projections);
        Assert.True(report.Ok && report.Events > 900, report.ToString());
        await using var database = Npgsql.NpgsqlDataSource.Create(settings.ConnectionString);
        await using var logThere = database.CreateCommand("select to_regnamespace('log') is not null");
        Assert.Equal(false, await logThere.ExecuteScalarAsync());
    }

    [Fact]
    public async Task While_the_log_is_away_everybody_is_told_so_and_afterwards_nothing_is_missing()
    {
        await using var olga = await host.AtWork("olga");
        var behind = -1.0;
        await using var hub = await olga.Connect(hub => hub.On<Pulse>(nameof(ILiveDesk.Pulse), pulse => Volatile.Write(ref behind, pulse.BehindSeconds)));
        var callId = await host.Ring("+74990000077");
        await olga.Must($"calls/{callId}/take");
        await Eventually.Holds(() => Volatile.Read(ref behind) == 0, "the desk hears that nothing is missing");
        Assert.Equal("Healthy", await Health());

        await host.Node.Kill();
        await Eventually.Holds(async () => await Health() == "Unhealthy", "the host says that it is not ready", Soon);
        Assert.Contains("event log does not answer", (await Report()).GetProperty("says").GetString(), StringComparison.Ordinal);
        var (key, note) = (Guid.NewGuid(), new IdentifyCaller("no-such-client", "somebody"));
        var refused = await olga.Send($"calls/{callId}/identify", note, key);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal("unavailable", refused.Word("code"));

        await Eventually.Holds(() => Volatile.Read(ref behind) > 5, "the desk hears that its rows may be old", Soon);

        await host.Node.Start();
        await Eventually.Holds(async () => await Health() == "Healthy", "the host is ready again", Soon);
        await Eventually.Holds(() => Volatile.Read(ref behind) == 0, "the desk hears that nothing is missing again", Soon);
        var first = await olga.Send($"calls/{callId}/identify", note, key);
        var again = await olga.Send($"calls/{callId}/identify", note, key);
        Assert.Equal((first.Status, first.Body.ToString()[..20]), (again.Status, again.Body.ToString()[..20]));
        var history = new List<string>();
        await foreach (var recorded in host.Log.ReadStream(new StreamName("call", callId)))
        {
            history.Add(recorded.Type);
        }

        Assert.Equal(1, history.Count(type => type == "CallClaimed"));
        Assert.Equal(history.Count, history.Distinct(StringComparer.Ordinal).Count());
    }

    private async Task<string> Health() => (await Report()).GetProperty("status").GetString()!;

    private async Task<JsonElement> Report()
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
