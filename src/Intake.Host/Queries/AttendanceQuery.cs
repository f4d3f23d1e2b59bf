using System.Data;
using Intake.Application;
using Intake.Application.LookUps;
using Intake.Contracts;
using Intake.Domain.Staff;
using Intake.Projections.Attendance;
using Npgsql;

namespace Intake.Host.Queries;

/// <summary>How the shifts of a day are kept, by the plan as known then and as known now (B.V.7).</summary>
public sealed class AttendanceQuery(NpgsqlDataSource database, Home home, TimeProvider clock)
{
    /// <summary>The shifts that begin on a day as planned now, by their beginning.</summary>
    /// <param name="day">In the home time zone; null for today.</param>
    /// <param name="staffId">Of this person only; of all where it is null.</param>
    public async Task<AttendanceDay> Of(DateOnly? day, string? staffId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var asked = day ?? home.DayOf(now);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var stand = await connection.Stand(AttendanceProjection.Definition.Name, cancel);
        var shifts = (await connection.Rows<ShiftRow>(
                "attendance.shift", "where begins >= $1 and begins < $2 and ($3 = '' or staff_id = $3) order by begins, name, key", cancel,
                home.StartOf(asked).UtcDateTime, home.StartOf(asked.AddDays(1)).UtcDateTime, staffId ?? string.Empty))
            .Select(shift => shift.Row)
            .ToList();
        var changes = await Changes(connection, shifts, cancel);
        return new AttendanceDay(
            asked, stand.Position, Adherence.Version, [.. shifts.Select(shift => Row(shift, [.. changes[shift.ShiftId]], now))]);
    }

    private static AttendanceRow Row(ShiftRow shift, IReadOnlyList<PresenceChange> changes, DateTimeOffset now)
    {
        var then = Adherence.KnownThen(shift.Plans) is { Until: { } until, From: var from } ? (From: from, Until: until) : ((DateTimeOffset From, DateTimeOffset Until)?)null;
        var kept = shift.Cancelled ? null : Adherence.Of(shift.Begins, shift.Until, changes, now);
        var keptThen = then is { } known ? Adherence.Of(known.From, known.Until, changes, now) : null;
        return new AttendanceRow(
            shift.ShiftId, shift.StaffId, shift.Name, shift.Month, shift.Begins, shift.Until, shift.Cancelled, then?.From, then?.Until, kept?.Came,
            kept?.Left, keptThen?.LateBy.TotalSeconds ?? 0, keptThen?.IsLate ?? false, kept?.Share, keptThen?.Share, shift.Plans.Count - 1,
            shift.Plans[^1].Reason);
    }

    // Each person's changes from the last one before the earliest beginning of his shift on.
    private static async Task<ILookup<string, PresenceChange>> Changes(NpgsqlConnection connection, IReadOnlyList<ShiftRow> shifts, CancellationToken cancel)
    {
        await using var query = new NpgsqlCommand(
            """
            select shift.id, change.staff_id, change.name, change.at, change.position, change.presence, change.reason
            from unnest($1, $2, $3, $4) shift (id, staff_id, begins, until)
            join attendance.presence_change change on change.staff_id = shift.staff_id and change.at < shift.until and change.at >= coalesce(
                (select max(before.at) from attendance.presence_change before where before.staff_id = shift.staff_id and before.at <= shift.begins), '-infinity')
            order by shift.id, change.at, change.position
            """,
            connection);
        query.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. shifts.Select(shift => shift.ShiftId)] });
        query.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. shifts.Select(shift => shift.StaffId)] });
        query.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. shifts.Select(shift => shift.Plans.Min(plan => plan.From).UtcDateTime)] });
        query.Parameters.Add(new NpgsqlParameter<DateTime[]>
        {
            TypedValue = [.. shifts.Select(shift => shift.Plans.Max(plan => plan.Until ?? shift.Until).UtcDateTime)],
        });
        var rows = await query.ListOf(
            row => (Shift: row.GetString(0), Change: new PresenceChange(
                row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetInt64(4), Enum.Parse<Presence>(row.GetString(5)), row.GetString(6))),
            cancel);
        return rows.ToLookup(row => row.Shift, row => row.Change);
    }
}
