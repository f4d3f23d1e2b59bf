using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Intake.Contracts;
using Intake.Testing;

namespace Intake.Host.Tests;

[Collection(Hosted.Name)]
public sealed class SeeingInsideTests(HostFixture host)
{
    [Fact]
    public async Task The_host_says_that_it_is_ready_and_how_far_each_read_model_is()
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        var ready = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
        Assert.Equal("Healthy", ready.GetProperty("status").GetString());
        Assert.Equal(Hosting.IntakeServices.Projections.Count, ready.GetProperty("projections").GetArrayLength());
    }

    [Fact]
    public async Task Measurements_name_commands_refusals_appends_and_lag()
    {
        await using var olga = await host.SignIn("olga");
        await olga.Send($"orders/{Guid.NewGuid()}/submit");
        using var http = new HttpClient { BaseAddress = host.Address };
        await Eventually.Holds(
            async () =>
            {
                var text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
                return new[] { "intake_command_duration", "intake_refusals", "intake_projections_events_behind", "append" }
                    .All(name => text.Contains(name, StringComparison.Ordinal));
            },
            "the measurements are there", TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task The_interface_describes_itself()
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        var document = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        Assert.True(document.GetProperty("paths").EnumerateObject().Count() > 30);
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/v1/orders/{id}/submit", out _));
    }

    [Fact]
    public async Task One_trace_runs_from_the_request_through_command_append_and_projection_to_the_push()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Intake", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var olga = await host.SignIn("olga");
        var callId = await host.Ring("+74990000021");
        await olga.Must($"calls/{callId}/take");
        await host.CaughtUp();

        await Eventually.Holds(
            () => spans.FirstOrDefault(span => span.OperationName == "TakeCall") is { } command
                && spans.Any(span => span.OperationName == "append" && span.TraceId == command.TraceId)
                && Follows(spans, "Intake.Projections", command) && Follows(spans, "Intake.Live", command),
            "command, append, projection and push are of one trace", TimeSpan.FromSeconds(20));
    }

    private static bool Follows(IEnumerable<Activity> spans, string source, Activity command) => spans.Any(span =>
        span.Source.Name == source
        && (span.TraceId == command.TraceId || span.Links.Any(link => link.Context.TraceId == command.TraceId)));
}
