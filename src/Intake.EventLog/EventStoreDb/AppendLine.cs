using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire.Streams;

namespace Intake.EventLog.EventStoreDb;

/// <summary>
/// One long-lived call over which every append of this process goes to a node, and its answer comes back, each by its own number.
/// When the call breaks, those who wait are told so; whether their appends were written is not known, so they are sent again.
/// </summary>
internal sealed class AppendLine : IAsyncDisposable
{
    // More messages are waiting: they may share what is sent.
    private static readonly WriteOptions MoreToCome = new(WriteFlags.BufferHint);
    private static readonly WriteOptions Now = new();

    private readonly AsyncDuplexStreamingCall<BatchAppendReq, BatchAppendResp> call;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<BatchAppendResp>> waiting = new();
    private readonly Channel<BatchAppendReq> outgoing = Channel.CreateUnbounded<BatchAppendReq>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task sending;
    private readonly Task receiving;
    private Exception? broken;

    public AppendLine(Node node)
    {
        Node = node;
        call = node.Streams.BatchAppend(node.Headers);
        sending = Task.Run(Send);
        receiving = Task.Run(Receive);
    }

    public Node Node { get; }

    /// <summary>No more can be sent over it.</summary>
    public bool IsBroken => Volatile.Read(ref broken) is not null;

    /// <summary>Sends an append and waits for its answer.</summary>
    /// <param name="number">Tells this append from the others on the line.</param>
    /// <param name="parts">Of the append, in order; the last is marked as such.</param>
    /// <exception cref="IOException">The line broke; the outcome is not known.</exception>
    public Task<BatchAppendResp> Ask(Guid number, IEnumerable<BatchAppendReq> parts)
    {
        var answer = new TaskCompletionSource<BatchAppendResp>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[number] = answer;
        foreach (var part in parts)
            outgoing.Writer.TryWrite(part);

        // Looked at after the answer is waited for: whoever breaks the line either sees it waiting, or is seen here.
        if (Volatile.Read(ref broken) is { } fault)
            answer.TrySetException(Interrupted(fault));
        return answer.Task;
    }

    /// <summary>Ends the line; those who still wait are told.</summary>
    public void Break(Exception why)
    {
        if (Interlocked.CompareExchange(ref broken, why, null) is not null)
            return;
        outgoing.Writer.TryComplete();
        call.Dispose();
        foreach (var number in waiting.Keys)
        {
            if (waiting.TryRemove(number, out var answer))
                answer.TrySetException(Interrupted(why));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Break(new ObjectDisposedException(nameof(AppendLine)));
        await Task.WhenAll(sending, receiving);
    }

    private static Exception Interrupted(Exception why) =>
        why is RpcException ? why : new IOException("The connection to EventStoreDB broke before the append was answered.", why);

    private async Task Send()
    {
        try
        {
            var queue = outgoing.Reader;
            while (await queue.WaitToReadAsync())
            {
                while (queue.TryRead(out var part))
                {
                    call.RequestStream.WriteOptions = queue.TryPeek(out _) ? MoreToCome : Now;
                    await call.RequestStream.WriteAsync(part);
                }
            }
        }
        catch (Exception fault)
        {
            // The receiving side knows the server's reason, if there is one; it comes right behind.
            await Task.WhenAny(receiving, Task.Delay(TimeSpan.FromSeconds(1)));
            Break(fault);
        }
    }

    private async Task Receive()
    {
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                var answer = call.ResponseStream.Current;
                if (waiting.TryRemove(Identifiers.FromWire(answer.CorrelationId), out var asked))
                    asked.TrySetResult(answer);
            }

            Break(new IOException("EventStoreDB ended the call."));
        }
        catch (Exception fault)
        {
            Break(fault);
        }
    }
}
