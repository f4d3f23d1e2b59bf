namespace Intake.Domain.Callbacks;

/// <summary>When the floor rings people: days and hours by the home clock.</summary>
/// <param name="Closes">After <paramref name="Opens"/>, on the same day.</param>
public sealed record WorkingHours(TimeOnly Opens, TimeOnly Closes, IReadOnlySet<DayOfWeek> Days)
{
    /// <summary>The part of a span of time that lies in working hours, the first that is long enough; null where none is.</summary>
    public (DateTimeOffset From, DateTimeOffset Until)? Within(
        DateTimeOffset from, DateTimeOffset until, TimeSpan atLeast, TimeZoneInfo home)
    {
        ArgumentNullException.ThrowIfNull(home);
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(until, home).DateTime);
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, home).DateTime); day <= last; day = day.AddDays(1))
        {
            if (!Days.Contains(day.DayOfWeek))
            {
                continue;
            }

            var (opens, closes) = (LocalTime.At(day, Opens, home), LocalTime.At(day, Closes, home));
            var (start, end) = (from > opens ? from : opens, until < closes ? until : closes);
            if (end - start >= atLeast)
            {
                return (start, end);
            }
        }

        return null;
    }
}

/// <summary>A time of day in a zone.</summary>
public static class LocalTime
{
    /// <summary>The moment at which clocks of the zone show it.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>When a client would like to be rung, by his own clock.</summary>
public sealed record CallbackWish(DateOnly Day, TimeOnly From, TimeOnly Until, TimeZoneInfo Zone);

/// <summary>How promised calls are kept, versioned.</summary>
/// <param name="CallWithin">Until when who wished no time is rung, from his request or the opening after it.</param>
/// <param name="ShortestWindow">Less than this is no window in which anybody can be rung.</param>
/// <param name="LeaseFor">How long one person may have a callback in hand without recording what came of it.</param>
/// <param name="RetryAfter">Between attempts that nobody answered.</param>
/// <param name="RetryBusyAfter">After a busy line.</param>
/// <param name="MostAttempts">After so many without an answer the head answers for it.</param>
/// <param name="MostWebRequests">So often may one number ask on the web while a promise is open; more change nothing.</param>
public sealed record CallbackPolicy(
    string Version, WorkingHours Hours, TimeSpan CallWithin, TimeSpan ShortestWindow, TimeSpan LeaseFor, TimeSpan RetryAfter,
    TimeSpan RetryBusyAfter, int MostAttempts, int MostWebRequests)
{
    private const int LookAheadDays = 21;

    public static readonly CallbackPolicy Default = new(
        "callbacks-1",
        new WorkingHours(
            new TimeOnly(9, 0), new TimeOnly(20, 0),
            new HashSet<DayOfWeek>
            {
                DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday,
            }),
        CallWithin: TimeSpan.FromHours(1), ShortestWindow: TimeSpan.FromMinutes(15), LeaseFor: TimeSpan.FromMinutes(10),
        RetryAfter: TimeSpan.FromMinutes(30), RetryBusyAfter: TimeSpan.FromMinutes(5), MostAttempts: 4, MostWebRequests: 5);

    /// <summary>
    /// The window in which the client is rung: his wish, as far as it lies in working hours. A wish for which nobody is here, or that is
    /// over, moves to the next day on which the same hours of his clock can be kept; who wishes no time is rung at once, or at the next
    /// opening.
    /// </summary>
    /// <param name="home">The zone of the working hours; the client's own where he names none.</param>
    public CallbackWindow Schedule(CallbackWish? wish, DateTimeOffset now, TimeZoneInfo home)
    {
        ArgumentNullException.ThrowIfNull(home);
        if (wish is not null)
        {
            for (var day = wish.Day; day <= wish.Day.AddDays(LookAheadDays); day = day.AddDays(1))
            {
                var (from, until) = (LocalTime.At(day, wish.From, wish.Zone), LocalTime.At(day, wish.Until, wish.Zone));
                if (Hours.Within(from > now ? from : now, until, ShortestWindow, home) is { } kept)
                {
                    return new CallbackWindow(kept.From.ToUniversalTime(), kept.Until.ToUniversalTime(), wish.Zone.Id);
                }
            }
        }

        // A floor that never opens still owes the call.
        var (soonest, closing) = Hours.Within(now, now.AddDays(LookAheadDays), ShortestWindow, home) ?? (now, now + CallWithin);
        var end = soonest + CallWithin;
        return new CallbackWindow(
            soonest.ToUniversalTime(), (end < closing ? end : closing).ToUniversalTime(), wish?.Zone.Id ?? home.Id);
    }

    /// <summary>Not before then again.</summary>
    public DateTimeOffset RetryAt(AttemptResult result, DateTimeOffset now) =>
        now + (result == AttemptResult.Busy ? RetryBusyAfter : RetryAfter);

    /// <summary>
    /// What holds of two wishes for one number. Where they meet, the time that suits both; else the earlier. So a second request never
    /// makes a client wait longer than the first did.
    /// </summary>
    public CallbackWindow Narrower(CallbackWindow first, CallbackWindow second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var from = first.From > second.From ? first.From : second.From;
        var until = first.Until < second.Until ? first.Until : second.Until;
        var earlier = first.Until <= second.Until ? first : second;
        return until - from >= ShortestWindow ? earlier with { From = from, Until = until } : earlier;
    }
}
