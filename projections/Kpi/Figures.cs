namespace Intake.Projections.Kpi;

/// <summary>What the counts were counted by. Other thresholds need another version of the read model.</summary>
/// <param name="Version">Part of every figure, with the projection's version.</param>
/// <param name="Answer">T: who waited longer was not answered in time.</param>
/// <param name="ShortAbandon">Who hung up after this wait or sooner does not count against the service level.</param>
/// <param name="Target">Of the service level, 0 to 1.</param>
public sealed record Thresholds(string Version, TimeSpan Answer, TimeSpan ShortAbandon, double Target)
{
    public static readonly Thresholds Default = new("kpi-1", TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5), 0.8);
}

/// <summary>Figures of a span of intervals. What is divided by nothing is null.</summary>
public static class Figures
{
    /// <summary>Counts and sums of all these intervals, as of one that begins with the earliest.</summary>
    /// <param name="start">Where there are no intervals.</param>
    public static IntervalRow Sum(IEnumerable<IntervalRow> intervals, DateTimeOffset start)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        return intervals.Aggregate((IntervalRow?)null, (sum, row) => sum is null ? row : Add(sum, row)) ?? IntervalRow.Empty(start);
    }

    /// <summary>answered(T) / (offered - short), 0 to 1: the first variant of the service level.</summary>
    public static double? ServiceLevel(IntervalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Ratio(row.AnsweredInTime, row.Offered - row.ShortAbandoned);
    }

    /// <summary>Sum of the waits of the answered / answered, seconds.</summary>
    public static double? AverageSpeedOfAnswer(IntervalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Ratio(row.WaitMsSum, row.Answered) / 1000;
    }

    /// <summary>abandoned / offered, 0 to 1, the short ones included.</summary>
    public static double? Abandonment(IntervalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Ratio(row.Abandoned, row.Offered);
    }

    /// <summary>(abandoned - short) / (offered - short), 0 to 1.</summary>
    public static double? AbandonmentWithoutShort(IntervalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Ratio(row.Abandoned - row.ShortAbandoned, row.Offered - row.ShortAbandoned);
    }

    /// <summary>(talk + hold + wrap-up) / registered calls, seconds.</summary>
    public static double? HandleTime(IntervalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Ratio(row.HandleMsSum, row.CallsRegistered) / 1000;
    }

    private static double? Ratio(long part, long whole) => whole > 0 ? (double)part / whole : null;

    private static IntervalRow Add(IntervalRow sum, IntervalRow row) => new(
        sum.Start < row.Start ? sum.Start : row.Start,
        sum.Offered + row.Offered,
        sum.Answered + row.Answered,
        sum.AnsweredInTime + row.AnsweredInTime,
        sum.Abandoned + row.Abandoned,
        sum.AbandonedInTime + row.AbandonedInTime,
        sum.ShortAbandoned + row.ShortAbandoned,
        sum.WaitMsSum + row.WaitMsSum,
        Math.Max(sum.LongestWaitMs, row.LongestWaitMs),
        sum.CallsRegistered + row.CallsRegistered,
        sum.HandleMsSum + row.HandleMsSum,
        sum.CallsArrived + row.CallsArrived,
        sum.CallsEnded + row.CallsEnded,
        sum.TalkMsSum + row.TalkMsSum,
        sum.Orders + row.Orders,
        sum.OrderValue + row.OrderValue,
        sum.Lines + row.Lines,
        sum.EntryMsSum + row.EntryMsSum,
        sum.OffersPresented + row.OffersPresented,
        sum.OffersAccepted + row.OffersAccepted,
        sum.OffersDeclined + row.OffersDeclined,
        sum.AcceptedValue + row.AcceptedValue,
        sum.OrdersRefused + row.OrdersRefused,
        sum.SubmissionsRefused + row.SubmissionsRefused,
        sum.Escalations + row.Escalations);
}
