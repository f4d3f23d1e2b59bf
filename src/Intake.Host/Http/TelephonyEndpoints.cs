using System.Security.Cryptography;
using System.Text;
using Intake.Application;
using Intake.Application.Calls;
using Intake.Contracts;
using Intake.Domain.Calls;
using Intake.EventLog.Serialisation;
using Intake.Host.Hosting;

namespace Intake.Host.Http;

/// <summary>Where the telephony reports.</summary>
public static class TelephonyEndpoints
{
    /// <summary>The header by which the telephony shows who it is.</summary>
    public const string KeyHeader = "X-Telephony-Key";

    public static void MapTelephony(this IEndpointRouteBuilder api) =>
        api.MapPost("/telephony/signals", async (
            TelephonySignal body, HttpContext http, Commander commander, HostSettings settings) =>
        {
            if (!IsTelephony(http.Request.Headers[KeyHeader], settings.TelephonyKey))
            {
                return Results.Problem(
                    statusCode: StatusCodes.Status401Unauthorized, title: "The telephony's key is missing or wrong.",
                    extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = ProblemCodes.NotAllowed });
            }

            var signal = new CallSignal(
                Wire.Id(body.Source, "source"), Wire.Id(body.SourceCallId, "sourceCallId"), body.LegId ?? string.Empty,
                Wire.Value<SignalKind>(body.Kind, "kind"), Wire.Value<CallDirection>(body.Direction ?? "inbound", "direction"),
                body.From ?? string.Empty, body.To ?? string.Empty, body.Queue ?? "main", body.OccurredAt.ToUniversalTime(),
                body.Cause ?? string.Empty);
            var callId = CallIds.Of(signal.Source, signal.SourceCallId);
            var result = await commander.Carry(
                context => new RecordCallSignal(signal) { Context = context }, callId, Actor.System, "telephony");
            return result is Done done ? Results.Ok(new SignalAnswer(callId, done.Position.Number)) : Commander.Answer(result);
        }).AllowAnonymous();

    private static bool IsTelephony(string? given, string key) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key));
}
