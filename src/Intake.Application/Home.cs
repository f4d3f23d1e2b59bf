namespace Intake.Application;

/// <summary>Where the company is at home: its time zone decides what day it is (A.III.13).</summary>
public sealed record Home(TimeZoneInfo Zone)
{
    /// <summary>Moscow, as in A.III.13.</summary>
    public const string DefaultZone = "Europe/Moscow";

    /// <exception cref="TimeZoneNotFoundException">The machine knows no such zone.</exception>
    public static Home In(string zone) => new(TimeZoneInfo.FindSystemTimeZoneById(zone));

    /// <summary>The day that it is at home at a moment.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <summary>The moment as home clocks show it.</summary>
    public DateTimeOffset TimeOf(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    /// <summary>When the home day begins.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight));
    }
}
