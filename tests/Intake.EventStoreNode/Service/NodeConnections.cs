using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Intake.Testing.EventStoreDb;

/// <summary>A client's connection, which can be cut.</summary>
internal sealed class NodeConnection(ConnectionContext context)
{
    public void Cut() => context.Abort(new ConnectionAbortedException("The node cuts it."));
}

/// <summary>The connections that are open.</summary>
internal sealed class NodeConnections
{
    private readonly ConcurrentDictionary<NodeConnection, bool> open = [];

    /// <summary>Whether new connections are taken.</summary>
    public bool IsOpen { get; set; }

    public async Task Serve(ConnectionDelegate next, ConnectionContext context)
    {
        var connection = new NodeConnection(context);
        context.Features.Set(connection);
        open.TryAdd(connection, true);
        try
        {
            if (!IsOpen) connection.Cut();
            else await next(context);
        }
        finally
        {
            open.TryRemove(connection, out _);
        }
    }

    public void CutAll()
    {
        foreach (var connection in open.Keys) connection.Cut();
    }
}
