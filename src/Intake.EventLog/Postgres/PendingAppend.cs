namespace Intake.EventLog.Postgres;

/// <summary>An append that waits for its answer.</summary>
internal sealed class PendingAppend(StreamName stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events)
    : TaskCompletionSource<AppendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string Stream { get; } = stream.ToString();

    public long Expected { get; } = expected.Value;

    public IReadOnlyList<NewEvent> Events { get; } = events;

    public long Begun { get; } = TimeProvider.System.GetTimestamp();

    public TimeSpan Age => TimeProvider.System.GetElapsedTime(Begun);

    /// <summary>Bytes to write, nearly.</summary>
    public int Weight { get; } = events.Sum(e => e.Data.Length + e.Metadata.Length + 100);
}
