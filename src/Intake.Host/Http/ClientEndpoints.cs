using Intake.Application.Clients;
using Intake.Application.Finance;
using Intake.Application.Staff;
using Intake.Contracts;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;
using Intake.Domain.Staff;
using Intake.Host.Accounts;
using Intake.Host.Queries;
using AgreePriceTerms = Intake.Application.Clients.AgreePriceTerms;
using AssignManager = Intake.Application.Clients.AssignManager;
using ClassifyClient = Intake.Application.Clients.ClassifyClient;
using RegisterClient = Intake.Application.Clients.RegisterClient;
using ReportLedger = Intake.Application.Finance.ReportLedger;
using SetCreditTerms = Intake.Application.Finance.SetCreditTerms;
using SignContract = Intake.Application.Clients.SignContract;

namespace Intake.Host.Http;

/// <summary>Clients and what they owe.</summary>
public static class ClientEndpoints
{
    public static void MapClients(this IEndpointRouteBuilder api)
    {
        var clients = api.MapGroup("/clients").RequireAuthorization(Policies.Clients);
        clients.MapGet("/", (string? query, int? take, HttpContext http, ClientQueries queries, OutsideLimits outside, CancellationToken cancel) =>
            http.Outside() is null
                ? Answered(queries.Search(query ?? string.Empty, Math.Clamp(take ?? 20, 1, 100), cancel))
                : outside.Search(http, query ?? string.Empty, take ?? 20, cancel));
        clients.MapGet("/{id}", async (
            string id, HttpContext http, ClientQueries queries, OutsideLimits outside, Representation representation, TimeProvider clock,
            CancellationToken cancel) =>
        {
            if (await outside.Withheld(http, ClientReading.Card, [Wire.Id(id, "id")], cancel) is { } withheld)
            {
                return withheld;
            }

            var actor = http.User.Actor();
            var ledger = await representation.Allows(actor, Policies.SeesLedger, clock.GetUtcNow(), cancel);
            return await queries.Card(Wire.Id(id, "id"), ledger, cancel) is { } card
                ? Results.Ok(card)
                : Problems.NotFound("There is no such client.");
        });

        clients.MapPost("/", (Contracts.RegisterClient body, Commander commander) => commander.Send(
            context => new RegisterClient(Card(body)) { Context = context }));
        clients.MapPost("/{id}/classify", (string id, Contracts.ClassifyClient body, Commander commander) => commander.Send(
            context => new ClassifyClient(Wire.Id(id, "id"), Wire.Value<ClientType>(body.Type, "type"), body.Reason) { Context = context }));
        clients.MapPost("/{id}/manager", (string id, Contracts.AssignManager body, Commander commander) => commander.Send(
            context => new AssignManager(Wire.Id(id, "id"), Wire.Id(body.StaffId, "staffId"), body.Reason) { Context = context }));
        clients.MapPost("/{id}/price-terms", (string id, Contracts.AgreePriceTerms body, Commander commander) => commander.Send(
            context => new AgreePriceTerms(Wire.Id(id, "id"), body.Column, body.DeepestColumn, body.Reason) { Context = context }));
        clients.MapPost("/{id}/contract", (string id, Contracts.SignContract body, Commander commander) => commander.Send(
            context => new SignContract(Wire.Id(id, "id"), body.Number, body.ValidFrom, body.ValidTo) { Context = context }));
        clients.MapPost("/{id}/ledger", (string id, Contracts.ReportLedger body, Commander commander) => commander.Send(
            context => new ReportLedger(Ledger(Wire.Id(id, "id"), body)) { Context = context }));
        clients.MapPost("/{id}/credit-terms", (string id, Contracts.SetCreditTerms body, Commander commander) => commander.Send(
            context => new SetCreditTerms(Wire.Id(id, "id"), body.Limit, body.Exempt, body.Reason) { Context = context }));
    }

    private static async Task<IResult> Answered<T>(Task<T> rows) => Results.Ok(await rows);

    private static ClientRegistered Card(Contracts.RegisterClient body)
    {
        string[] phones = string.IsNullOrWhiteSpace(body.Phone) ? [] : [body.Phone];
        Contact[] contacts = string.IsNullOrWhiteSpace(body.Contact) ? [] : [new Contact(body.Contact, string.Empty, body.Phone ?? string.Empty)];
        return new ClientRegistered(
            Wire.Id(body.ClientId, "clientId"), body.Name, body.Country ?? string.Empty, body.City ?? string.Empty,
            body.Address ?? string.Empty, body.Language ?? "en", Route: string.Empty, phones, contacts, "desk");
    }

    private static LedgerReported Ledger(string clientId, Contracts.ReportLedger body) => new(
        clientId, body.AsOf, body.Balance,
        [.. body.Invoices.Select(invoice => new Domain.Receivables.OpenInvoice(invoice.Number, invoice.Due, invoice.Open))],
        [.. body.BilledOrders]);
}
