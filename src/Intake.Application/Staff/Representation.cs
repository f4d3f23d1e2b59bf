using Intake.Application.LookUps;
using Intake.Domain;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;
using Npgsql;

namespace Intake.Application.Staff;

/// <summary>For whom a person stands in now (A.I.6). Rows say where to look, and the log whether it is so still.</summary>
public sealed class Representation(NpgsqlDataSource database, CommandRunner runner)
{
    /// <summary>The absent people whose rights this person has at this moment, beside his own.</summary>
    public async Task<IReadOnlyList<Actor>> By(StaffRef person, DateTimeOffset now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(person);
        await using var query = database.CreateCommand(
            """
            select distinct absent ->> 'id' from authority.coverage
            where stand_in ->> 'id' = $1 and phase = 'Started' and begins <= $2 and until > $2 order by 1
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = person.Id });
        query.Parameters.Add(new NpgsqlParameter { Value = now.ToUniversalTime() });
        var represented = new List<Actor>();
        foreach (var absent in await query.ListOf(row => row.GetString(0), cancel))
        {
            if ((await runner.Load(Absences.Stream, absent, cancel)).State.InForce(now) is { Ordered: var order } && order.StandIn.Id == person.Id)
            {
                represented.Add(new Actor(order.Absent, order.AbsentRole));
            }
        }

        return represented;
    }

    /// <summary>To whom a person reports at this moment: the head whom his appointment names, or who stands in for that one (A.I.5).</summary>
    public async Task<StaffRef?> SuperiorOf(StaffRef person, DateTimeOffset now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(person);
        return (await runner.Load(StaffMember.Stream, person.Id, cancel)).State.InForce?.ReportsTo is { } superior
            ? (await runner.Load(Absences.Stream, superior.Id, cancel)).State.InForce(now)?.Ordered.StandIn ?? superior
            : null;
    }

    /// <summary>The person's own role may do something, or that of somebody for whom he stands in now; these are asked only where his own may not.</summary>
    public async Task<bool> Allows(Actor actor, Func<StaffRole, bool> may, DateTimeOffset now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(may);
        return may(actor.Role) || (await By(actor.Person, now, cancel)).Any(absent => may(absent.Role));
    }

    /// <summary>
    /// Whom the sender of a command stands in for by it: the one that he names; else nobody where his own role may send it; else
    /// the first whose role may.
    /// </summary>
    /// <param name="named">The id of the absent person whom the sender names; null where he names nobody.</param>
    /// <returns>Null where he acts by his own right, or has none.</returns>
    /// <exception cref="NotStandingInException">He does not stand in for the person whom he names.</exception>
    public async Task<Actor?> For(Command command, string? named, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (context, allowed) = (command.Context, Rights.Of(command.GetType()));
        if (named is null && (allowed.Contains(context.Actor.Role) || allowed.Count == 0))
        {
            return null;
        }

        var represented = await By(context.By, context.Now, cancel);
        return named is null
            ? represented.FirstOrDefault(absent => allowed.Contains(absent.Role))
            : represented.FirstOrDefault(absent => absent.Person.Id == named) ?? throw new NotStandingInException(named);
    }
}

#pragma warning disable CA1032, RCS1194 // Thrown here only, which always has something to say.
/// <summary>The sender does not stand in for the person whom he names, or not any more.</summary>
public sealed class NotStandingInException(string absent) : Exception($"You do not stand in for '{absent}' now.");
#pragma warning restore CA1032, RCS1194
