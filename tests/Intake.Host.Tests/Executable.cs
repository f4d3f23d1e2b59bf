using System.Diagnostics;
using System.Text.Json;

namespace Intake.Host.Tests;

/// <summary>How the program ended, and what it said.</summary>
public sealed record Ended(int Code, string Output, string Messages)
{
    /// <summary>What it said with <c>--json</c>.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);
}

/// <summary>Where a program keeps what it keeps.</summary>
/// <param name="Database">Of PostgreSQL.</param>
/// <param name="Store">The EventStoreDB that keeps the log; null for the database.</param>
public sealed record Place(string Database, string? Store = null)
{
    /// <summary>Before the log's streams in the store.</summary>
    public string Prefix => $"{new Npgsql.NpgsqlConnectionStringBuilder(Database).Database}.";

    /// <summary>What else the program finds in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>The program, run as a process of its own.</summary>
public static class Executable
{
    /// <summary>Starts it.</summary>
    public static Process Start(Place place, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(arguments);
        var start = new ProcessStartInfo("dotnet", [typeof(Cli.IntakeCommand).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = arguments[0] != "serve",
        };
        start.Environment["INTAKE_POSTGRES"] = place.Database;
        start.Environment["INTAKE_EVENTLOG"] = place.Store ?? string.Empty;
        start.Environment["INTAKE_EVENTLOG_PREFIX"] = place.Store is null ? string.Empty : place.Prefix;
        foreach (var (name, value) in place.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<Ended> Run(Place place, params string[] arguments)
    {
        using var process = Start(place, arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, await errors);
    }
}
