using Npgsql;

namespace Intake.Application.LookUps;

/// <summary>Which shift of a person the floor's rows show; they may be behind, never ahead.</summary>
public sealed class LastShifts(NpgsqlDataSource database)
{
    /// <summary>The last shift that is known of him; 0 where none is, or there are no such rows yet.</summary>
    public async Task<int> Of(string staffId, CancellationToken cancel)
    {
        await using var query = database.CreateCommand("select shift from operator_queue.person where key = $1");
        query.Parameters.Add(new NpgsqlParameter { Value = staffId });
        try
        {
            return await query.ExecuteScalarAsync(cancel) as int? ?? 0;
        }
        catch (PostgresException missing) when (
            missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName)
        {
            // People are appointed before anything is projected, and an earlier version of the rows knows no shifts.
            return 0;
        }
    }
}
