using Intake.Domain.Calls;
using Intake.Domain.Clients;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>Histories of one call, each a step longer than the one before.</summary>
internal static class CallStory
{
    public const string Id = "call-1";
    public const string Number = "+37322555111";

    public static readonly CallArrived Arrived = new(Id, "pbx", "77", CallDirection.Inbound, Number, "100", At(0), "arrived");
    public static readonly CallQueued Queued = new(Id, "orders", Number, At(2), "queued");
    public static readonly CallClaimed Claimed = new(Id, Anna, "orders", At(2), At(12), 10_000);

    public static readonly IReadOnlyList<IEvent> Waiting = [Arrived, Queued];
    public static readonly IReadOnlyList<IEvent> InHand = [.. Waiting, Claimed];

    public static IReadOnlyList<IEvent> Identified(ClientType type = ClientType.Retail) =>
        [.. InHand, new CallerIdentified(Id, "c1", "Casa Verde", type, "Ion", ByNumber: true)];

    public static IReadOnlyList<IEvent> WithPurpose(CallPurpose purpose = CallPurpose.Order, ClientType type = ClientType.Retail) =>
        [.. Identified(type), new PurposeStated(Id, purpose, "")];

    /// <summary>Routed to whoever took it.</summary>
    public static IReadOnlyList<IEvent> RoutedToAnna(ClientType type = ClientType.Retail) =>
    [
        .. WithPurpose(CallPurpose.Order, type),
        new RoutingDecided(
            Id, RoutingTable.Version, "A.III.3 standard order",
            new RoutingInputs(CallPurpose.Order, type, HasManager: true, DebtStanding.Clean), RoutingDestination.Operator, []),
    ];

    public static Given<Call> Given(params IEnumerable<IEvent> events) => Scenario.Given(Call.Stream, events);

    public static CallSignal Signal(SignalKind kind, int second, string leg = "1", string from = Number, string extension = "") => new(
        "pbx", "77", leg, kind, CallDirection.Inbound, from, "100", kind == SignalKind.Queued ? "orders" : "", At(second), "normal",
        extension);
}
