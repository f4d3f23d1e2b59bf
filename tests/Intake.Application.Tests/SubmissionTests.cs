using Intake.Application.Ordering;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using Intake.EventLog.Serialisation;
using static Intake.Application.Tests.Commands;

namespace Intake.Application.Tests;

/// <summary>Submission crosses three streams: credit, slot, order.</summary>
public sealed class SubmissionTests(OpenedLog opened) : IClassFixture<OpenedLog>
{
    private static readonly DateOnly Tomorrow = new(2026, 11, 25);

    [Fact]
    [Trait("Clause", "A.III.5")]
    public async Task A_submitted_order_has_its_credit_set_aside_and_its_place_held()
    {
        var client = await Client(limit: 100);
        var order = await ReadyOrder(client, 60);
        var context = By(Anna);

        var done = Assert.IsType<Done>(await Submit(order, context));

        Assert.True(done.Changed);
        Assert.Equal(OrderPhase.HandedOver, (await opened.Runner.Load(Order.Stream, order.Id, default)).State.Phase);
        Assert.Equal(60, Assert.Single((await opened.Runner.Load(ClientReceivables.Stream, client, default)).State.Reserved).Value.Amount);
        Assert.Single((await opened.Runner.Load(DeliverySlot.Stream, order.Slot, default)).State.Reserved);
        Assert.Equal(done, await Submit(order, context));
        Assert.Single(await opened.Types(Order.Stream, order.Id), type => type == "OrderSubmitted");
    }

    [Fact]
    [Trait("Clause", "A.III.5")]
    public async Task Of_two_orders_of_one_client_submitted_at_once_one_passes_the_limit()
    {
        var client = await Client(limit: 100);
        var orders = new[] { await ReadyOrder(client, 60), await ReadyOrder(client, 60) };

        var results = await Task.WhenAll(orders.Select(order => Submit(order, By(Anna))));

        Assert.Single(results.OfType<Done>());
        var refused = Assert.IsType<SubmissionRefused>(Assert.Single(results.OfType<Refused>()).Refusal);
        Assert.Equal(Gate.Credit, Assert.Single(refused.Gates).Gate);
        Assert.Single((await opened.Runner.Load(ClientReceivables.Stream, client, default)).State.Reserved);
    }

    [Fact]
    [Trait("Clause", "A.III.12")]
    public async Task Where_the_place_is_gone_the_credit_is_freed_and_the_order_stays_a_draft()
    {
        var client = await Client(limit: 100);
        var order = await ReadyOrder(client, 60);
        await opened.Happened(
            DeliverySlot.Stream, order.Slot,
            [.. Enumerable.Range(0, DeliveryPolicy.Default.Capacity).Select(n => new SlotConfirmed(order.Slot, $"another {n}"))]);

        Assert.IsType<SlotFull>(Assert.IsType<Refused>(await Submit(order, By(Anna))).Refusal);

        Assert.Equal(OrderPhase.Draft, (await opened.Runner.Load(Order.Stream, order.Id, default)).State.Phase);
        Assert.Empty((await opened.Runner.Load(ClientReceivables.Stream, client, default)).State.Reserved);
    }

    [Fact]
    [Trait("Clause", "A.III.5")]
    public async Task With_a_gate_open_nothing_is_set_aside_and_the_refusal_is_kept()
    {
        var client = await Client(limit: 100);
        var order = await ReadyOrder(client, 60, readBack: false);

        var refused = Assert.IsType<SubmissionRefused>(Assert.IsType<Refused>(await Submit(order, By(Anna))).Refusal);

        Assert.Equal(Gate.ReadBack, Assert.Single(refused.Gates).Gate);
        Assert.Empty((await opened.Runner.Load(ClientReceivables.Stream, client, default)).State.Reserved);
        Assert.Equal("SubmissionRefused", (await opened.Types(Order.Stream, order.Id))[^1]);
    }

    [Fact]
    [Trait("Clause", "A.III.5")]
    public async Task Where_others_keep_writing_and_no_credit_can_be_set_aside_nothing_is_submitted()
    {
        var client = await Client(limit: 100);
        var order = await ReadyOrder(client, 60);
        var contested = new CommandRunner(
            new ContestedLog(opened.Log, (append, stream) => stream.Category == "receivables"
                ? opened.Happened(ClientReceivables.Stream, client, new CreditReservationReleased(client, $"another {append}", "test"))
                : Task.CompletedTask),
            EventCodec.Default);

        Assert.IsType<Conflict>(await Submit(order, By(Anna), contested));

        Assert.Equal(OrderPhase.Draft, (await opened.Runner.Load(Order.Stream, order.Id, default)).State.Phase);
    }

    private async Task<CommandResult> Submit((string Id, string Slot) order, CommandContext context, CommandRunner? runner = null) =>
        await new AgreementHandlers(
            runner ?? opened.Runner, new OrderRunner(runner ?? opened.Runner), Home.In(Home.DefaultZone), CreditPolicy.Default, OfferPolicy.Default, DeliveryPolicy.Default)
            .Handle(new SubmitOrder(order.Id) { Context = context }, CancellationToken.None);

    private async Task<string> Client(decimal limit)
    {
        var id = NewId();
        await opened.Happened(
            Domain.Clients.Client.Stream, id,
            new ClientRegistered(id, "Casa Verde", "", "", "", "ro", "north", [], [], "test"),
            new ClientClassified(id, ClientType.Unknown, ClientType.Retail, "a shop"),
            new ManagerAssigned(id, null, Boris, "new"),
            new ContractSigned(id, "77", Tomorrow.AddDays(-9), Tomorrow));
        await opened.Happened(ClientReceivables.Stream, id, new CreditTermsSet(id, limit, Exempt: false, "agreed"));
        return id;
    }

    private async Task<(string Id, string Slot)> ReadyOrder(string client, decimal amount, bool readBack = true)
    {
        var (id, call, route) = (NewId(), NewId(), NewId());
        var slot = DeliverySlot.IdOf(route, Tomorrow, "09:00-13:00");
        await opened.Happened(
            Call.Stream, call,
            new CallArrived(call, "pbx", call, CallDirection.Inbound, "", "", Nine, "a"),
            new CallClaimed(call, Anna, "", Nine, Nine, 0),
            new CallerIdentified(call, client, "Casa Verde", ClientType.Retail, "", false),
            new PurposeStated(call, CallPurpose.Order, ""),
            new RoutingDecided(
                call, RoutingTable.Version, "A.III.3 standard order",
                new RoutingInputs(CallPurpose.Order, ClientType.Retail, true, DebtStanding.Clean), RoutingDestination.Operator, []));
        var column = new PriceColumn("C0", 0);
        await opened.Happened(
            Order.Stream, id,
            [
                new OrderOpened(id, call, client, "Casa Verde", ClientType.Retail, Boris, Anna, StaffRole.Operator, Nine),
                new PriceColumnDetermined(id, column, column, "client-terms", 1),
                new OrderLineAdded(id, new OrderLine(1, "tea", "Tea", "", "case", 1, amount, column, 1, amount, LineOrigin.Asked)),
                new OffersExhausted(id, 1, 1),
                new DeliveryAgreed(id, slot, route, Tomorrow, "09:00-13:00"),
                new ReceiverNamed(id, "Vasile", "1", "PoA", ConfirmedPresent: true),
                .. readBack ? [new OrderReadBack(id, 1, amount)] : Array.Empty<IEvent>(),
            ]);
        return (id, slot);
    }
}
