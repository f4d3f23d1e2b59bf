using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Intake.Testing.EventStoreDb.Tests;

/// <summary>
/// EventStoreDB's own client, which nobody here wrote, finds in the node what it expects of a server. With INTAKE_TEST_EVENTSTORE
/// the same is asked of a real one.
/// </summary>
public sealed class OfficialClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [OfficialClientFact]
    public async Task It_appends_reads_and_subscribes_as_with_a_real_server()
    {
        await using var server = await Server.Started();
        var report = JsonDocument.Parse(await Report(server.ConnectionString)).RootElement;
        Says(report, "appended", """{"success":true,"revision":2}""");
        Says(report, "forwards", """["0 a","1 b","2 c"]""");
        Says(report, "backwards", """["2 c","1 b"]""");
        Says(report, "data", """{"said":"a","umlaut":"ä€𝄞"}""");
        Says(report, "metadata", """{"by":"official"}""");
        Says(report, "ids", "true");
        Says(report, "created", "true");
        Says(report, "answeredThePositionOfTheLast", "true");
        Says(report, "conflict", """{"expected":1,"actual":2}""");
        Says(report, "missing", "\"stream-not-found\"");
        Says(report, "again", """{"revision":2,"samePosition":true}""");
        Says(report, "wholeLog", """["0 a","1 b","2 c"]""");
        Says(report, "wholeLogBackwards", """["2 c","1 b","0 a"]""");
        var subscription = report.GetProperty("subscription");
        Says(subscription, "confirmed", "true");
        Says(subscription, "events", """["0 a","1 b","2 c","3 d","4 e"]""");
        Says(subscription, "systemEvents", "false");
        Says(subscription, "caughtUpBeforeLive", "true");
        Says(subscription, "checkpoints", "true");
        Says(subscription, "checkpointsAscend", "true");
    }

    private static void Says(JsonElement report, string property, string expected) =>
        Assert.Equal(expected, report.GetProperty(property).GetRawText());

    private static async Task<string> Report(string connectionString)
    {
        var folder = await Installed();
        return await Run(folder, "node", "report.mjs", connectionString);
    }

    /// <summary>Outside of the sources, anew whenever the lock file changes.</summary>
    private static async Task<string> Installed([CallerFilePath] string here = "")
    {
        var project = Path.GetDirectoryName(here)!;
        var source = Path.Combine(project, "official-client");
        var folder = Path.Combine(project, "..", "..", "artifacts", "official-client");
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "package.json", "package-lock.json", "report.mjs" })
            File.Copy(Path.Combine(source, file), Path.Combine(folder, file), overwrite: true);
        var (wanted, installed) = (Path.Combine(source, "package-lock.json"), Path.Combine(folder, "installed"));
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == await File.ReadAllTextAsync(wanted)) return folder;
        await Run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        File.Copy(wanted, installed, overwrite: true);
        return folder;
    }

    private static async Task<string> Run(string folder, string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var late = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        Assert.True(process.HasExited && process.ExitCode == 0, $"{tool} {arguments[0]} failed: {await errors} {await output}");
        return await output;
    }
}
