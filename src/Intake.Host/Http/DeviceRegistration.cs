using Intake.Application;
using Intake.Application.Staff;
using Intake.EventLog.Serialisation;
using Intake.Host.Accounts;

namespace Intake.Host.Http;

/// <summary>Signing in outside the office: on a device that is not registered it is refused, and asks for the registration by itself (C6).</summary>
public sealed class DeviceRegistration(Commander commander, OutsideSessions sessions)
{
    /// <summary>Null where the device is admitted; else the refusal. The person's password was right: for a wrong one nothing is asked for.</summary>
    public async Task<IResult?> Missing(HttpContext http, Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(actor);
        var deviceId = DeviceCookie.Keep(http, actor.Person.Id);
        if (await sessions.Admits(actor.Person.Id, deviceId, cancel))
        {
            return null;
        }

        var asked = await commander.Carry(
            context => new RequestDevice(actor.Person, deviceId, DeviceCookie.LabelOf(http.Request.Headers.UserAgent)) { Context = context },
            actor: Actor.System, source: "sign-in");
        var code = DeviceCookie.CodeOf(deviceId);
        return asked switch
        {
            Done => Problems.DeviceNotAdmitted(
                "device-waiting", "Outside the office you work on registered devices only. Read this code to who sets up access for you, then sign in again.", code),
            Refused { Refusal: var refusal } => Problems.DeviceNotAdmitted(refusal.Code, refusal.Reason, code),
            _ => Commander.Answer(asked),
        };
    }
}
