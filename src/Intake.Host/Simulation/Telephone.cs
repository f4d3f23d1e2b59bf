using System.Globalization;
using System.Net.Http.Json;
using Intake.Contracts;
using Intake.Host.Http;

namespace Intake.Host.Simulation;

/// <summary>The telephony of a simulation: reports calls as a telephone system would.</summary>
public sealed class Telephone : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _run;

    /// <param name="run">Names this run, so that its calls are nobody else's.</param>
    public Telephone(HostAt host, string key, string run)
    {
        ArgumentNullException.ThrowIfNull(host);
        _run = run;
        _http = new HttpClient { BaseAddress = new Uri(host.Address, "/api/v1/") };
        _http.DefaultRequestHeaders.Add(TelephonyEndpoints.KeyHeader, key);
    }

    /// <summary>A call comes in and waits.</summary>
    /// <returns>The id of the call.</returns>
    public async Task<string> Ring(int number, string from, CancellationToken cancel)
    {
        await Signal(number, "arrived", from, cancel);
        return await Signal(number, "queued", from, cancel);
    }

    /// <summary>The caller hangs up, before or after somebody answered.</summary>
    public Task<string> HangUp(int number, CancellationToken cancel) => Signal(number, "ended", string.Empty, cancel);

    public void Dispose() => _http.Dispose();

    private async Task<string> Signal(int number, string kind, string from, CancellationToken cancel)
    {
        var signal = new TelephonySignal(
            "simulation", $"{_run}-{number.ToString(CultureInfo.InvariantCulture)}", string.Empty, kind, "inbound", from, "100", "main",
            DateTimeOffset.UtcNow, string.Empty);
        using var answer = await _http.PostAsJsonAsync("telephony/signals", signal, ContractsJson.Options, cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<SignalAnswer>(ContractsJson.Options, cancel))!.CallId;
    }
}
