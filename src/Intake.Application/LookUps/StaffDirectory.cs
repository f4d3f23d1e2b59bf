using Intake.Domain;
using Intake.Domain.Calls;
using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>Who could be asked now: the staff and their presence, as the floor shows them.</summary>
public sealed class StaffDirectory(NpgsqlDataSource database)
{
    /// <summary>
    /// The people that the routing table may send a call to. Present is who is ready; of several, the longest ready is
    /// asked first, and whoever is present before whoever is not. In the place of an absent person, and with his role, is whoever
    /// stands in for him at this moment (A.I.6).
    /// </summary>
    public async Task<RoutingPeople> PeopleFor(StaffRef? ownManager, DateTimeOffset now, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            """
            select asked.staff_id, asked.name, person.role, asked.presence = 'Ready', person.staff_id, person.name,
                stand_in.staff_id is not null
            from operator_queue.person
            left join authority.coverage on absent ->> 'id' = person.staff_id and phase = 'Started' and begins <= $2 and until > $2
            left join operator_queue.person stand_in on stand_in.staff_id = coverage.stand_in ->> 'id' and not stand_in.dismissed
            cross join lateral (
                select coalesce(stand_in.staff_id, person.staff_id) staff_id, coalesce(stand_in.name, person.name) as name,
                    coalesce(stand_in.presence, person.presence) presence, coalesce(stand_in.since, person.since) since) asked
            where not person.dismissed and (person.role in ('KeyAccountManager', 'Head', 'Finance') or person.staff_id = $1)
            order by asked.presence = 'Ready' desc, case when asked.presence = 'Ready' then asked.since end, person.staff_id
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = ownManager?.Id ?? string.Empty });
        query.Parameters.Add(new NpgsqlParameter { Value = now.ToUniversalTime() });
        var hops = await query.ListOf(
            row => (
                Hop: new RoutingHop(
                    new StaffRef(row.GetString(0), row.GetString(1)), Enum.Parse<StaffRole>(row.GetString(2)), row.GetBoolean(3),
                    row.GetBoolean(6) ? new StaffRef(row.GetString(4), row.GetString(5)) : null),
                Owner: row.GetString(4)),
            cancel);
        var own = ownManager is null
            ? null
            : hops.FirstOrDefault(hop => hop.Owner == ownManager.Id).Hop ?? new RoutingHop(ownManager, StaffRole.Manager, Present: false);
        return new RoutingPeople(own, Of(StaffRole.KeyAccountManager), Of(StaffRole.Head), Of(StaffRole.Finance));

        IReadOnlyList<RoutingHop> Of(StaffRole role) => [.. hops.Where(hop => hop.Hop.Role == role).Select(hop => hop.Hop)];
    }
}
