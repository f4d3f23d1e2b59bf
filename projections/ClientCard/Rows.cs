using Intake.Domain;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;

namespace Intake.Projections.ClientCard;

/// <summary>A client's card. A client of whom only terms or a ledger are known so far has a row with an empty name.</summary>
/// <param name="PriceColumn">The column that he buys at, or empty.</param>
/// <param name="DeepestColumn">The deepest that his terms allow, or empty.</param>
/// <param name="ContractUntil">The last day of the contract, included.</param>
/// <param name="Owed">What he owes and may owe; <see cref="CreditPolicy.Assess"/> judges it as it judges orders.</param>
/// <param name="SearchText">Id, name, city, contacts, folded by <see cref="Intake.Projections.SearchText.Fold"/>.</param>
public sealed record ClientRow(
    string ClientId, string Name, ClientType Type, StaffRef? Manager, string Country, string City, string Address, string Language,
    string Route, IReadOnlyList<string> Phones, IReadOnlyList<Contact> Contacts, IReadOnlyList<AuthorisedReceiver> Receivers,
    string PriceColumn, string DeepestColumn, string ContractNumber, DateOnly? ContractFrom, DateOnly? ContractUntil,
    ClientReceivables Owed, string SearchText)
{
    /// <summary>Known by his id alone.</summary>
    public static ClientRow Unregistered(string clientId) => new(
        clientId, string.Empty, ClientType.Unknown, null, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, [], [], [],
        string.Empty, string.Empty, string.Empty, null, null, ClientReceivables.Stream.Initial, string.Empty);
}

/// <summary>Somebody who may take the client's goods.</summary>
public sealed record AuthorisedReceiver(string Name, string Phone, string Document);

/// <summary>A number that a client may call from.</summary>
/// <param name="Phone">Digits only, see <see cref="PhoneDigits.Of"/>.</param>
/// <param name="Contact">The person at this number, or empty.</param>
public sealed record ClientPhoneRow(string Phone, string ClientId, string ClientName, string Contact);
