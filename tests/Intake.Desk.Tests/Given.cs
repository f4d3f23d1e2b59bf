using Intake.Contracts;

namespace Intake.Desk.Tests;

/// <summary>Rows as the host would send them.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static QueueCall Call(string id, string phase = "queued", int waitedSeconds = 0, long changedAt = 1) => new(
        id, phase, "inbound", "+37322270450", "orders", Nine.AddSeconds(-waitedSeconds), null, null, null, null, string.Empty, string.Empty,
        string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, null, null, [], string.Empty, string.Empty, changedAt);

    public static QueueSnapshot Snapshot(long position, params QueueCall[] calls) => new(1, position, calls, [], []);

    public static QueueChange Change(long from, long to, params QueueCall[] calls) => new(1, from, to, calls, [], []);

    public static CallbackRow Callback(string id, string owner = "olga", string queue = "", int minutesLeft = 30) => new(
        id, string.Empty, "+37322270450", ["37322270450"], string.Empty, "Casa Verde", new Person(owner, $"Name of {owner}"), queue, "reason", "web", "Ion",
        string.Empty, "olive oil", "ro", "Europe/Chisinau", Nine, Nine, Nine.AddMinutes(minutesLeft), Nine.ToOffset(TimeSpan.FromHours(2)),
        Nine.AddMinutes(minutesLeft).ToOffset(TimeSpan.FromHours(2)), 1, null, null, 0, string.Empty, string.Empty, false, null, false, string.Empty,
        false, string.Empty, 1);

    public static OfferRow Offer(string id, string outcome = "open") =>
        new(id, "novelty", $"p{id}", $"Product {id}", "New this month.", 10.5m, outcome);

    public static Wallboard Board(
        int waiting = 0, int longestSeconds = 0, double? level = 0.9, int ready = 2, int overdue = 0, int notRegistered = 0) => new(
        1, 1, Nine, waiting, longestSeconds > 0 ? Nine.AddSeconds(-longestSeconds) : null, Level(level), Level(level),
        [new StateCount("ready", ready), new StateCount("onCall", 3)], overdue, notRegistered, new Sales(0, 0, 0, 0, 0, 0, 0, 0, 0), []);

    private static ServiceLevel Level(double? level) => new(level, 10, 9, 8, 1, 0, 12, 20, 0.8);
}
