namespace Intake.Testing.EventStoreDb.Log;

/// <summary>What a writer believes of a stream when it is not a revision.</summary>
internal static class Expected
{
    public const long NoStream = -1;
    public const long Any = -2;
    public const long StreamExists = -4;
}

internal enum CommitDecision
{
    Ok,
    WrongExpectedVersion,
    StreamDeleted,

    /// <summary>The same events are there already, where this append would put them.</summary>
    AlreadyThere,
}

/// <summary>Whether an append may be written.</summary>
/// <param name="Current">The stream's last revision.</param>
/// <param name="Last">The last of the events, when they are there already.</param>
internal readonly record struct CommitCheck(CommitDecision Decision, long Current, LogRecord? Last = null)
{
    /// <summary>
    /// An append is known again by its event ids. With an expected revision they must stand directly after it; with Any or StreamExists
    /// they are looked for among those that this leader has written since it started. If only a part of them is there, it is a conflict.
    /// </summary>
    public static CommitCheck Of(
        StreamState stream, long expected, IReadOnlyList<ProposedEvent> events, Func<Guid, LogRecord?> written)
    {
        var current = stream.Last;
        if (stream.IsDeleted) return new(CommitDecision.StreamDeleted, current);
        if (expected == Expected.StreamExists && current < 0) return new(CommitDecision.WrongExpectedVersion, current);
        if (expected is Expected.Any or Expected.StreamExists)
            return Again(stream, events, current, index => written(events[index].Id), CommitDecision.Ok);
        if (expected == current) return new(CommitDecision.Ok, current);
        return Again(stream, events, current, index => At(stream, expected + 1 + index), CommitDecision.WrongExpectedVersion);
    }

    private static CommitCheck Again(
        StreamState stream, IReadOnlyList<ProposedEvent> events, long current, Func<int, LogRecord?> there, CommitDecision ifNew)
    {
        LogRecord? last = null;
        for (var index = 0; index < events.Count; index++)
        {
            var record = there(index);
            if (record?.Event?.Id != events[index].Id || !ReferenceEquals(At(stream, record.Revision), record))
                return new(index == 0 ? ifNew : CommitDecision.WrongExpectedVersion, current);
            last = record;
        }
        return last is null ? new(ifNew, current) : new(CommitDecision.AlreadyThere, current, last);
    }

    private static LogRecord? At(StreamState stream, long revision) =>
        revision >= 0 && revision < stream.Events.Count ? stream.Events[(int)revision] : null;
}
