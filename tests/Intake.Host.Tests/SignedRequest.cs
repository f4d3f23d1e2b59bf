using System.Text.Json;
using Intake.Contracts;

namespace Intake.Host.Tests;

/// <summary>What a telephony system sends.</summary>
public static class SignedRequest
{
    /// <summary>Posts the body, signed as it has to be, or as the test wants.</summary>
    public static async Task<Said> Post(HttpClient http, string key, string path, object body, Func<byte[], string?>? signature = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(body);
        var bytes = body as byte[] ?? JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), ContractsJson.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json");
        var header = signature is null ? TelephonySignature.Of(key, DateTimeOffset.UtcNow, bytes) : signature(bytes);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(Headers.TelephonySignature, header);
        }

        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new Said(answer.StatusCode, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default);
    }
}
