using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Intake.EventLog;
using Intake.EventLog.Copying;
using Intake.Host.Hosting;
using Npgsql;

namespace Intake.Host.Cli;

/// <summary><c>copy-log</c>: moves the log to another engine or server.</summary>
public static class CopyLogCommand
{
    private static readonly Option<string?> From = new("--from")
    {
        Description = "The log to copy, which is only read, as a connection string: esdb://... or Npgsql's. Without it the one that INTAKE_EVENTLOG "
            + "names, or else INTAKE_POSTGRES.",
    };

    private static readonly Option<string> To = new("--to")
    {
        Description = "The log to copy to, as a connection string: empty, or what an earlier copy has left. In a PostgreSQL the tables are made.",
        Required = true,
    };

    private static readonly Option<string> FromPrefix = new("--from-prefix")
    {
        Description = "What stands before the names of the log's streams in an EventStoreDB that keeps several logs.",
        DefaultValueFactory = _ => string.Empty,
    };

    private static readonly Option<string> ToPrefix = new("--to-prefix")
    {
        Description = "The same of the log to copy to.",
        DefaultValueFactory = _ => string.Empty,
    };

    public static Command Create()
    {
        var command = new Command(
            "copy-log",
            """
            Copies the log to another engine or server: every event in the same order, with its stream, revision, id, type and bytes.

            What is there already is compared first, event by event; anything else than the beginning of the source is refused. So a copy that was
            cut off, by Ctrl+C or a crash, is simply run again. Nobody else may write to the target meanwhile. The source may grow, and is copied
            until nothing new has come; stop the hosts before the last run, or what they write afterwards stays behind. Positions and the times
            of recording are given anew by each engine, and are not compared. Passwords are never printed.

            The end shows events and SHA-256 of both logs, as verify does of its log. Exit code 0: equal; 1: not; 2: wrong usage; 3: a server does
            not answer.
            """) { From, To, FromPrefix, ToPrefix };
        command.SetAction(Copy);
        return command;
    }

    private static async Task<int> Copy(ParseResult parsed, CancellationToken cancel)
    {
        var (source, target) = (parsed.GetValue(From) ?? Present(), parsed.GetValue(To)!);
        var (sourcePrefix, targetPrefix) = (parsed.GetValue(FromPrefix)!, parsed.GetValue(ToPrefix)!);
        if ((source, sourcePrefix) == (target, targetPrefix))
        {
            throw new UsageException("--from and --to are the same log.");
        }

        await using var from = EventLogs.Open(source, sourcePrefix);
        await using var to = EventLogs.Open(target, targetPrefix);
        await EventLogs.Prepare(target, cancel);
        var shown = new Shown();
        LogCopyReport report;
        try
        {
            report = await LogCopy.Run(from, to, shown, cancel);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new UsageException($"There is no log in {EventLogs.Describe(source)}.", missing);
        }
        finally
        {
            shown.End();
        }

        Say(parsed, report, $"{EventLogs.Describe(source)} {sourcePrefix}".Trim(), $"{EventLogs.Describe(target)} {targetPrefix}".Trim());
        return report.Equal ? 0 : 1;
    }

    private static void Say(ParseResult parsed, LogCopyReport report, string source, string target) => Output.Write(
        parsed,
        new
        {
            equal = report.Equal,
            compared = report.Compared,
            copied = report.Copied,
            grown = report.Grown,
            from = new { log = source, events = report.Source.Events, sha256 = report.Source.Sha256 },
            to = new { log = target, events = report.Target.Events, sha256 = report.Target.Sha256 },
        },
        [
            $"{report.Compared} events were there already, {report.Copied} copied"
                + (report.Grown > 0 ? $"; {report.Grown} of them came to the source meanwhile" : string.Empty),
            $"from {source}: {report.Source.Events} events, sha256 {report.Source.Sha256}",
            $"to   {target}: {report.Target.Events} events, sha256 {report.Target.Sha256}",
            report.Equal ? "equal" : "DIFFERENT: somebody else has written to the target; stop what does, and start with an empty log",
        ]);

    private static string Present() =>
        Named("INTAKE_EVENTLOG") ?? Named("INTAKE_POSTGRES") ?? throw new UsageException("Say which log to copy: --from, or INTAKE_EVENTLOG.");

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? named : null;

    private sealed class Shown : IProgress<LogCopyProgress>
    {
        private readonly ProgressLine _line = new(Console.Error);
        private LogCopyStage? _stage;
        private (long Events, long Time) _began;

        public void Report(LogCopyProgress value)
        {
            if (value.Stage != _stage)
            {
                _line.End();
                (_stage, _began) = (value.Stage, (value.Events, Stopwatch.GetTimestamp()));
            }

            if (!_line.Due)
            {
                return;
            }

            var done = value.Stage switch
            {
                LogCopyStage.Comparing => "compared",
                LogCopyStage.Copying => "copied",
                _ => "read back",
            };
            var rate = (value.Events - _began.Events) / Math.Max(0.001, Stopwatch.GetElapsedTime(_began.Time).TotalSeconds);
            _line.Say(string.Create(
                CultureInfo.InvariantCulture, $"{done}: {value.Events} events, position {value.Position} of {value.Head} ({rate:0} per second)"));
        }

        public void End() => _line.End();
    }
}
