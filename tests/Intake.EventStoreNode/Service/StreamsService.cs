using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire.Streams;
using Microsoft.AspNetCore.Http;
using Count = Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options.CountOptionOneofCase;
using Direction = Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options.Types.ReadDirection;
using Filter = Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options.FilterOptionOneofCase;
using Source = Intake.EventLog.EventStoreDb.Wire.Streams.ReadReq.Types.Options.StreamOptionOneofCase;

namespace Intake.Testing.EventStoreDb;

/// <summary>Reads, subscriptions and appends, as EventStoreDB 24.6 answers them.</summary>
internal sealed class StreamsService(EventStoreNode node) : Streams.StreamsBase
{
    public override async Task Read(ReadReq request, IServerStreamWriter<ReadResp> responseStream, ServerCallContext context)
    {
        var options = request.Options;
        if (options.UuidOption is null) throw Refusals.RequiredArgument("uuidOption");
        var stream = options.StreamOptionCase switch
        {
            Source.Stream => options.Stream.StreamIdentifier.StreamName.ToStringUtf8(),
            Source.All => "$all",
            _ => throw Refusals.InvalidArgument(options.StreamOptionCase),
        };
        if (!CallerOf(context).MayRead(stream)) throw Refusals.AccessDenied();
        try
        {
            await Read(options, responseStream, RequiresLeader(context), context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The client went away.
        }
        catch (InvalidOperationException)
        {
            // A request that does not say where to begin ends with nothing, as the server's does.
        }
    }

    public override Task BatchAppend(
        IAsyncStreamReader<BatchAppendReq> requestStream, IServerStreamWriter<BatchAppendResp> responseStream, ServerCallContext context)
    {
        var connection = context.GetHttpContext().Features.Get<NodeConnection>()!;
        return new BatchAppendCall(node, CallerOf(context), RequiresLeader(context), connection, responseStream)
            .Run(requestStream, context.CancellationToken);
    }

    private async Task Read(
        ReadReq.Types.Options options, IServerStreamWriter<ReadResp> responseStream, bool requiresLeader, CancellationToken cancel)
    {
        var answers = new ReadAnswers(responseStream, options, node.Log, node.Faults);
        switch (options.StreamOptionCase, options.CountOptionCase, options.ReadDirection, options.FilterOptionCase)
        {
            case (Source.Stream, Count.Count, _, Filter.NoFilter):
                RefuseReadIfNeeded(requiresLeader);
                await new CountedRead(options, node.Log, answers).Stream(cancel);
                break;
            case (Source.All, Count.Count, _, Filter.NoFilter or Filter.Filter):
                RefuseReadIfNeeded(requiresLeader);
                await new CountedRead(options, node.Log, answers).All(cancel);
                break;
            case (Source.Stream, Count.Subscription, Direction.Forwards, Filter.NoFilter):
                using (node.Faults.CountSubscription())
                    await new StreamSubscription(options, node.Log, answers, () => RefuseReadIfNeeded(requiresLeader)).Run(cancel);
                break;
            case (Source.All, Count.Subscription, Direction.Forwards, Filter.NoFilter or Filter.Filter):
                using (node.Faults.CountSubscription())
                    await new AllSubscription(options, node.Log, answers, () => RefuseReadIfNeeded(requiresLeader)).Run(cancel);
                break;
            case var combination:
                throw Refusals.InvalidCombination(combination);
        }
    }

    private void RefuseReadIfNeeded(bool requiresLeader)
    {
        if (node.Faults.NextReadRefusal() is { } asked) throw asked.ToRpcException();
        if (requiresLeader && node.RefusalOfLeaderWork() is { } refusal) throw refusal.ToRpcException();
    }

    private NodeUser CallerOf(ServerCallContext context) => context.GetHttpContext().Features.Get<NodeUser>() ?? node.Anonymous;

    private static bool RequiresLeader(ServerCallContext context) =>
        bool.TryParse(context.RequestHeaders.GetValue("requires-leader"), out var requires) && requires;
}
