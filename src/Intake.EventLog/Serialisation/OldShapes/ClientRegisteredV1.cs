using Intake.Domain.Clients;

namespace Intake.EventLog.Serialisation.OldShapes;

/// <summary>A client as he was registered when a card held one telephone number and no contact persons, stored as <c>ClientRegistered</c>.</summary>
public sealed record ClientRegisteredV1(
    string ClientId, string Name, string Country, string City, string Address, string Language, string Phone, string Source)
{
    /// <summary>The one number becomes the list; contacts and route were not known.</summary>
    public ClientRegistered ToCurrent() => new(
        ClientId, Name, Country, City, Address, Language, Route: string.Empty,
        Phones: string.IsNullOrEmpty(Phone) ? [] : [Phone], Contacts: [], Source);
}
