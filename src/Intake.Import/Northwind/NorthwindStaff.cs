using Intake.Domain;
using Intake.Domain.Staff;

namespace Intake.Import.Northwind;

/// <summary>
/// Northwind's employees in the roles of this system. Northwind has no operators, so its sales representatives share the
/// work: the one who took most orders of key clients becomes the key-account manager, the two who took most orders of all
/// become managers, the others and the sales coordinator take orders by phone; whoever is a manager or vice president by
/// title leads.
/// </summary>
internal sealed record NorthwindStaff(IReadOnlyList<StaffAppointed> Appointments)
{
    private const int Managers = 2;

    public static NorthwindStaff Of(NorthwindTables tables, IReadOnlySet<string> keyClients)
    {
        var representatives = tables.Employees.Where(employee => RoleByTitle(employee.Title) is null).ToList();
        var keyAccounts = representatives
            .OrderByDescending(employee => Taken(employee, order => keyClients.Contains(order.Customer)))
            .ThenBy(employee => employee.Id).FirstOrDefault();
        var managers = representatives.Where(employee => employee != keyAccounts)
            .OrderByDescending(employee => Taken(employee, _ => true)).ThenBy(employee => employee.Id).Take(Managers).ToHashSet();
        return new NorthwindStaff([.. tables.Employees.Select(employee => new StaffAppointed(
            NorthwindCompany.StaffId(employee.Id), employee.Name,
            RoleByTitle(employee.Title) ?? (employee == keyAccounts ? StaffRole.KeyAccountManager
                : managers.Contains(employee) ? StaffRole.Manager : StaffRole.Operator),
            "wholesale sales", employee.Extension, Order: string.Empty))]);

        int Taken(Employee employee, Func<HistoricOrder, bool> which) =>
            tables.Orders.Count(order => order.Employee == employee.Id && which(order));
    }

    /// <summary>
    /// Who owns the client: of the key-account managers for a key client, else of the managers, the one who took most of his
    /// orders, ties to the lowest number. A client without orders is new and has none (A.III.15).
    /// </summary>
    public (StaffRef? Manager, string Reason) OwnerOf(IReadOnlyCollection<HistoricOrder> orders, bool key)
    {
        if (orders.Count == 0)
        {
            return (null, string.Empty);
        }

        var (owner, taken) = Appointments
            .Where(person => person.Role == (key ? StaffRole.KeyAccountManager : StaffRole.Manager))
            .Select(person => (person, orders.Count(order => NorthwindCompany.StaffId(order.Employee) == person.StaffId)))
            .OrderByDescending(pair => pair.Item2)
            .FirstOrDefault();
        return owner is null ? (null, string.Empty) : (
            new StaffRef(owner.StaffId, owner.Name),
            taken > 0 ? $"took {taken} of the client's {orders.Count} orders; no other manager took more"
                : $"no manager took any of the client's {orders.Count} orders; the first one has him");
    }

    private static StaffRole? RoleByTitle(string title) => title switch
    {
        _ when title.Contains("Vice President", StringComparison.OrdinalIgnoreCase) => StaffRole.Head,
        _ when title.Contains("Manager", StringComparison.OrdinalIgnoreCase) => StaffRole.Head,
        _ when title.Contains("Coordinator", StringComparison.OrdinalIgnoreCase) => StaffRole.Operator,
        _ => null,
    };
}
