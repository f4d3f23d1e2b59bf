namespace Intake.EventLog.Tests.Copying;

/// <summary>A log before each of whose appends, counted from 1, something may happen.</summary>
internal sealed class MeddledLog(IEventLog log, Func<int, StreamName, Task> beforeAppend) : IEventLog
{
    private int appends;

    public List<int> Sizes { get; } = [];

    public async Task<AppendOutcome> Append(
        StreamName stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken cancel = default)
    {
        await beforeAppend(++appends, stream);
        Sizes.Add(events.Count);
        return await log.Append(stream, expected, events, cancel);
    }

    public IAsyncEnumerable<RecordedEvent> ReadStream(StreamName stream, long fromRevision = 0, CancellationToken cancel = default) =>
        log.ReadStream(stream, fromRevision, cancel);

    public IAsyncEnumerable<RecordedEvent> ReadAll(LogPosition after, CancellationToken cancel = default) => log.ReadAll(after, cancel);

    public IAsyncEnumerable<LogMessage> Subscribe(LogPosition after, CancellationToken cancel = default) => log.Subscribe(after, cancel);

    public Task<LogPosition> Head(CancellationToken cancel = default) => log.Head(cancel);
}
