using Intake.Testing.EventStoreDb.Log;

namespace Intake.Testing.EventStoreDb;

/// <summary>
/// A cluster of three nodes in the test's own process. They share one log, as if everything were replicated at once. Elections are
/// the test's: when the leader is killed nobody leads until <see cref="Elect"/>. As in a real cluster the others go on to name the dead
/// leader at first, until they notice.
/// </summary>
public sealed class EventStoreNodes : IAsyncDisposable
{
    private readonly EventStoreNode[] members;

    /// <summary>Whom the members take for their leader; it may be dead.</summary>
    private volatile EventStoreNode? believed;

    /// <summary>Three nodes that do not run yet.</summary>
    public EventStoreNodes(EventStoreNodeOptions? options = null)
    {
        var log = new TransactionLog();
        members = [.. Enumerable.Range(0, 3).Select(_ => new EventStoreNode(options ?? new(), log, this))];
    }

    /// <summary>The three nodes, whether they run or not.</summary>
    public IReadOnlyList<EventStoreNode> Members => members;

    /// <summary>Who leads, or null.</summary>
    public EventStoreNode? Leader => believed is { IsRunning: true } running ? running : null;

    /// <summary>How a client that needs no credentials finds the cluster.</summary>
    public string ConnectionString =>
        $"esdb+discover://{string.Join(',', members.Select(member => $"{EventStoreNode.Host}:{member.Port}"))}?{members[0].Security}";

    /// <summary>A cluster whose nodes run; the first leads.</summary>
    public static async Task<EventStoreNodes> Started(EventStoreNodeOptions? options = null)
    {
        var nodes = new EventStoreNodes(options);
        foreach (var member in nodes.members) await member.Start();
        nodes.Elect(0);
        return nodes;
    }

    /// <summary>Makes a member lead, which must run.</summary>
    /// <param name="member">0, 1 or 2.</param>
    /// <exception cref="InvalidOperationException">The member does not run.</exception>
    public void Elect(int member)
    {
        if (!members[member].IsRunning) throw new InvalidOperationException($"Member {member} does not run.");
        members[member].Log.ForgetWrittenIds();
        believed = members[member];
    }

    /// <summary>The members notice that their leader is lost: they do not name it any more, and are not ready.</summary>
    public void NoticeLoss() => believed = null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var member in members) await member.DisposeAsync();
    }

    internal EventStoreNode? Believed => believed;

    /// <summary>A leader that was killed does not lead when it comes back.</summary>
    internal void Return(EventStoreNode member)
    {
        if (believed == member) believed = null;
    }
}
