using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Intake.Contracts;
using Intake.Testing;

namespace Intake.Ops.Tests;

/// <summary>A system in a folder of its own under <c>ops/up</c>, which can be killed and started again; disposing leaves nothing behind.</summary>
public sealed class RunningSystem : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<string> _said = [];
    private Process _up;

    private RunningSystem(string folder, int port) => (Folder, Port, _up) = (folder, port, Launch(folder, port));

    public string Folder { get; }

    public int Port { get; }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    /// <summary>Process ids of ops/up, of the host, of PostgreSQL.</summary>
    public int Up => _up.Id;

    public int Host => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "host.json"))).RootElement.GetProperty("pid").GetInt32();

    public int Postmaster => int.Parse(
        File.ReadLines(Path.Combine(Folder, "postgres", "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>What ops/up said since it was last started.</summary>
    public string Said
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _said);
            }
        }
    }

    /// <summary>The demo accounts' password, as it was printed.</summary>
    public string Password => Said.Split("all with the password ")[1].Split('\n')[0].Trim();

    /// <summary>Starts a system with the demo company, and returns when it says that it listens.</summary>
    public static async Task<RunningSystem> Start()
    {
        var system = new RunningSystem(Scripts.NewFolder(), FreePort());
        await system.Ready();
        return system;
    }

    /// <summary>Starts it again after its end or its death.</summary>
    public async Task Again()
    {
        _up.Dispose();
        lock (_gate)
        {
            _said.Clear();
        }

        _up = Launch(Folder, Port);
        await Ready();
    }

    /// <summary>Signals ops/up and returns its exit code.</summary>
    public async Task<int> Stop(string signal)
    {
        await Scripts.Signal(signal, Up);
        await Eventually.Holds(() => _up.HasExited, $"ops/up ends after {signal}", TimeSpan.FromSeconds(60));
        return _up.ExitCode;
    }

    /// <summary>A browser's session of a person of the demo company.</summary>
    public async Task<HttpClient> SignIn(string user)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(Url) };
        using var answer = await client.PostAsJsonAsync("/api/v1/session", new SignIn(user, Password));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return client;
    }

    /// <summary>A loopback port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_up.HasExited)
        {
            await Stop("TERM");
        }

        _up.Dispose();
        await Scripts.Run("ops/postgres", $"kill {Folder}/postgres");
        Directory.Delete(Folder, recursive: true);
    }

    private Process Launch(string folder, int port)
    {
        var up = Scripts.Start("ops/up", string.Create(CultureInfo.InvariantCulture, $"--port {port} --data {folder}"));
        up.OutputDataReceived += (_, line) => Hear(line.Data);
        up.ErrorDataReceived += (_, line) => Hear(line.Data);
        up.BeginOutputReadLine();
        up.BeginErrorReadLine();
        return up;
    }

    private void Hear(string? line)
    {
        lock (_gate)
        {
            _said.Add(line ?? string.Empty);
        }
    }

    private async Task Ready()
    {
        await Eventually.Holds(
            () => _up.HasExited || Said.Contains($"Intake listens on {Url}", StringComparison.Ordinal), "ops/up says that it listens",
            TimeSpan.FromMinutes(5));
        Assert.False(_up.HasExited, Said);
    }
}
