using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Intake.Contracts;
using Intake.EventLog;
using Intake.Host.Telephony;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Intake.Host.Tests.Telephony;

[Collection(Hosted.Name)]
public sealed class SignedSignalTests(HostFixture host)
{
    [Fact]
    public async Task Without_a_signature_or_with_another_key_or_body_or_time_nothing_is_taken()
    {
        var now = DateTimeOffset.UtcNow;
        var signal = Signal("queued");
        var before = await Count(signal.SourceCallId!);
        Assert.Equal("signature-missing", await Doubt(_ => null));
        Assert.Equal("signature-missing", await Doubt(_ => "sha256=ab"));
        Assert.Equal("signature-missing", await Doubt(_ => $"t=now,v1={new string('a', 64)}"));
        Assert.Equal("signature-wrong", await Doubt(body => TelephonySignature.Of("another key", now, body)));
        Assert.Equal("signature-wrong", await Doubt(body => TelephonySignature.Of(host.TelephonyKey, now, [.. body, (byte)' '])));
        Assert.Equal("signature-wrong", await Doubt(body =>
            TelephonySignature.Of(host.TelephonyKey, now, body).Replace($"t={now.ToUnixTimeSeconds()}", $"t={now.ToUnixTimeSeconds() - 1}", StringComparison.Ordinal)));
        Assert.Equal((0, 0), (before, await Count(signal.SourceCallId!)));

        async Task<string?> Doubt(Func<byte[], string?> signature)
        {
            var said = await host.Signed("telephony/signals", signal, signature);
            Assert.Equal((HttpStatusCode.Unauthorized, "not-allowed"), (said.Status, said.Word("code")));
            Assert.DoesNotContain(host.TelephonyKey, said.Body.ToString(), StringComparison.Ordinal);
            return said.Word("reason");
        }
    }

    [Theory]
    [InlineData(-400, "ago")]
    [InlineData(400, "from now")]
    public async Task A_clock_that_is_off_is_told_by_how_much(int seconds, string side)
    {
        var said = await host.Signed(
            "telephony/signals", Signal("queued"), body => TelephonySignature.Of(host.TelephonyKey, DateTimeOffset.UtcNow.AddSeconds(seconds), body));
        Assert.Equal((HttpStatusCode.Unauthorized, "clock-off"), (said.Status, said.Word("reason")));
        Assert.Matches($@"signed (39\d|40\d) s {side}", said.Word("detail"));
    }

    [Theory]
    [InlineData(-290)]
    [InlineData(290)]
    public async Task A_clock_that_is_a_little_off_does_no_harm(int seconds) => Assert.Equal(HttpStatusCode.OK, (await host.Signed(
        "telephony/signals", Signal("queued"),
        body => TelephonySignature.Of(host.TelephonyKey, DateTimeOffset.UtcNow.AddSeconds(seconds), body))).Status);

    [Fact]
    public async Task A_request_is_taken_once_whichever_host_it_comes_to()
    {
        var signal = Signal("queued");
        string? header = null;
        var first = await host.Signed("telephony/signals", signal, body => header = TelephonySignature.Of(host.TelephonyKey, DateTimeOffset.UtcNow, body));
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal("replayed", (await host.Signed("telephony/signals", signal, _ => header)).Word("reason"));

        // Another host has nothing but the database.
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        var elsewhere = new TakenSignatures(database, TimeProvider.System);
        Assert.False(await elsewhere.Take(Convert.FromHexString(header!.Split("v1=")[1]), default));
    }

    [Fact]
    public async Task Of_many_who_come_with_one_signature_at_once_one_is_believed()
    {
        var taken = new TakenSignatures(host.Services.GetRequiredService<NpgsqlDataSource>(), TimeProvider.System);
        var signature = Guid.NewGuid().ToByteArray();
        var first = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => taken.Take(signature, default)));
        Assert.Single(first, one => one);
    }

    [Fact]
    public async Task Signatures_are_kept_no_longer_than_they_could_be_used()
    {
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        var (old, young) = (Guid.NewGuid().ToByteArray(), Guid.NewGuid().ToByteArray());
        await Put(old, DateTime.UtcNow.AddMinutes(-16));
        await Put(young, DateTime.UtcNow.AddMinutes(-9));
        var taken = new TakenSignatures(database, TimeProvider.System);
        await taken.Take(Guid.NewGuid().ToByteArray(), default);
        Assert.Equal((true, false), (await taken.Take(old, default), await taken.Take(young, default)));

        async Task Put(byte[] signature, DateTime at)
        {
            await using var put = database.CreateCommand("insert into telephony.taken_signature values ($1, $2)");
            put.Parameters.AddWithValue(signature);
            put.Parameters.AddWithValue(at);
            await put.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Each_signal_of_a_batch_is_answered_by_itself()
    {
        var call = Guid.NewGuid().ToString();
        var said = await host.Signed("telephony/batches", new SignalBatch(
        [
            Signal("queued", call), Signal("teleported", call), Signal("answered", call) with { Extension = "101" },
            Signal("queued") with { SourceCallId = "a/b" },
        ]));
        Assert.Equal(HttpStatusCode.OK, said.Status);
        var outcomes = said.Body.GetProperty("outcomes").Deserialize<List<SignalOutcome>>(ContractsJson.Options)!;
        Assert.Equal([null, "kind", null, "sourceCallId"], outcomes.Select(outcome => outcome.Field));
        Assert.Equal(outcomes[0].Call, outcomes[2].Call);
        Assert.Equal(["CallArrived", "CallQueued", "PhoneAnswered"], (await Events(call)).Take(3));

        var none = await host.Signed("telephony/batches", new SignalBatch([]));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (none.Status, none.Word("code")));
    }

    [Fact]
    public async Task A_signal_told_twice_is_told_so()
    {
        var signal = Signal("queued");
        var first = await host.Signed("telephony/signals", signal);
        var again = await host.Signed("telephony/signals", signal, body =>
            TelephonySignature.Of(host.TelephonyKey, DateTimeOffset.UtcNow.AddSeconds(7), body));
        Assert.Equal((true, false), (first.Body.GetProperty("changed").GetBoolean(), again.Body.GetProperty("changed").GetBoolean()));
    }

    [Fact]
    public async Task The_example_in_the_documentation_is_taken_as_it_stands()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder(), "docs", "telephony.md"));
        var script = page.Split("```bash\n").Single(part => part.StartsWith("# Signs and sends", StringComparison.Ordinal)).Split("\n```")[0];
        var start = new ProcessStartInfo("bash", ["-c", "set -euo pipefail\n" + script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["HOST"] = host.Address.ToString().TrimEnd('/');
        start.Environment["KEY_FILE"] = Path.GetTempFileName();
        await File.WriteAllTextAsync(start.Environment["KEY_FILE"]!, host.TelephonyKey);
        using var bash = Process.Start(start)!;
        var (output, errors) = (await bash.StandardOutput.ReadToEndAsync(), await bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        File.Delete(start.Environment["KEY_FILE"]!);
        Assert.True(bash.ExitCode == 0, errors);
        Assert.NotEmpty(JsonSerializer.Deserialize<SignalAnswer>(output, ContractsJson.Options)!.CallId);
    }

    private static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Intake.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private static TelephonySignal Signal(string kind, string? call = null) => new(
        "test", call ?? Guid.NewGuid().ToString(), null, kind, null, "+37360000001", null, "main", DateTimeOffset.UtcNow, null);

    private async Task<int> Count(string sourceCallId) => (await Events(sourceCallId)).Count;

    private async Task<IReadOnlyList<string>> Events(string sourceCallId) =>
        [.. (await host.Log.ReadStream(new StreamName("call", Application.Calls.CallIds.Of("test", sourceCallId))).ToListAsync()).Select(e => e.Type)];
}
