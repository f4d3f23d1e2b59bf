using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Intake.Host.Cli;

/// <summary>Results on standard output: one JSON object for programs, lines for people.</summary>
public static class Output
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the one or the other, as <c>--json</c> says.</summary>
    public static void Write<T>(ParseResult parsed, T result, IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(lines);
        if (parsed.GetValue(IntakeCommand.Json))
        {
            Console.WriteLine(JsonSerializer.Serialize(result, Json));
            return;
        }

        foreach (var line in lines)
        {
            Console.WriteLine(line);
        }
    }
}
