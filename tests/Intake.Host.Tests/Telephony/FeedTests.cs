using System.Text;
using Intake.Application.LookUps;
using Intake.EventLog;
using Intake.Host.Hosting;
using Intake.Host.Queries;
using Intake.Host.Telephony;
using Intake.Projections.Engine;
using Intake.Projections.Kpi;
using Intake.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Intake.Host.Tests.Telephony;

/// <summary>A telephone system's file taken over into a log of its own, with the read models made from it.</summary>
public sealed class FeedTests : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("intake-feed-");
    private readonly CancellationTokenSource end = new();
    private ServiceProvider services = null!;
    private Task projecting = Task.CompletedTask;
    private Place place = null!;

    private IEventLog Log => services.GetRequiredService<IEventLog>();

    private string Feed => Path.Combine(data.FullName, "queue_log");

    public async Task InitializeAsync()
    {
        var folder = new DataFolder(data.FullName);
        var database = await (await PostgresCluster.Shared()).CreateDatabase("feed");
        place = new Place(database);
        var settings = new HostSettings(database, folder, folder.Secret("telephony-key"), Application.Home.DefaultZone);
        await IntakeServices.Migrate(settings, default);
        services = new ServiceCollection().AddLogging().AddIntake(settings).BuildServiceProvider();
        projecting = services.GetRequiredService<ProjectionEngine>().Run(end.Token);
    }

    public async Task DisposeAsync()
    {
        await end.CancelAsync();
        await projecting.ContinueWith(_ => { }, TaskScheduler.Default);
        await services.DisposeAsync();
        end.Dispose();
        data.Delete(recursive: true);
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public async Task A_days_feed_of_fifty_thousand_calls_has_the_figures_that_its_calls_have()
    {
        var calls = GeneratedDay.Calls(50_000);
        await File.WriteAllLinesAsync(Feed, GeneratedDay.Lines(calls));
        var tally = await Import();
        Assert.Equal((0L, 24L, 0L), (tally.Skipped, tally.OfPhones, tally.NotOfACall));
        Assert.Equal(File.ReadLines(Feed).LongCount(), tally.Lines);

        var quarters = await Quarters();
        var expected = calls.GroupBy(call => QuarterHour.Of(Entered(call))).ToDictionary(quarter => quarter.Key);
        Assert.Equal(expected.Keys.Order(), quarters.Where(row => row.Offered > 0).Select(row => row.Start));
        Assert.Equal(48, expected.Count);
        foreach (var row in quarters.Where(row => row.Offered > 0))
        {
            Assert.Equal(Expected(expected[row.Start].ToList()), Of(row));
        }

        var ended = calls.Where(call => call.Talked is not null)
            .GroupBy(call => QuarterHour.Of(Entered(call).AddSeconds(call.Waited + call.Talked!.Value)))
            .ToDictionary(quarter => quarter.Key, quarter => (quarter.Count(), quarter.Sum(call => call.Talked!.Value * 1000L)));
        Assert.Equal(ended, quarters.Where(row => row.CallsEnded > 0).ToDictionary(row => row.Start, row => (row.CallsEnded, row.TalkMsSum)));

        var day = Figures.Sum(quarters, GeneratedDay.Midnight);
        Assert.Equal(Expected(calls), Of(day));
        var inTime = (double)calls.Count(call => call.Talked is not null && call.Waited <= 20);
        var missed = calls.Where(call => call.Talked is null).ToList();
        Assert.Equal(inTime / (calls.Count - missed.Count(call => call.Waited <= 5)), Figures.ServiceLevel(day));
        Assert.Equal((double)missed.Count / calls.Count, Figures.Abandonment(day));
        Assert.Equal(calls.Where(call => call.Talked is not null).Average(call => call.Waited), Figures.AverageSpeedOfAnswer(day)!.Value, 9);
    }

    [Fact]
    public async Task Taking_a_feed_again_changes_nothing()
    {
        await File.WriteAllLinesAsync(Feed, GeneratedDay.Lines(GeneratedDay.Calls(500)));
        var first = await Import();
        var head = await Log.Head();
        var again = await Import();
        Assert.Equal(head, await Log.Head());
        Assert.Equal((0L, first.CallsChanged), (again.CallsChanged, again.CallsKnown));
    }

    [Fact]
    public async Task A_feed_that_was_cut_off_is_taken_to_its_end_by_taking_it_again()
    {
        var calls = GeneratedDay.Calls(500);
        var lines = GeneratedDay.Lines(calls).ToList();
        await File.WriteAllLinesAsync(Feed, lines.Take(lines.Count / 2));
        await Import();
        await File.WriteAllLinesAsync(Feed, lines);
        await Import();
        Assert.Equal(Expected(calls), Of(Figures.Sum(await Quarters(), GeneratedDay.Midnight)));
    }

    [Fact]
    public async Task Shuffled_and_doubled_a_feed_has_the_same_figures()
    {
        var calls = GeneratedDay.Calls(2_000);
        var lines = GeneratedDay.Lines(calls).ToArray();
        var shuffled = lines.Concat(lines).ToArray();
        new Random(7).Shuffle(shuffled);
        await File.WriteAllLinesAsync(Feed, shuffled);
        await Import();
        var day = Figures.Sum(await Quarters(), GeneratedDay.Midnight);
        Assert.Equal(Expected(calls) with { Longest = 0 }, Of(day) with { Longest = 0 });
    }

    [Fact]
    public async Task The_command_says_which_lines_it_could_not_use_and_with_which_code_it_ends()
    {
        var lines = GeneratedDay.Lines(GeneratedDay.Calls(3)).ToList();
        lines.Insert(1, "garbage");
        lines.Insert(3, new string('x', 40_000));
        await File.WriteAllTextAsync(Feed, string.Join('\n', lines));

        var ended = await Executable.Run(place, "telephony", "import", Feed, "--data", data.FullName, "--json");
        Assert.Equal(1, ended.Code);
        Assert.Equal(
            [(2, "it has 1 of at least 5 fields between bars"), (4, "it is longer than 16384 bytes")],
            ended.Json.GetProperty("skippedLines").EnumerateArray().Select(line => (line.GetProperty("line").GetInt32(), line.GetProperty("why").GetString())));
        Assert.Equal(lines.Count, ended.Json.GetProperty("lines").GetInt32());

        await File.WriteAllLinesAsync(Feed, GeneratedDay.Lines(GeneratedDay.Calls(3)));
        Assert.Equal(0, (await Executable.Run(place, "telephony", "import", Feed, "--data", data.FullName)).Code);
        Assert.Equal(2, (await Executable.Run(place, "telephony", "import", Feed + ".not", "--data", data.FullName)).Code);
        Assert.Equal(2, (await Executable.Run(place, "telephony", "import", Feed, "--speed", "0", "--data", data.FullName)).Code);
    }

    [Fact]
    public async Task With_a_speed_a_feed_takes_its_time()
    {
        var at = GeneratedDay.Midnight.ToUnixTimeSeconds();
        await File.WriteAllLinesAsync(Feed, [$"{at}|{at}.1|orders|NONE|ENTERQUEUE||1|1", $"{at + 60}|{at}.1|orders|NONE|ABANDON|1|1|60"]);
        var clock = new WaitedClock();
        await Import(speed: 60, clock);
        Assert.InRange(clock.Waited, TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_file_that_grows_and_is_rotated_is_followed_without_losing_or_repeating_a_line()
    {
        var calls = GeneratedDay.Calls(400);
        var lines = GeneratedDay.Lines(calls).ToArray();
        var parts = lines.Chunk(lines.Length / 4).ToArray();
        var kept = Path.Combine(data.FullName, "place");

        await File.WriteAllLinesAsync(Feed, parts[0]);
        var read = new StrongBox();
        await Following(async () =>
        {
            await Eventually.Holds(() => read.Lines == parts[0].Length, "the first part is read");
            await File.AppendAllTextAsync(Feed, parts[1][0][..10]);
            await File.AppendAllTextAsync(Feed, parts[1][0][10..] + "\n" + string.Join('\n', parts[1][1..]) + "\n");
            await Eventually.Holds(() => read.Lines == parts[0].Length + parts[1].Length, "what was appended is read");
        });

        // Nobody follows while more is written; then the file is rotated under the eyes of the follower.
        await File.AppendAllTextAsync(Feed, string.Join('\n', parts[2]) + "\n");
        await Following(async () =>
        {
            await Eventually.Holds(() => read.Lines == parts.Take(3).Sum(part => part.Length), "it goes on where it ended");
            File.Move(Feed, Feed + ".1");
            await File.WriteAllLinesAsync(Feed, parts[3..].SelectMany(part => part));
            await Eventually.Holds(() => read.Lines == lines.Length, "the new file is read");
        });
        Assert.Equal(Expected(calls), Of(Figures.Sum(await Quarters(), GeneratedDay.Midnight)));

        async Task Following(Func<Task> meanwhile)
        {
            using var stop = new CancellationTokenSource();
            var import = new FeedImport(services.GetRequiredService<SignalFeed>(), new QueueLog("asterisk"), TimeProvider.System, "import");
            var follow = new FeedTail(import, Feed, kept, TimeProvider.System).Follow(tally => Interlocked.Add(ref read.Lines, tally.Lines), stop.Token);
            await meanwhile();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follow);
        }
    }

    private async Task<FeedTally> Import(double? speed = null, TimeProvider? clock = null)
    {
        await using var stream = File.OpenRead(Feed);
        return await new FeedImport(
            services.GetRequiredService<SignalFeed>(), new QueueLog("asterisk"), clock ?? TimeProvider.System, "import")
            .Take(FeedLines.Of(stream, (0, 0), whole: true, default), speed, _ => Task.CompletedTask, default);
    }

    private async Task<IReadOnlyList<IntervalRow>> Quarters()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await services.GetRequiredService<ProjectionEngine>().Watch.Reached("kpi", await Log.Head(), patience.Token);
        return [.. (await services.GetRequiredService<NpgsqlDataSource>().Rows<IntervalRow>("kpi.interval", "order by start", default)).Select(row => row.Row)];
    }

    private static DateTimeOffset Entered(DayCall call) => GeneratedDay.Midnight.AddSeconds(call.Entered);

    private static Counted Expected(IReadOnlyList<DayCall> calls)
    {
        var (answered, missed) = (calls.Where(call => call.Talked is not null).ToList(), calls.Where(call => call.Talked is null).ToList());
        return new Counted(
            calls.Count, answered.Count, answered.Count(call => call.Waited <= 20), missed.Count, missed.Count(call => call.Waited <= 20),
            missed.Count(call => call.Waited <= 5), answered.Sum(call => call.Waited * 1000L), answered.Max(call => call.Waited * 1000L));
    }

    private static Counted Of(IntervalRow row) => new(
        row.Offered, row.Answered, row.AnsweredInTime, row.Abandoned, row.AbandonedInTime, row.ShortAbandoned, row.WaitMsSum, row.LongestWaitMs);

    private sealed record Counted(int Offered, int Answered, int InTime, int Missed, int MissedInTime, int Short, long Waits, long Longest);

    private sealed class StrongBox
    {
        public long Lines;
    }

    // Its timers are due at once; it remembers how long they would have been.
    private sealed class WaitedClock : TimeProvider
    {
        public TimeSpan Waited { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited += dueTime;
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
