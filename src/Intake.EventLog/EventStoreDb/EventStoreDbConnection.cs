namespace Intake.EventLog.EventStoreDb;

/// <summary>Which node of a cluster the calls go to. A call that only the leader may answer is asked of nobody else.</summary>
public enum NodePreference
{
    /// <summary>The leader, which alone knows what was just written. The default.</summary>
    Leader,

    /// <summary>A follower where there is one: takes load from the leader; what was just written may not be there yet.</summary>
    Follower,

    /// <summary>Any node that can serve.</summary>
    Random,

    /// <summary>A read-only replica where there is one.</summary>
    ReadOnlyReplica,
}

/// <summary>A host name or address, and a port.</summary>
public sealed record NodeAddress(string Host, int Port)
{
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}

/// <summary>
/// How EventStoreDB is reached: what an <c>esdb://</c> connection string says, with the names, meanings and defaults that the official
/// clients give them. <see cref="Parse"/> reads one.
/// </summary>
/// <param name="Nodes">At least one. With <paramref name="Discover"/> they are asked who is in the cluster; else there is one, and it serves.</param>
/// <param name="Discover">The node that serves is found by gossip.</param>
public sealed record EventStoreDbConnection(IReadOnlyList<NodeAddress> Nodes, bool Discover)
{
    /// <summary>The port of a node that names none.</summary>
    public const int DefaultPort = 2113;

    /// <summary>User of the server, or null to ask as nobody.</summary>
    public string? User { get; init; }

    /// <summary>The user's password; null without a user.</summary>
    public string? Password { get; init; }

    /// <summary>The connection is encrypted, and the server shows a certificate.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>The server's certificate is checked; false only to try things out.</summary>
    public bool TlsVerifyCert { get; init; } = true;

    /// <summary>File with the certificate of the authority that signed the servers' (PEM), where the machine does not know it; or null.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>File with the certificate by which this program says who it is (PEM), or null.</summary>
    public string? UserCertFile { get; init; }

    /// <summary>File with that certificate's key (PEM); null exactly when there is no certificate.</summary>
    public string? UserKeyFile { get; init; }

    /// <summary>How this program is named in the server's log.</summary>
    public string ConnectionName { get; init; } = "intake";

    /// <summary>How often all nodes are asked before discovery has failed; at least 1.</summary>
    public int MaxDiscoverAttempts { get; init; } = 10;

    /// <summary>The pause between such attempts.</summary>
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a node may take to say who is in the cluster.</summary>
    public TimeSpan GossipTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public NodePreference NodePreference { get; init; } = NodePreference.Leader;

    /// <summary>How often a quiet connection is probed; infinite for never.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the probe may go unanswered before the connection counts as lost; infinite for ever.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may take for an append, and for the first answer to a read, before it is asked again.</summary>
    public TimeSpan DefaultDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads a connection string: <c>esdb://user:password@host:port,host:port?option=value&amp;...</c></summary>
    /// <exception cref="EventLogConnectionException">Says which part is wrong, and what it may be.</exception>
    public static EventStoreDbConnection Parse(string connectionString) => ConnectionStringReader.Read(connectionString);

    /// <summary>The string begins as one of EventStoreDB's does.</summary>
    public static bool IsOne(string connectionString) => ConnectionStringReader.IsOne(connectionString);

    /// <summary>The nodes, as they may be shown: without user, password and options.</summary>
    public override string ToString() => $"{(Discover ? "esdb+discover" : "esdb")}://{string.Join(',', Nodes)}";
}
