using Intake.Domain;
using Intake.EventLog;
using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>What a person owes at this moment and somebody else could do.</summary>
public sealed class OpenWork(NpgsqlDataSource database)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Returns when the rows that are looked at here have everything up to a position.</summary>
    /// <exception cref="TimeoutException">They are stopped, or far behind.</exception>
    public async Task Reaches(LogPosition position, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await using var query = database.CreateCommand(
            """
            select count(*) from projections.checkpoint
            where slot = 'live' and name in ('authority', 'operator_queue', 'order_book') and (position_commit, position_prepare) >= ($1, $2)
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = (long)position.Commit });
        query.Parameters.Add(new NpgsqlParameter { Value = (long)position.Prepare });
        while ((long)(await query.ExecuteScalarAsync(cancel))! < 3)
        {
            if (TimeProvider.System.GetElapsedTime(begun) > Patience)
            {
                throw new TimeoutException($"The read models have not reached {position}; what is open cannot be handed over yet.");
            }

            await Task.Delay(Between, cancel);
        }
    }

    /// <summary>Ids of the calls that this person has, in talk or to be registered.</summary>
    public async Task<IReadOnlyList<string>> CallsOf(string staffId, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            "select call_id from operator_queue.call where not is_over and assignee ->> 'id' = $1 order by call_id");
        query.Parameters.Add(new NpgsqlParameter { Value = staffId });
        return await query.ListOf(row => row.GetString(0), cancel);
    }

    /// <summary>Ids of the escalations on which this person owes the decision.</summary>
    public async Task<IReadOnlyList<string>> EscalationsOf(string staffId, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            "select escalation_id from authority.escalation where not decided and owner ->> 'id' = $1 order by raised_at, escalation_id");
        query.Parameters.Add(new NpgsqlParameter { Value = staffId });
        return await query.ListOf(row => row.GetString(0), cancel);
    }

    /// <summary>Ids of the escalations by which this person owes the answer to a question about an order.</summary>
    public async Task<IReadOnlyList<string>> QuestionsTo(string staffId, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            """
            select escalation_id from authority.escalation where not decided and order_id <> '' and owner ->> 'id' = $1
            order by raised_at, escalation_id
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = staffId });
        return await query.ListOf(row => row.GetString(0), cancel);
    }

    /// <summary>Ids of the promised calls that this person himself has to make; not those that he answers for and a queue makes.</summary>
    public async Task<IReadOnlyList<string>> CallbacksOf(string staffId, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            "select callback_id from operator_queue.callback where not closed and queue = '' and owner ->> 'id' = $1 order by deadline, callback_id");
        query.Parameters.Add(new NpgsqlParameter { Value = staffId });
        return await query.ListOf(row => row.GetString(0), cancel);
    }

    /// <summary>Ids of the calls of others with which this person helps.</summary>
    public async Task<IReadOnlyList<string>> CallsHelpedBy(string staffId, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            "select call_id from operator_queue.call where not is_over and helpers @> jsonb_build_array(jsonb_build_object('id', $1)) order by call_id");
        query.Parameters.Add(new NpgsqlParameter { Value = staffId });
        return await query.ListOf(row => row.GetString(0), cancel);
    }

    /// <summary>Ids of the drafts that this person takes.</summary>
    /// <param name="talking">Those, too, about which he is talking with the client now.</param>
    public async Task<IReadOnlyList<string>> DraftsOf(string staffId, bool talking, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            """
            select draft.order_id from order_book.orders draft left join operator_queue.call on call.key = draft.call_id
            where draft.phase = 'Draft' and draft.by ->> 'id' = $1
                and ($2 or call.is_over is not false or call.assignee ->> 'id' is distinct from $1)
            order by draft.opened_at, draft.order_id
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = staffId });
        query.Parameters.Add(new NpgsqlParameter { Value = talking });
        return await query.ListOf(row => row.GetString(0), cancel);
    }

    /// <summary>Ids of the escalations that a stand-in owes for the absent: raised to him, or for him, or handed over by him.</summary>
    public async Task<IReadOnlyList<string>> EscalationsHeldFor(
        string absentId, string by, IReadOnlyList<string> handedOver, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            """
            select escalation_id from authority.escalation
            where not decided and owner ->> 'id' = $2 and (raised_to ->> 'id' = $1 or escalation_id = any($3))
            order by raised_at, escalation_id
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = absentId });
        query.Parameters.Add(new NpgsqlParameter { Value = by });
        query.Parameters.Add(new NpgsqlParameter { Value = handedOver.ToArray() });
        return await query.ListOf(row => row.GetString(0), cancel);
    }
}
