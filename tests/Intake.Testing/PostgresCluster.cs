using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Intake.Testing;

/// <summary>
/// A PostgreSQL server for tests, run by <c>ops/postgres</c> in a folder of its own that is deleted at the end. Most tests share one and
/// take a database each; a test that kills the server starts its own.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>Names a server to use instead, by an Npgsql connection string; then tests that kill a server are skipped.</summary>
    public const string ServerVariable = "INTAKE_TEST_POSTGRES";

    private static readonly Lazy<Task<PostgresCluster>> SharedCluster = new(() => Task.Run(StartShared));

    private readonly string? folder;

    private PostgresCluster(string? folder, string server) => (this.folder, Server) = (folder, server);

    /// <summary>The connection string of the server's first database.</summary>
    public string Server { get; private set; }

    /// <summary>Why tests that kill a server cannot run, or null when they can.</summary>
    public static string? NoKillingBecause => Given is null
        ? null
        : $"{ServerVariable} names a server that is not ours to kill.";

    private static string? Given => Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } given ? given : null;

    /// <summary>The server that the tests of this process share; it ends with the process.</summary>
    public static Task<PostgresCluster> Shared() => SharedCluster.Value;

    /// <summary>A server for one test, who disposes it.</summary>
    public static async Task<PostgresCluster> StartNew()
    {
        if (NoKillingBecause is { } reason)
            throw new InvalidOperationException(reason);
        var place = Path.Combine(Path.GetTempPath(), $"intake-test-{Guid.NewGuid():N}"[..24]);
        WatchOver(place);
        return new PostgresCluster(place, await Ops("start", place));
    }

    /// <summary>Creates an empty database and answers its connection string.</summary>
    /// <param name="name">A word that tells a person what it is for; made unique.</param>
    public async Task<string> CreateDatabase(string name)
    {
        var unique = $"{name}_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database \"{unique.Replace("\"", "", StringComparison.Ordinal)}\"", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(Server) { Database = unique }.ConnectionString;
    }

    /// <summary>Starts the server again after <see cref="Kill"/> or <see cref="Stop"/>; connection strings stay what they were.</summary>
    public async Task Start() => Server = await Ops("start", Folder);

    /// <summary>Stops the server; open sessions are cut.</summary>
    public Task Stop() => Ops("stop", Folder);

    /// <summary>Kills the server's processes by SIGKILL: a crash.</summary>
    public Task Kill() => Ops("kill", Folder);

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
            await Task.Run(() => Delete(folder));
    }

    private string Folder => folder ?? throw new InvalidOperationException(NoKillingBecause);

    private static async Task<PostgresCluster> StartShared() =>
        Given is { } given ? new PostgresCluster(null, given) : await StartNew();

    // Outlives the test run, however that ends, and takes the server away after it.
    private static void WatchOver(string folder)
    {
        const string script = """tail --pid="$1" -f /dev/null; "$2" kill "$3"; rm -rf "$3" """;
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using var watch = Process.Start(new ProcessStartInfo(
            "setsid", ["--fork", "bash", "-c", $"({script}) </dev/null >/dev/null 2>&1", "watch", own, Command("kill", folder).FileName, folder])
        {
            UseShellExecute = false,
        })!;
        watch.WaitForExit();
    }

    private static void Delete(string folder)
    {
        using var kill = Process.Start(Command("kill", folder))!;
        kill.WaitForExit();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> Ops(string action, string folder)
    {
        using var process = Process.Start(Command(action, folder))!;
        var (output, messages) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new InvalidOperationException($"ops/postgres {action} failed with {process.ExitCode}: {await messages}");
    }

    private static ProcessStartInfo Command(string action, string folder)
    {
        string[] size = action == "start" ? ["--shared-buffers", "128MB"] : [];
        return new ProcessStartInfo(Path.Combine(Repository(), "ops", "postgres"), [action, folder, .. size])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Intake.sln")))
                return at.FullName;
        }

        throw new InvalidOperationException($"No Intake.sln above {AppContext.BaseDirectory}.");
    }
}
