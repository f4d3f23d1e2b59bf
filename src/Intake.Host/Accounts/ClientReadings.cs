using Intake.Application.LookUps;
using Intake.Domain;
using Intake.Domain.Staff;
using Npgsql;

namespace Intake.Host.Accounts;

/// <summary>Which clients people have read outside the office within the hour; shared by all hosts, and forgotten after it.</summary>
public sealed class ClientReadings(NpgsqlDataSource database, RemotePolicy policy)
{
    /// <summary>Creates the table.</summary>
    public static async Task Migrate(NpgsqlDataSource database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var create = database.CreateCommand(
            """
            create table if not exists accounts.client_reading (
                staff_id text not null,
                reading text not null,
                client_id text not null,
                read_at timestamptz not null,
                primary key (staff_id, reading, client_id));
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// Notes that a person reads these clients, unless they would be too many; then the refusal. The clients of the calls and callbacks that
    /// he has in hand are noted and never too many, nor is anything that a search finds while he has one.
    /// </summary>
    public async Task<ClientsWithheld?> Read(
        StaffRef person, ClientReading reading, IReadOnlyList<string> wanted, DateTimeOffset now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(wanted);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var one = await connection.BeginTransactionAsync(cancel);
        var inHand = await InHand(connection, person.Id, cancel);
        var counted = await Counted(connection, person.Id, reading, now, cancel);
        var judged = reading == ClientReading.List && inHand.Count > 0 ? [] : wanted.Where(client => !inHand.Contains(client)).ToList();
        if (policy.Withhold(person, reading, counted, judged, now) is { } withheld)
        {
            return withheld;
        }

        await using var note = new NpgsqlCommand(
            """
            insert into accounts.client_reading as there select $1, $2, client_id, $4 from unnest($3) client_id
            on conflict (staff_id, reading, client_id) do update set read_at = excluded.read_at
            """,
            connection);
        note.Parameters.Add(new NpgsqlParameter { Value = person.Id });
        note.Parameters.Add(new NpgsqlParameter { Value = reading.ToString() });
        note.Parameters.Add(new NpgsqlParameter { Value = wanted.Distinct().ToArray() });
        note.Parameters.Add(new NpgsqlParameter { Value = now });
        await note.ExecuteNonQueryAsync(cancel);
        await one.CommitAsync(cancel);
        return null;
    }

    // One request of a person after the other, or many at once would each see room for one more.
    private static async Task<Dictionary<string, DateTimeOffset>> Counted(
        NpgsqlConnection connection, string staffId, ClientReading reading, DateTimeOffset now, CancellationToken cancel)
    {
        await using var alone = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('client readings of ' || $1, 0))", connection);
        alone.Parameters.Add(new NpgsqlParameter { Value = staffId });
        await alone.ExecuteNonQueryAsync(cancel);
        await using var forget = new NpgsqlCommand("delete from accounts.client_reading where staff_id = $1 and read_at <= $2", connection);
        forget.Parameters.Add(new NpgsqlParameter { Value = staffId });
        forget.Parameters.Add(new NpgsqlParameter { Value = now - RemotePolicy.CountedFor });
        await forget.ExecuteNonQueryAsync(cancel);
        await using var query = new NpgsqlCommand("select client_id, read_at from accounts.client_reading where staff_id = $1 and reading = $2", connection);
        query.Parameters.Add(new NpgsqlParameter { Value = staffId });
        query.Parameters.Add(new NpgsqlParameter { Value = reading.ToString() });
        return (await query.ListOf(row => (Client: row.GetString(0), At: row.GetFieldValue<DateTimeOffset>(1)), cancel))
            .ToDictionary(row => row.Client, row => row.At, StringComparer.Ordinal);
    }

    // An empty id stands for a call whose caller is not known yet.
    private static async Task<HashSet<string>> InHand(NpgsqlConnection connection, string staffId, CancellationToken cancel)
    {
        await using var query = new NpgsqlCommand(
            """
            with hand as (
                select client_id, candidates from operator_queue.call
                where not is_over and ($1 in (assignee ->> 'id', asked_now ->> 'id', offered_to ->> 'id')
                    or exists (select from jsonb_array_elements(helpers) helper where helper ->> 'id' = $1)))
            select client_id from hand
            union select candidate ->> 'clientId' from hand, jsonb_array_elements(candidates) candidate
            union select client_id from operator_queue.callback where not closed and leased_by ->> 'id' = $1
            """,
            connection);
        query.Parameters.Add(new NpgsqlParameter { Value = staffId });
        return [.. await query.ListOf(row => row.GetString(0), cancel)];
    }
}
