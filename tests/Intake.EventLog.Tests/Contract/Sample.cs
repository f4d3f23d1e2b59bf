using System.Text;

namespace Intake.EventLog.Tests.Contract;

/// <summary>Events, streams and short ways to read, for tests of a log.</summary>
internal static class Sample
{
    public static StreamName Stream() => new("order", Guid.CreateVersion7().ToString());

    public static NewEvent Event(string data = "{}") =>
        new(Guid.NewGuid(), "OrderLineAdded", Encoding.UTF8.GetBytes(data), "{}"u8.ToArray());

    public static NewEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(n => Event($$"""{"n":{{n}}}"""))];

    public static async Task<Appended> MustAppend(
        this IEventLog log, StreamName stream, long expected, params IReadOnlyList<NewEvent> events) =>
        Assert.IsType<Appended>(await log.Append(stream, new ExpectedRevision(expected), events));

    public static async Task<IReadOnlyList<RecordedEvent>> StreamOf(this IEventLog log, StreamName stream, long fromRevision = 0) =>
        await log.ReadStream(stream, fromRevision).ToListAsync();

    public static async Task<IReadOnlyList<RecordedEvent>> After(this IEventLog log, LogPosition position) =>
        await log.ReadAll(position).ToListAsync();

    public static IEnumerable<Guid> Ids(this IEnumerable<NewEvent> events) => events.Select(e => e.EventId);

    public static IEnumerable<Guid> Ids(this IEnumerable<RecordedEvent> events) => events.Select(e => e.EventId);

    /// <summary>Follows the log until so many events of these streams have come, and answers everything that was said.</summary>
    public static async Task<IReadOnlyList<LogMessage>> Follow(this IEventLog log, LogPosition after, Func<IReadOnlyList<LogMessage>, bool> enough)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var said = new List<LogMessage>();
        await foreach (var message in log.Subscribe(after, deadline.Token))
        {
            said.Add(message);
            if (enough(said))
                break;
        }

        return said;
    }

    public static IEnumerable<RecordedEvent> Events(this IEnumerable<LogMessage> said) =>
        said.OfType<EventsAppeared>().SelectMany(page => page.Events);
}
