using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire.Gossip;

namespace Intake.EventLog.EventStoreDb;

/// <summary>
/// The servers of the log, and which of them serves now. It is found by gossip where the connection says so, kept while it serves, and
/// left when it does not: for the leader that its refusal names, or by asking all of them again.
/// </summary>
internal sealed class Nodes(EventStoreDbConnection connection) : IDisposable
{
    private static readonly MemberInfo.Types.VNodeState[] CanServe =
        [MemberInfo.Types.VNodeState.Leader, MemberInfo.Types.VNodeState.Follower, MemberInfo.Types.VNodeState.ReadOnlyReplica];

    private readonly SemaphoreSlim finding = new(1);
    private readonly Lock gate = new();
    private readonly Dictionary<NodeAddress, Node> known = [];
    private IReadOnlyList<NodeAddress> cluster = [];
    private Node? serving;
    private NodeAddress? named;

    /// <summary>The node that serves. Nothing is asked while the last one does.</summary>
    /// <exception cref="EventLogUnavailableException">None could be found.</exception>
    public async ValueTask<Node> Serving(CancellationToken cancel)
    {
        if (Volatile.Read(ref serving) is { } present)
            return present;
        await finding.WaitAsync(cancel);
        try
        {
            if (Volatile.Read(ref serving) is { } found)
                return found;
            var node = Interlocked.Exchange(ref named, null) is { } leader ? Open(leader)
                : connection.Discover ? await Discover(cancel)
                : Open(connection.Nodes[0]);
            await node.Version(connection.DefaultDeadline, cancel);
            Volatile.Write(ref serving, node);
            return node;
        }
        finally
        {
            finding.Release();
        }
    }

    /// <summary>The node failed a call. The next call goes to the leader that the failure names, or looks for one.</summary>
    public void Lost(Node? node, Exception why)
    {
        if (Refusals.NamedLeader(why) is { } leader)
            Volatile.Write(ref named, leader);
        if (node is not null)
            Interlocked.CompareExchange(ref serving, null, node);
    }

    public void Dispose()
    {
        finding.Dispose();
        lock (gate)
        {
            foreach (var node in known.Values)
                node.Dispose();
            known.Clear();
        }
    }

    private Node Open(NodeAddress address)
    {
        lock (gate)
        {
            if (!known.TryGetValue(address, out var node))
                known[address] = node = new Node(connection, address);
            return node;
        }
    }

    private async Task<Node> Discover(CancellationToken cancel)
    {
        var last = "no node has answered";
        for (var attempt = 1; attempt <= connection.MaxDiscoverAttempts; attempt++)
        {
            // Those who were in the cluster last know best; the seeds may long be gone, or be all that is left.
            foreach (var candidate in Shuffled(cluster).Concat(Shuffled(connection.Nodes)).Distinct())
            {
                try
                {
                    var members = await Open(candidate).Members(connection.GossipTimeout, cancel);
                    cluster = [.. members.Select(Address)];
                    if (Choose(members) is { } chosen)
                        return Open(chosen);
                    last = $"{candidate} knows of no {(connection.NodePreference == NodePreference.Leader ? "leader" : "node that can serve")}";
                }
                catch (RpcException fault) when (!cancel.IsCancellationRequested)
                {
                    last = $"{candidate}: {fault.Status.Detail}";
                }
            }

            await Task.Delay(connection.DiscoveryInterval, cancel);
        }

        throw new EventLogUnavailableException($"No node of {connection} was found to serve, after {connection.MaxDiscoverAttempts} attempts; {last}.");
    }

    private NodeAddress? Choose(IEnumerable<MemberInfo> members)
    {
        var able = Shuffled([.. members.Where(member => member.IsAlive && CanServe.Contains(member.State))]);
        MemberInfo? Of(MemberInfo.Types.VNodeState state) => Array.Find(able, member => member.State == state);
        var chosen = connection.NodePreference switch
        {
            NodePreference.Leader => Of(MemberInfo.Types.VNodeState.Leader),
            NodePreference.Follower => Of(MemberInfo.Types.VNodeState.Follower) ?? able.FirstOrDefault(),
            NodePreference.ReadOnlyReplica => Of(MemberInfo.Types.VNodeState.ReadOnlyReplica) ?? able.FirstOrDefault(),
            _ => able.FirstOrDefault(),
        };
        return chosen is null ? null : Address(chosen);
    }

    private static NodeAddress Address(MemberInfo member) => new(member.HttpEndPoint.Address, (int)member.HttpEndPoint.Port);

    private static T[] Shuffled<T>(IEnumerable<T> all)
    {
        var shuffled = all.ToArray();
        Random.Shared.Shuffle(shuffled);
        return shuffled;
    }
}
