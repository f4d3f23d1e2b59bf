using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Intake.EventLog.EventStoreDb.Wire;
using Intake.EventLog.EventStoreDb.Wire.Features;
using Intake.EventLog.EventStoreDb.Wire.Gossip;
using Intake.EventLog.EventStoreDb.Wire.Streams;

namespace Intake.EventLog.EventStoreDb;

/// <summary>One server: the connection to it, and the services that it offers there. Connects when first asked.</summary>
internal sealed class Node : IDisposable
{
    /// <summary>Above the largest append that a server can be told to take (16 MiB) with what the protocol adds.</summary>
    private const int LargestAnswer = 17 * 1024 * 1024;
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    private readonly GrpcChannel channel;
    private readonly Gossip.GossipClient gossip;
    private readonly ServerFeatures.ServerFeaturesClient features;

    public Node(EventStoreDbConnection connection, NodeAddress address)
    {
        Address = address;
        channel = GrpcChannel.ForAddress($"{(connection.Tls ? "https" : "http")}://{address}", new GrpcChannelOptions
        {
            HttpHandler = Handler(connection),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = LargestAnswer,
            InitialReconnectBackoff = Patience.Pause(1),
            MaxReconnectBackoff = Patience.Pause(int.MaxValue),
        });
        Streams = new Streams.StreamsClient(channel);
        gossip = new Gossip.GossipClient(channel);
        features = new ServerFeatures.ServerFeaturesClient(channel);
        Headers = HeadersOf(connection);
    }

    public NodeAddress Address { get; }

    public Streams.StreamsClient Streams { get; }

    /// <summary>Who asks, and whether only the leader may answer.</summary>
    public Metadata Headers { get; }

    /// <summary>Who is in the cluster, as this node sees it.</summary>
    public async Task<IReadOnlyList<MemberInfo>> Members(TimeSpan within, CancellationToken cancel) =>
        (await gossip.ReadAsync(new Empty(), Headers, DateTime.UtcNow + within, cancel)).Members;

    /// <summary>The server's version, after making sure that it can do what this program needs.</summary>
    /// <exception cref="EventLogConnectionException">It is too old.</exception>
    public async Task<string> Version(TimeSpan within, CancellationToken cancel)
    {
        SupportedMethods can;
        try
        {
            can = await features.GetSupportedMethodsAsync(new Empty(), Headers, DateTime.UtcNow + within, cancel);
        }
        catch (RpcException old) when (old.StatusCode == StatusCode.Unimplemented)
        {
            throw TooOld("does not say what it can do", old);
        }

        return can.Methods.Any(method => method.MethodName.Equals("batchappend", StringComparison.OrdinalIgnoreCase))
            ? can.EventStoreServerVersion
            : throw TooOld($"has version {can.EventStoreServerVersion}, which cannot append in batches", null);
    }

    public void Dispose() => channel.Dispose();

    private EventLogConnectionException TooOld(string says, Exception? fault) =>
        new($"The event store at {Address} {says}; EventStoreDB 21.10 or newer is needed.", fault);

    private static Metadata HeadersOf(EventStoreDbConnection connection)
    {
        var headers = new Metadata
        {
            { "connection-name", connection.ConnectionName },
            { "requires-leader", connection.NodePreference == NodePreference.Leader ? "true" : "false" },
        };
        if (connection.User is not null)
        {
            var who = Encoding.UTF8.GetBytes($"{connection.User}:{connection.Password}");
            headers.Add("authorization", $"Basic {Convert.ToBase64String(who)}");
        }

        return headers;
    }

    private static SocketsHttpHandler Handler(EventStoreDbConnection connection)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectWithin,
            KeepAlivePingDelay = connection.KeepAliveInterval,
            KeepAlivePingTimeout = connection.KeepAliveTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            EnableMultipleHttp2Connections = true,
        };
        if (!connection.Tls)
            return handler;
        if (connection.UserCertFile is { } certificate)
            handler.SslOptions.ClientCertificates = [ClientCertificate(certificate, connection.UserKeyFile!)];
        if (!connection.TlsVerifyCert)
        {
#pragma warning disable CA5359, MA0039 // tlsVerifyCert=false asks for it.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359, MA0039
        }
        else if (connection.TlsCaFile is { } authority)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = SignedBy(Authority(authority));
        }

        return handler;
    }

    // A name that does not match is still refused: only who may sign is another.
    private static RemoteCertificateValidationCallback SignedBy(X509Certificate2 authority) => (_, shown, chain, errors) =>
    {
        if (shown is not X509Certificate2 certificate || chain is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        return chain.Build(certificate);
    };

    private static X509Certificate2 Authority(string file) => Certificate("tlsCaFile", file, () => X509CertificateLoader.LoadCertificateFromFile(file));

    private static X509Certificate2 ClientCertificate(string file, string key) =>
        Certificate("userCertFile", file, () => X509Certificate2.CreateFromPemFile(file, key));

    private static X509Certificate2 Certificate(string option, string file, Func<X509Certificate2> load)
    {
        try
        {
            return load();
        }
        catch (Exception fault) when (fault is System.Security.Cryptography.CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new EventLogConnectionException(
                $"The event log's connection string gives the option {option} the file '{file}', which is not a certificate in PEM: {fault.Message}", fault);
        }
    }
}
