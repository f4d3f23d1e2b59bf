using System.Runtime.InteropServices;
using Intake.EventLog;
using Npgsql;

namespace Intake.Benchmarks;

/// <summary>What the figures depend on, for the reader of the figures.</summary>
internal static class Conditions
{
    private static readonly string[] Settings =
        ["server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size", "data_checksums"];

    public static async Task Print(Server server, RunLength length, CancellationToken cancel)
    {
        var model = File.Exists("/proc/cpuinfo")
            ? (await File.ReadAllLinesAsync("/proc/cpuinfo", cancel)).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        Console.Error.WriteLine($"cpu: {Environment.ProcessorCount} x {model?.Split(':')[^1].Trim() ?? "unknown"}");
        Console.Error.WriteLine($"runtime: {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}");
        Console.Error.WriteLine($"runs: {length.Runs} of {length.Run.TotalSeconds} s after a warm-up as long; medians; the client on the server's machine");
        Console.Error.WriteLine($"log: {(server.EventStore is { } named ? EventLogs.Describe(named) : "PostgreSQL")}");
        await using var source = NpgsqlDataSource.Create(server.Postgres);
        foreach (var setting in Settings)
        {
            await using var command = source.CreateCommand($"show {setting}");
            Console.Error.WriteLine($"{setting}: {await command.ExecuteScalarAsync(cancel)}");
        }
    }
}
