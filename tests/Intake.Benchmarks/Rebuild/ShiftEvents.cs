using System.Globalization;
using System.Runtime.CompilerServices;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.EventLog;
using Intake.EventLog.Serialisation;

namespace Intake.Benchmarks;

/// <summary>What a floor writes: calls of six events and orders of ten, of the real domain, always the same for the same number.</summary>
internal static class ShiftEvents
{
    private const int Clients = 1_000;
    private const int Products = 400;
    private const int Operators = 40;
    private static readonly DateTimeOffset Opening = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);
    private static readonly PriceColumn Column = new("C", 7.5m);

    public static (StreamName Stream, IReadOnlyList<NewEvent> Events) Call(int number)
    {
        var (call, at, by) = (Id(1, number), At(number), Operator(number));
        IEvent[] events =
        [
            new CallArrived(call, "pbx", Text($"pbx-{number}"), CallDirection.Inbound, Phone(number), "+43155500", at, Text($"s{number}-1")),
            new CallQueued(call, "orders", Phone(number), at.AddSeconds(2), Text($"s{number}-2")),
            new CallClaimed(call, by, "orders", at.AddSeconds(2), at.AddSeconds(9), 7_000 + (number % 20_000)),
            new PurposeStated(call, CallPurpose.Order, "Wants the usual, and asks for the new juices"),
            new CallEnded(call, at.AddSeconds(249), 240_000, "client-hung-up", Text($"s{number}-3")),
            new CallClosed(
                call, by, CallPurpose.Order, CallResult.OrderTaken, "", Client(number), at.AddSeconds(260), at.AddSeconds(2), 251_000),
        ];
        return (new StreamName("call", call), Encoded(call, at, by, events));
    }

    public static (StreamName Stream, IReadOnlyList<NewEvent> Events) Order(int number)
    {
        var (order, call, at, by) = (Id(2, number), Id(1, number), At(number).AddSeconds(30), Operator(number));
        var lines = Enumerable.Range(1, 4).Select(n => Line(number, n)).ToArray();
        var total = lines.Sum(line => line.Amount);
        IEvent[] events =
        [
            new OrderOpened(order, call, Client(number), Text($"Gasthaus {number % Clients}"), ClientType.Horeca, Operator(number + 7), by, StaffRole.Operator, at),
            new PriceColumnDetermined(order, Column, Column, "client-terms", 12),
            .. lines[..3].Select(line => new OrderLineAdded(order, line)),
            new OfferProposed(order, Text($"{order}-o1"), OfferKind.Novelty, lines[3].ProductId, lines[3].ProductName, "New this week.", 4.20m),
            new OfferAccepted(order, Text($"{order}-o1"), OfferKind.Novelty, lines[3].ProductId, lines[3].Quantity, lines[3].Amount),
            new OrderLineAdded(order, lines[3]),
            new OrderReadBack(order, lines.Length, total),
            new OrderSubmitted(
                order, call, Client(number), Text($"Gasthaus {number % Clients}"), ClientType.Horeca, lines, total, by, null, 1, 1,
                [new GateEvidence(Gate.Priced, "gates-1", "4 lines, price list 12"), new GateEvidence(Gate.ReadBack, "gates-1", "4 lines")],
                at, at.AddSeconds(200)),
        ];
        return (new StreamName("order", order), Encoded(order, at, by, events));
    }

    private static OrderLine Line(int number, int n)
    {
        // A client buys from a dozen products of his own.
        var product = ((number % Clients * 12) + ((number + (n * 3)) % 12)) % Products;
        return new OrderLine(
            n, Text($"p{product:0000}"), Text($"Apple juice, naturally cloudy, {product}"), "juice", "crate", 6 + (number % 9), 11.90m, Column, 12,
            Lines.Amount(6 + (number % 9), 11.90m, Column), LineOrigin.Asked);
    }

    private static IReadOnlyList<NewEvent> Encoded(string correlation, DateTimeOffset at, StaffRef by, IReadOnlyList<IEvent> events)
    {
        var command = EventId.Named(correlation);
        var envelope = new Envelope(command, correlation, "", at, new Actor(by, StaffRole.Operator), null, ["gates-1"], "desk");
        return [.. events.Select((e, i) => EventCodec.Default.Encode(EventId.Derive(command, Text($"{i}")), e, envelope))];
    }

    private static DateTimeOffset At(int number) => Opening.AddSeconds(number * 3).AddTicks(number % 97);

    private static string Id(int kind, int number) => EventId.Named(Text($"{kind}/{number}")).ToString();

    private static StaffRef Operator(int number) => new(Text($"op-{number % Operators}"), Text($"Operator {number % Operators}"));

    private static string Client(int number) => Text($"client-{number % Clients}");

    private static string Phone(int number) => Text($"+43660{number % Clients:000000}");

    private static string Text(DefaultInterpolatedStringHandler text) => string.Create(CultureInfo.InvariantCulture, ref text);
}
