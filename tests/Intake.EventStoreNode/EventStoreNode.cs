using System.Net;
using System.Net.Sockets;
using Intake.Testing.EventStoreDb.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Testing.EventStoreDb;

/// <summary>What a node is in its cluster.</summary>
public enum NodeState
{
    /// <summary>The node knows of no leader.</summary>
    Unknown,

    /// <summary>Another node leads.</summary>
    Follower,

    /// <summary>The node takes what is appended.</summary>
    Leader,
}

/// <summary>
/// An EventStoreDB node in the test's own process. It speaks the protocol of 24.6 over real HTTP/2, keeps its log in memory, and can be
/// killed and started again on the same port with the same log, as a server whose disk outlives it. It knows neither stream metadata
/// nor scavenging nor persistent subscriptions.
/// </summary>
public sealed class EventStoreNode : IAsyncDisposable
{
    /// <summary>Where nodes listen.</summary>
    public const string Host = "127.0.0.1";

    private readonly NodeConnections connections = new();
    private readonly EventStoreNodes? cluster;
    private readonly Lock life = new();
    private WebApplication? application;

    /// <summary>A node that stands alone and leads.</summary>
    public EventStoreNode(EventStoreNodeOptions? options = null) : this(options ?? new(), new(), cluster: null)
    {
    }

    internal EventStoreNode(EventStoreNodeOptions options, TransactionLog log, EventStoreNodes? cluster)
    {
        (Options, Log, this.cluster) = (options, log, cluster);
        Faults = new(connections.CutAll);
        Anonymous = new("", "", options.Users.Count == 0 ? NodeRights.All : NodeRights.None);
    }

    /// <summary>What goes wrong when a test says so.</summary>
    public NodeFaults Faults { get; }

    /// <summary>The port, from the first start on.</summary>
    public int Port { get; private set; }

    /// <summary>Whether the node listens.</summary>
    public bool IsRunning => application is not null;

    /// <summary>What the node is now; of one that does not run, what the others still say of it.</summary>
    public NodeState State =>
        cluster is null || cluster.Believed == this ? NodeState.Leader
        : cluster.Believed is not null && IsRunning ? NodeState.Follower
        : NodeState.Unknown;

    /// <summary>How a client that needs no credentials reaches this node alone.</summary>
    public string ConnectionString => $"esdb://{Host}:{Port}?{Security}";

    internal EventStoreNodeOptions Options { get; }

    internal TransactionLog Log { get; }

    internal NodeUser Anonymous { get; }

    internal Guid Id { get; } = Guid.NewGuid();

    internal IReadOnlyList<EventStoreNode> Members => cluster?.Members ?? [this];

    internal string Security => Options.Certificate is null ? "tls=false" : "tls=true&tlsVerifyCert=false";

    /// <summary>A node that stands alone and runs.</summary>
    public static async Task<EventStoreNode> Started(EventStoreNodeOptions? options = null)
    {
        var node = new EventStoreNode(options);
        await node.Start();
        return node;
    }

    /// <summary>How a user reaches this node alone.</summary>
    public string ConnectionStringOf(NodeUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return $"esdb://{Uri.EscapeDataString(user.Name)}:{Uri.EscapeDataString(user.Password)}@{Host}:{Port}?{Security}";
    }

    /// <summary>Listens: the first time on a free port, then always on the same.</summary>
    /// <exception cref="IOException">The port has been taken by somebody else.</exception>
    public async Task Start()
    {
        if (IsRunning) return;
        cluster?.Return(this);
        while (true)
        {
            // Not a port that the system gives to outgoing connections: it must be free still when the node starts again.
            var port = Port != 0 ? Port : Random.Shared.Next(20_000, 32_000);
            var built = Build(port);
            connections.IsOpen = true;
            try
            {
                await built.StartAsync();
                (application, Port) = (built, port);
                return;
            }
            catch (IOException taken) when (taken.InnerException is AddressInUseException && Port == 0)
            {
                await built.DisposeAsync();
            }
        }
    }

    /// <summary>Resets every connection and closes the port at once, as when the process is killed. The log stays.</summary>
    public async Task Kill()
    {
        WebApplication? running;
        lock (life) (running, application) = (application, null);
        if (running is null) return;
        connections.IsOpen = false;
        connections.CutAll();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await running.StopAsync(now.Token);
        await running.DisposeAsync();
        Log.ForgetWrittenIds();
    }

    /// <summary>Deletes a stream for ever, as an administrator would.</summary>
    public void Tombstone(string stream) => Log.Tombstone(stream);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(Kill());

    /// <summary>Appends, unless the node has been killed: nothing is written by the dead.</summary>
    /// <exception cref="OperationCanceledException">The node has been killed.</exception>
    internal WriteResult Append(string stream, long expected, IReadOnlyList<ProposedEvent> events)
    {
        lock (life)
            return IsRunning ? Log.Append(stream, expected, events) : throw new OperationCanceledException("The node has been killed.");
    }

    /// <summary>Why this node cannot do what only a leader does.</summary>
    internal NodeRefusal? RefusalOfLeaderWork() => State switch
    {
        NodeState.Leader => null,
        NodeState.Follower when cluster!.Believed is { } leader => new NodeRefusal.NotLeader(Host, leader.Port),
        _ => new NodeRefusal.NotReady(),
    };

    /// <summary>A follower passes an append on that does not ask for the leader, if it knows one.</summary>
    internal NodeRefusal? RefusalOfForwarding() => State == NodeState.Unknown ? new NodeRefusal.NotReady() : null;

    /// <summary>Whether an append that is passed on arrives.</summary>
    internal bool LeaderLives => cluster is null || cluster.Leader is not null;

    private WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, Listen));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 16 * 1024 * 1024);
        builder.Services.AddSingleton(this).AddSingleton<StreamsService>().AddSingleton<GossipService>().AddSingleton<ServerFeaturesService>();
        var built = builder.Build();
        built.Use(next => context => BasicAuthentication.Authenticate(this, context, next));
        built.MapGrpcService<StreamsService>();
        built.MapGrpcService<GossipService>();
        built.MapGrpcService<ServerFeaturesService>();
        return built;
    }

    private void Listen(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http2;
        listen.Use(next => context => connections.Serve(next, context));
        if (Options.Certificate is not null) listen.UseHttps(Options.Certificate);
    }
}
