using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Intake.EventLog;
using Intake.EventLog.EventStoreDb;
using Intake.Testing;

namespace Intake.Ops.Tests;

/// <summary>A test on a real EventStoreDB that runs projections and serves streams over HTTP; skipped, with the reason, where none is named.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProjectingServerFactAttribute : FactAttribute
{
    /// <summary>Names the server, by an esdb:// connection string.</summary>
    public const string Variable = "INTAKE_TEST_EVENTSTORE_PROJECTIONS";

    public ProjectingServerFactAttribute() => Skip = Server is null
        ? $"{Variable} names no EventStoreDB with RunProjections: All and EnableAtomPubOverHttp: true."
        : null;

    public static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;
}

/// <summary>The projections in a real server, installed by the script, in a log of their own.</summary>
public sealed class InstalledProjectionTests : IAsyncLifetime
{
    private readonly string prefix = $"t{Guid.NewGuid():N}.";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (ProjectingServerFactAttribute.Server is not { } server)
            return;
        using var http = Http(EventStoreDbConnection.Parse(server));
        foreach (var name in ServerProjections.Names.Append(""))
        {
            using (await http.PostAsync(new Uri($"projection/{prefix}{name}/command/disable", UriKind.Relative), null))
            using (await http.DeleteAsync(new Uri($"projection/{prefix}{name}", UriKind.Relative)))
                continue;
        }
    }

    [ProjectingServerFact]
    public async Task Installed_projections_answer_as_in_the_harness_and_do_not_disturb_the_log()
    {
        var server = ProjectingServerFactAttribute.Server!;
        await using var log = new EventStoreDbEventLog(new EventStoreDbEventLogOptions(EventStoreDbConnection.Parse(server)) { StreamPrefix = prefix });
        using var http = Http(EventStoreDbConnection.Parse(server));
        Said("created", await Install(server));
        foreach (var (stream, revision, stored) in SampleDay.Stored())
            Assert.IsType<Appended>(await log.Append(stream, new ExpectedRevision(revision - 1), [stored]));

        foreach (var name in new[] { "open-escalations", "refusals-by-reason", "calls-by-day" })
            await Reaches(http, name, (await ServerProjections.Run(name, prefix)).States[""]);
        var links = (await ServerProjections.Run("orders-by-client", prefix)).Links.Select(link => link.Target);
        await Eventually.Holds(
            async () => (await Links(http, "north")).Concat(await Links(http, "south")).Order(StringComparer.Ordinal).SequenceEqual(links.Order(StringComparer.Ordinal)),
            "the links of both clients' orders are there");

        Assert.Equal(SampleDay.Events.Count, await log.ReadAll(LogPosition.Start).CountAsync());
        Said("as it was", await Install(server));
    }

    /// <summary>Results have a type without $, in a stream of the server.</summary>
    [ProjectingServerFact]
    public async Task The_results_that_somebodys_own_projection_writes_are_no_events_of_a_log_without_prefix()
    {
        var server = ProjectingServerFactAttribute.Server!;
        await using var log = new EventStoreDbEventLog(new EventStoreDbEventLogOptions(EventStoreDbConnection.Parse(server)));
        using var http = Http(EventStoreDbConnection.Parse(server));
        var stream = new StreamName("call", prefix);
        using var script = new StringContent($"fromStream('{stream}').when({{ $any: () => ({{ seen: true }}) }}).outputState()");
        script.Headers.ContentType = new("application/json");
        var begun = await log.Head();
        using (var made = await http.PostAsync(new Uri($"projections/continuous?name={prefix}&type=js&enabled=true&emit=true", UriKind.Relative), script))
            Assert.True(made.IsSuccessStatusCode);
        var written = Assert.IsType<Appended>(await log.Append(stream, ExpectedRevision.NoStream, [SampleDay.Stored().First().Stored]));
        await Eventually.Holds(async () => await Has(http, $"%24projections-{prefix}-result"), "the projection has written a result");

        Assert.Equal(stream, Assert.Single(await log.ReadAll(begun).ToListAsync()).Stream);
        Assert.Equal(written.Position, await log.Head());
    }

    private static async Task<bool> Has(HttpClient http, string stream)
    {
        using var answer = await http.GetAsync(new Uri($"streams/{stream}/0", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    private async Task<Ended> Install(string server) => await Scripts.Run("ops/eventstoredb/install-projections", $"--prefix {prefix} {server}");

    private void Said(string what, Ended installed)
    {
        Assert.True(installed.Code == 0, installed.Messages);
        Assert.Equal(
            ServerProjections.Names.Select(name => $"{prefix}{name}: {what}"), installed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task Reaches(HttpClient http, string name, JsonNode state) => await Eventually.Holds(
        async () => JsonNode.DeepEquals(state, JsonNode.Parse(await http.GetStringAsync(new Uri($"projection/{prefix}{name}/state", UriKind.Relative)))),
        $"{name} says {state.ToJsonString()}");

    private async Task<IReadOnlyList<string>> Links(HttpClient http, string client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"streams/browse.{prefix}ordersOfClient-{client}/0/forward/100?embed=body");
        request.Headers.Add("Accept", "application/vnd.eventstore.events+json");
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            return [];
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("entries").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("eventNumber").GetInt64()}@{entry.GetProperty("streamId").GetString()}")];
    }

    private static HttpClient Http(EventStoreDbConnection server)
    {
        var http = new HttpClient { BaseAddress = new Uri($"{(server.Tls ? "https" : "http")}://{server.Nodes[0]}/") };
        if (server.User is not null)
            http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{server.User}:{server.Password}")));
        return http;
    }
}
