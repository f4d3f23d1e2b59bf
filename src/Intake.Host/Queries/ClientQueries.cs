using Intake.Application;
using Intake.Application.LookUps;
using Intake.Contracts;
using Intake.Domain.Receivables;
using Intake.Host.Http;
using Intake.Projections;
using Intake.Projections.ClientCard;
using Intake.Projections.OrderBook;
using Npgsql;

namespace Intake.Host.Queries;

/// <summary>Clients' cards, with what they owe and what they usually buy.</summary>
public sealed class ClientQueries(NpgsqlDataSource database, CreditPolicy creditPolicy, Home home, TimeProvider clock)
{
    private const int UsualProducts = 8;
    private const int LastOrders = 5;

    /// <summary>Clients whose id, name, city or contact has all the words, or whose number has the digits.</summary>
    public async Task<IReadOnlyList<ClientFound>> Search(string query, int take, CancellationToken cancel)
    {
        var words = SearchText.Fold(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var digits = PhoneDigits.Of(query);
        await using var command = database.CreateCommand(
            """
            select client_id, name, city, type, manager ->> 'id', manager ->> 'name', coalesce(phones ->> 0, '')
            from client_card.client
            where name <> '' and (search_text like all ($1)
                or ($2 <> '' and exists (select from client_card.client_phone p where p.client_id = client.client_id and p.phone like '%' || $2 || '%')))
            order by name limit $3
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = words.Select(word => $"%{word}%").ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = digits.Length >= 5 ? digits : string.Empty });
        command.Parameters.Add(new NpgsqlParameter { Value = take });
        return await command.ListOf(
            row => new ClientFound(
                row.GetString(0), row.GetString(1), row.GetString(2), Wire.Word(Enum.Parse<Domain.Clients.ClientType>(row.GetString(3))),
                row.IsDBNull(4) ? null : new Person(row.GetString(4), row.GetString(5)), row.GetString(6)),
            cancel);
    }

    /// <summary>The card; the ledger only for those who may read it, the verdict for everybody.</summary>
    public async Task<ClientCard?> Card(string clientId, bool withLedger, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        var found = (await connection.Rows<ClientRow>("client_card.client", "where key = $1", cancel, clientId)).SingleOrDefault();
        if (found is not { Row: { Name.Length: > 0 } client })
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var debt = creditPolicy.Assess(client.Owed, string.Empty, 0, now, home.DayOf(now));
        return new ClientCard(
            client.ClientId, client.Name, Wire.Word(client.Type), client.Country, client.City, client.Address, client.Language, client.Route,
            client.Manager is { } manager ? new Person(manager.Id, manager.Name) : null,
            client.Manager is { } owner ? await PresenceOf(connection, owner.Id, cancel) : string.Empty, client.Phones,
            [.. client.Contacts.Select(contact => new ContactPerson(contact.Name, contact.Position, contact.Phone))],
            [.. client.Receivers.Select(receiver => new Receiver(receiver.Name, receiver.Phone, receiver.Document))], client.PriceColumn,
            client.DeepestColumn, client.ContractNumber, client.ContractUntil, Wire.Word(debt.Verdict), debt.InWords,
            withLedger ? Ledger(debt) : null, await Usual(connection, clientId, cancel), await Last(connection, clientId, cancel), found.At);
    }

    /// <summary>The delivery route that serves the client; empty where none does.</summary>
    public async Task<string> RouteOf(string clientId, CancellationToken cancel)
    {
        await using var query = database.CreateCommand("select route from client_card.client where key = $1");
        query.Parameters.Add(new NpgsqlParameter { Value = clientId });
        return (await query.ListOf(row => row.GetString(0), cancel)).SingleOrDefault() ?? string.Empty;
    }

    private static Ledger Ledger(CreditAssessment debt) => new(
        debt.Balance, debt.Overdue, debt.OverdueDays, debt.Limit, debt.Unbilled, debt.Reserved, debt.Exposure, debt.AsOf);

    private static async Task<string> PresenceOf(NpgsqlConnection connection, string staffId, CancellationToken cancel)
    {
        await using var query = new NpgsqlCommand(
            """
            select case when exists (select from operator_queue.call where not is_over and assignee ->> 'id' = $1) then 'OnCall' else presence end
            from operator_queue.person where key = $1
            """,
            connection);
        query.Parameters.Add(new NpgsqlParameter { Value = staffId });
        return (await query.ListOf(row => row.GetString(0), cancel)).SingleOrDefault() switch
        {
            { } state => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state),
            null => string.Empty,
        };
    }

    private static async Task<IReadOnlyList<UsualProduct>> Usual(NpgsqlConnection connection, string clientId, CancellationToken cancel)
    {
        await using var query = new NpgsqlCommand(
            """
            select product_id, coalesce(product.name_en, product_id), orders, last_quantity
            from order_book.client_product left join catalogue.product using (product_id)
            where client_id = $1 and not coalesce(discontinued, false)
            order by orders desc, last_date desc, product_id limit $2
            """,
            connection);
        query.Parameters.Add(new NpgsqlParameter { Value = clientId });
        query.Parameters.Add(new NpgsqlParameter { Value = UsualProducts });
        return await query.ListOf(
            row => new UsualProduct(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetDecimal(3)), cancel);
    }

    private static async Task<IReadOnlyList<PastOrder>> Last(NpgsqlConnection connection, string clientId, CancellationToken cancel)
    {
        var submitted = await connection.Rows<Projections.OrderBook.OrderRow>(
            "order_book.orders", "where client_id = $1 and submitted_at is not null order by opened_at desc limit $2", cancel, clientId,
            LastOrders);
        var past = await connection.Rows<PastOrderRow>(
            "order_book.past_order", "where client_id = $1 order by date desc, key desc limit $2", cancel, clientId, LastOrders);
        return
        [
            .. submitted
                .Select(order => new PastOrder(
                    order.Row.OrderId, DateOnly.FromDateTime(order.Row.OpenedAt.UtcDateTime), order.Row.Total, order.Row.Lines))
                .Concat(past.Select(order => new PastOrder(order.Row.OrderId, order.Row.Date, order.Row.Total, order.Row.Lines.Count)))
                .OrderByDescending(order => order.Date)
                .Take(LastOrders),
        ];
    }
}
