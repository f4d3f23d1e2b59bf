using Intake.EventLog.EventStoreDb.Wire.Gossip;
using static Intake.Testing.EventStoreDb.Tests.Conversation;

namespace Intake.Testing.EventStoreDb.Tests;

/// <summary>Three nodes. What they say was seen at a real cluster whose leader was killed.</summary>
public sealed class ClusterTests
{
    private static readonly (string, string) AtLeader = ("requires-leader", "true");

    [Fact]
    public async Task A_follower_names_the_leader_and_passes_on_what_does_not_ask_for_it()
    {
        await using var nodes = await EventStoreNodes.Started();
        await using var leader = With(nodes.Members[0], AtLeader);
        await using var follower = With(nodes.Members[1]);
        await using var asking = With(nodes.Members[1], AtLeader);
        await leader.Append("at the leader", NoStream, Event("a"));
        await follower.Append("passed on", NoStream, Event("b"));
        await leader.ReadAll("all of it", o => { Only(o, "wire"); o.All.Start = new(); });
        await asking.Append("append", NoStream, Event("x"));
        await asking.ReadAll("read", o => o.All.Start = new());
        await asking.Subscribe("subscribe", 9, o => o.All.Start = new());
        leader.Said("""
            at the leader: revision 0 at a
            all of it: 0 a | 0 b
            """);
        follower.Said("passed on: revision 0 at b");
        var refusal = "NotFound: Leader info available [exception=not-leader] [leader-endpoint-host=127.0.0.1] "
            + $"[leader-endpoint-port={nodes.Members[0].Port}]";
        asking.Said($"""
            append: {refusal}
            read: {refusal}
            subscribe: confirmed | {refusal}
            """);
    }

    [Fact]
    public async Task When_the_leader_dies_the_others_name_it_until_they_notice_and_are_not_ready_until_an_election()
    {
        await using var nodes = await EventStoreNodes.Started(new() { WriteTimeout = TimeSpan.FromMilliseconds(50) });
        await using var asking = With(nodes.Members[1], AtLeader);
        await using var passing = With(nodes.Members[1]);
        Assert.Equal("Leader, Follower, Follower", await Gossip(nodes, nodes.Members[1]));

        await nodes.Members[0].Kill();
        Assert.Null(nodes.Leader);
        Assert.Equal("Leader dead, Follower, Follower", await Gossip(nodes, nodes.Members[1]));
        await asking.Append("dead", NoStream, Event("x"));
        await passing.Append("dead", NoStream, Event("x"));

        nodes.NoticeLoss();
        Assert.Equal("Unknown dead, Unknown, Unknown", await Gossip(nodes, nodes.Members[1]));
        await asking.Append("noticed", NoStream, Event("x"));
        await asking.ReadAll("noticed", o => o.All.Start = new());
        await passing.Append("noticed", NoStream, Event("x"));
        await passing.ReadAll("noticed", o => { Only(o, "wire"); o.All.Start = new(); });

        nodes.Elect(1);
        Assert.Equal("Unknown dead, Leader, Follower", await Gossip(nodes, nodes.Members[2]));
        await asking.Append("elected", NoStream, Event("a"));
        await nodes.Members[0].Start();
        Assert.Equal("Follower, Leader, Follower", await Gossip(nodes, nodes.Members[0]));

        asking.Said($"""
            dead: NotFound: Leader info available [exception=not-leader] [leader-endpoint-host=127.0.0.1] [leader-endpoint-port={nodes.Members[0].Port}]
            noticed: OK Server Is Not Ready {"{ }"}
            noticed: Unavailable: Server Is Not Ready
            elected: revision 0 at a
            """);
        passing.Said("""
            dead: DeadlineExceeded Timeout { }
            noticed: OK Server Is Not Ready { }
            noticed:
            """);
    }

    private static async Task<string> Gossip(EventStoreNodes nodes, EventStoreNode node)
    {
        await using var server = Server.Of(node);
        var info = await server.Gossip.ReadAsync(new());
        Assert.Equal(nodes.Members.Select(member => (uint)member.Port), info.Members.Select(member => member.HttpEndPoint.Port));
        return string.Join(", ", info.Members.Select(Of));
    }

    private static string Of(MemberInfo member) => member.State + (member.IsAlive ? "" : " dead");
}
