using System.Collections.Immutable;

namespace Intake.Domain.Clients;

/// <summary>What decisions about a client, and about his orders, need to know of him.</summary>
public sealed record Client(
    string Id,
    string Name,
    ClientType Type,
    StaffRef? Manager,
    string Route,
    string Column,
    string DeepestColumn,
    ContractSigned? Contract,
    ImmutableList<ReceiverAuthorised> Receivers)
{
    /// <summary>Client streams, and how their events become this state.</summary>
    public static readonly Aggregate<Client> Stream = new(
        "client",
        new Client(string.Empty, string.Empty, ClientType.Unknown, null, string.Empty, string.Empty, string.Empty, null, []),
        Evolve);

    /// <summary>True once the client is registered.</summary>
    public bool Exists => Id.Length > 0;

    /// <summary>Whether a supply contract covers the day.</summary>
    public bool HasContractOn(DateOnly day) => Contract is { } contract && contract.ValidFrom <= day && day <= contract.ValidTo;

    private static Client Evolve(Client client, IEvent @event) => @event switch
    {
        ClientRegistered e => client with { Id = e.ClientId, Name = e.Name, Route = e.Route },
        ClientClassified e => client with { Type = e.To },
        ManagerAssigned e => client with { Manager = e.Manager },
        PriceTermsAgreed e => client with { Column = e.Column, DeepestColumn = e.DeepestColumn },
        ContractSigned e => client with { Contract = e },
        ReceiverAuthorised e => client with { Receivers = client.Receivers.RemoveAll(r => r.Name == e.Name).Add(e) },
        _ => client,
    };
}
