using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Intake.EventLog.EventStoreDb.Wire.Gossip;
using Intake.EventLog.EventStoreDb.Wire.Streams;

namespace Intake.Testing.EventStoreDb.Tests;

/// <summary>
/// What the tests talk to: a node of their own, or the real server that INTAKE_TEST_EVENTSTORE names (insecure, esdb://host:port?tls=false),
/// of which the same must be true.
/// </summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly GrpcChannel channel;

    private readonly bool ownsNode;

    private Server(EventStoreNode? node, string connectionString, bool ownsNode, params (string Key, string Value)[] headers)
    {
        (Node, ConnectionString, this.ownsNode) = (node, connectionString, ownsNode);
        var scheme = connectionString.Contains("tls=true", StringComparison.Ordinal) ? "https" : "http";
        var address = new UriBuilder(connectionString) { Scheme = scheme, Query = "", UserName = "", Password = "" }.Uri;
        var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null } };
        // A client of its own, not a handler: with a handler the channel waits a second before it connects again to what was not there.
        channel = GrpcChannel.ForAddress(address, new() { HttpClient = new(handler), DisposeHttpClient = true });
        var invoker = channel.Intercept(metadata =>
        {
            foreach (var (key, value) in headers) metadata.Add(key, value);
            return metadata;
        });
        (Streams, Gossip) = (new(invoker), new(invoker));
    }

    public static string? Real => Environment.GetEnvironmentVariable("INTAKE_TEST_EVENTSTORE") is { Length: > 0 } named ? named : null;

    public EventStoreNode? Node { get; }

    public string ConnectionString { get; }

    public Streams.StreamsClient Streams { get; }

    public Gossip.GossipClient Gossip { get; }

    public static async Task<Server> Started()
    {
        if (Real is { } real) return new(null, real, ownsNode: false);
        var node = await EventStoreNode.Started();
        return new(node, node.ConnectionString, ownsNode: true);
    }

    /// <summary>A node that the test has started and will dispose of.</summary>
    public static Server Of(EventStoreNode node, params (string Key, string Value)[] headers) =>
        new(node, node.ConnectionString, ownsNode: false, headers);

    /// <summary>Deletes a stream for ever. The adapter's protocol has no such call, so its bytes are put together here.</summary>
    public async Task Tombstone(string stream)
    {
        if (Node is not null)
        {
            Node.Tombstone(stream);
            return;
        }
        var identifier = Field(3, Encode(stream));
        var options = (byte[])[.. Field(1, identifier), .. Field(4, [])];
        var raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);
        var method = new Method<byte[], byte[]>(MethodType.Unary, "event_store.client.streams.Streams", "Tombstone", raw, raw);
        await channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, Field(1, options));
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        if (ownsNode) await Node!.DisposeAsync();
    }

    private static byte[] Encode(string text) => ByteString.CopyFromUtf8(text).ToByteArray();

    private static byte[] Field(int number, byte[] content) => [(byte)((number << 3) | 2), (byte)content.Length, .. content];
}
