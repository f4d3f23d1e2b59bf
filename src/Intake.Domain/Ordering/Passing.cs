using Intake.Domain.Clients;
using Intake.Domain.Staff;

namespace Intake.Domain.Ordering;

/// <summary>
/// A draft passes from one person to another, with all that is in it: to a colleague who helps (A.III.22), to a stand-in (A.I.6), to whom a
/// supervisor or head names. Positions stay credited to who put them in.
/// </summary>
public static class Passing
{
    /// <summary>The taker gives the order to a colleague who helps with its call now.</summary>
    /// <param name="to">His appointment in force; null where there is none.</param>
    public static Decision ToHelper(Order order, StaffRef by, StaffAppointed? to, DateTimeOffset now) =>
        Drafts.TakenBy(order, by, Command) ?? to switch
        {
            { } helper when !order.Helpers.Contains(helper.StaffId) => Refuse(
                "not-helping", $"{helper.Name} does not help with this call. Ask for help; who comes can be given the order."),
            _ => Passed(order, by, to, string.Empty, now),
        };

    /// <summary>A supervisor or head names who takes the order from now on: its taker is away, or has left.</summary>
    public static Decision Assign(Order order, StaffRef by, StaffAppointed? to, string reason, DateTimeOffset now) =>
        Drafts.NotDraft(order, Command) ?? (string.IsNullOrWhiteSpace(reason)
            ? Refuse("reason-missing", "Say why somebody else takes the order.")
            : Passed(order, by, to, reason, now));

    /// <summary>The order goes to a stand-in, who has the absent person's role for it, or back; a policy's. Nothing where it is no draft any more.</summary>
    public static Decision HandOver(Order order, StaffRef from, StaffRef to, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return order.Phase == OrderPhase.Draft && order.Taker?.Id == from.Id
            ? Decision.Accept(new OrderPassedOn(order.Id, order.Taker, to, StaffRef.System, reason, now))
            : Decision.Nothing;
    }

    private const string Command = "PassOrderOn";

    private static Decision Passed(Order order, StaffRef by, StaffAppointed? to, string reason, DateTimeOffset now) =>
        (to, to?.Role) switch
        {
            (null, _) => Refuse("staff-unknown", "Nobody here is called so, or he does not work here any more."),
            _ when to.StaffId == order.Taker?.Id => Decision.Nothing,
            (_, StaffRole.Operator) when order.Opened?.ClientType == ClientType.Key => Refuse(
                "key-client", $"{to.Name} is an operator, and key clients order from a manager (A.III.4)."),
            (_, StaffRole.Operator or StaffRole.Manager or StaffRole.KeyAccountManager or StaffRole.Head) => Decision.Accept(
                new OrderPassedOn(order.Id, order.Taker!, new StaffRef(to.StaffId, to.Name), by, reason, now)),
            _ => Refuse("takes-no-orders", $"{to.Name} is {to.Role} and takes no orders."),
        };

    private static Decision Refuse(string code, string reason) => Decision.Refuse(Command, code, reason);
}
