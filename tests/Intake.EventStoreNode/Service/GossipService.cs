using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire;
using Intake.EventLog.EventStoreDb.Wire.Gossip;

namespace Intake.Testing.EventStoreDb;

/// <summary>Tells who is in the cluster.</summary>
internal sealed class GossipService(EventStoreNode node) : Gossip.GossipBase
{
    public override Task<ClusterInfo> Read(Empty request, ServerCallContext context) =>
        Task.FromResult(new ClusterInfo { Members = { node.Members.Select(InfoOf) } });

    private static MemberInfo InfoOf(EventStoreNode member) => new()
    {
        InstanceId = WireUuid.Of(member.Id, asText: false),
        TimeStamp = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks,
        State = member.State switch
        {
            NodeState.Leader => MemberInfo.Types.VNodeState.Leader,
            NodeState.Follower => MemberInfo.Types.VNodeState.Follower,
            _ => MemberInfo.Types.VNodeState.Unknown,
        },
        IsAlive = member.IsRunning,
        HttpEndPoint = new() { Address = EventStoreNode.Host, Port = (uint)member.Port },
    };
}
