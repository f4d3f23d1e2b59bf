using Intake.Contracts;

namespace Intake.Desk.Floor;

/// <summary>How a figure stands to its target.</summary>
public enum Standing
{
    /// <summary>Nothing to judge yet.</summary>
    None,
    Met,

    /// <summary>Worth a look.</summary>
    Watch,

    /// <summary>Somebody has to act.</summary>
    Missed,
}

/// <summary>The targets of the six figures, and how the floor stands to them.</summary>
public static class Targets
{
    /// <summary>More calls than this in the queue are worth a look; above twice as many somebody has to act.</summary>
    public const int Waiting = 3;

    /// <summary>Below the target by no more than this share the service level is only worth a look.</summary>
    public const double NearTarget = 0.1;

    public static Standing OfWaiting(Wallboard board) => Ladder(Known(board).Waiting, Waiting, 2 * Waiting);

    /// <summary>Against the threshold of the service level, and three times that.</summary>
    public static Standing OfLongestWait(Wallboard board, DateTimeOffset now) => Known(board).OldestQueuedAt is { } since
        ? Ladder((now - since).TotalSeconds, board.Interval.ThresholdSeconds, 3 * board.Interval.ThresholdSeconds)
        : Standing.Met;

    public static Standing OfServiceLevel(ServiceLevel level) => level switch
    {
        null or { Level: null } => Standing.None,
        { Level: { } reached } when reached >= level.Target => Standing.Met,
        { Level: { } reached } when reached >= level.Target - NearTarget => Standing.Watch,
        _ => Standing.Missed,
    };

    /// <summary>Somebody is ready, at least whenever somebody waits.</summary>
    public static Standing OfOperators(Wallboard board) => (Ready(Known(board)), board.Waiting) switch
    {
        ( > 0, _) => Standing.Met,
        (_, 0) => Standing.Watch,
        _ => Standing.Missed,
    };

    /// <summary>None may be overdue.</summary>
    public static Standing OfCallbacks(Wallboard board) => Ladder(Known(board).CallbacksOverdue, 0, 2);

    /// <summary>Every call that ended is registered.</summary>
    public static Standing OfNotRegistered(Wallboard board) => Ladder(Known(board).NotRegistered, 0, 3);

    /// <summary>People who could take a call now.</summary>
    public static int Ready(Wallboard board) =>
        Known(board).States.Where(state => state.State == "ready").Sum(state => state.Count);

    private static Wallboard Known(Wallboard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return board;
    }

    private static Standing Ladder(double figure, double met, double watch) =>
        figure <= met ? Standing.Met : figure <= watch ? Standing.Watch : Standing.Missed;
}
