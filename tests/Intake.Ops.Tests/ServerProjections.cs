using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Intake.Ops.Tests;

/// <summary>What a server-side projection made of events: the links that it wrote, in order, and its state, by partition.</summary>
internal sealed record Projected(IReadOnlyList<(string Stream, string Target)> Links, IReadOnlyDictionary<string, JsonNode> States);

/// <summary>The scripts of projections/eventstore, and the harness that runs them as EventStoreDB would.</summary>
internal static class ServerProjections
{
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Scripts.Repository, "projections", "eventstore"), "*.js")
            .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal),
    ];

    public static string Script(string name) => Path.Combine(Scripts.Repository, "projections", "eventstore", $"{name}.js");

    /// <summary>Runs a script over the sample days, all streams with a prefix.</summary>
    public static async Task<Projected> Run(string name, string prefix = "")
    {
        var events = SampleDay.Stored().Select(e => new
        {
            stream = $"{prefix}{e.Stream}",
            revision = e.Revision,
            type = e.Stored.Type,
            data = JsonNode.Parse(e.Stored.Data.Span),
        });
        var harness = Path.Combine(Scripts.Repository, "tests", "Intake.Ops.Tests", "projection-harness.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [harness, Script(name), prefix])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (said, faults) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(events));
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await faults);
        var result = JsonNode.Parse(await said)!;
        return new Projected(
            [.. result["links"]!.AsArray().Select(link => ((string)link!["stream"]!, (string)link["target"]!))],
            result["states"]!.AsObject().ToDictionary(state => state.Key, state => state.Value!, StringComparer.Ordinal));
    }
}
