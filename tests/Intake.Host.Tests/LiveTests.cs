using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Intake.Contracts;
using Intake.Host.Telephony;
using Intake.Host.Tests.Telephony;
using Intake.Testing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Host.Tests;

[Collection(Hosted.Name)]
public sealed class LiveTests(HostFixture host)
{
    [Fact]
    public async Task What_one_desk_does_another_sees_within_a_second()
    {
        await using var olga = await host.AtWork("olga");
        await using var ion = await host.AtWork("ion");
        var changes = Channel.CreateUnbounded<QueueChange>();
        await using var hub = await ion.Connect(one => one.On<QueueChange>(nameof(ILiveDesk.QueueChanged), change => changes.Writer.TryWrite(change)));
        await hub.InvokeAsync<QueueSnapshot>(nameof(ILiveHub.JoinQueue));
        var callId = await host.Ring("+74990000011");

        var start = Stopwatch.GetTimestamp();
        await olga.Must($"calls/{callId}/take");
        using var second = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        QueueCall? seen = null;
        while (seen is not { Phase: "connected" })
        {
            var change = await changes.Reader.ReadAsync(second.Token);
            seen = change.Calls.FirstOrDefault(call => call.CallId == callId) ?? seen;
        }

        Assert.Equal("olga", seen.Assignee?.Id);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task Changes_follow_each_other_without_a_gap_and_begin_at_the_snapshot()
    {
        await using var olga = await host.AtWork("olga");
        var changes = new List<QueueChange>();
        await using var hub = await olga.Connect(one => one.On<QueueChange>(nameof(ILiveDesk.QueueChanged), change =>
        {
            lock (changes)
            {
                changes.Add(change);
            }
        }));
        var snapshot = await hub.InvokeAsync<QueueSnapshot>(nameof(ILiveHub.JoinQueue));
        var rung = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => host.Ring($"+7499000010{i:00}")));

        await Eventually.Holds(
            () =>
            {
                lock (changes)
                {
                    return rung.All(call => changes.Any(change => change.Calls.Any(one => one.CallId == call)));
                }
            },
            "every call was pushed", TimeSpan.FromSeconds(20));

        lock (changes)
        {
            Assert.True(changes[0].From <= snapshot.Position, "The first change begins at or before the snapshot.");
            Assert.All(changes.Zip(changes.Skip(1)), pair => Assert.True(pair.Second.From <= pair.First.To, $"{pair.First.To} then {pair.Second.From}"));
        }
    }

    [Fact]
    public async Task A_day_that_is_taken_over_is_pushed_to_no_desk_but_for_what_somebody_here_answered_and_owes()
    {
        await using var olga = await host.AtWork("olga");
        var running = await host.Ring("+74990000013");
        await host.CaughtUp();
        var received = new ConcurrentQueue<QueueChange>();
        await using var hub = await olga.Connect(one => one.On<QueueChange>(nameof(ILiveDesk.QueueChanged), received.Enqueue));
        var snapshot = await hub.InvokeAsync<QueueSnapshot>(nameof(ILiveHub.JoinQueue));
        Assert.Contains(snapshot.Calls, call => call.CallId == running);

        // Phones that are nobody's here; and one call, of an hour ago, on Olga's.
        var day = GeneratedDay.Lines(GeneratedDay.Calls(2_000)).Select(line => line.Replace("|SIP/", "|SIP/9", StringComparison.Ordinal));
        var hourAgo = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds();
        string[] hers =
        [
            $"{hourAgo}|hers|main|NONE|ENTERQUEUE||+74990000014|1", $"{hourAgo + 5}|hers|main|101|CONNECT|5|x|3",
            $"{hourAgo + 65}|hers|main|101|COMPLETECALLER|5|60|1",
        ];
        var tally = await Import([.. day, .. hers], "taken-over");
        Assert.InRange(tally.CallsChanged, 2_001, 2_001);
        await host.HangUp(running);
        await host.CaughtUp();
        var reached = (await olga.Get<QueueSnapshot>("queue")).Position;
        await Eventually.Holds(() => received.LastOrDefault()?.To >= reached, "all was pushed", TimeSpan.FromSeconds(30));

        var told = received.SelectMany(change => change.Calls).GroupBy(call => call.CallId).Select(call => call.Last()).ToList();
        Assert.Equal("abandoned", Assert.Single(told, call => call.CallId == running).Phase);
        Assert.Equal(("unregistered", "101"), Assert.Single(told, call => call.FromNumber == "+74990000014") is var owed ? (owed.Phase, owed.Extension) : default);
        Assert.InRange(told.Count, 2, 2);
    }

    private async Task<FeedTally> Import(IReadOnlyList<string> lines, string source)
    {
        await using var scope = host.Services.CreateAsyncScope();
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        var import = new FeedImport(scope.ServiceProvider.GetRequiredService<SignalFeed>(), new QueueLog(source), TimeProvider.System, "import");
        return await import.Take(FeedLines.Of(file, (0, 0), whole: true, default), speed: null, _ => Task.CompletedTask, default);
    }

    [Fact]
    public async Task The_wallboard_moves_when_a_call_waits_and_the_pulse_tells_how_far_the_read_models_are()
    {
        await using var roman = await host.SignIn("roman");
        var boards = Channel.CreateUnbounded<Wallboard>();
        var pulses = Channel.CreateUnbounded<Pulse>();
        await using var hub = await roman.Connect(one =>
        {
            one.On<Wallboard>(nameof(ILiveDesk.WallboardChanged), board => boards.Writer.TryWrite(board));
            one.On<Pulse>(nameof(ILiveDesk.Pulse), pulse => pulses.Writer.TryWrite(pulse));
        });
        var before = await hub.InvokeAsync<Wallboard>(nameof(ILiveHub.JoinWallboard));
        await host.Ring("+74990000012");

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var board = before;
        while (board.Today.Offered <= before.Today.Offered || board.Waiting <= before.Waiting)
        {
            board = await boards.Reader.ReadAsync(patience.Token);
        }

        var pulse = await pulses.Reader.ReadAsync(patience.Token);
        Assert.True(pulse.Shown > 0 && pulse.Head >= pulse.Shown);
    }

    [Fact]
    public async Task Nobody_receives_what_he_may_not_read()
    {
        await using var olga = await host.AtWork("olga");
        await using var vera = await host.SignIn("vera");
        await using var operators = await olga.Connect();
        await using var auditors = await vera.Connect();

        await Assert.ThrowsAsync<HubException>(() => operators.InvokeAsync<Wallboard>(nameof(ILiveHub.JoinWallboard)));
        await Assert.ThrowsAsync<HubException>(() => auditors.InvokeAsync<QueueSnapshot>(nameof(ILiveHub.JoinQueue)));
        await Assert.ThrowsAnyAsync<Exception>(() => new Person(host).Connect());
    }
}
