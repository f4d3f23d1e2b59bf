using System.CommandLine;
using Intake.EventLog;
using Intake.Host.Hosting;
using Npgsql;

namespace Intake.Host.Cli;

/// <summary>The one executable's commands.</summary>
public static class IntakeCommand
{
    internal static readonly Option<string> Data = new("--data")
    {
        Description = "The folder that names the system.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("INTAKE_DATA") ?? ".intake",
        Recursive = true,
    };

    internal static readonly Option<bool> Json = new("--json") { Description = "Print the result as one JSON object on standard output.", Recursive = true };

    /// <summary>Runs a command; 0 only when it did what it was asked for.</summary>
    public static async Task<int> Run(string[] args)
    {
        var root = new RootCommand("Intake: orders by telephone, kept as events.")
        {
            Data,
            Json,
            ServeCommand.Create(),
            ImportCommand.Create(),
            SimulateCommand.Create(),
            LogCommands.CreateVerify(),
            LogCommands.CreateRebuild(),
            LogCommands.CreateResume(),
            CopyLogCommand.Create(),
            TelephonyCommand.Create(),
        };
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UsageException wrong)
        {
            await Console.Error.WriteLineAsync($"intake: {wrong.Message}");
            return 2;
        }
        catch (EventLogException failed)
        {
            await Console.Error.WriteLineAsync($"intake: {failed.Message}");
            return failed is LogsDifferException ? 1 : failed is EventLogConnectionException ? 2 : 3;
        }
        catch (NpgsqlException unreachable)
        {
            await Console.Error.WriteLineAsync($"intake: the database does not answer: {unreachable.Message}");
            return 3;
        }
        catch (HttpRequestException unreachable)
        {
            await Console.Error.WriteLineAsync($"intake: the host does not answer as it should: {unreachable.Message}");
            return 3;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    internal static HostSettings Settings(ParseResult parsed) => HostSettings.From(new DataFolder(parsed.GetValue(Data)!));
}
