using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Intake.Contracts;
using Intake.Domain.Calls;
using Intake.Host.Hosting;
using Intake.Host.Http;

namespace Intake.Host.Telephony;

/// <summary>What a telephone system posts to the generic CTI webhook, as a form or as JSON.</summary>
/// <param name="Event">newCall, answer, hangup.</param>
/// <param name="User">Whose phone, where the system names him.</param>
/// <param name="Position">The caller's place in the queue, where the system tells it.</param>
public sealed record WebhookCall(
    string Event, string CallId, string From, string To, string Direction, string User, string AnsweringNumber, string Queue, string Cause,
    string Position);

/// <summary>The generic webhook of telephone systems (newCall, answer, hangup), as signals. It tells no time: what it says happens now.</summary>
public static class Webhook
{
    /// <summary>Limits how often an address may knock.</summary>
    public const string RateLimit = "telephony-webhook";

    private const string Source = "webhook";

    /// <summary>The path under <c>/api/v1</c> that this system's telephony posts to; its last part follows from the key, the same on each host.</summary>
    public static string Path(HostSettings settings) => $"telephony/webhook/{Secret(settings)}";

    /// <summary>The signals of what was posted; several where one word says several things.</summary>
    /// <param name="raw">The body as it was posted.</param>
    /// <exception cref="InvalidRequestException">It is not understood.</exception>
    public static IReadOnlyList<CallSignal> Signals(WebhookCall call, DateTimeOffset now, string? raw = null)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.CallId is not { Length: > 0 and <= 250 })
        {
            throw new InvalidRequestException("callId", "A callId has 1 to 250 characters.");
        }

        var direction = call.Direction switch
        {
            "in" or "" => CallDirection.Inbound,
            "out" => CallDirection.Outbound,
            _ => throw new InvalidRequestException("direction", $"'{call.Direction}' is not one of in, out."),
        };
        var place = call.Position.Length == 0 ? (int?)null
            : int.TryParse(call.Position, NumberStyles.None, CultureInfo.InvariantCulture, out var counted) && counted >= 1 ? counted
            : throw new InvalidRequestException("position", $"'{call.Position}' is no place in a queue; it is 1 or more.");
        var phone = call.AnsweringNumber.Length > 0 ? call.AnsweringNumber : call.User;
        var from = call.From == "anonymous" ? string.Empty : call.From;
        return call.Event switch
        {
            // A ringing group is a queue: the caller waits until one of it answers.
            "newCall" when direction == CallDirection.Inbound => [Signal(SignalKind.Arrived), Signal(SignalKind.Queued) with { Position = place, Raw = null }],
            "newCall" => [Signal(SignalKind.Arrived)],
            "answer" => [Signal(SignalKind.Answered)],
            "hangup" => [Signal(SignalKind.Ended)],
            _ => throw new InvalidRequestException("event", $"'{call.Event}' is not one of newCall, answer, hangup."),
        };

        CallSignal Signal(SignalKind kind) => new(
            Source, call.CallId, string.Empty, kind, direction, from, call.To, call.Queue.Length > 0 ? call.Queue : "main", now,
            call.Cause, phone, Raw: ForeignText.Kept(raw));
    }

    /// <summary>What was posted, of a JSON body.</summary>
    /// <exception cref="InvalidRequestException">It is no JSON object.</exception>
    public static WebhookCall OfJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidRequestException("body", "The body is no JSON object.");
            }

            var root = json.RootElement;
            return Of(name => root.TryGetProperty(name, out var value) ? Word(value) : string.Empty);
        }
        catch (JsonException wrong)
        {
            throw new InvalidRequestException("body", wrong.Message);
        }

        static string Word(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Word)),
            _ => string.Empty,
        };
    }

    /// <summary>What was posted, of a form.</summary>
    public static WebhookCall OfForm(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return Of(name => string.Join(", ", form[name].Concat(form[$"{name}[]"])));
    }

    internal static void MapWebhook(this IEndpointRouteBuilder api) =>
        api.MapPost("/telephony/webhook/{secret}", async (
            string secret, HttpContext http, HostSettings settings, SignalFeed feed, TimeProvider clock, CancellationToken cancel) =>
        {
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Secret(settings))))
            {
                return Results.Problem(
                    statusCode: StatusCodes.Status401Unauthorized, title: "The telephony is not believed.",
                    detail: "This is not the webhook's address; ops/intake telephony webhook prints it.",
                    extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = ProblemCodes.NotAllowed });
            }

            var body = await Body(http.Request, cancel);
            var call = http.Request.HasFormContentType ? OfForm(await http.Request.ReadFormAsync(cancel)) : OfJson(body);
            var taken = (await feed.Take(Signals(call, clock.GetUtcNow(), ForeignText.Read(body.Span)), "telephony", cancel)).Values.Single();
            return Results.Ok(new SignalAnswer(taken.Id, taken.Position.Number, taken.Changed));
        }).RequireRateLimiting(RateLimit).DisableAntiforgery().AllowAnonymous();

    private static async Task<ReadOnlyMemory<byte>> Body(HttpRequest request, CancellationToken cancel)
    {
        request.EnableBuffering();
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, cancel);
        request.Body.Position = 0;
        return bytes.ToArray();
    }

    private static string Secret(HostSettings settings) => Convert.ToHexStringLower(
        TelephonySignature.Digest(settings.TelephonyKey, 0, "webhook"u8).AsSpan(0, 16));

    private static WebhookCall Of(Func<string, string> field)
    {
        return new WebhookCall(
            Clean("event"), Clean("callId"), Clean("from"), Clean("to"), Clean("direction"), Clean("user"), Clean("answeringNumber"),
            Clean("queue"), Clean("cause"), Clean("position"));

        string Clean(string name) => ForeignText.Clean(field(name), 251);
    }
}
