using Intake.Domain;
using Intake.Domain.Calls;
using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>Who could be asked now: the staff and their presence, as the floor shows them.</summary>
public sealed class StaffDirectory(NpgsqlDataSource database)
{
    /// <summary>
    /// The people that the routing table may send a call to. Present is who is ready; of several, the longest ready is
    /// asked first, and whoever is present before whoever is not.
    /// </summary>
    public async Task<RoutingPeople> PeopleFor(StaffRef? ownManager, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            """
            select staff_id, name, role, presence = 'Ready'
            from operator_queue.person
            where not dismissed and (role in ('KeyAccountManager', 'Head', 'Finance') or staff_id = $1)
            order by presence = 'Ready' desc, since, staff_id
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = ownManager?.Id ?? string.Empty });
        var hops = await query.ListOf(
            row => new RoutingHop(
                new StaffRef(row.GetString(0), row.GetString(1)), Enum.Parse<StaffRole>(row.GetString(2)), row.GetBoolean(3)),
            cancel);
        var own = ownManager is null
            ? null
            : hops.FirstOrDefault(hop => hop.Person.Id == ownManager.Id) ?? new RoutingHop(ownManager, StaffRole.Manager, Present: false);
        return new RoutingPeople(own, Of(StaffRole.KeyAccountManager), Of(StaffRole.Head), Of(StaffRole.Finance));

        IReadOnlyList<RoutingHop> Of(StaffRole role) => [.. hops.Where(hop => hop.Role == role)];
    }
}
