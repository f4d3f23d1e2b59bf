using Intake.Domain;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;
using Intake.Domain.Staff;
using Intake.Import.Reading;

namespace Intake.Import.Csv;

/// <summary>Clients with their contacts, credit terms and open invoices.</summary>
internal static class CsvClients
{
    public static IReadOnlyList<ImportedClient> Read(
        CsvFiles files, string source, OrderedDictionary<string, StaffAppointed> staff, OrderedDictionary<string, PriceColumn> columns)
    {
        var clients = new OrderedDictionary<string, ImportedClient>(StringComparer.Ordinal);
        files.Each(
            "clients.csv", ["id", "name"],
            [
                "type", "type_reason", "country", "city", "address", "language", "route", "phones", "manager", "column",
                "deepest_column", "contract", "contract_from", "contract_to",
            ],
            row =>
            {
                var client = Client(row, source, staff, columns, files.Findings);
                files.Findings.Take(row, row.Key("id"), clients, client.Id, client);
            });
        Contacts(files, clients);
        CreditTerms(files, clients);
        Ledgers(files, clients);
        return [.. clients.Values];
    }

    private static ImportedClient Client(
        Row row, string source, OrderedDictionary<string, StaffAppointed> staff, OrderedDictionary<string, PriceColumn> columns,
        Findings findings)
    {
        var id = row.Text("id");
        var type = row.Optional("type").Length == 0 ? ClientType.Unknown : row.Named<ClientType>("type");
        var country = row.Optional("country");
        row.Require(country is "" or { Length: 2 }, $"country '{country}' is not a code of two letters");
        var language = row.Optional("language") is { Length: > 0 } given ? given : "en";
        row.Require(language is "en" or "ro" or "ru", $"language '{language}' is none of en, ro, ru");
        return new ImportedClient(
            new ClientRegistered(
                id, row.Text("name"), country, row.Optional("city"), row.Optional("address"), language, row.Optional("route"),
                [.. row.Optional("phones").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(phone => Phone(row, phone, country, findings))],
                [], source),
            type, type == ClientType.Unknown ? string.Empty : Or(row.Optional("type_reason"), "type in the imported file"),
            Manager(row, staff), row.Optional("manager").Length > 0 ? "manager in the imported file" : string.Empty, PriceTerms(row, id, columns), Contract(row, id), [], null, null);
    }

    private static StaffRef? Manager(Row row, OrderedDictionary<string, StaffAppointed> staff)
    {
        CsvFiles.Known(row, "manager", staff);
        if (staff.GetValueOrDefault(row.Optional("manager")) is not { } person)
        {
            return null;
        }

        row.Require(
            person.Role is StaffRole.Manager or StaffRole.KeyAccountManager or StaffRole.Head,
            $"manager '{person.StaffId}' is {person.Role}, who owns no clients");
        return new StaffRef(person.StaffId, person.Name);
    }

    private static PriceTermsAgreed? PriceTerms(Row row, string id, OrderedDictionary<string, PriceColumn> columns)
    {
        CsvFiles.Known(row, "column", columns);
        CsvFiles.Known(row, "deepest_column", columns);
        var column = row.Optional("column");
        row.Require(column.Length > 0 || row.Optional("deepest_column").Length == 0, "deepest_column is given without column");
        return column.Length == 0 ? null
            : new PriceTermsAgreed(id, column, Or(row.Optional("deepest_column"), column), "price terms in the imported file");
    }

    private static ContractSigned? Contract(Row row, string id)
    {
        if (row.Key("contract", "contract_from", "contract_to").Length == 0)
        {
            return null;
        }

        var contract = new ContractSigned(id, row.Text("contract"), row.Date("contract_from"), row.Date("contract_to"));
        row.Require(
            contract.ValidFrom <= contract.ValidTo || row.Problems.Count > 0,
            $"a contract from {row.Optional("contract_from")} cannot end on {row.Optional("contract_to")}");
        return contract;
    }

    /// <summary>Contacts in the order of the file; their numbers are numbers that the client may call from.</summary>
    private static void Contacts(CsvFiles files, OrderedDictionary<string, ImportedClient> clients) => files.Each(
        "contacts.csv", ["client", "name"], ["position", "phone", "receiver", "document"], row =>
        {
            CsvFiles.Known(row, "client", clients);
            var client = clients.GetValueOrDefault(row.Text("client"));
            var name = row.Text("name");
            var phone = row.Optional("phone") is { Length: > 0 } written
                ? Phone(row, written, client?.Card.Country ?? string.Empty, files.Findings)
                : string.Empty;
            var receives = row.Flag("receiver");
            row.Require(client?.Card.Contacts.Any(contact => contact.Name == name) != true, $"'{name}' is there already");
            if (!files.Findings.Accept(row, row.Key("client", "name")))
            {
                return;
            }

            clients[client!.Id] = client with
            {
                Card = client.Card with
                {
                    Contacts = [.. client.Card.Contacts, new Contact(name, row.Optional("position"), phone)],
                    Phones = [.. client.Card.Phones.Append(phone).Where(number => number.Length > 0).Distinct(StringComparer.Ordinal)],
                },
                Receivers = receives
                    ? [.. client.Receivers, new ReceiverAuthorised(client.Id, name, phone, row.Optional("document"))]
                    : client.Receivers,
            };
        });

    private static void CreditTerms(CsvFiles files, OrderedDictionary<string, ImportedClient> clients) => files.Each(
        "credit-terms.csv", ["client", "limit"], ["exempt", "reason"], row =>
        {
            CsvFiles.Known(row, "client", clients);
            var client = clients.GetValueOrDefault(row.Text("client"));
            decimal? limit = row.Optional("limit").Length == 0 ? null : row.Money("limit");
            row.Require(limit is null or >= 0, $"limit '{limit}' is below zero");
            var terms = new CreditTermsSet(
                row.Optional("client"), limit, row.Flag("exempt"), Or(row.Optional("reason"), "credit terms in the imported file"));
            row.Require(client?.CreditTerms is null, $"'{row.Optional("client")}' has credit terms already");
            if (files.Findings.Accept(row, row.Key("client")))
            {
                clients[client!.Id] = client with { CreditTerms = terms };
            }
        });

    /// <summary>
    /// Ledgers from open invoices; the balance is their sum. A client without an open invoice owes nothing as of the latest day
    /// of the file; without the file nothing is known.
    /// </summary>
    private static void Ledgers(CsvFiles files, OrderedDictionary<string, ImportedClient> clients)
    {
        var invoices = new OrderedDictionary<(string Client, string Number), (DateOnly AsOf, OpenInvoice Invoice)>();
        files.Each("receivables.csv", ["client", "invoice", "due", "open", "as_of"], [], row =>
        {
            CsvFiles.Known(row, "client", clients);
            var invoice = new OpenInvoice(row.Text("invoice"), row.Date("due"), row.Price("open"));
            files.Findings.Take(
                row, row.Key("client", "invoice"), invoices, (row.Text("client"), invoice.Number), (row.Date("as_of"), invoice));
        });
        if (invoices.Count == 0)
        {
            return;
        }

        var latest = invoices.Values.Max(entry => entry.AsOf);
        var owed = invoices.ToLookup(entry => entry.Key.Client, entry => entry.Value.Invoice, StringComparer.Ordinal);
        foreach (var client in clients.Values.ToList())
        {
            clients[client.Id] = client with
            {
                Ledger = new LedgerReported(
                    client.Id, new DateTimeOffset(latest.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
                    owed[client.Id].Sum(invoice => invoice.Open), [.. owed[client.Id]], []),
            };
        }
    }

    private static string Phone(Row row, string written, string region, Findings findings)
    {
        var (phone, remark) = TelephoneNumber.Normalise(written, region);
        if (remark is not null)
        {
            findings.Note(row.Table, row.Line, row.Key("id", "client"), remark);
        }

        return phone;
    }

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
