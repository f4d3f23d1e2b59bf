using System.Runtime.CompilerServices;
using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire.Streams;

namespace Intake.EventLog.EventStoreDb;

/// <summary>Reads that outlast outages: a read that breaks is asked anew, of whichever node serves then, from where its reader is.</summary>
internal sealed class Reads(Nodes nodes, EventStoreDbConnection connection)
{
    /// <summary>What the server answers, in order, until the read is complete.</summary>
    /// <param name="request">The read from where its reader is now.</param>
    /// <param name="complete">The reader has everything; a server that stops before has been interrupted.</param>
    /// <param name="endless">It never ends, and silence is no fault once the server has begun to answer.</param>
    /// <param name="patience">How long no server may answer; may be infinite.</param>
    /// <exception cref="EventLogUnavailableException">The patience ended.</exception>
    public async IAsyncEnumerable<ReadResp> Of(
        Func<ReadReq> request, Func<bool> complete, bool endless, TimeSpan patience, [EnumeratorCancellation] CancellationToken cancel)
    {
        var heard = TimeProvider.System.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            Node? node = null;
            AsyncServerStreamingCall<ReadResp>? call = null;
            Exception? fault = null;
            try
            {
                try
                {
                    node = await nodes.Serving(cancel);
                    call = node.Streams.Read(request(), node.Headers, cancellationToken: cancel);
                }
                catch (Exception failed) when (!cancel.IsCancellationRequested)
                {
                    fault = failed;
                }

                for (var first = true; fault is null; first = false)
                {
                    try
                    {
                        if (!await Next(call!, first || !endless, cancel))
                            break;
                    }
                    catch (Exception failed) when (!cancel.IsCancellationRequested)
                    {
                        fault = failed;
                        break;
                    }
                    catch (RpcException)
                    {
                        throw new OperationCanceledException(cancel);
                    }

                    (tries, heard) = (1, TimeProvider.System.GetTimestamp());
                    yield return call!.ResponseStream.Current;
                }
            }
            finally
            {
                call?.Dispose();
            }

            if (fault is null && complete())
                yield break;
            fault ??= new IOException("EventStoreDB ended the answer early.");
            if (!Refusals.IsOutage(fault))
                throw fault is RpcException refused ? Refusals.Meaning(refused) : fault;
            nodes.Lost(node, fault);
            if (patience != System.Threading.Timeout.InfiniteTimeSpan && TimeProvider.System.GetElapsedTime(heard) > patience)
                throw new EventLogUnavailableException($"EventStoreDB has not answered for {patience}: {fault.Message}", fault);
            await Task.Delay(Patience.Pause(tries), cancel);
        }
    }

    private Task<bool> Next(AsyncServerStreamingCall<ReadResp> call, bool soon, CancellationToken cancel)
    {
        var next = call.ResponseStream.MoveNext(cancel);
        return next.IsCompleted || !soon ? next : next.WaitAsync(connection.DefaultDeadline, cancel);
    }
}
