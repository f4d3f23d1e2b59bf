using System.Text.RegularExpressions;
using Intake.Application;
using Intake.Contracts;
using Intake.Domain.Callbacks;

namespace Intake.Host.Http;

/// <summary>Times as clients wish them, from outside.</summary>
public static partial class WishedTime
{
    /// <summary>So many days ahead a call may be wished for.</summary>
    public const int MostDaysAhead = 30;

    /// <summary>The wish; null where there is none.</summary>
    /// <exception cref="InvalidRequestException">The time is over, too far, ends before it begins, or no clock shows it.</exception>
    public static CallbackWish? Of(CallbackTime? time, Home home, TimeProvider clock, string field)
    {
        ArgumentNullException.ThrowIfNull(home);
        ArgumentNullException.ThrowIfNull(clock);
        if (time is null)
        {
            return null;
        }

        var zone = string.IsNullOrEmpty(time.Zone) ? home.Zone : Zone(time.Zone)
            ?? throw new InvalidRequestException($"{field}.zone", "A time zone has its IANA name: Europe/Chisinau.");
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
        if (time.Day < today || time.Day > today.AddDays(MostDaysAhead))
        {
            throw new InvalidRequestException($"{field}.day", $"Choose a day from today on, within {MostDaysAhead} days.");
        }

        return time.Until > time.From
            ? new CallbackWish(time.Day, time.From, time.Until, zone)
            : throw new InvalidRequestException($"{field}.until", "The time ends before it begins.");
    }

    /// <summary>The zone of an IANA name; null where there is none.</summary>
    public static TimeZoneInfo? Zone(string? name) =>
        name is { Length: <= 64 } && IanaName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9][A-Za-z0-9_+-]*){0,2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IanaName();
}
