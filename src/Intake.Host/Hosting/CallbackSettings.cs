using System.Globalization;
using Intake.Domain.Callbacks;

namespace Intake.Host.Hosting;

/// <summary>How a company words its own times for callbacks.</summary>
public static class CallbackSettings
{
    private static readonly string[] Names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>The default policy with what the company has otherwise; its version names that.</summary>
    /// <param name="hours">Days and hours by the home clock: <c>Mon-Sat 09:00-20:00</c>.</param>
    /// <param name="lease">How long one person may have a callback in hand: <c>00:10:00</c>.</param>
    /// <exception cref="UsageException">It is not written so.</exception>
    public static CallbackPolicy Of(string? hours, string? lease)
    {
        var policy = CallbackPolicy.Default;
        if (hours is not null)
        {
            policy = policy with { Hours = Hours(hours), Version = $"{policy.Version} {hours}" };
        }

        if (lease is null)
        {
            return policy;
        }

        return TimeSpan.TryParseExact(lease, "hh\\:mm\\:ss", CultureInfo.InvariantCulture, out var length) && length > TimeSpan.Zero
            ? policy with { LeaseFor = length, Version = $"{policy.Version} lease {lease}" }
            : throw new UsageException($"INTAKE_CALLBACK_LEASE '{lease}' is no length of time. Write it as 00:10:00.");
    }

    private static WorkingHours Hours(string text)
    {
        var unreadable = new UsageException($"INTAKE_WORKING_HOURS '{text}' is not understood. Write days and hours as Mon-Sat 09:00-20:00.");
        if (text.Split(' ') is not [var days, var times] || times.Split('-') is not [var opens, var closes]
            || !TimeOnly.TryParseExact(opens, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)
            || !TimeOnly.TryParseExact(closes, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until) || until <= from)
        {
            throw unreadable;
        }

        var span = days.Split('-').Select(name => Array.IndexOf(Names, name)).ToArray();
        if (span.Length > 2 || span.Any(day => day < 0))
        {
            throw unreadable;
        }

        var open = new HashSet<DayOfWeek> { (DayOfWeek)span[^1] };
        for (var day = span[0]; day != span[^1]; day = (day + 1) % 7)
        {
            open.Add((DayOfWeek)day);
        }

        return new WorkingHours(from, until, open);
    }
}
