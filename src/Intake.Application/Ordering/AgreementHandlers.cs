using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using MediatR;

namespace Intake.Application.Ordering;

/// <summary>
/// What is agreed on with the client, up to submission. Submission crosses three streams: credit is reserved, the slot held,
/// then the order submitted; each step is recognised on a retry, and what was reserved is released when a later one fails.
/// </summary>
public sealed class AgreementHandlers(
    CommandRunner runner, OrderRunner orders, Home home, CreditPolicy creditPolicy, OfferPolicy offerPolicy, DeliveryPolicy deliveryPolicy) :
    IRequestHandler<AgreeDelivery, CommandResult>,
    IRequestHandler<NameReceiver, CommandResult>,
    IRequestHandler<AgreeRegionalTerms, CommandResult>,
    IRequestHandler<ReadBackOrder, CommandResult>,
    IRequestHandler<SubmitOrder, CommandResult>,
    IRequestHandler<CancelOrder, CommandResult>,
    IRequestHandler<ConfirmSlot, CommandResult>,
    IRequestHandler<ReleaseSlot, CommandResult>
{
    public async Task<CommandResult> Handle(AgreeDelivery request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        var draft = await orders.Load(request.OrderId, context.By, cancellationToken);
        var slotId = DeliverySlot.IdOf(request.Route, request.Date, request.Window);
        var agreed = new DeliveryAgreed(request.OrderId, slotId, request.Route, request.Date, request.Window);
        if (Drafts.AgreeDelivery(draft, context.By, agreed).Refusal is not null || Unplanned(request) is not null)
        {
            return await On(
                request, request.OrderId,
                order => Unplanned(request) ?? Drafts.AgreeDelivery(order, context.By, agreed), cancellationToken);
        }

        var held = await HoldSlot(context.Step("slot"), agreed, cancellationToken);
        if (held is not Done)
        {
            return held;
        }

        var result = await On(
            request, request.OrderId, order => Drafts.AgreeDelivery(order, context.By, agreed), cancellationToken);
        if (draft.Delivery is { } before && before.SlotId != slotId && result is Done)
        {
            await Handle(
                new ReleaseSlot(before.SlotId, request.OrderId, "another slot agreed") { Context = context.Step("release") },
                cancellationToken);
        }

        return result;
    }

    public async Task<CommandResult> Handle(NameReceiver request, CancellationToken cancellationToken)
    {
        var draft = (await runner.Load(Order.Stream, request.Receiver.OrderId, cancellationToken)).State;
        var client = draft.Opened is { } opened
            ? (await runner.Load(Client.Stream, opened.ClientId, cancellationToken)).State
            : Client.Stream.Initial;
        return await On(
            request, request.Receiver.OrderId,
            order => Drafts.NameReceiver(order, request.Context.By, request.Receiver, client.Receivers), cancellationToken);
    }

    public Task<CommandResult> Handle(AgreeRegionalTerms request, CancellationToken cancellationToken) => On(
        request, request.OrderId,
        order => Drafts.AgreeRegionalTerms(order, request.Context.By, request.PaymentForm, request.Arrival, request.Shipping),
        cancellationToken);

    public Task<CommandResult> Handle(ReadBackOrder request, CancellationToken cancellationToken) => On(
        request, request.OrderId, order => Drafts.ReadBack(order, request.Context.By), cancellationToken);

    public async Task<CommandResult> Handle(SubmitOrder request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        var draft = (await runner.Load(Order.Stream, request.OrderId, cancellationToken)).State;
        if (draft.Opened is not { } opened || draft.Phase != OrderPhase.Draft || draft.Taker?.Id != context.By.Id)
        {
            return await On(
                request, request.OrderId,
                order => Submission.Submit(order, NoFacts(context.By, home.DayOf(context.Now)), context.Now), cancellationToken);
        }

        var facts = await Facts(draft, opened, context, cancellationToken);
        if (Gates.Open(draft, facts).Count == 0)
        {
            var reserved = await runner.Run(
                ClientReceivables.Stream, opened.ClientId, context.Step("credit"),
                owed => ReceivablesDecisions.Reserve(
                    owed, creditPolicy, opened.ClientId, draft.Id, draft.Total, context.Now, facts.Today),
                cancellationToken, creditPolicy.Version);
            if (reserved is Refused { Refusal: CreditRefused refused })
            {
                facts = facts with { Credit = refused.Assessment };
            }
            else if (reserved is not Done)
            {
                return reserved;
            }
            else if (draft.Delivery is { } delivery
                && await HoldSlot(context.Step("slot"), delivery, cancellationToken) is var held and not Done)
            {
                await ReleaseCredit(opened.ClientId, draft.Id, context, cancellationToken);
                return held;
            }
        }

        var result = await On(
            request, request.OrderId, order => Submission.Submit(order, facts, context.Now), cancellationToken);
        if (result is Refused)
        {
            await ReleaseCredit(opened.ClientId, draft.Id, context, cancellationToken);
        }

        return result;
    }

    public Task<CommandResult> Handle(CancelOrder request, CancellationToken cancellationToken) => On(
        request, request.OrderId, order => Drafts.Cancel(order, request.Context.By, request.Reason), cancellationToken);

    public Task<CommandResult> Handle(ConfirmSlot request, CancellationToken cancellationToken) => runner.Run(
        DeliverySlot.Stream, request.SlotId, request.Context,
        slot => DeliverySlot.Confirm(slot, request.SlotId, request.OrderId), cancellationToken);

    public Task<CommandResult> Handle(ReleaseSlot request, CancellationToken cancellationToken) => runner.Run(
        DeliverySlot.Stream, request.SlotId, request.Context,
        slot => DeliverySlot.Release(slot, request.SlotId, request.OrderId, request.Why), cancellationToken);

    /// <summary>What the gates look at, looked up now; also for showing which are open.</summary>
    public async Task<GateFacts> Facts(Order draft, OrderOpened opened, CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(opened);
        ArgumentNullException.ThrowIfNull(context);
        var today = home.DayOf(context.Now);
        var call = (await runner.Load(Call.Stream, opened.CallId, cancellationToken)).State;
        var client = (await runner.Load(Client.Stream, opened.ClientId, cancellationToken)).State;
        var owed = (await runner.Load(ClientReceivables.Stream, opened.ClientId, cancellationToken)).State;
        return new GateFacts(
            client, creditPolicy.Assess(owed, draft.Id, draft.Total, context.Now, today), Opening.RoutedTo(call), context.By,
            offerPolicy, today);
    }

    private GateFacts NoFacts(StaffRef by, DateOnly today) => new(Client.Stream.Initial, null, null, by, offerPolicy, today);

    private Decision? Unplanned(AgreeDelivery request) => deliveryPolicy.Windows.Contains(request.Window)
        ? null
        : Decision.Refuse(new CommandRefused(
            "AgreeDelivery", "window-unknown", $"There is no window '{request.Window}'; choose one of {string.Join(", ", deliveryPolicy.Windows)}."));

    private Task<CommandResult> HoldSlot(CommandContext context, DeliveryAgreed agreed, CancellationToken cancel)
    {
        var plan = new SlotOpened(agreed.SlotId, agreed.Route, agreed.Date, agreed.Window, deliveryPolicy.Capacity);
        return runner.Run(
            DeliverySlot.Stream, agreed.SlotId, context,
            slot => DeliverySlot.Reserve(slot, plan, agreed.OrderId, context.Now, home.DayOf(context.Now)), cancel,
            deliveryPolicy.Version);
    }

    private Task<CommandResult> ReleaseCredit(string clientId, string orderId, CommandContext context, CancellationToken cancel) =>
        runner.Run(
            ClientReceivables.Stream, clientId, context.Step("release-credit"),
            owed => ReceivablesDecisions.Release(owed, orderId, "submission refused"), cancel);

    private Task<CommandResult> On(Command command, string orderId, Func<Order, Decision> decide, CancellationToken cancel) =>
        orders.Run(orderId, command.Context, decide, cancel, offerPolicy.Version, creditPolicy.Version);
}
