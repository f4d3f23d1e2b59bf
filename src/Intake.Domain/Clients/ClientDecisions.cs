using Intake.Domain.Staff;

namespace Intake.Domain.Clients;

/// <summary>What people may do to a client's card. Saying again what is so already changes nothing.</summary>
public static class ClientDecisions
{
    /// <summary>Writes a client into the base.</summary>
    public static Decision Register(Client client, ClientRegistered registration)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(registration);
        return client switch
        {
            { Exists: true } when client.Name == registration.Name => Decision.Nothing,
            { Exists: true } => Decision.Refuse("RegisterClient", "client-exists", $"'{client.Id}' is {client.Name} already."),
            _ when string.IsNullOrWhiteSpace(registration.Name) => Decision.Refuse("RegisterClient", "name-missing", "A client needs a name."),
            _ => Decision.Accept(registration),
        };
    }

    /// <summary>Establishes or changes the type, with a reason (A.III.2).</summary>
    public static Decision Classify(Client client, ClientType type, string reason) =>
        Known(client, "ClassifyClient") ?? (type, reason) switch
        {
            (ClientType.Unknown, _) => Decision.Refuse("ClassifyClient", "type-missing", "Choose the client's type."),
            (_, _) when type == client.Type => Decision.Nothing,
            (_, { } why) when string.IsNullOrWhiteSpace(why) =>
                Decision.Refuse("ClassifyClient", "reason-missing", "Say why the client is of this type."),
            _ => Decision.Accept(new ClientClassified(client.Id, client.Type, type, reason)),
        };

    /// <summary>Gives the client a manager (A.III.2, A.III.15): a member of staff who may own clients; with a reason.</summary>
    public static Decision AssignManager(Client client, StaffMember manager, string reason)
    {
        ArgumentNullException.ThrowIfNull(manager);
        return Known(client, "AssignManager") ?? manager switch
        {
            { Appointment: null } or { Dismissed: true } =>
                Decision.Refuse("AssignManager", "staff-unknown", "There is no such member of staff."),
            { Appointment.Role: not (StaffRole.Manager or StaffRole.KeyAccountManager or StaffRole.Head) } =>
                Decision.Refuse("AssignManager", "not-a-manager", $"{manager.Appointment.Name} is no manager and cannot own clients."),
            { Appointment: { } appointed } when client.Manager?.Id == appointed.StaffId => Decision.Nothing,
            _ when string.IsNullOrWhiteSpace(reason) =>
                Decision.Refuse("AssignManager", "reason-missing", "Say why this manager is to own the client."),
            { Appointment: { } appointed } => Decision.Accept(new ManagerAssigned(
                client.Id, client.Manager, new StaffRef(appointed.StaffId, appointed.Name), reason)),
        };
    }

    /// <summary>Agrees the price column and the deepest one allowed.</summary>
    public static Decision AgreePriceTerms(Client client, string column, string deepest, string reason) =>
        Known(client, "AgreePriceTerms") ?? (client.Column == column && client.DeepestColumn == deepest
            ? Decision.Nothing
            : Decision.Accept(new PriceTermsAgreed(client.Id, column, deepest, reason)));

    /// <summary>Records a supply contract.</summary>
    public static Decision SignContract(Client client, string number, DateOnly from, DateOnly to) =>
        Known(client, "SignContract") ?? (from > to
            ? Decision.Refuse("SignContract", "dates-reversed", $"A contract from {from:yyyy-MM-dd} cannot end on {to:yyyy-MM-dd}.")
            : client.Contract is { } contract && contract.Number == number && contract.ValidFrom == from && contract.ValidTo == to
                ? Decision.Nothing
                : Decision.Accept(new ContractSigned(client.Id, number, from, to)));

    /// <summary>Names a person who may take the goods.</summary>
    public static Decision AuthoriseReceiver(Client client, string name, string phone, string document)
    {
        if (Known(client, "AuthoriseReceiver") is { } refused)
        {
            return refused;
        }

        var receiver = new ReceiverAuthorised(client.Id, name, phone, document);
        return client.Receivers.Contains(receiver) ? Decision.Nothing : Decision.Accept(receiver);
    }

    private static Decision? Known(Client client, string command)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.Exists ? null : Decision.Refuse(command, "client-unknown", "There is no such client.");
    }
}
