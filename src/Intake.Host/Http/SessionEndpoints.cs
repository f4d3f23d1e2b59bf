using System.Globalization;
using Intake.Application;
using Intake.Contracts;
using Intake.Domain.Staff;
using Intake.Host.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Intake.Host.Http;

/// <summary>Signing in and out.</summary>
public static class SessionEndpoints
{
    /// <summary>The name of the rate limit on attempts to sign in.</summary>
    public const string RateLimit = "sign-in";

    public static void MapSession(this IEndpointRouteBuilder api)
    {
        api.MapGet("/session", (HttpContext http, Greeting greeting, CancellationToken cancel) => greeting.Me(http, http.User.Actor(), cancel));
        // To be asked for is all that it needs to go on.
        api.MapPost("/session/extend", () => Results.NoContent());
        api.MapDelete("/session", async (HttpContext http, OutsideSessions outside, CancellationToken cancel) =>
        {
            if (http.Outside() is { } stay)
            {
                await outside.End(stay, cancel);
            }

            await http.SignOutAsync();
            return Results.NoContent();
        });
        api.MapPost("/session", async (
            SignIn body, HttpContext http, AccountStore accounts, CommandRunner runner, OutsideSessions outside, DeviceRegistration devices,
            Greeting greeting, TimeProvider clock, CancellationToken cancel) =>
        {
            var outcome = await accounts.Check(body.User, body.Password, cancel);
            if (outcome.LockedUntil is { } until)
            {
                return Denied(
                    "Too many wrong passwords.",
                    string.Create(CultureInfo.InvariantCulture, $"The account is locked until {until.UtcDateTime:HH:mm} UTC."));
            }

            var member = outcome.StaffId is { } staffId ? (await runner.Load(StaffMember.Stream, staffId, cancel)).State : null;
            if (member?.InForce is not { } appointment)
            {
                return Denied("Name or password is wrong.", "Check both; after five failures the account is locked for five minutes.");
            }

            var properties = new AuthenticationProperties { IsPersistent = false };
            SignedIn.Stamp(properties, clock);
            outside.Begin(properties);
            var principal = SignedIn.Principal(appointment);
            if (outside.IsOutside(http))
            {
                if (await devices.Missing(http, principal.Actor(), cancel) is { } missing)
                {
                    return missing;
                }

                await outside.ForgetOld(cancel);
                await outside.Enter(http, appointment.StaffId, properties, used: true);
            }

            await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, principal, properties);
            return Results.Ok(await greeting.Me(http, principal.Actor(), cancel));
        }).AllowAnonymous().RequireRateLimiting(RateLimit);
    }

    private static IResult Denied(string title, string detail) => Results.Problem(
        statusCode: StatusCodes.Status401Unauthorized, title: title, detail: detail,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = ProblemCodes.NotAllowed });
}
