using System.Security.Claims;
using Intake.Application;
using Intake.Application.Staff;
using Intake.Domain;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Intake.Host.Accounts;

/// <summary>The person behind a request.</summary>
public static class SignedIn
{
    /// <summary>How long a cookie is believed before the appointment is looked up again.</summary>
    private static readonly TimeSpan BelievedFor = TimeSpan.FromMinutes(1);

    /// <summary>The claims of an appointed person.</summary>
    public static ClaimsPrincipal Principal(StaffAppointed appointment) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, appointment.StaffId),
            new Claim(ClaimTypes.Name, appointment.Name),
            new Claim(ClaimTypes.Role, appointment.Role.ToString()),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>Who acts, from the claims.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in; the endpoint forgot to ask for it.</exception>
    public static Actor Actor(this ClaimsPrincipal principal) => new(
        new StaffRef(
            principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in."),
            principal.FindFirstValue(ClaimTypes.Name) ?? string.Empty),
        Enum.Parse<StaffRole>(principal.FindFirstValue(ClaimTypes.Role)!));

    /// <summary>Ends the session of whoever has been dismissed or has another role since, and lets nobody in from outside who may not work there.</summary>
    public static async Task Revalidate(CookieValidatePrincipalContext context)
    {
        var clock = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        var checkedAt = context.Properties.GetString("checked") is { } text
            ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            : DateTimeOffset.MinValue;
        var actor = context.Principal!.Actor();
        var outside = context.HttpContext.RequestServices.GetRequiredService<OutsideSessions>();
        if (!await outside.Passes(context.HttpContext, actor.Person.Id, context.Properties))
        {
            context.RejectPrincipal();
            return;
        }

        if (clock.GetUtcNow() - checkedAt < BelievedFor
            && !context.HttpContext.RequestServices.GetRequiredService<EndedAppointments>().Contains(actor.Person.Id))
        {
            return;
        }

        var runner = context.HttpContext.RequestServices.GetRequiredService<CommandRunner>();
        var member = (await runner.Load(StaffMember.Stream, actor.Person.Id, context.HttpContext.RequestAborted)).State;
        if (member.InForce is { } appointment && appointment.Role == actor.Role)
        {
            Stamp(context.Properties, clock);
            context.ShouldRenew = true;
        }
        else
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
        }
    }

    /// <summary>Notes when the appointment was last looked up.</summary>
    public static void Stamp(AuthenticationProperties properties, TimeProvider clock) =>
        properties.SetString("checked", clock.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture));
}
