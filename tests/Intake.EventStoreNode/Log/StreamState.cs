namespace Intake.Testing.EventStoreDb.Log;

/// <summary>One stream: its events in order, and whether it is deleted for ever.</summary>
internal sealed class StreamState
{
    public List<LogRecord> Events { get; } = [];

    public bool IsDeleted { get; set; }

    /// <summary>-1 without events, <see cref="LogRecord.DeletedRevision"/> when deleted.</summary>
    public long Last => IsDeleted ? LogRecord.DeletedRevision : Events.Count - 1;
}
