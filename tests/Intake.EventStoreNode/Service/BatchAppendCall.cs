using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire.Streams;
using Intake.Testing.EventStoreDb.Log;
using ExpectedCase = Intake.EventLog.EventStoreDb.Wire.Streams.BatchAppendReq.Types.Options.ExpectedStreamPositionOneofCase;
using Status = Intake.EventLog.EventStoreDb.Wire.Status;
using DeadlineCase = Intake.EventLog.EventStoreDb.Wire.Streams.BatchAppendReq.Types.Options.DeadlineOptionOneofCase;

namespace Intake.Testing.EventStoreDb;

/// <summary>
/// One call by which a client appends again and again. Requests are read, appends written in their order, and answers sent side by side,
/// so that a held append does not keep the next ones from arriving.
/// </summary>
internal sealed class BatchAppendCall(
    EventStoreNode node, NodeUser caller, bool requiresLeader, NodeConnection connection, IServerStreamWriter<BatchAppendResp> responseStream)
{
    private readonly Dictionary<Guid, PendingAppend> pending = [];
    private readonly Channel<PendingAppend> toWrite = Channel.CreateUnbounded<PendingAppend>(new() { SingleReader = true, SingleWriter = true });
    private readonly Channel<(PendingAppend Append, BatchAppendResp Answer)> toAnswer =
        Channel.CreateUnbounded<(PendingAppend, BatchAppendResp)>(new() { SingleReader = true });
    private int unanswered = 1;

    public async Task Run(IAsyncStreamReader<BatchAppendReq> requests, CancellationToken cancelled)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var cancel = ended.Token;
        Task[] parts = [Receive(requests, cancel), Write(cancel), Answer(cancel)];
        try
        {
            // The first that fails ends the call: a refusal is the call's own end.
            await foreach (var part in Task.WhenEach(parts)) await part;
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            // The client went away.
        }
        catch (IOException)
        {
            // The connection was cut.
        }
        catch (PoliteEndException)
        {
            // The call ends as if everything were answered.
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private async Task Receive(IAsyncStreamReader<BatchAppendReq> requests, CancellationToken cancel)
    {
        await foreach (var request in requests.ReadAllAsync(cancel))
        {
            try
            {
                Take(request, cancel);
            }
            catch (Exception fault) when (fault is FormatException or KeyNotFoundException or InvalidOperationException)
            {
                AnswerAtOnce(request, AppendErrors.BadRequest(fault.Message));
            }
        }
        toWrite.Writer.Complete();
        Answered();
    }

    private void Take(BatchAppendReq request, CancellationToken cancel)
    {
        var correlation = request.CorrelationId.ToGuid();
        if (request.Options is { } options)
        {
            if (options.StreamIdentifier is null)
            {
                AnswerAtOnce(request, AppendErrors.BadRequest("Required field StreamIdentifier not set."));
                return;
            }
            if (!caller.MayWrite(options.StreamIdentifier.StreamName.ToStringUtf8()))
            {
                AnswerAtOnce(request, AppendErrors.AccessDenied());
                return;
            }
            if (TimeAskedFor(options) <= TimeSpan.Zero)
            {
                AnswerAtOnce(request, AppendErrors.Timeout());
                return;
            }
            pending.TryAdd(correlation, new(request.CorrelationId, options.StreamIdentifier, ExpectedOf(options)));
        }
        if (!pending.TryGetValue(correlation, out var append)) return;
        append.Add(request.ProposedMessages);
        if (append.Size > node.Options.MaxAppendSize)
        {
            pending.Remove(correlation);
            AnswerAtOnce(request, AppendErrors.TooLarge(node.Options.MaxAppendSize), append);
        }
        if (!request.IsFinal || !pending.Remove(correlation)) return;
        node.Faults.Received();
        Interlocked.Increment(ref unanswered);
        if (node.Faults.MayDelayAppends) _ = AnswerTimeoutWhenDue(append, cancel);
        toWrite.Writer.TryWrite(append);
    }

    /// <summary>One after the other, as the server has one writer.</summary>
    private async Task Write(CancellationToken cancel)
    {
        await foreach (var append in toWrite.Reader.ReadAllAsync(cancel))
        {
            await node.Faults.BeforeWrite(cancel);
            if (node.Faults.NextCutBeforeWrite() is { } cut)
            {
                End(cut);
                return;
            }
            if ((node.Faults.NextAppendRefusal() ?? RefusalByRole()) is { } refusal)
            {
                Answer(append, new() { Error = refusal.ToAppendError() });
                continue;
            }
            if (!node.LeaderLives)
            {
                _ = AnswerTimeoutWhenDue(append, cancel);
                continue;
            }
            cancel.ThrowIfCancellationRequested();
            var result = node.Append(append.StreamName, append.Expected, append.Events);
            node.Faults.Written(result.Decision);
            if (node.Faults.NextCutBeforeAnswer() is { } cutNow)
            {
                End(cutNow);
                return;
            }
            Answer(append, append.AnswerTo(result));
        }
    }

    private void End(CutKind how)
    {
        if (how == CutKind.Reset) connection.Cut();
        else toAnswer.Writer.TryComplete(new PoliteEndException());
    }

    private NodeRefusal? RefusalByRole() => requiresLeader ? node.RefusalOfLeaderWork() : node.RefusalOfForwarding();

    private async Task Answer(CancellationToken cancel)
    {
        var reader = toAnswer.Reader;
        var eager = new WriteOptions();
        var gathering = new WriteOptions(WriteFlags.BufferHint);
        await foreach (var (append, answer) in reader.ReadAllAsync(cancel))
        {
            if (!append.TryAnswer()) continue;
            await node.Faults.BeforeAppendAnswer(cancel);
            responseStream.WriteOptions = reader.TryPeek(out _) ? gathering : eager;
            await responseStream.WriteAsync(answer, cancel);
            node.Faults.Answered();
            Answered();
        }
    }

    /// <summary>The server's own limit holds whatever the client asked for; what timed out may yet be written.</summary>
    private async Task AnswerTimeoutWhenDue(PendingAppend append, CancellationToken cancel)
    {
        await Task.Delay(node.Options.WriteTimeout, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!cancel.IsCancellationRequested) Answer(append, new() { Error = AppendErrors.Timeout() });
    }

    private void Answer(PendingAppend append, BatchAppendResp answer)
    {
        answer.CorrelationId = append.Correlation;
        answer.StreamIdentifier = append.Stream;
        toAnswer.Writer.TryWrite((append, answer));
    }

    private void AnswerAtOnce(BatchAppendReq request, Status error, PendingAppend? append = null)
    {
        Interlocked.Increment(ref unanswered);
        append ??= new(request.CorrelationId, request.Options?.StreamIdentifier, Expected.Any);
        Answer(append, new() { Error = error });
    }

    /// <summary>The call ends when the client has ended it and every append is answered.</summary>
    private void Answered()
    {
        if (Interlocked.Decrement(ref unanswered) == 0) toAnswer.Writer.TryComplete();
    }

    private static TimeSpan TimeAskedFor(BatchAppendReq.Types.Options options) => options.DeadlineOptionCase switch
    {
        DeadlineCase.Deadline => options.Deadline.ToTimeSpan(),
        DeadlineCase.Deadline21100 => options.Deadline21100.ToDateTime() - DateTime.UtcNow,
        _ => TimeSpan.MaxValue,
    };

    private sealed class PoliteEndException : Exception;

    private static long ExpectedOf(BatchAppendReq.Types.Options options) => options.ExpectedStreamPositionCase switch
    {
        ExpectedCase.StreamPosition => (long)options.StreamPosition,
        ExpectedCase.NoStream => Expected.NoStream,
        ExpectedCase.Any => Expected.Any,
        ExpectedCase.StreamExists => Expected.StreamExists,
        _ => throw new FormatException($"'{options.ExpectedStreamPositionCase}' is not a valid expected stream position."),
    };
}
