using Intake.Domain.Clients;

namespace Intake.Domain.Calls;

/// <summary>What the receivables say, as far as routing is concerned.</summary>
public enum DebtStanding
{
    /// <summary>The row of the table does not ask.</summary>
    NotAsked,
    Clean,

    /// <summary>Something is past due beyond grace and floor.</summary>
    Overdue,

    /// <summary>Exposure is above the limit.</summary>
    Excess,
}

/// <summary>Where a call belongs.</summary>
public enum RoutingDestination
{
    /// <summary>The operator deals with it personally.</summary>
    Operator,

    /// <summary>Somebody in the chain.</summary>
    Transfer,

    /// <summary>The operator records it; a department owns it.</summary>
    Department,
}

/// <summary>The four inputs of the table: purpose, client type, debt; the fourth, presence, stands in the chain.</summary>
/// <param name="HasManager">A client without a manager is new, whatever his type.</param>
public sealed record RoutingInputs(CallPurpose Purpose, ClientType ClientType, bool HasManager, DebtStanding Debt);

/// <summary>A person who could be asked, with what is known of him at this moment.</summary>
/// <param name="For">The absent person in whose place, and with whose role, he is asked; null where he is asked for himself.</param>
public sealed record RoutingHop(StaffRef Person, StaffRole Role, bool Present, StaffRef? For = null);

/// <summary>Who could be asked, as the staff and presence stand now.</summary>
/// <param name="OwnManager">The client's manager, if he has one.</param>
/// <param name="KeyAccountManagers">All of them, longest idle first.</param>
/// <param name="Heads">Heads of the sales department concerned.</param>
/// <param name="Finance">People who own receivables.</param>
public sealed record RoutingPeople(
    RoutingHop? OwnManager, IReadOnlyList<RoutingHop> KeyAccountManagers, IReadOnlyList<RoutingHop> Heads,
    IReadOnlyList<RoutingHop> Finance);

/// <summary>The answer of the table.</summary>
/// <param name="Rule">The row that spoke, named by its clause.</param>
public sealed record Route(RoutingDestination Destination, string Rule, IReadOnlyList<RoutingHop> Chain);

/// <summary>
/// The routing table: purpose x client type x debt x presence. Client type alone contradicts the clauses (A.III.3, 4, 6, 15, 18, 19).
/// </summary>
public static class RoutingTable
{
    /// <summary>Recorded with each decision; changes whenever a row does.</summary>
    public const string Version = "routing-1";

    /// <summary>The row that applies, and the people to ask in its order.</summary>
    public static Route Decide(RoutingInputs inputs, RoutingPeople people)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(people);
        return inputs switch
        {
            { Purpose: CallPurpose.ReferenceInformation } => Personally("A.III.18 reference information"),
            { Purpose: CallPurpose.Complaint } => new Route(RoutingDestination.Department, "A.III.20 complaint", people.Heads),
            { Purpose: CallPurpose.Other } =>
                Chain("A.III.19 another purpose", [.. Own(people), .. people.Heads]),
            { HasManager: false } => Chain("A.III.15 new client", people.Heads),
            { ClientType: ClientType.Key } =>
                Chain("A.III.4 key client", [.. Own(people), .. Others(people), .. people.Heads]),
            { Debt: DebtStanding.Overdue or DebtStanding.Excess } =>
                Chain("A.III.6 debtor", [.. Own(people), .. people.Finance]),
            _ => Personally("A.III.3 standard order"),
        };
    }

    private static Route Personally(string rule) => new(RoutingDestination.Operator, rule, []);

    private static Route Chain(string rule, IReadOnlyList<RoutingHop> chain) => new(RoutingDestination.Transfer, rule, chain);

    private static IEnumerable<RoutingHop> Own(RoutingPeople people) => people.OwnManager is { } own ? [own] : [];

    private static IEnumerable<RoutingHop> Others(RoutingPeople people) =>
        people.KeyAccountManagers.Where(hop => hop.Person.Id != people.OwnManager?.Person.Id);
}
