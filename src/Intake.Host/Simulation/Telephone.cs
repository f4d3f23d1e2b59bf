using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Intake.Contracts;

namespace Intake.Host.Simulation;

/// <summary>The telephony of a simulation: reports calls as a telephone system would.</summary>
public sealed class Telephone : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _key;
    private readonly string _run;

    /// <param name="run">Names this run, so that its calls are nobody else's.</param>
    public Telephone(HostAt host, string key, string run)
    {
        ArgumentNullException.ThrowIfNull(host);
        (_key, _run) = (key, run);
        _http = new HttpClient { BaseAddress = new Uri(host.Address, "/api/v1/") };
    }

    /// <summary>A call comes in and waits.</summary>
    /// <returns>The id of the call.</returns>
    public async Task<string> Ring(int number, string from, CancellationToken cancel)
    {
        await Signal(number, "arrived", from, cancel);
        return await Signal(number, "queued", from, cancel);
    }

    /// <summary>Somebody answers on this phone.</summary>
    public Task<string> Answer(int number, string extension, CancellationToken cancel) =>
        Signal(number, "answered", string.Empty, cancel, extension);

    /// <summary>The caller hangs up, before or after somebody answered.</summary>
    public Task<string> HangUp(int number, CancellationToken cancel) => Signal(number, "ended", string.Empty, cancel);

    public void Dispose() => _http.Dispose();

    private async Task<string> Signal(int number, string kind, string from, CancellationToken cancel, string extension = "")
    {
        var signal = new TelephonySignal(
            "simulation", $"{_run}-{number.ToString(CultureInfo.InvariantCulture)}", string.Empty, kind, "inbound", from, "100", "main",
            DateTimeOffset.UtcNow, string.Empty, extension);
        var body = JsonSerializer.SerializeToUtf8Bytes(signal, ContractsJson.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, "telephony/signals") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(Contracts.Headers.TelephonySignature, TelephonySignature.Of(_key, DateTimeOffset.UtcNow, body));
        using var answer = await _http.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<SignalAnswer>(ContractsJson.Options, cancel))!.CallId;
    }
}
