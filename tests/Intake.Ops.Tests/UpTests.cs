using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Intake.Ops.Tests;

/// <summary>One system for the tests that leave it as it is.</summary>
public sealed class DemoSystem : IAsyncLifetime
{
    public RunningSystem System { get; private set; } = null!;

    public async Task InitializeAsync() => System = await RunningSystem.Start();

    public async Task DisposeAsync() => await System.DisposeAsync();
}

public sealed class UpTests(DemoSystem demo) : IClassFixture<DemoSystem>
{
    private readonly RunningSystem system = demo.System;

    [Fact]
    public async Task Prints_demo_accounts_that_can_sign_in()
    {
        Assert.Contains("olga", system.Said, StringComparison.Ordinal);
        Assert.Contains("supervisor", system.Said, StringComparison.Ordinal);
        using var operators = await system.SignIn("olga");
        using var me = await operators.GetAsync("/api/v1/session");
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
    }

    [Fact]
    public async Task Keeps_its_secrets_from_other_users()
    {
        string[] secrets = ["first-password", "telephony-key", "keys", "postgres"];
        foreach (var secret in secrets)
        {
            var mode = File.GetUnixFileMode(Path.Combine(system.Folder, secret));
            Assert.Equal(UnixFileMode.None, mode & (UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute));
        }

        using var anyone = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync($"{system.Url}/health/ready")).StatusCode);
    }

    [Fact]
    public async Task A_second_one_on_the_same_folder_says_where_the_first_is_and_harms_nothing()
    {
        var before = (system.Up, system.Host, system.Postmaster);

        var second = await Scripts.Run("ops/up", Arguments(RunningSystem.FreePort(), system.Folder));

        Assert.Equal(4, second.Code);
        Assert.Contains(system.Url, second.Messages, StringComparison.Ordinal);
        Assert.Contains($"process {system.Up.ToString(CultureInfo.InvariantCulture)}", second.Messages, StringComparison.Ordinal);
        Assert.Equal(before, (system.Up, system.Host, system.Postmaster));
        using var anyone = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync($"{system.Url}/health/ready")).StatusCode);
    }

    [Fact]
    public async Task A_taken_port_is_named_and_no_cluster_is_started_for_it()
    {
        var other = Scripts.NewFolder();
        var refused = await Scripts.Run("ops/up", Arguments(system.Port, other));
        Assert.Equal(2, refused.Code);
        Assert.Contains($"port {system.Port.ToString(CultureInfo.InvariantCulture)} is taken", refused.Messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(other, "postgres")));
        Directory.Delete(other, recursive: true);
    }

    [Fact]
    public async Task Verify_beside_the_running_host_prints_what_programs_rely_on()
    {
        var verified = await Scripts.Run("ops/intake", $"verify --json --data {system.Folder}");

        Assert.True(verified.Code == 0, verified.Messages);
        var report = JsonDocument.Parse(verified.Output).RootElement;
        Assert.True(report.GetProperty("ok").GetBoolean());
        Assert.True(report.GetProperty("events").GetInt64() > 0);
        Assert.Equal(0, report.GetProperty("gaps").GetInt64());
        Assert.InRange(report.GetProperty("projections").GetArrayLength(), 5, 100);
        Assert.All(report.GetProperty("projections").EnumerateArray(), one =>
        {
            Assert.NotEmpty(one.GetProperty("name").GetString()!);
            Assert.True(one.GetProperty("version").GetInt32() > 0);
            Assert.Equal(report.GetProperty("events").GetInt64(), one.GetProperty("position").GetInt64());
            Assert.Equal(0, one.GetProperty("eventsBehind").GetInt64());
            Assert.Equal(one.GetProperty("liveHash").GetString(), one.GetProperty("rebuiltHash").GetString());
        });
    }

    [Theory]
    [InlineData("--port eighty")]
    [InlineData("--port 70000")]
    [InlineData("--data")]
    [InlineData("--verbose")]
    public async Task A_wrong_command_line_is_refused(string arguments)
    {
        var refused = await Scripts.Run("ops/up", arguments);
        Assert.Equal(2, refused.Code);
        Assert.StartsWith("ops/up: ", refused.Messages, StringComparison.Ordinal);
    }

    private static string Arguments(int port, string folder) => string.Create(CultureInfo.InvariantCulture, $"--port {port} --data {folder}");
}
