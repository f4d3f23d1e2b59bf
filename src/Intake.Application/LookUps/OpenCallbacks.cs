using Intake.Projections;
using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>Promises that are open, as the floor shows them.</summary>
public sealed class OpenCallbacks(NpgsqlDataSource database)
{
    /// <summary>Those to a client, or to a number by whatever name; the most urgent first.</summary>
    /// <param name="clientId">Empty where he is not known.</param>
    public async Task<IReadOnlyList<string>> Of(string clientId, string number, CancellationToken cancel)
    {
        await using var query = database.CreateCommand(
            """
            select callback_id from operator_queue.callback
            where not closed and (($1 <> '' and client_id = $1) or ($2 <> '' and digits @> jsonb_build_array($2::text)))
            order by deadline
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = clientId });
        query.Parameters.Add(new NpgsqlParameter { Value = PhoneDigits.Of(number) });
        return await query.ListOf(row => row.GetString(0), cancel);
    }
}
