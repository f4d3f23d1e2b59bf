using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Intake.EventLog.EventStoreDb.Wire;
using Intake.EventLog.EventStoreDb.Wire.Streams;

namespace Intake.EventLog.EventStoreDb;

/// <summary>What the server says of an append that it did or did not write.</summary>
/// <param name="Revision">Of the last event, or where the stream is instead.</param>
/// <param name="Position">Of the last event; null where the stream was at another revision.</param>
internal sealed record Written(long Revision, LogPosition? Position);

/// <summary>
/// Sends appends to the node that serves, over one call. An append that is not answered in time, or whose line breaks, fails as an
/// outage; sent again with the same event ids it is written once.
/// </summary>
internal sealed class Appends(Nodes nodes, EventStoreDbConnection connection, string prefix) : IAsyncDisposable
{
    // A part below the four megabytes that servers of this protocol take in one message.
    private const int HeaviestPart = 1024 * 1024;

    // The server gives up at the deadline and says so; when even that does not come, nobody is there.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim opening = new(1);
    private AppendLine? line;

    public async Task<Written> Send(StreamName stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken cancel)
    {
        AppendLine? used = null;
        try
        {
            used = await Line(cancel);
            var number = Guid.NewGuid();
            var answer = await used.Ask(number, Parts(number, stream, expected, events)).WaitAsync(connection.DefaultDeadline + Grace, cancel);
            if (answer.ResultCase == BatchAppendResp.ResultOneofCase.Success)
                return new Written((long)answer.Success.CurrentRevision, At(answer.Success.Position));
            return Refusals.Meaning(answer.Error, stream) is { } refusal
                ? throw refusal
                : new Written(Actual(answer.Error.Details.Unpack<WrongExpectedVersion>()), null);
        }
        catch (TimeoutException silence)
        {
            used!.Break(silence);
            throw Left(used, silence);
        }
        catch (Exception fault) when (Refusals.IsOutage(fault))
        {
            throw Left(used, fault);
        }
        catch (Grpc.Core.RpcException refused)
        {
            throw Refusals.Meaning(refused);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref line) is { } open)
            await open.DisposeAsync();
        opening.Dispose();
    }

    // A node that gave no good answer may lead no more.
    private Exception Left(AppendLine? used, Exception fault)
    {
        nodes.Lost(used?.Node, fault);
        return fault;
    }

    private async ValueTask<AppendLine> Line(CancellationToken cancel)
    {
        var node = await nodes.Serving(cancel);
        if (Volatile.Read(ref line) is { IsBroken: false } present && present.Node == node)
            return present;
        await opening.WaitAsync(cancel);
        try
        {
            if (line is { IsBroken: false } opened && opened.Node == node)
                return opened;
            line?.Break(new IOException($"Another node serves now: {node.Address}."));
            var next = new AppendLine(node);
            Volatile.Write(ref line, next);
            return next;
        }
        finally
        {
            opening.Release();
        }
    }

    private IEnumerable<BatchAppendReq> Parts(Guid number, StreamName stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events)
    {
        var correlation = Identifiers.ToWire(number);
        var part = new BatchAppendReq { CorrelationId = correlation, Options = Options(stream, expected) };
        var weight = 0;
        foreach (var e in events)
        {
            weight += e.Data.Length + e.Metadata.Length;
            if (weight > HeaviestPart && part.ProposedMessages.Count > 0)
            {
                yield return part;
                part = new BatchAppendReq { CorrelationId = correlation };
                weight = e.Data.Length + e.Metadata.Length;
            }

            part.ProposedMessages.Add(Proposed(e));
        }

        part.IsFinal = true;
        yield return part;
    }

    private BatchAppendReq.Types.Options Options(StreamName stream, ExpectedRevision expected)
    {
        var options = new BatchAppendReq.Types.Options
        {
            StreamIdentifier = new StreamIdentifier { StreamName = ByteString.CopyFromUtf8($"{prefix}{stream}") },
            Deadline = Duration.FromTimeSpan(connection.DefaultDeadline),
        };
        if (expected.Value < 0)
            options.NoStream = new Google.Protobuf.WellKnownTypes.Empty();
        else
            options.StreamPosition = (ulong)expected.Value;
        return options;
    }

    // The bytes are the caller's, who does not change them.
    private static BatchAppendReq.Types.ProposedMessage Proposed(NewEvent e) => new()
    {
        Id = Identifiers.ToWire(e.EventId),
        Data = UnsafeByteOperations.UnsafeWrap(e.Data),
        CustomMetadata = UnsafeByteOperations.UnsafeWrap(e.Metadata),
        Metadata = { { "type", e.Type }, { "content-type", "application/json" } },
    };

    private static LogPosition At(AllStreamPosition position) => new(position.CommitPosition, position.PreparePosition);

    private static long Actual(WrongExpectedVersion wrong) =>
        wrong.CurrentStreamRevisionOptionCase == WrongExpectedVersion.CurrentStreamRevisionOptionOneofCase.CurrentStreamRevision
            ? (long)wrong.CurrentStreamRevision
            : -1;
}
