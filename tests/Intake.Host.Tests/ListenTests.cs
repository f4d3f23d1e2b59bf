using System.Diagnostics;
using System.Text.Json;
using Intake.Host.Cli;
using Intake.Testing;

namespace Intake.Host.Tests;

/// <summary>Where a host listens.</summary>
public sealed class ListenTests : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("intake-listen-");
    private Process? host;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (host is not null)
        {
            host.Kill(entireProcessTree: true);
            await host.WaitForExitAsync();
            host.Dispose();
        }

        data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_host_listens_on_the_address_that_it_was_given_and_on_no_other()
    {
        var said = await Serve("--listen", "127.0.0.2");
        Assert.Equal("127.0.0.2", said.Host);
        using var http = new HttpClient();
        Assert.True((await http.GetAsync(new Uri(said, "/health/live"))).IsSuccessStatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new UriBuilder(said) { Host = "127.0.0.1", Path = "/health/live" }.Uri));
    }

    [Fact]
    public async Task A_host_that_listens_on_all_addresses_names_one_by_which_it_can_be_reached()
    {
        var said = await Serve("--listen", "0.0.0.0");
        Assert.Equal("127.0.0.1", said.Host);
        using var http = new HttpClient();
        Assert.True((await http.GetAsync(new Uri(said, "/health/live"))).IsSuccessStatusCode);
        Assert.True((await http.GetAsync(new UriBuilder(said) { Host = "127.0.0.2", Path = "/health/live" }.Uri)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("192.0.2.1")]
    public async Task An_address_that_is_none_of_this_machine_is_refused_before_anything_is_touched(string address)
    {
        host = Start("Host=127.0.0.1;Port=1", "--listen", address, "--port", "0");
        await host.WaitForExitAsync();
        Assert.NotEqual(0, host.ExitCode);
        Assert.Contains(address, await host.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private async Task<Uri> Serve(params string[] arguments)
    {
        host = Start(await (await PostgresCluster.Shared()).CreateDatabase("listen"), [.. arguments, "--port", "0"]);
        host.OutputDataReceived += static (_, _) => { };
        host.ErrorDataReceived += static (_, _) => { };
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        var file = Path.Combine(data.FullName, "host.json");
        await Eventually.Holds(() => host.HasExited || File.Exists(file) && new FileInfo(file).Length > 0, "the host listens", TimeSpan.FromMinutes(2));
        Assert.False(host.HasExited);
        return new Uri(JsonSerializer.Deserialize<HostAddress>(await File.ReadAllTextAsync(file), JsonSerializerOptions.Web)!.Url);
    }

    private Process Start(string database, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(IntakeCommand).Assembly.Location, "serve", "--no-demo", "--data", data.FullName, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["INTAKE_POSTGRES"] = database;
        return Process.Start(start)!;
    }
}
