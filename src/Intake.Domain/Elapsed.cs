namespace Intake.Domain;

/// <summary>Durations between two clocks' readings.</summary>
public static class Elapsed
{
    /// <summary>Whole milliseconds from one moment to another; 0 where clocks disagree and it would be negative.</summary>
    public static long Ms(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, (long)(to - from).TotalMilliseconds);
}
