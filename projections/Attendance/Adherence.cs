using Intake.Domain.Staff;

namespace Intake.Projections.Attendance;

/// <summary>How a person kept one shift by one plan (B.V.7).</summary>
/// <param name="Scheduled">Of the shift, as far as it has gone.</param>
/// <param name="InSchedule">Of that, how long he was signed on.</param>
/// <param name="Came">The first moment of the shift at which he was; null where he has not come.</param>
/// <param name="Left">The last moment of the shift at which he was; null where he has not come, or is there still.</param>
/// <param name="LateBy">From the shift's beginning until he came, or until now; zero where he was in time.</param>
public sealed record Adherence(TimeSpan Scheduled, TimeSpan InSchedule, DateTimeOffset? Came, DateTimeOffset? Left, TimeSpan LateBy)
{
    /// <summary>Of the definition of these figures.</summary>
    public const string Version = "adherence-1";

    /// <summary>Who comes no later than this after the beginning is in time.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>In schedule / scheduled, 0 to 1; null where nothing was scheduled yet.</summary>
    public double? Share => Scheduled > TimeSpan.Zero ? InSchedule / Scheduled : null;

    /// <summary>He came after the grace, or has not come though it is over.</summary>
    public bool IsLate => LateBy > Grace;

    /// <summary>Signed on, whatever he does; not: offline, desk gone, or a call that he let ring.</summary>
    public static bool IsPresent(PresenceChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.Presence != Presence.Offline
            && !(change.Presence == Presence.NotReady && change.Reason is OperatorSession.ConnectionLost or OperatorSession.RingNoAnswer);
    }

    /// <summary>The plan that was known when the shift began by it; null where none was.</summary>
    public static ShiftPlan? KnownThen(IReadOnlyList<ShiftPlan> plans) => plans.LastOrDefault(plan => plan.KnownAt <= plan.From);

    /// <summary>How the shift was kept by this plan.</summary>
    /// <param name="changes">The person's changes of presence in their order, from the last one before the shift on.</param>
    public static Adherence Of(DateTimeOffset from, DateTimeOffset until, IEnumerable<PresenceChange> changes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var end = now < until ? now : until;
        var spans = Present(changes, end).Select(span => (From: Later(span.From, from), Until: Earlier(span.Until, end)))
            .Where(span => span.From < span.Until).ToList();
        var came = spans.Count > 0 ? spans[0].From : (DateTimeOffset?)null;
        var left = spans.Count > 0 && spans[^1].Until < end ? spans[^1].Until : (DateTimeOffset?)null;
        var scheduled = end > from ? end - from : TimeSpan.Zero;
        return new Adherence(
            scheduled, spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.Until - span.From)), came, left,
            came is { } arrived ? arrived - from : scheduled);
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Present(IEnumerable<PresenceChange> changes, DateTimeOffset end)
    {
        DateTimeOffset? since = null;
        foreach (var change in changes)
        {
            if (IsPresent(change))
            {
                since ??= change.At;
            }
            else if (since is { } begun)
            {
                yield return (begun, change.At);
                since = null;
            }
        }

        if (since is { } open)
        {
            yield return (open, end);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
