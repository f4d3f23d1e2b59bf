using Intake.Domain.Calls;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using Intake.Domain.Tests.Calls;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Ordering;

/// <summary>An order's history, its client and its catalogue.</summary>
internal static class OrderStory
{
    public const string Id = "order-1";

    public static readonly PriceColumn List = new("C0", 0);
    public static readonly PriceColumn Ten = new("C10", 10);
    public static readonly PriceColumn Fifteen = new("C15", 15);
    public static readonly PriceColumn Twenty = new("C20", 20);

    public static readonly ProductFacts Tea = Product("tea", 10m);
    public static readonly ProductFacts Salt = Product("salt", 1.25m);

    public static readonly CreditAssessment Clear = CreditPolicy.Default.Assess(ClientReceivables.Stream.Initial, Id, 0, Nine, Today);

    public static readonly OrderLine TeaLine = new(1, "tea", "Tea", "Dry goods", "case", 5, 10m, Ten, 3, 45m, LineOrigin.Asked, Anna);

    public static readonly DeliveryAgreed Delivery = new(Id, "north_2026-11-25_09:00-13:00", "north", Today.AddDays(1), "09:00-13:00");
    public static readonly ReceiverNamed Receiver = new(Id, "Vasile", "+37322555222", "PoA 7", ConfirmedPresent: true);
    public static readonly ShippingAgreed Shipping = new(Id, "Trans", "Casa Verde", "Cluj, Str. Lungă 4", "DAP");
    public static readonly ArrivalAgreed Arrival = new(Id, Nine.AddDays(1), Nine.AddDays(1).ToOffset(TimeSpan.FromHours(2)), "truck", "Radu", "PoA 8");
    public static readonly OrderReadBack ReadBack = new(Id, 1, 45m);

    /// <summary>Opened for a client at ten percent off, fifteen at most.</summary>
    public static IReadOnlyList<IEvent> Opened(ClientType type = ClientType.Retail) =>
    [
        new OrderOpened(Id, CallStory.Id, "c1", "Casa Verde", type, Mara, Anna, StaffRole.Operator, Nine),
        new ReceivablesChecked(Id, CheckMoment.Opening, Clear),
        new PriceColumnDetermined(Id, Ten, Fifteen, "client-terms", 3),
    ];

    public static IReadOnlyList<IEvent> WithTea(ClientType type = ClientType.Retail) => [.. Opened(type), new OrderLineAdded(Id, TeaLine)];

    /// <summary>Three offers, each declined.</summary>
    public static IReadOnlyList<IEvent> OffersResolved =>
    [
        Proposed("1", OfferKind.Novelty, "p1"), Proposed("2", OfferKind.Special, "p2"), Proposed("3", OfferKind.Traditional, "p3"),
        Declined("1", OfferKind.Novelty, "p1"), Declined("2", OfferKind.Special, "p2"), Declined("3", OfferKind.Traditional, "p3"),
    ];

    /// <summary>Every gate holds.</summary>
    public static IReadOnlyList<IEvent> Ready(ClientType type = ClientType.Retail) => type == ClientType.Regional
        ? [.. WithTea(type), .. OffersResolved, new PaymentFormAgreed(Id, "prepayment"), Shipping, Receiver, ReadBack]
        : [.. WithTea(type), .. OffersResolved, Delivery, Receiver, ReadBack];

    public static Client Client(ClientType type = ClientType.Retail) => Domain.Clients.Client.Stream.Initial with
    {
        Id = "c1",
        Name = "Casa Verde",
        Type = type,
        Manager = Mara,
        Column = "C10",
        DeepestColumn = "C15",
        Contract = new ContractSigned("c1", "77/26", Today.AddDays(-30), Today),
    };

    public static GateFacts Facts(ClientType type = ClientType.Retail) =>
        new(Client(type), Clear, Anna, Anna, OfferPolicy.Default, Today);

    public static Given<Order> Given(params IEnumerable<IEvent> events) => Scenario.Given(Order.Stream, events);

    public static OfferProposed Proposed(string offer, OfferKind kind, string product) =>
        new(Id, offer, kind, product, product, "because", 9m);

    public static OfferDeclined Declined(string offer, OfferKind kind, string product) => new(Id, offer, kind, product, "has enough");

    public static ProductFacts Product(string id, decimal? price, bool discontinued = false) =>
        new(id, char.ToUpperInvariant(id[0]) + id[1..], "Dry goods", "case", discontinued, price, 3);
}
