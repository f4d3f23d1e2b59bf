using System.Diagnostics;
using System.Text.Json;
using Intake.Contracts;
using Intake.Testing;
using Microsoft.Playwright;

namespace Intake.EndToEnd.Tests;

/// <summary>A host with the demo company on a database of its own, and a browser to look at it.</summary>
public class RunningHost : IAsyncLifetime
{
    private static readonly string[] BrowserArguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    // INTAKE_SCREENSHOTS=docs/screenshots renews the pictures of the documentation; else a test run leaves the repository as it was.
    private static readonly string Pictures =
        Environment.GetEnvironmentVariable("INTAKE_SCREENSHOTS") is { Length: > 0 } wanted ? wanted : "artifacts/screenshots";

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("intake-e2e-");
    private Process? host;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private int calls;

    /// <summary>Where the host listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The repository's folder.</summary>
    public static string Repository { get; } = FindRepository();

    public async Task InitializeAsync()
    {
        var cluster = await PostgresCluster.Shared();
        var start = new ProcessStartInfo("dotnet", [Executable(), "serve", "--data", data.FullName, "--port", "0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["INTAKE_POSTGRES"] = await cluster.CreateDatabase("e2e");
        start.Environment["INTAKE_EVENTLOG"] = await EventLog() ?? "";
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        host = Process.Start(start)!;
        host.OutputDataReceived += static (_, _) => { };
        host.ErrorDataReceived += static (_, _) => { };
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        var file = Path.Combine(data.FullName, "host.json");
        await Eventually.Holds(() => File.Exists(file) && new FileInfo(file).Length > 0, "the host listens", TimeSpan.FromMinutes(2));
        using var said = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        Address = new Uri(said.RootElement.GetProperty("url").GetString()!);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = BrowserArguments });
    }

    public virtual async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
        host?.Kill(entireProcessTree: true);
        host?.Dispose();
        data.Delete(recursive: true);
    }

    /// <summary>A stranger's browser on a public page.</summary>
    /// <param name="by">Where he reaches the host; where it listens, unless something is said.</param>
    public async Task<IPage> Visit(string path, bool scripts = true, Uri? by = null)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = (by ?? Address).ToString(),
            JavaScriptEnabled = scripts,
            TimezoneId = "Europe/Chisinau",
            ViewportSize = new() { Width = 1280, Height = 1080 },
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>A browser of its own in which this person has signed in by keyboard.</summary>
    public async Task<IPage> SignIn(string user)
    {
        var context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 1440, Height = 900 },
            ColorScheme = ColorScheme.Light,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(Address.ToString());
        await Enter(page, user);
        await page.Locator(".feed.live").WaitForAsync(new() { Timeout = 60_000 });
        return page;
    }

    /// <summary>Types name and password where they are asked for.</summary>
    public async Task Enter(IPage page, string user)
    {
        ArgumentNullException.ThrowIfNull(page);
        await page.Locator("#user").WaitForAsync(new() { Timeout = 60_000 });
        await page.Keyboard.TypeAsync(user);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(Secret("first-password"));
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>The telephony reports a call from this number that entered the queue.</summary>
    public async Task Ring(string number)
    {
        using var telephony = new HttpClient { BaseAddress = new Uri(Address, "/api/v1/") };
        var id = $"e2e-{++calls}";
        foreach (var kind in new[] { "arrived", "queued" })
        {
            var signal = new TelephonySignal("pbx", id, null, kind, "inbound", number, "100", "orders", DateTimeOffset.UtcNow, null);
            var body = JsonSerializer.SerializeToUtf8Bytes(signal, ContractsJson.Options);
            using var request = new HttpRequestMessage(HttpMethod.Post, "telephony/signals")
            {
                Content = new ByteArrayContent(body),
            };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add(Headers.TelephonySignature, TelephonySignature.Of(Secret("telephony-key"), DateTimeOffset.UtcNow, body));
            using var answer = await telephony.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    /// <summary>Keeps what the page shows.</summary>
    public static async Task Picture(IPage page, string name) => await page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Repository, Pictures, $"{name}.png"),
        Animations = ScreenshotAnimations.Disabled,
    });

    /// <summary>Another event log than PostgreSQL's, as a connection string; null for that one.</summary>
    protected virtual Task<string?> EventLog() => Task.FromResult<string?>(null);

    /// <summary>What the host is told by its environment besides.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    private string Secret(string name) => File.ReadAllText(Path.Combine(data.FullName, name)).Trim();

    // The host of the same configuration as this test: bin/Debug/net10.0 here is bin/Debug/net10.0 there.
    private static string Executable()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Repository, "src", "Intake.Host", "bin", own.Parent!.Name, own.Name, "intake.dll");
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Intake.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside of the repository.");
        return folder.FullName;
    }
}
