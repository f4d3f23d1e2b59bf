using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Intake.Contracts;
using Intake.Host.Cli;
using Intake.Host.Hosting;
using Intake.Testing;

namespace Intake.Host.Tests;

/// <summary>A host that is killed in the middle of its work, and started again.</summary>
public sealed class KillTests : IAsyncLifetime, IDisposable
{
    private const int Transfers = 6;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("intake-kill-");
    private Place _place = null!;
    private Process? _host;
    private Uri _address = null!;

    public async Task InitializeAsync() => _place = new Place(await (await PostgresCluster.Shared()).CreateDatabase("kill"))
    {
        Environment = new Dictionary<string, string> { ["INTAKE_CALLBACK_LEASE"] = "00:00:20", ["INTAKE_WORKING_HOURS"] = "Mon-Sun 00:00-23:59" },
    };

    public Task DisposeAsync()
    {
        _host?.Kill();
        _data.Delete(recursive: true);
        return Task.CompletedTask;
    }

    public void Dispose() => _host?.Dispose();

    [Fact]
    [Trait("Clause", "A.III.1")]
    [Trait("Clause", "A.III.4")]
    public async Task Killed_in_the_middle_of_a_lease_and_of_transfers_each_has_an_owner_and_the_lease_comes_back()
    {
        await Start();
        string leased, offered;
        var converted = new List<string>();
        await using (var olga = await SignIn("olga"))
        {
            var waiting = await Ring("+37322800000", "waiting");
            await olga.Must($"calls/{waiting}/leave-queue");
            leased = (await Open(olga, one => one.CallId == waiting)).CallbackId;

            // Offered to a manager who has not answered.
            var key = await Job.Client(olga, card => card is { Type: "key", DebtVerdict: "clear" });
            await using (var manager = await SignIn(key.Manager!.Id))
            {
                await manager.Must("presence", new ChangePresence("ready", null));
                await Eventually.Holds(
                    async () => (await olga.Get<List<FloorPerson>>("staff")).Exists(one => one.StaffId == key.Manager.Id && one.State == "ready"), "he is ready");
            }

            offered = await Ring(key.Phones[0], "offered");
            await using (var maria = await SignIn("maria"))
            {
                await Job.Answer(maria, offered, key.ClientId);
            }

            // And as many as can be that nobody could take: what follows of them is under way when the kill comes.
            for (var n = 0; n < Transfers; n++)
            {
                var number = $"+3732280010{n}";
                var clientId = $"new-{n}";
                await olga.Must("clients", new RegisterClient(clientId, $"Corner shop {n}", null, null, null, null, number, null));
                var callId = await Ring(number, $"transfer-{n}");
                await Job.Answer(olga, callId, clientId);
                converted.Add(callId);
            }

            await olga.Must($"callbacks/{leased}/lease");
        }

        _host!.Kill();
        await _host.WaitForExitAsync();
        Assert.NotEqual(0, _host.ExitCode);
        File.Delete(new DataFolder(_data.FullName).HostFile);
        await Start();

        await using var ion = await SignIn("ion");
        var held = await Open(ion, one => one.CallbackId == leased);
        Assert.Equal(("roman", "olga"), (held.Owner.Id, held.LeasedBy?.Id ?? "olga"));
        foreach (var callId in converted)
        {
            var promise = await Open(ion, one => one.CallId == callId);
            Assert.Contains(promise.Owner.Id, (string[])["pavel", "tatiana"]);
            Assert.True(promise.Deadline > promise.RequestedAt);
        }

        var call = await ion.Get<QueueCall>($"calls/{offered}");
        Assert.True(call.AskedNow is not null || call.Phase == "convertedToCallback", $"{call.Phase}: somebody is asked, or owes a callback");
        if (call.Phase == "convertedToCallback")
        {
            Assert.NotEqual("system", (await Open(ion, one => one.CallId == offered)).Owner.Id);
        }

        await Eventually.Holds(
            async () => (await Open(ion, one => one.CallbackId == leased)).LeasedBy is null, "the lease comes back", TimeSpan.FromSeconds(90));
        await ion.Must($"callbacks/{leased}/lease");
        await ion.Must($"callbacks/{leased}/attempts", new RecordAttempt("reached", null, null, null));
    }

    private async Task Start()
    {
        _host?.Dispose();
        _host = Executable.Start(_place, "serve", "--data", _data.FullName, "--port", "0");
        _ = _host.StandardOutput.ReadToEndAsync();
        var file = new DataFolder(_data.FullName).HostFile;
        await Eventually.Holds(() => File.Exists(file) && new FileInfo(file).Length > 0, "the host listens", TimeSpan.FromMinutes(2));
        _address = new Uri(JsonSerializer.Deserialize<HostAddress>(await File.ReadAllTextAsync(file), JsonSerializerOptions.Web)!.Url);
    }

    private async Task<Person> SignIn(string user)
    {
        var person = new Person(_address);
        using var answer = await person.Http.PostAsJsonAsync("session", new SignIn(user, new DataFolder(_data.FullName).Secret("first-password")));
        Assert.True(answer.IsSuccessStatusCode, $"{user}: {answer.StatusCode}");
        return person;
    }

    private async Task<string> Ring(string number, string call)
    {
        using var http = new HttpClient { BaseAddress = new Uri(_address, "/api/v1/") };
        var signal = new TelephonySignal("kill", call, null, "queued", null, number, null, "main", DateTimeOffset.UtcNow, null);
        var said = await SignedRequest.Post(http, new DataFolder(_data.FullName).Secret("telephony-key"), "telephony/signals", signal);
        return said.Word("callId")!;
    }

    private static async Task<CallbackRow> Open(Person person, Predicate<CallbackRow> which)
    {
        CallbackRow? found = null;
        await Eventually.Holds(
            async () => (found = (await person.Get<List<CallbackRow>>("callbacks")).Find(which)) is not null, "the callback is open", TimeSpan.FromSeconds(60));
        return found!;
    }
}
