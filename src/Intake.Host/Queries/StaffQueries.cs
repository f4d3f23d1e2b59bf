using AutoMapper;
using Intake.Application.LookUps;
using Intake.Contracts;
using Intake.Projections.OperatorQueue;
using Npgsql;

namespace Intake.Host.Queries;

/// <summary>People as they are appointed, and what they can do.</summary>
public sealed class StaffQueries(NpgsqlDataSource database, IMapper mapper)
{
    /// <summary>Everybody who is or was appointed, and the queues that there are.</summary>
    public async Task<StaffList> Everybody(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        var people = await connection.Rows<PersonRow>("operator_queue.person", "order by key", cancel);
        await using var queues = new NpgsqlCommand(
            """
            select queue from operator_queue.call where queue <> ''
            union select queue from operator_queue.callback where queue <> ''
            union select jsonb_array_elements_text(skills) from operator_queue.person
            order by 1
            """,
            connection);
        return new StaffList(
            [.. people.Select(person => mapper.ToWire<StaffRow>(person.Row, person.At))],
            await queues.ListOf(row => row.GetString(0), cancel));
    }
}
