using System.Globalization;
using Intake.Application;
using Intake.Application.Catalogue;
using Intake.Application.Clients;
using Intake.Application.Finance;
using Intake.Application.Ordering;
using Intake.Application.Staff;
using Intake.Domain;
using Intake.EventLog.Serialisation;
using Intake.Host.Accounts;
using Intake.Host.Hosting;
using Intake.Import;
using MediatR;

namespace Intake.Host.Cli;

/// <summary>
/// Turns a company's data into commands. The ids of the commands derive from what they say, so that taking the same data again changes
/// nothing, and taking changed data changes what is different.
/// </summary>
public sealed class CompanyLoader(IMediator mediator, AccountStore accounts, HostSettings settings, TimeProvider clock)
{
    private const int AtOnce = 32;

    // Whose command it is, and when, is known when it is sent; what it says does not depend on that.
    private static readonly CommandContext Unsent = new(Guid.Empty, Actor.System, DateTimeOffset.UnixEpoch, string.Empty, "import");

    /// <summary>Carries all of it out.</summary>
    /// <returns>What the rules refused, as rows that could not be taken.</returns>
    public async Task<IReadOnlyList<RowRemark>> Load(CompanyData company, Progress progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(company);
        ArgumentNullException.ThrowIfNull(progress);
        var refused = new List<RowRemark>();
        // Who leads others is appointed before them.
        foreach (var rank in company.Staff.GroupBy(person => (person.ReportsTo is not null, person.Role != StaffRole.Head)).OrderBy(rank => rank.Key))
        {
            await Each("staff", [.. rank], person => person.StaffId, person => [new AppointStaff(person) { Context = Unsent }]);
        }

        await OpenAccounts(company, cancel);
        await Each("products", company.Products, product => product.Card.ProductId, Commands);
        await OneByOne("price lists", company.PriceLists, list => list.Version.ToString(CultureInfo.InvariantCulture), list =>
            new PublishPriceList(list.Decision, list.ValidFrom, list.Columns, list.Prices) { Context = Unsent });
        await OneByOne("focus lists", company.FocusLists, list => list.Version.ToString(CultureInfo.InvariantCulture), list =>
            new PublishFocusList(list.Decision, list.Novelties, list.Specials) { Context = Unsent });
        await Each("clients", company.Clients, client => client.Id, Commands);
        await Each("orders", company.Orders, order => order.Order.OrderId, order => [new ImportPastOrder(order.Order) { Context = Unsent }]);
        return refused;

        async Task Each<T>(string table, IReadOnlyList<T> rows, Func<T, string> key, Func<T, IEnumerable<Command>> commands)
        {
            progress.Begin(table, rows.Count);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
            await Parallel.ForEachAsync(rows, parallel, async (row, stop) =>
            {
                foreach (var command in commands(row))
                {
                    await Send(table, key(row), command, stop);
                }

                progress.Step();
            });
        }

        async Task OneByOne<T>(string table, IReadOnlyList<T> rows, Func<T, string> key, Func<T, Command> command)
        {
            progress.Begin(table, rows.Count);
            foreach (var row in rows)
            {
                await Send(table, key(row), command(row), cancel);
                progress.Step();
            }
        }

        async Task Send(string table, string key, Command command, CancellationToken stop)
        {
            var id = EventLog.Serialisation.EventId.Named($"import {company.Source} {command.GetType().Name} {key} {Said(command)}");
            var result = await mediator.Send(
                command with { Context = Unsent with { CommandId = id, Now = clock.GetUtcNow() } }, stop);
            if (result is not Done)
            {
                lock (refused)
                {
                    refused.Add(new RowRemark(table, 0, key, result is Refused no ? no.Refusal.Reason : result.ToString()));
                }
            }
        }
    }

    // Everything that the command says, so that a changed row is another command.
    private static string Said(Command command) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(command, command.GetType())));

    private static IEnumerable<Command> Commands(ImportedProduct product)
    {
        yield return new ListProduct(product.Card) { Context = Unsent };
        if (product.DiscontinuedBecause is { } why)
        {
            yield return new DiscontinueProduct(product.Card.ProductId, why) { Context = Unsent };
        }
    }

    private static IEnumerable<Command> Commands(ImportedClient client)
    {
        yield return new RegisterClient(client.Card) { Context = Unsent };
        if (client.Type != Domain.Clients.ClientType.Unknown)
        {
            yield return new ClassifyClient(client.Id, client.Type, client.TypeReason) { Context = Unsent };
        }

        if (client.Manager is { } manager)
        {
            yield return new AssignManager(client.Id, manager.Id, client.ManagerReason) { Context = Unsent };
        }

        if (client.PriceTerms is { } terms)
        {
            yield return new AgreePriceTerms(client.Id, terms.Column, terms.DeepestColumn, terms.Reason) { Context = Unsent };
        }

        if (client.Contract is { } contract)
        {
            yield return new SignContract(client.Id, contract.Number, contract.ValidFrom, contract.ValidTo) { Context = Unsent };
        }

        foreach (var receiver in client.Receivers)
        {
            yield return new AuthoriseReceiver(client.Id, receiver.Name, receiver.Phone, receiver.Document) { Context = Unsent };
        }

        if (client.CreditTerms is { } credit)
        {
            yield return new SetCreditTerms(client.Id, credit.Limit, credit.Exempt, credit.Reason) { Context = Unsent };
        }

        if (client.Ledger is { } ledger)
        {
            yield return new ReportLedger(ledger) { Context = Unsent };
        }
    }

    // People who are new get an account with this system's first password; whoever has one keeps his own.
    private async Task OpenAccounts(CompanyData company, CancellationToken cancel)
    {
        var password = settings.Data.Secret("first-password");
        foreach (var person in company.Staff)
        {
            await accounts.Open(person.StaffId, password, cancel);
        }
    }
}
