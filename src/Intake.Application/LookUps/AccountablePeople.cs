using Intake.Domain;
using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>Who answers for what has no person of its own.</summary>
public sealed class AccountablePeople(NpgsqlDataSource database)
{
    /// <summary>Who answers for a queue's callbacks: a supervisor, else a head, else an administrator; whoever is here before whoever is not.</summary>
    public Task<StaffRef> ForQueue(CancellationToken cancel) => First([StaffRole.Supervisor, StaffRole.Head, StaffRole.Administrator], cancel);

    /// <summary>To whom goes what the floor cannot settle: a head, else a supervisor, else an administrator.</summary>
    public Task<StaffRef> ForEscalations(CancellationToken cancel) => First([StaffRole.Head, StaffRole.Supervisor, StaffRole.Administrator], cancel);

    private async Task<StaffRef> First(StaffRole[] roles, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            """
            select staff_id, name from operator_queue.person
            where not dismissed and role = any($1)
            order by array_position($1, role), presence <> 'Offline' desc, staff_id limit 1
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = roles.Select(role => role.ToString()).ToArray() });
        return (await query.ListOf(row => new StaffRef(row.GetString(0), row.GetString(1)), cancel)).SingleOrDefault() ?? StaffRef.System;
    }
}
