using Npgsql;

namespace Intake.EventLog.Postgres;

/// <summary>Reads rows of <c>log.events</c> as events.</summary>
internal static class EventRows
{
    /// <summary>The columns that <see cref="Event"/> reads, in its order.</summary>
    public const string Columns = "e.position, e.revision, e.event_id, e.type, e.data, e.metadata, e.recorded_at";

    public static RecordedEvent Event(NpgsqlDataReader row, StreamName stream) => new(
        LogPosition.Of(row.GetInt64(0)),
        stream,
        row.GetInt64(1),
        row.GetGuid(2),
        row.GetString(3),
        row.GetFieldValue<byte[]>(4),
        row.GetFieldValue<byte[]>(5),
        new DateTimeOffset(row.GetDateTime(6)));
}
