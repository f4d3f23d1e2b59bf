using System.Globalization;
using Intake.Application;
using Intake.Application.Staff;
using Intake.Contracts;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;
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
        api.MapGet("/session", (HttpContext http, Representation representation, TimeProvider clock, CancellationToken cancel) =>
            Me(http.User.Actor(), representation, clock.GetUtcNow(), cancel));
        api.MapDelete("/session", async (HttpContext http) =>
        {
            await http.SignOutAsync();
            return Results.NoContent();
        });
        api.MapPost("/session", async (
            SignIn body, HttpContext http, AccountStore accounts, CommandRunner runner, Representation representation, TimeProvider clock,
            CancellationToken cancel) =>
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
            var principal = SignedIn.Principal(appointment);
            await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, principal, properties);
            return Results.Ok(await Me(principal.Actor(), representation, clock.GetUtcNow(), cancel));
        }).AllowAnonymous().RequireRateLimiting(RateLimit);
    }

    private static async Task<Me> Me(Actor actor, Representation representation, DateTimeOffset now, CancellationToken cancel)
    {
        var represented = await representation.By(actor.Person, now, cancel);
        var superior = await representation.SuperiorOf(actor.Person, now, cancel);
        return new Me(
            actor.Person.Id, actor.Person.Name, Wire.Word(actor.Role),
            [.. represented.Select(absent => new Represented(absent.Person.Id, absent.Person.Name, Wire.Word(absent.Role)))],
            superior is null ? null : new Person(superior.Id, superior.Name));
    }

    private static IResult Denied(string title, string detail) => Results.Problem(
        statusCode: StatusCodes.Status401Unauthorized, title: title, detail: detail,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = ProblemCodes.NotAllowed });
}
