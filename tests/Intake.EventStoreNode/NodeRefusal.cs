using Grpc.Core;
using Status = Intake.EventLog.EventStoreDb.Wire.Status;

namespace Intake.Testing.EventStoreDb;

/// <summary>Why a node does not do what it is asked for.</summary>
public abstract record NodeRefusal
{
    private NodeRefusal()
    {
    }

    /// <summary>Another node leads, and the answer says which.</summary>
    public sealed record NotLeader(string Host, int Port) : NodeRefusal;

    /// <summary>Another node leads, and the answer does not say which.</summary>
    public sealed record NoLeaderInfo : NodeRefusal;

    /// <summary>The node starts, or nobody leads.</summary>
    public sealed record NotReady : NodeRefusal;

    /// <summary>The node has too much to do.</summary>
    public sealed record TooBusy : NodeRefusal;

    internal RpcException ToRpcException() => this switch
    {
        NotLeader leader => Refusals.NotLeader(leader.Host, leader.Port),
        NoLeaderInfo => Refusals.NoLeaderInfo(),
        NotReady => Refusals.NotReady(),
        _ => Refusals.TooBusy(),
    };

    /// <exception cref="RpcException">The leader is known: that ends the call with all its appends.</exception>
    internal Status ToAppendError() => this switch
    {
        NotLeader => throw ToRpcException(),
        NoLeaderInfo => AppendErrors.NotHandled("No leader info available in response"),
        NotReady => AppendErrors.NotHandled("Server Is Not Ready"),
        _ => AppendErrors.NotHandled("Server Is Busy"),
    };
}
