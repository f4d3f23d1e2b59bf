using System.Globalization;

namespace Intake.Projections.Kpi;

/// <summary>Quarters of an hour. Every home time zone is a whole number of them from UTC, so its days are whole numbers of these.</summary>
public static class QuarterHour
{
    private static readonly long Ticks = TimeSpan.FromMinutes(15).Ticks;

    /// <summary>The first instant of the quarter in which this moment lies, UTC.</summary>
    public static DateTimeOffset Of(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % Ticks), TimeSpan.Zero);

    /// <summary>The key of its row: the first instant, <c>2026-11-24T09:15Z</c>.</summary>
    public static string Key(DateTimeOffset moment) =>
        Of(moment).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
