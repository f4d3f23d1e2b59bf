using System.Text.Json;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Staff;
using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>The floor as its distribution sees it, in one moment of the read model.</summary>
public sealed record WaitingFloor(IReadOnlyList<WaitingCall> Calls, IReadOnlyList<ReadyOperator> Operators)
{
    /// <summary>Calls that wait and ring at nobody, and operators who are ready.</summary>
    public static async Task<WaitingFloor> Look(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(
                    """
                    select call_id, queue, queued_at, array(
                        select distinct client.type from jsonb_array_elements(candidates) candidate
                        join client_card.client client on client.key = candidate ->> 'clientId')
                    from operator_queue.call
                    where not is_over and phase = 'Queued' and offered_to is null
                    """),
                new NpgsqlBatchCommand(
                    """
                    select staff_id, name, skills, idle_since from operator_queue.person
                    where presence = 'Ready' and role = 'Operator' and not dismissed and idle_since is not null
                    """),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var calls = await reader.ListOf(
            row => new WaitingCall(
                row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2),
                [.. row.GetFieldValue<string[]>(3).Select(Enum.Parse<ClientType>)]),
            cancel);
        await reader.NextResultAsync(cancel);
        var operators = await reader.ListOf(
            row => new ReadyOperator(
                new StaffRef(row.GetString(0), row.GetString(1)),
                new Skills([.. JsonSerializer.Deserialize<string[]>(row.GetString(2)) ?? []]), row.GetFieldValue<DateTimeOffset>(3)),
            cancel);
        return new WaitingFloor(calls, operators);
    }
}
