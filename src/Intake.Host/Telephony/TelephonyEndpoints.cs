using System.Text.Json;
using Intake.Application.Calls;
using Intake.Contracts;
using Intake.Domain.Calls;
using Intake.Host.Http;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Intake.Host.Telephony;

/// <summary>Where the telephony reports.</summary>
public static class TelephonyEndpoints
{
    private const int MostOfABatch = 1000;
    private const string Presence = "presence";
    private const string Source = "telephony";

    public static void MapTelephony(this IEndpointRouteBuilder api)
    {
        api.MapPost("/telephony/signals", async (
                HttpContext http, SignedRequests signed, SignalFeed feed, IOptions<JsonOptions> json, CancellationToken cancel) =>
            await Signed<TelephonySignal>(http, signed, json, async body => Results.Ok(
                body.Kind == Presence
                    ? OfPhone((await feed.Take([PhoneSignalOf(body)], Source, cancel)).Values.Single())
                    : OfCall((await feed.Take([CallSignalOf(body)], Source, cancel)).Values.Single()))))
            .Accepts<TelephonySignal>("application/json").Produces<SignalAnswer>().AllowAnonymous();

        api.MapPost("/telephony/batches", async (
                HttpContext http, SignedRequests signed, SignalFeed feed, IOptions<JsonOptions> json, CancellationToken cancel) =>
            await Signed<SignalBatch>(http, signed, json, async body => Results.Ok(await Take(body, feed, cancel))))
            .Accepts<SignalBatch>("application/json").Produces<SignalBatchAnswer>().AllowAnonymous();
        api.MapWebhook();
    }

    // Each of a batch is answered by itself: one that is not understood keeps no other from being taken.
    private static async Task<SignalBatchAnswer> Take(SignalBatch batch, SignalFeed feed, CancellationToken cancel)
    {
        if (batch.Signals.Count is 0 or > MostOfABatch)
        {
            throw new InvalidRequestException("signals", $"A batch has 1 to {MostOfABatch} signals; this one has {batch.Signals.Count}.");
        }

        var read = batch.Signals.Select(Read).ToList();
        var calls = await feed.Take([.. read.Select(one => one.Call).OfType<CallSignal>()], Source, cancel);
        var phones = await feed.Take([.. read.Select(one => one.Phone).OfType<PhoneSignal>()], Source, cancel);
        return new SignalBatchAnswer(
        [
            .. read.Select(one => one switch
            {
                { Call: { } signal } => new SignalOutcome(OfCall(calls[CallIds.Of(signal.Source, signal.SourceCallId)])),
                { Phone: { } signal } => new SignalOutcome(OfPhone(phones[PhoneIds.Of(signal.Source, signal.Extension)])),
                _ => new SignalOutcome(null, one.Wrong!.Field, one.Wrong.Message),
            }),
        ]);

        static (CallSignal? Call, PhoneSignal? Phone, InvalidRequestException? Wrong) Read(TelephonySignal signal)
        {
            try
            {
                return signal.Kind == Presence ? (null, PhoneSignalOf(signal), null) : (CallSignalOf(signal), null, null);
            }
            catch (InvalidRequestException wrong)
            {
                return (null, null, wrong);
            }
        }
    }

    private static async Task<IResult> Signed<TBody>(
        HttpContext http, SignedRequests signed, IOptions<JsonOptions> json, Func<TBody, Task<IResult>> then)
        where TBody : class
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        var body = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        if (await signed.Doubts(http.Request.Headers[Headers.TelephonySignature], body, http.RequestAborted) is { } doubt)
        {
            return NotBelieved(doubt);
        }

        try
        {
            return await then(JsonSerializer.Deserialize<TBody>(body.Span, json.Value.SerializerOptions)
                ?? throw new InvalidRequestException("body", "The body is null."));
        }
        catch (JsonException wrong)
        {
            throw new InvalidRequestException("body", wrong.Message);
        }
    }

    private static IResult NotBelieved(Disbelief doubt) => Results.Problem(
        statusCode: StatusCodes.Status401Unauthorized, title: "The telephony is not believed.", detail: doubt.Say,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = ProblemCodes.NotAllowed,
            ["reason"] = doubt.Code,
        });

    private static SignalAnswer OfCall(SignalsTaken taken) => new(taken.Id, taken.Position.Number, taken.Changed);

    private static SignalAnswer OfPhone(SignalsTaken taken) => new(string.Empty, taken.Position.Number, taken.Changed, taken.Id);

    private static CallSignal CallSignalOf(TelephonySignal body) => new(
        Wire.Id(body.Source, "source"), Wire.Id(body.SourceCallId, "sourceCallId"), Text(body.LegId, "legId"),
        Wire.Value<SignalKind>(body.Kind, "kind"), Wire.Value<CallDirection>(body.Direction ?? "inbound", "direction"),
        Text(body.From, "from"), Text(body.To, "to"), Text(body.Queue ?? "main", "queue"), body.OccurredAt.ToUniversalTime(),
        Text(body.Cause, "cause"), Text(body.Extension, "extension"), Place(body.Position), ForeignText.Kept(body.Raw));

    private static PhoneSignal PhoneSignalOf(TelephonySignal body) => new(
        Wire.Id(body.Source, "source"),
        Text(body.Extension, "extension") is { Length: > 0 } extension ? extension : throw new InvalidRequestException("extension", "A presence is of a phone; say which."),
        Text(body.Queue, "queue"), Wire.Value<PhoneState>(body.State, "state"), body.OccurredAt.ToUniversalTime(), Text(body.Cause, "cause"),
        ForeignText.Kept(body.Raw));

    private static int? Place(int? position) => position is null or >= 1
        ? position
        : throw new InvalidRequestException("position", $"A place in a queue is 1 or more; this one is {position}.");

    private static string Text(string? text, string field) => text is null or { Length: <= 200 }
        ? text ?? string.Empty
        : throw new InvalidRequestException(field, $"A {field} has 200 characters at most; this one has {text.Length}.");
}
