namespace Intake.Domain.Staff;

/// <summary>
/// A fact about one person's work outside the office (C6). A stream holds all devices of one person, and what was kept from him there.
/// </summary>
public interface RemoteAccessEvent : IEvent;

/// <summary>The person signed in with his right password on a device outside the office that is not registered; it waits to be admitted.</summary>
/// <param name="DeviceId">Derived from the person and the secret that the device keeps; tells nothing of either.</param>
/// <param name="Label">What a person recognises the device by: browser and system.</param>
public sealed record DeviceRequested(string DeviceId, StaffRef Person, string Label, DateTimeOffset At) : RemoteAccessEvent;

/// <summary>The request is forgotten, because as many newer ones of the same person wait as may.</summary>
public sealed record DeviceRequestLapsed(string DeviceId, StaffRef Person, DateTimeOffset At) : RemoteAccessEvent;

/// <summary>The person may work outside the office on this device.</summary>
/// <param name="Order">By which order or agreement he may; its number, or other words by which it is found.</param>
/// <param name="Until">The first moment at which he may not any more.</param>
public sealed record DeviceAdmitted(string DeviceId, StaffRef Person, StaffRef By, string Order, DateTimeOffset At, DateTimeOffset Until) :
    RemoteAccessEvent;

/// <summary>The request was turned down; the device asks no more by itself.</summary>
public sealed record DeviceRefused(string DeviceId, StaffRef Person, StaffRef By, string Reason, DateTimeOffset At) : RemoteAccessEvent;

/// <summary>The device is admitted no more; what is signed in on it outside the office ends at once.</summary>
public sealed record DeviceWithdrawn(string DeviceId, StaffRef Person, StaffRef By, string Reason, DateTimeOffset At) : RemoteAccessEvent;

/// <summary>In which form clients are read.</summary>
public enum ClientReading
{
    /// <summary>A card in full, or a client's history.</summary>
    Card,

    /// <summary>A line of a list of clients.</summary>
    List,
}

/// <summary>
/// Clients were kept from a person outside the office, because he has read as many within the hour as may be read there. One of these
/// stands for all that he asks for until then.
/// </summary>
/// <param name="ClientId">The first that he was not shown.</param>
/// <param name="Read">How many he had read within the hour.</param>
/// <param name="Until">When the first of them is an hour ago.</param>
public sealed record ClientsWithheld(
    StaffRef Person, ClientReading Reading, string ClientId, int Read, DateTimeOffset Until, DateTimeOffset At) : RemoteAccessEvent, IRefusal
{
    public string Code => "clients-withheld";

    public string Reason => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"You have read {Read} clients within an hour outside the office; more are shown from {Until.UtcDateTime:HH:mm} UTC. Clients of the call in hand are shown always.");
}
