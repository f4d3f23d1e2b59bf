namespace Intake.Domain.Clients;

/// <summary>A fact about a company that buys, or may.</summary>
public interface ClientEvent : IEvent;

/// <summary>What sort of client it is; with purpose, debt and presence it decides who serves him (A.III.2).</summary>
public enum ClientType
{
    /// <summary>Not yet established; no order before it is.</summary>
    Unknown,

    /// <summary>Served by key-account managers only (A.III.4).</summary>
    Key,

    /// <summary>Shops and chains of them.</summary>
    Retail,

    /// <summary>Traders on markets (A.III.16).</summary>
    Market,

    /// <summary>Restaurants, hotels, canteens.</summary>
    Horeca,

    /// <summary>Delivered outside the home region (A.III.13).</summary>
    Regional,

    /// <summary>The company's own shops: exempt from the credit gate, never from its record.</summary>
    OwnOutlet,
}

/// <summary>A person who speaks for the client.</summary>
/// <param name="Phone">E.164 where it could be normalised.</param>
public sealed record Contact(string Name, string Position, string Phone);

/// <summary>The client is known from now on.</summary>
/// <param name="Phones">Numbers he may call from, E.164 where they could be normalised, else as given.</param>
/// <param name="Language"><c>en</c>, <c>ro</c> or <c>ru</c>.</param>
/// <param name="Route">The delivery route that serves him; empty where none does.</param>
public sealed record ClientRegistered(
    string ClientId, string Name, string Country, string City, string Address, string Language, string Route,
    IReadOnlyList<string> Phones, IReadOnlyList<Contact> Contacts, string Source) : ClientEvent;

/// <summary>The type was established or changed; dated by its envelope, with the reason.</summary>
public sealed record ClientClassified(string ClientId, ClientType From, ClientType To, string Reason) : ClientEvent;

/// <summary>A manager owns this client from now on (A.III.15).</summary>
public sealed record ManagerAssigned(string ClientId, StaffRef? Previous, StaffRef Manager, string Reason) : ClientEvent;

/// <summary>The price column that the client buys at, and the deepest one that his terms allow.</summary>
/// <param name="Column">A column of the price list, e.g. <c>C10</c> for 10 % off.</param>
/// <param name="DeepestColumn">No line may be priced below it without an override.</param>
public sealed record PriceTermsAgreed(string ClientId, string Column, string DeepestColumn, string Reason) : ClientEvent;

/// <summary>A supply contract is in force between two days, both included; without one no order (A.I.4.2).</summary>
public sealed record ContractSigned(string ClientId, string Number, DateOnly ValidFrom, DateOnly ValidTo) : ClientEvent;

/// <summary>This person may take the client's goods.</summary>
/// <param name="Document">Power of attorney or another proof of authority.</param>
public sealed record ReceiverAuthorised(string ClientId, string Name, string Phone, string Document) : ClientEvent;
