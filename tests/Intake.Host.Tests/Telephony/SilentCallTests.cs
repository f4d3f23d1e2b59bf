using Intake.Contracts;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Testing;

namespace Intake.Host.Tests.Telephony;

/// <summary>Nobody waits longer than two seconds for the telephony.</summary>
public sealed class ImpatientForSignals : IFloorTimes
{
    public static FloorPolicy Policy => FloorPolicy.Default with { PresumeEndedAfter = TimeSpan.FromSeconds(2) };
}

/// <summary>Calls of which the telephony says no more.</summary>
public sealed class SilentCallTests(FloorFixture<ImpatientForSignals> host) : IClassFixture<FloorFixture<ImpatientForSignals>>
{
    [Fact]
    [Trait("Clause", "A.III.14")]
    public async Task A_call_whose_end_is_never_told_is_presumed_over_leaves_the_queue_and_is_listed_as_missed()
    {
        var name = Guid.NewGuid().ToString();
        var call = await Tell(name, "queued");
        await Eventually.Holds(
            async () => (await History(call)).Exists(e => e is CallPresumedEnded), "the call is presumed over", TimeSpan.FromSeconds(30));
        await host.CaughtUp();
        await using var vera = await host.SignIn("vera");
        await using var olga = await host.SignIn("olga");
        Assert.DoesNotContain((await olga.Get<QueueSnapshot>("queue")).Calls, waiting => waiting.CallId == call);
        Assert.Contains((await vera.Get<CompletenessReport>("completeness")).Gaps, gap => gap.Stream == $"call-{call}" && gap.Kind == "missed");

        await Tell(name, "ended");
        var history = await History(call);
        Assert.Single(history.OfType<LateSignalRecorded>());
        Assert.Single(history.OfType<CallPresumedEnded>());
        Assert.DoesNotContain(history, e => e is CallAbandoned);
    }

    [Fact]
    public async Task A_call_that_is_over_is_not_presumed_so_afterwards()
    {
        var name = Guid.NewGuid().ToString();
        await Tell(name, "queued");
        var call = await Tell(name, "ended");
        var later = await Tell(Guid.NewGuid().ToString(), "queued");
        await Eventually.Holds(
            async () => (await History(later)).Exists(e => e is CallPresumedEnded), "a call that came later is presumed over", TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(await History(call), e => e is CallPresumedEnded);
    }

    private async Task<string> Tell(string name, string kind) => (await host.Signed("telephony/signals", new TelephonySignal(
        "silent", name, null, kind, null, null, null, "main", DateTimeOffset.UtcNow, null))).Word("callId")!;

    private async Task<List<IEvent>> History(string callId) =>
        [.. (await host.Log.ReadStream(new StreamName("call", callId)).ToListAsync()).Select(EventCodec.Default.DecodeEvent)];
}

/// <summary>Who knocks at the webhook with guesses. The host is this class's own: a flood from this machine would stop the others' tests.</summary>
public sealed class WebhookFloodTests(FloorFixture<ImpatientForSignals> host) : IClassFixture<FloorFixture<ImpatientForSignals>>
{
    [Fact]
    public async Task Who_guesses_paths_of_the_webhook_is_soon_not_listened_to()
    {
        using var http = new HttpClient { BaseAddress = new Uri(host.Address, "/api/v1/") };
        var answers = new List<System.Net.HttpStatusCode>();
        for (var guess = 0; guess < 2000 && !answers.Contains(System.Net.HttpStatusCode.TooManyRequests); guess++)
        {
            using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync($"telephony/webhook/{guess:x32}", body);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.All(answers[..^1], answer => Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer));
    }
}
