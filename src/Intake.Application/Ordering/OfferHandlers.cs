using Intake.Application.LookUps;
using Intake.Domain;
using Intake.Domain.Ordering;
using MediatR;

namespace Intake.Application.Ordering;

/// <summary>Builds offers and keeps what became of them.</summary>
public sealed class OfferHandlers(CommandRunner runner, OrderRunner orders, CatalogueLookUp catalogue, OfferFinder finder, Home home, OfferPolicy policy) :
    IRequestHandler<BuildOffers, CommandResult>,
    IRequestHandler<AcceptOffer, CommandResult>,
    IRequestHandler<DeclineOffer, CommandResult>,
    IRequestHandler<PostponeOffer, CommandResult>
{
    public async Task<CommandResult> Handle(BuildOffers request, CancellationToken cancellationToken)
    {
        var draft = (await runner.Load(Order.Stream, request.OrderId, cancellationToken)).State;
        var found = draft is { Opened: { } opened, Pricing: { } pricing }
            ? await finder.For(opened.ClientId, pricing.Column, draft.Lines.Count + draft.Offers.Count, cancellationToken)
            : new OffersFound([], 0);
        return await On(
            request, request.OrderId,
            order => Offers.Build(order, request.Context.By, found.Candidates, found.Considered, policy), cancellationToken);
    }

    public async Task<CommandResult> Handle(AcceptOffer request, CancellationToken cancellationToken)
    {
        var draft = (await runner.Load(Order.Stream, request.OrderId, cancellationToken)).State;
        var offered = draft.Offers.Find(offer => offer.Proposal.OfferId == request.OfferId)?.Proposal.ProductId;
        var product = offered is null ? null : await catalogue.Product(offered, cancellationToken);
        var column = request.Column is null ? null : await catalogue.Column(request.Column, cancellationToken);
        return await On(
            request, request.OrderId,
            order => Offers.Accept(order, request.Context.By, request.OfferId, product, request.Quantity, column), cancellationToken);
    }

    public Task<CommandResult> Handle(DeclineOffer request, CancellationToken cancellationToken) => On(
        request, request.OrderId, order => Offers.Decline(order, request.Context.By, request.OfferId, request.Reason),
        cancellationToken);

    public Task<CommandResult> Handle(PostponeOffer request, CancellationToken cancellationToken) => On(
        request, request.OrderId,
        order => Offers.Postpone(order, request.Context.By, request.OfferId, request.Until, home.DayOf(request.Context.Now)),
        cancellationToken);

    private Task<CommandResult> On(Command command, string orderId, Func<Order, Decision> decide, CancellationToken cancel) =>
        orders.Run(orderId, command.Context, decide, cancel, policy.Version);
}
