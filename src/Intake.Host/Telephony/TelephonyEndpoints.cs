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

    public static void MapTelephony(this IEndpointRouteBuilder api)
    {
        api.MapPost("/telephony/signals", async (
                HttpContext http, SignedRequests signed, SignalFeed feed, IOptions<JsonOptions> json, CancellationToken cancel) =>
            await Signed<TelephonySignal>(http, signed, json, async body =>
            {
                var signal = Canonical(body);
                var heard = (await feed.Take([signal], "telephony", cancel)).Values.Single();
                return Results.Ok(Answer(heard));
            }))
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
        var heard = await feed.Take([.. read.Select(one => one.Signal).OfType<CallSignal>()], "telephony", cancel);
        return new SignalBatchAnswer(
        [
            .. read.Select(one => one.Signal is { } signal
                ? new SignalOutcome(Answer(heard[CallIds.Of(signal.Source, signal.SourceCallId)]))
                : new SignalOutcome(null, one.Wrong!.Field, one.Wrong.Message)),
        ]);

        static (CallSignal? Signal, InvalidRequestException? Wrong) Read(TelephonySignal signal)
        {
            try
            {
                return (Canonical(signal), null);
            }
            catch (InvalidRequestException wrong)
            {
                return (null, wrong);
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

    private static SignalAnswer Answer(CallHeard heard) => new(heard.CallId, heard.Position.Number, heard.Changed);

    private static CallSignal Canonical(TelephonySignal body) => new(
        Wire.Id(body.Source, "source"), Wire.Id(body.SourceCallId, "sourceCallId"), Text(body.LegId, "legId"),
        Wire.Value<SignalKind>(body.Kind, "kind"), Wire.Value<CallDirection>(body.Direction ?? "inbound", "direction"),
        Text(body.From, "from"), Text(body.To, "to"), Text(body.Queue ?? "main", "queue"), body.OccurredAt.ToUniversalTime(),
        Text(body.Cause, "cause"), Text(body.Extension, "extension"));

    private static string Text(string? text, string field) => text is null or { Length: <= 200 }
        ? text ?? string.Empty
        : throw new InvalidRequestException(field, $"A {field} has 200 characters at most; this one has {text.Length}.");
}
