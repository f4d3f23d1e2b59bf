using Intake.Application.LookUps;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using MediatR;

namespace Intake.Application.Ordering;

/// <summary>Opens orders and keeps their positions.</summary>
public sealed class DraftHandlers(CommandRunner runner, OrderRunner orders, CatalogueLookUp catalogue, Home home, CreditPolicy creditPolicy) :
    IRequestHandler<OpenOrder, CommandResult>,
    IRequestHandler<AddLine, CommandResult>,
    IRequestHandler<ChangeLine, CommandResult>,
    IRequestHandler<RemoveLine, CommandResult>,
    IRequestHandler<ImportPastOrder, CommandResult>
{
    public async Task<CommandResult> Handle(OpenOrder request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        var today = home.DayOf(context.Now);
        var call = (await runner.Load(Call.Stream, request.CallId, cancellationToken)).State;
        var clientId = call.ClientId ?? "unknown";
        var client = (await runner.Load(Client.Stream, clientId, cancellationToken)).State;
        var owed = (await runner.Load(ClientReceivables.Stream, clientId, cancellationToken)).State;
        var prices = await catalogue.Prices(cancellationToken);
        var facts = new OpeningFacts(
            call, client, creditPolicy.Assess(owed, request.OrderId, 0, context.Now, today), context.By,
            call.Assignee?.Id == context.By.Id ? call.AssigneeRole : context.Role, prices.Columns, prices.Version, context.Now, today);
        return await runner.Run(
            Order.Stream, request.OrderId, context, order => Opening.Open(order, request.OrderId, facts), cancellationToken,
            creditPolicy.Version, RoutingTable.Version);
    }

    public async Task<CommandResult> Handle(AddLine request, CancellationToken cancellationToken)
    {
        var product = await catalogue.Product(request.ProductId, cancellationToken);
        var column = await Column(request.Column, cancellationToken);
        return await On(
            request, request.OrderId,
            order => Lines.Add(order, request.Context.By, request.ProductId, product, request.Quantity, column), cancellationToken);
    }

    public async Task<CommandResult> Handle(ChangeLine request, CancellationToken cancellationToken)
    {
        var order = (await runner.Load(Order.Stream, request.OrderId, cancellationToken)).State;
        var productId = order.Lines.Find(line => line.Number == request.Number)?.ProductId;
        var product = productId is null ? null : await catalogue.Product(productId, cancellationToken);
        var column = await Column(request.Column, cancellationToken);
        return await On(
            request, request.OrderId,
            draft => Lines.Change(draft, request.Context.By, request.Number, product, request.Quantity, column), cancellationToken);
    }

    public Task<CommandResult> Handle(RemoveLine request, CancellationToken cancellationToken) => On(
        request, request.OrderId, order => Lines.Remove(order, request.Context.By, request.Number), cancellationToken);

    public Task<CommandResult> Handle(ImportPastOrder request, CancellationToken cancellationToken) => runner.Run(
        PastOrder.Stream, request.Order.OrderId, request.Context, past => PastOrder.Import(past, request.Order), cancellationToken);

    private Task<CommandResult> On(Command command, string orderId, Func<Order, Decision> decide, CancellationToken cancel) =>
        orders.Run(orderId, command.Context, decide, cancel);

    private async Task<PriceColumn?> Column(string? code, CancellationToken cancel) => code is null
        ? null
        : await catalogue.Column(code, cancel);
}
