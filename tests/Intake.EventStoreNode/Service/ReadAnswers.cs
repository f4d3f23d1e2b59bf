using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire.Streams;
using Intake.Testing.EventStoreDb.Log;

namespace Intake.Testing.EventStoreDb;

/// <summary>Writes the answers of one read.</summary>
internal sealed class ReadAnswers(IServerStreamWriter<ReadResp> stream, ReadReq.Types.Options options, TransactionLog log, NodeFaults faults)
{
    private readonly bool idsAsText =
        options.UuidOption.ContentCase == ReadReq.Types.Options.Types.UUIDOption.ContentOneofCase.String;

    public Task Event(LogRecord record, CancellationToken cancel)
    {
        var target = options.ResolveLinks && record.Event!.Type == "$>" ? log.Target(record) : null;
        var answer = new ReadResp.Types.ReadEvent { CommitPosition = (ulong)record.At, Event = Recorded(target ?? record) };
        if (target is not null) answer.Link = Recorded(record);
        return Write(new() { Event = answer }, cancel);
    }

    public Task Confirmation(Guid subscription, CancellationToken cancel) =>
        Write(new() { Confirmation = new() { SubscriptionId = subscription.ToString() } }, cancel);

    /// <param name="at">Before everything is sent as the largest number: the server's own way to say -1.</param>
    public Task Checkpoint(Position at, CancellationToken cancel) =>
        Write(new() { Checkpoint = new() { CommitPosition = (ulong)at.Commit, PreparePosition = (ulong)at.Prepare } }, cancel);

    public Task CaughtUp(CancellationToken cancel) => Write(new() { CaughtUp = new() }, cancel);

    public Task StreamNotFound(CancellationToken cancel) =>
        Write(new() { StreamNotFound = new() { StreamIdentifier = options.Stream.StreamIdentifier } }, cancel);

    public Task FirstStreamPosition(long revision, CancellationToken cancel) =>
        Write(new() { FirstStreamPosition = (ulong)revision }, cancel);

    public Task LastStreamPosition(long revision, CancellationToken cancel) => Write(new() { LastStreamPosition = (ulong)revision }, cancel);

    private async Task Write(ReadResp answer, CancellationToken cancel)
    {
        await faults.BeforeReadAnswer(cancel);
        await stream.WriteAsync(answer, cancel);
    }

    private ReadResp.Types.ReadEvent.Types.RecordedEvent Recorded(LogRecord record) => new()
    {
        Id = WireUuid.Of(record.Event!.Id, idsAsText),
        StreamIdentifier = new() { StreamName = ByteString.CopyFromUtf8(record.Stream) },
        StreamRevision = (ulong)record.Revision,
        CommitPosition = (ulong)record.At,
        PreparePosition = (ulong)record.At,
        Metadata =
        {
            ["type"] = record.Event.Type,
            ["created"] = (record.WrittenAt - DateTime.UnixEpoch).Ticks.ToString(CultureInfo.InvariantCulture),
            ["content-type"] = record.Event.IsJson ? "application/json" : "application/octet-stream",
        },
        Data = record.Event.Data,
        CustomMetadata = record.Event.Metadata,
    };
}
