using System.Globalization;

namespace Intake.Desk.Text;

/// <summary>Lengths of time as a running clock shows them; the same in every language.</summary>
public static class Durations
{
    /// <summary>m:ss, or h:mm:ss from an hour on.</summary>
    public static string Clock(TimeSpan length) => length.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours}:{length.Minutes:00}:{length.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{length.Minutes}:{length.Seconds:00}");
}
