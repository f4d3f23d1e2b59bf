namespace Intake.EventLog.EventStoreDb;

/// <summary>How the EventStoreDB engine reaches and uses its server.</summary>
public sealed record EventStoreDbEventLogOptions(EventStoreDbConnection Connection)
{
    /// <summary>
    /// Before the name of each stream, so that one server can keep several logs; empty where the server keeps this one only.
    /// Without a dash, or the server's own projections by category would mix them.
    /// </summary>
    public string StreamPrefix { get; init; } = "";

    /// <summary>Events in a page of a subscription, at most; at least 1.</summary>
    public int PageSize { get; init; } = 2_000;

    /// <summary>How long a call tries again when no server answers, before it throws <see cref="EventLogUnavailableException"/>.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(15);
}
