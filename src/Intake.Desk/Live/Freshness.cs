namespace Intake.Desk.Live;

/// <summary>How old what a live panel shows is.</summary>
public enum FeedState
{
    /// <summary>Nothing has come yet.</summary>
    Connecting,

    /// <summary>Heard within the limit, and the read model is not behind.</summary>
    Live,

    /// <summary>Heard, but what is shown is older than the limit.</summary>
    Behind,

    /// <summary>Nothing heard for longer than the limit.</summary>
    Lost,
}

/// <summary>The age of the feed, judged at one moment.</summary>
/// <param name="Seconds">Since the last word of the hub, or behind the log, whichever is more.</param>
public sealed record Freshness(FeedState State, double Seconds)
{
    /// <summary>Above this, in seconds, a panel greys and says so.</summary>
    public const double Limit = 5;

    /// <summary>True where what is shown must not be relied upon.</summary>
    public bool Stale => State is FeedState.Behind or FeedState.Lost;

    /// <summary>Judges from the time since the hub was last heard and its own word on how far the read model is behind.</summary>
    /// <param name="sinceHeard">Null when it was never heard.</param>
    public static Freshness Judge(TimeSpan? sinceHeard, double behindSeconds) => sinceHeard switch
    {
        null => new Freshness(FeedState.Connecting, 0),
        { TotalSeconds: > Limit } silent => new Freshness(FeedState.Lost, silent.TotalSeconds),
        _ when behindSeconds > Limit => new Freshness(FeedState.Behind, behindSeconds),
        { } heard => new Freshness(FeedState.Live, Math.Max(heard.TotalSeconds, behindSeconds)),
    };
}
