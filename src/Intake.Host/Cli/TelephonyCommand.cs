using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Intake.Host.Hosting;
using Intake.Host.Telephony;

namespace Intake.Host.Cli;

/// <summary><c>telephony</c>: feeds of telephone systems that are files, and the address of the webhook.</summary>
public static class TelephonyCommand
{
    private static readonly Argument<FileInfo> File = new("FILE") { Description = "A queue_log as Asterisk writes it." };

    private static readonly Option<string> Source = new("--source")
    {
        Description = "The name of the telephone system; the same for all files of one, another for each of several.",
        DefaultValueFactory = _ => "asterisk",
    };

    private static readonly Option<double?> Speed = new("--speed")
    {
        Description = "So many times as fast as it happened; as fast as it goes without it.",
    };

    public static Command Create() => new("telephony", "Feeds of telephone systems; see docs/telephony.md.") { Import(), Tail(), WebhookPath() };

    private static Command Import()
    {
        var import = new Command(
            "import",
            """
            Takes a queue_log over into the log of events. Taking it again changes nothing, so one that was cut off is simply taken again.

            It writes to the log directly, whether a host runs or not: nothing but the log need be there, and the signals of each call travel in one
            append. Running hosts follow the log as always. Exit code 0: every line was used; 1: some could not be, the output says which; 2: wrong
            usage; 3: a server does not answer.
            """) { File, Source, Speed };
        import.SetAction(async (parsed, cancel) =>
        {
            var file = Existing(parsed);
            var speed = parsed.GetValue(Speed);
            if (speed is <= 0)
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--speed {speed} is not more than 0."));
            }

            await using var stores = await Stores.Open(parsed, cancel);
            await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var (began, shown) = (Stopwatch.GetTimestamp(), new ProgressLine(Console.Error));
            var tally = await Feed(stores, parsed, "import").Take(
                FeedLines.Of(stream, (0, 0), whole: true, cancel), speed,
                tally =>
                {
                    if (shown.Due)
                    {
                        shown.Say(string.Create(
                            CultureInfo.InvariantCulture,
                            $"{tally.Lines} lines, {100.0 * tally.Offset / Math.Max(1, stream.Length):0} % ({tally.Lines / Math.Max(0.001, Stopwatch.GetElapsedTime(began).TotalSeconds):0} lines per second)"));
                    }

                    return Task.CompletedTask;
                },
                cancel);
            shown.End();
            Say(parsed, tally, Stopwatch.GetElapsedTime(began));
            return tally.Skipped == 0 ? 0 : 1;
        });
        return import;
    }

    private static Command Tail()
    {
        var tail = new Command(
            "tail",
            """
            Follows a queue_log that grows and is rotated, until Ctrl+C, and takes over what comes. Its place is kept in the data folder; started
            again, it goes on there.
            """) { File, Source };
        tail.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetValue(File)!.FullName;
            await using var stores = await Stores.Open(parsed, cancel);
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{parsed.GetValue(Source)} {path}")).AsSpan(0, 8));
            var place = Path.Combine(stores.Services.GetRequiredService<HostSettings>().Data.Path, $"telephony-tail-{name}");
            await Console.Error.WriteLineAsync($"Following {path}. Ctrl+C ends it.");
            await new FeedTail(Feed(stores, parsed, "telephony"), path, place, TimeProvider.System).Follow(
                tally =>
                {
                    foreach (var line in tally.First)
                    {
                        Console.Error.WriteLine($"line {line.Line}: {line.Why}");
                    }
                },
                cancel);
            return 0;
        });
        return tail;
    }

    private static Command WebhookPath()
    {
        var webhook = new Command("webhook", "Prints the path to which a telephone system with a generic CTI webhook posts; it is a secret.");
        webhook.SetAction(parsed =>
        {
            var path = $"/api/v1/{Webhook.Path(IntakeCommand.Settings(parsed))}";
            Output.Write(parsed, new { path }, [path]);
            return 0;
        });
        return webhook;
    }

    private static FeedImport Feed(Stores stores, ParseResult parsed, string source) => new(
        stores.Services.GetRequiredService<SignalFeed>(), new QueueLog(Http.Wire.Id(parsed.GetValue(Source), "--source")),
        TimeProvider.System, source);

    private static FileInfo Existing(ParseResult parsed) =>
        parsed.GetValue(File) is { Exists: true } file ? file : throw new UsageException($"There is no {parsed.GetValue(File)!.FullName}.");

    private static void Say(ParseResult parsed, FeedTally tally, TimeSpan took) => Output.Write(
        parsed,
        new
        {
            lines = tally.Lines,
            signals = tally.Signals,
            ofPhones = tally.OfPhones,
            notOfACall = tally.NotOfACall,
            callsChanged = tally.CallsChanged,
            callsKnown = tally.CallsKnown,
            skipped = tally.Skipped,
            skippedLines = tally.First.Select(line => new { line = line.Line, why = line.Why }),
            seconds = Math.Round(took.TotalSeconds, 1),
        },
        [
            $"{tally.Lines} lines: {tally.Signals} signals, {tally.OfPhones} of phones, {tally.NotOfACall} lines of no call, {tally.Skipped} that could not be used",
            $"calls that changed: {tally.CallsChanged}, that were known: {tally.CallsKnown}",
            .. tally.First.Select(line => $"  line {line.Line}: {line.Why}"),
        ]);
}
