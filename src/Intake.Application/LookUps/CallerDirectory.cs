using Intake.Domain.Calls;
using Intake.Projections;
using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>Finds who may be calling. A number is a hint; the operator asks.</summary>
public sealed class CallerDirectory(NpgsqlDataSource database)
{
    private const int AtMost = 10;

    /// <summary>Clients known by this number, by name; none for a number that is withheld.</summary>
    public async Task<IReadOnlyList<CallerCandidate>> KnownBy(string number, CancellationToken cancel)
    {
        var digits = PhoneDigits.Of(number);
        if (digits.Length == 0)
        {
            return [];
        }

        await using var query = database.CreateCommand(
            "select client_id, client_name, contact from client_card.client_phone where phone = $1 order by client_name limit $2");
        query.Parameters.Add(new NpgsqlParameter { Value = digits });
        query.Parameters.Add(new NpgsqlParameter { Value = AtMost });
        return await query.ListOf(row => new CallerCandidate(row.GetString(0), row.GetString(1), row.GetString(2)), cancel);
    }
}
