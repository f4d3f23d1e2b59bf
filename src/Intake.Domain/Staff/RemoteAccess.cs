using System.Collections.Immutable;

namespace Intake.Domain.Staff;

/// <summary>How far the registration of a device has come.</summary>
public enum DevicePhase
{
    /// <summary>It waits to be admitted.</summary>
    Requested,

    /// <summary>It may be worked on, until the moment that stands beside.</summary>
    Admitted,

    /// <summary>Its request was turned down.</summary>
    Refused,

    /// <summary>It was admitted, and is no more.</summary>
    Withdrawn,
}

/// <summary>A device of one person.</summary>
/// <param name="Requested">The last time that it asked.</param>
/// <param name="Until">The first moment at which it may not be worked on any more; null where it never was admitted.</param>
public sealed record Device(DeviceRequested Requested, DevicePhase Phase, DateTimeOffset? Until)
{
    /// <summary>It may be worked on at this moment. Its own end counts; nothing has to happen for it.</summary>
    public bool IsAdmitted(DateTimeOffset now) => Phase == DevicePhase.Admitted && now < Until;
}

/// <summary>All devices of one person, and what is kept from him.</summary>
public sealed record RemoteAccess(ImmutableDictionary<string, Device> Devices, ImmutableDictionary<ClientReading, DateTimeOffset> WithheldUntil)
{
    /// <summary>Streams of remote access, one for each person, and how their events become this state.</summary>
    public static readonly Aggregate<RemoteAccess> Stream = new(
        "remoteAccess",
        new RemoteAccess(ImmutableDictionary<string, Device>.Empty, ImmutableDictionary<ClientReading, DateTimeOffset>.Empty),
        (access, @event) => @event switch
        {
            DeviceRequested e => access.With(new Device(e, DevicePhase.Requested, null)),
            DeviceRequestLapsed e => access with { Devices = access.Devices.Remove(e.DeviceId) },
            DeviceAdmitted e => access.With(access.Devices[e.DeviceId] with { Phase = DevicePhase.Admitted, Until = e.Until }),
            DeviceRefused e => access.With(access.Devices[e.DeviceId] with { Phase = DevicePhase.Refused }),
            DeviceWithdrawn e => access.With(access.Devices[e.DeviceId] with { Phase = DevicePhase.Withdrawn }),
            ClientsWithheld e => access with { WithheldUntil = access.WithheldUntil.SetItem(e.Reading, e.Until) },
            _ => access,
        });

    /// <summary>The person may work on this device outside the office at this moment.</summary>
    public bool Admits(string deviceId, DateTimeOffset now) => Devices.GetValueOrDefault(deviceId)?.IsAdmitted(now) == true;

    /// <summary>The devices that wait, the oldest first.</summary>
    public IReadOnlyList<Device> Waiting =>
        [.. Devices.Values.Where(device => device.Phase == DevicePhase.Requested).OrderBy(device => device.Requested.At).ThenBy(device => device.Requested.DeviceId, StringComparer.Ordinal)];

    private RemoteAccess With(Device device) => this with { Devices = Devices.SetItem(device.Requested.DeviceId, device) };
}

/// <summary>Which devices people may work on outside the office, and who says so (C6).</summary>
public static class RemoteAccessDecisions
{
    /// <summary>
    /// Asks for a device to be admitted; nothing where it waits already, or is admitted. One that was refused or withdrawn asks in vain:
    /// that somebody knew the password there is worth being kept.
    /// </summary>
    public static Decision Request(RemoteAccess access, DeviceRequested request, RemotePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(policy);
        return access.Devices.GetValueOrDefault(request.DeviceId) switch
        {
            { Phase: DevicePhase.Requested } => Decision.Nothing,
            { Phase: DevicePhase.Refused } => Decision.Refuse(
                "RequestDevice", "device-refused", "This device was refused. Ask who sets up access for you."),
            { Phase: DevicePhase.Withdrawn } => Decision.Refuse(
                "RequestDevice", "device-withdrawn", "This device was withdrawn. Ask who sets up access for you."),
            { } device when device.IsAdmitted(request.At) => Decision.Nothing,
            _ => Decision.Accept(
            [
                request,
                .. access.Waiting.Take(access.Waiting.Count + 1 - policy.MostRequests)
                    .Select(old => new DeviceRequestLapsed(old.Requested.DeviceId, old.Requested.Person, request.At)),
            ]),
        };
    }

    /// <summary>
    /// Admits a device until a moment, or moves that moment; also one that was refused or withdrawn before. Nobody admits a device of his
    /// own.
    /// </summary>
    public static Decision Admit(
        RemoteAccess access, string deviceId, StaffRef by, string order, DateTimeOffset until, RemotePolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(policy);
        return access.Devices.GetValueOrDefault(deviceId) switch
        {
            null => Unknown("AdmitDevice", deviceId),
            { Requested.Person.Id: var owner } when owner == by.Id => Decision.Refuse(
                "AdmitDevice", "own-device", "Nobody admits a device of his own; let somebody else do it."),
            _ when string.IsNullOrWhiteSpace(order) => Decision.Refuse(
                "AdmitDevice", "order-missing", "Name the order or the agreement by which the person works outside the office."),
            _ when until <= now => Decision.Refuse("AdmitDevice", "until-past", "The device would be admitted until a moment that is past; give a later one."),
            _ when until - now > policy.AdmittedForAtMost => Decision.Refuse(
                "AdmitDevice", "until-too-late", string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"A device is admitted for {policy.AdmittedForAtMost.TotalDays:0} days at most; give an earlier day.")),
            { } device when device.IsAdmitted(now) && device.Until == until => Decision.Nothing,
            { } device => Decision.Accept(new DeviceAdmitted(deviceId, device.Requested.Person, by, order, now, until)),
        };
    }

    /// <summary>Turns a request down.</summary>
    public static Decision Refuse(RemoteAccess access, string deviceId, StaffRef by, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(access);
        return access.Devices.GetValueOrDefault(deviceId) switch
        {
            null => Unknown("RefuseDevice", deviceId),
            { Phase: DevicePhase.Refused } => Decision.Nothing,
            { Phase: not DevicePhase.Requested } => Decision.Refuse(
                "RefuseDevice", "device-not-waiting", "The device does not wait to be admitted; withdraw it where it is admitted."),
            _ when string.IsNullOrWhiteSpace(reason) => Decision.Refuse("RefuseDevice", "reason-missing", "Say why the device is refused."),
            { Requested.Person: var person } => Decision.Accept(new DeviceRefused(deviceId, person, by, reason, now)),
        };
    }

    /// <summary>Admits a device no more, at once; also the own one.</summary>
    public static Decision Withdraw(RemoteAccess access, string deviceId, StaffRef by, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(access);
        return access.Devices.GetValueOrDefault(deviceId) switch
        {
            null => Unknown("WithdrawDevice", deviceId),
            { Phase: DevicePhase.Withdrawn } => Decision.Nothing,
            { Phase: not DevicePhase.Admitted } => Decision.Refuse("WithdrawDevice", "device-not-admitted", "The device is not admitted; refuse it where it waits."),
            _ when string.IsNullOrWhiteSpace(reason) => Decision.Refuse("WithdrawDevice", "reason-missing", "Say why the device is withdrawn."),
            { Requested.Person: var person } => Decision.Accept(new DeviceWithdrawn(deviceId, person, by, reason, now)),
        };
    }

    /// <summary>Withdraws every device that is admitted and refuses every one that waits, of a person who does not work here any more (A.I.3).</summary>
    public static Decision WithdrawAll(RemoteAccess access, StaffRef by, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(access);
        return Decision.Accept(
        [
            .. access.Devices.Values.Where(device => device.Phase is DevicePhase.Admitted or DevicePhase.Requested)
                .OrderBy(device => device.Requested.DeviceId, StringComparer.Ordinal)
                .Select(IEvent (device) => device.Phase == DevicePhase.Admitted
                    ? new DeviceWithdrawn(device.Requested.DeviceId, device.Requested.Person, by, reason, now)
                    : new DeviceRefused(device.Requested.DeviceId, device.Requested.Person, by, reason, now)),
        ]);
    }

    /// <summary>Keeps that clients were withheld; once until the moment from which on more may be read.</summary>
    public static Decision Withhold(RemoteAccess access, ClientsWithheld withheld)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(withheld);
        return access.WithheldUntil.TryGetValue(withheld.Reading, out var until) && withheld.At < until
            ? Decision.Nothing
            : Decision.Refuse(withheld);
    }

    private static Decision Unknown(string command, string deviceId) =>
        Decision.Refuse(command, "device-unknown", $"The person has no device '{deviceId}'; its request may have lapsed. Let him sign in there again.");
}
