using Intake.Application.LookUps;
using Intake.Application.Ordering;
using Intake.Contracts;
using Intake.Domain;
using Intake.Domain.Ordering;
using Intake.Host.Accounts;
using Intake.Host.Queries;
using AcceptOffer = Intake.Application.Ordering.AcceptOffer;
using AddLine = Intake.Application.Ordering.AddLine;
using ChangeLine = Intake.Application.Ordering.ChangeLine;
using DecideConsult = Intake.Application.Ordering.DecideConsult;
using OpenOrder = Intake.Application.Ordering.OpenOrder;
using PostponeOffer = Intake.Application.Ordering.PostponeOffer;
using RequestConsult = Intake.Application.Ordering.RequestConsult;

namespace Intake.Host.Http;

/// <summary>Orders: opening, positions, offers, agreement, submission.</summary>
public static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/orders").RequireAuthorization(Policies.Clients);
        orders.MapGet("/", (string? clientId, int? take, HttpContext http, OrderQueries queries, OutsideLimits outside, CancellationToken cancel) =>
            queries.Newest(Policies.OwnOrdersOnly(http.User.Actor()), clientId, outside.Rows(http, Math.Clamp(take ?? 50, 1, 500)), cancel));
        orders.MapGet("/{id}", async (string id, HttpContext http, OrderQueries queries, CancellationToken cancel) =>
            await queries.Pad(Wire.Id(id, "id"), http.User.Actor(), cancel) is { } pad
                ? Results.Ok(pad)
                : Problems.NotFound("There is no such order."));

        orders.MapPost("/", (Contracts.OpenOrder body, Commander commander) => commander.Send(
            context => new OpenOrder(Wire.Id(body.OrderId, "orderId"), Wire.Id(body.CallId, "callId")) { Context = context }, body.CallId));
        MapLines(orders);
        MapOffers(orders);
        MapAgreement(orders);
        api.MapGet("/delivery/slots", async (
            string clientId, ClientQueries clients, DeliverySlots slots, TimeProvider clock, CancellationToken cancel) =>
            await clients.RouteOf(Wire.Id(clientId, "clientId"), cancel) is { Length: > 0 } route
                ? Results.Ok((await slots.Free(route, clock.GetUtcNow(), cancel))
                    .Select(slot => new FreeSlot(slot.Route, slot.Date, slot.Window, slot.Capacity, slot.Free)))
                : Results.Ok(Array.Empty<FreeSlot>()));
    }

    private static void MapLines(RouteGroupBuilder orders)
    {
        orders.MapPost("/{id}/lines", (string id, Contracts.AddLine body, Commander commander) => commander.Send(
            context => new AddLine(Wire.Id(id, "id"), Wire.Id(body.ProductId, "productId"), body.Quantity, body.Column) { Context = context }));
        orders.MapPut("/{id}/lines/{number:int}", (string id, int number, Contracts.ChangeLine body, Commander commander) => commander.Send(
            context => new ChangeLine(Wire.Id(id, "id"), number, body.Quantity, body.Column) { Context = context }));
        orders.MapDelete("/{id}/lines/{number:int}", (string id, int number, Commander commander) => commander.Send(
            context => new RemoveLine(Wire.Id(id, "id"), number) { Context = context }));
    }

    private static void MapOffers(RouteGroupBuilder orders)
    {
        orders.MapPost("/{id}/offers", (string id, Commander commander) => commander.Send(
            context => new BuildOffers(Wire.Id(id, "id")) { Context = context }));
        orders.MapPost("/{id}/offers/{offerId}/accept", (string id, string offerId, Contracts.AcceptOffer body, Commander commander) =>
            commander.Send(context => new AcceptOffer(Wire.Id(id, "id"), Wire.Id(offerId, "offerId"), body.Quantity, body.Column)
            {
                Context = context,
            }));
        orders.MapPost("/{id}/offers/{offerId}/decline", (string id, string offerId, Because body, Commander commander) =>
            commander.Send(context => new DeclineOffer(Wire.Id(id, "id"), Wire.Id(offerId, "offerId"), body.Reason) { Context = context }));
        orders.MapPost("/{id}/offers/{offerId}/postpone", (string id, string offerId, Contracts.PostponeOffer body, Commander commander) =>
            commander.Send(context => new PostponeOffer(Wire.Id(id, "id"), Wire.Id(offerId, "offerId"), body.Until) { Context = context }));
    }

    private static void MapAgreement(RouteGroupBuilder orders)
    {
        orders.MapPost("/{id}/delivery", (string id, Delivery body, Commander commander) => commander.Send(
            context => new AgreeDelivery(Wire.Id(id, "id"), Wire.Id(body.Route, "route"), body.Date, Wire.Id(body.Window, "window"))
            {
                Context = context,
            }));
        orders.MapPost("/{id}/receiver", (string id, NamedReceiver body, Commander commander) => commander.Send(
            context => new NameReceiver(new ReceiverNamed(
                Wire.Id(id, "id"), body.Name, body.Phone ?? string.Empty, body.Document ?? string.Empty, body.ConfirmedPresent))
            {
                Context = context,
            }));
        orders.MapPost("/{id}/regional", (string id, RegionalTerms body, Commander commander, Application.Home home) => commander.Send(
            context => new AgreeRegionalTerms(
                Wire.Id(id, "id"), body.PaymentForm, Arrival(id, body.Arrival, home),
                body.Shipping is { } shipping
                    ? new ShippingAgreed(id, shipping.Carrier, shipping.Consignee, shipping.Address, shipping.Terms)
                    : null)
            {
                Context = context,
            }));
        orders.MapPost("/{id}/consult", (string id, Contracts.RequestConsult body, Commander commander) => commander.Send(
            context => new RequestConsult(Wire.Id(id, "id"), body.Question) { Context = context }));
        orders.MapPost("/{id}/consult/{escalationId}/decide", (
            string id, string escalationId, Contracts.DecideConsult body, Commander commander) => commander.Send(
            context => new DecideConsult(Wire.Id(id, "id"), Wire.Id(escalationId, "escalationId"), body.Approved, body.Answer)
            {
                Context = context,
            }));
        orders.MapPost("/{id}/give", (string id, PassOrderOn body, Commander commander) => commander.Send(
            context => new GiveOrderToColleague(Wire.Id(id, "id"), Wire.Id(body.To, "to")) { Context = context }));
        orders.MapPost("/{id}/assign", (string id, PassOrderOn body, Commander commander) => commander.Send(
            context => new AssignOrder(Wire.Id(id, "id"), Wire.Id(body.To, "to"), body.Reason ?? string.Empty) { Context = context }));
        orders.MapPost("/{id}/read-back", (string id, Commander commander) => commander.Send(
            context => new ReadBackOrder(Wire.Id(id, "id")) { Context = context }));
        orders.MapPost("/{id}/submit", (string id, Commander commander) => commander.Send(
            context => new SubmitOrder(Wire.Id(id, "id")) { Context = context }));
        orders.MapPost("/{id}/cancel", (string id, Because body, Commander commander) => commander.Send(
            context => new CancelOrder(Wire.Id(id, "id"), body.Reason) { Context = context }));
    }

    private static ArrivalAgreed? Arrival(string orderId, Arrival? arrival, Application.Home home)
    {
        if (arrival is null)
        {
            return null;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(arrival.ClientZone, out var zone)
            ? new ArrivalAgreed(
                orderId, home.TimeOf(arrival.At), TimeZoneInfo.ConvertTime(arrival.At, zone), arrival.Vehicle, arrival.Driver,
                arrival.PowerOfAttorney)
            : throw new InvalidRequestException("arrival.clientZone", $"'{arrival.ClientZone}' is no time zone; for example Europe/Chisinau.");
    }
}
