using Intake.Domain;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;
using Intake.Projections.Engine;

namespace Intake.Projections.ClientCard;

/// <summary>Who a client is, what was agreed with him, what he owes, and from which numbers he calls.</summary>
public static class ClientCardProjection
{
    public static readonly Projection Definition = new("client_card", 1, Schema.Of("ClientCard"), [Clients(), Phones()]);

    private static Table<ClientRow> Clients() => Owing(new Table<ClientRow>("client")
        .On<ClientRegistered>(e => e.ClientId, (row, e, _) => Of(row, e.ClientId) with
        {
            Name = e.Name,
            Country = e.Country,
            City = e.City,
            Address = e.Address,
            Language = e.Language,
            Route = e.Route,
            Phones = e.Phones,
            Contacts = e.Contacts,
            SearchText = SearchText.Fold([e.ClientId, e.Name, e.City, .. e.Contacts.Select(contact => contact.Name)]),
        })
        .On<ClientClassified>(e => e.ClientId, (row, e, _) => Of(row, e.ClientId) with { Type = e.To })
        .On<ManagerAssigned>(e => e.ClientId, (row, e, _) => Of(row, e.ClientId) with { Manager = e.Manager })
        .On<PriceTermsAgreed>(e => e.ClientId, (row, e, _) => Of(row, e.ClientId) with
        {
            PriceColumn = e.Column,
            DeepestColumn = e.DeepestColumn,
        })
        .On<ContractSigned>(e => e.ClientId, (row, e, _) => Of(row, e.ClientId) with
        {
            ContractNumber = e.Number,
            ContractFrom = e.ValidFrom,
            ContractUntil = e.ValidTo,
        })
        .On<ReceiverAuthorised>(e => e.ClientId, (row, e, _) => WithReceiver(Of(row, e.ClientId), e)));

    private static Table<ClientRow> Owing(Table<ClientRow> clients) => clients
        .On<CreditTermsSet>(e => e.ClientId, (row, e, _) => Owing(row, e.ClientId, e))
        .On<LedgerReported>(e => e.ClientId, (row, e, _) => Owing(row, e.ClientId, e))
        .On<CreditReserved>(e => e.ClientId, (row, e, _) => Owing(row, e.ClientId, e))
        .On<CreditReservationReleased>(e => e.ClientId, (row, e, _) => Owing(row, e.ClientId, e))
        .On<OrderCharged>(e => e.ClientId, (row, e, _) => Owing(row, e.ClientId, e));

    private static Table<ClientPhoneRow> Phones() => new Table<ClientPhoneRow>("client_phone")
        .OnEach<ClientRegistered>(
            e => NumbersOf(e).Select(number => number.Phone).Distinct().Select(phone => PhoneKey(phone, e.ClientId)),
            (_, key, e, _) =>
            {
                var number = NumbersOf(e)
                    .Where(number => PhoneKey(number.Phone, e.ClientId) == key)
                    .MaxBy(number => number.Contact.Length > 0);
                return new ClientPhoneRow(number.Phone, e.ClientId, e.Name, number.Contact);
            });

    private static string PhoneKey(string phone, string clientId) => $"{phone}|{clientId}";

    private static IEnumerable<(string Phone, string Contact)> NumbersOf(ClientRegistered e) => e.Contacts
        .Select(contact => (Phone: PhoneDigits.Of(contact.Phone), Contact: contact.Name))
        .Concat(e.Phones.Select(phone => (Phone: PhoneDigits.Of(phone), Contact: string.Empty)))
        .Where(number => number.Phone.Length > 0);

    private static ClientRow Of(ClientRow? row, string clientId) => row ?? ClientRow.Unregistered(clientId);

    private static ClientRow Owing(ClientRow? row, string clientId, IEvent e)
    {
        var client = Of(row, clientId);
        return client with { Owed = ClientReceivables.Stream.Evolve(client.Owed, e) };
    }

    private static ClientRow WithReceiver(ClientRow client, ReceiverAuthorised e) => client with
    {
        Receivers =
        [
            .. client.Receivers.Where(receiver => receiver.Name != e.Name), new AuthorisedReceiver(e.Name, e.Phone, e.Document),
        ],
    };
}
