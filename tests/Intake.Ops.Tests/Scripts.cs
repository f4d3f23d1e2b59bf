using System.Diagnostics;
using System.Runtime.Versioning;

// The scripts are for Linux.
[assembly: SupportedOSPlatform("linux")]

// Each test runs a cluster and a host: one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Intake.Ops.Tests;

/// <summary>How a script ended, and what it said.</summary>
public sealed record Ended(int Code, string Output, string Messages);

/// <summary>The repository's scripts, run as a person at a shell runs them.</summary>
public static class Scripts
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(6);

    /// <summary>The repository's folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A path for a folder that does not exist yet.</summary>
    public static string NewFolder() => Path.Combine(Path.GetTempPath(), $"intake-ops-{Guid.NewGuid():N}"[..24]);

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">Path in the repository, such as <c>ops/up</c>.</param>
    /// <param name="arguments">Its arguments, parted by blanks.</param>
    /// <param name="environment">What is set in its environment; no variable of Intake's is, unless it stands here.</param>
    public static async Task<Ended> Run(string script, string arguments, params (string Name, string Value)[] environment)
    {
        using var deadline = new CancellationTokenSource(Longest);
        using var process = Start(script, arguments, environment);
        process.StandardInput.Close();
        var (output, messages) = (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
        await process.WaitForExitAsync(deadline.Token);
        return new Ended(process.ExitCode, await output, await messages);
    }

    /// <summary>
    /// Starts a script with its streams redirected. It minds SIGINT as at a terminal, though whoever runs the tests may ignore it, as the
    /// background jobs of a script do: a shell cannot trap what it inherited as ignored.
    /// </summary>
    public static Process Start(string script, string arguments, params (string Name, string Value)[] environment)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(environment);
        var start = new ProcessStartInfo(
            "env", ["--default-signal=INT", Path.Combine(Repository, script), .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("INTAKE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Sends a signal to a process; one that is gone does not mind.</summary>
    public static async Task Signal(string signal, params int[] processes)
    {
        using var kill = Process.Start("bash", ["-c", $"kill -{signal} {string.Join(' ', processes)} 2>/dev/null || true"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Whether the process is there and more than an entry that its parent has not read yet.</summary>
    public static bool Lives(int process) =>
        File.Exists($"/proc/{process}/cmdline") && File.ReadAllText($"/proc/{process}/cmdline").Length > 0;

    private static string FindRepository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Intake.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"No Intake.sln above {AppContext.BaseDirectory}.");
    }
}
