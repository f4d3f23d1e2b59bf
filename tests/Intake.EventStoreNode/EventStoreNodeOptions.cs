using System.Security.Cryptography.X509Certificates;

namespace Intake.Testing.EventStoreDb;

/// <summary>How a node is set up.</summary>
public sealed record EventStoreNodeOptions
{
    /// <summary>With it the node speaks TLS; without it HTTP/2 in the clear.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Who may do what; without any user everybody may do everything.</summary>
    public IReadOnlyList<NodeUser> Users { get; init; } = [];

    /// <summary>Bytes of data that one append may carry; 1 MiB, as by default.</summary>
    public int MaxAppendSize { get; init; } = 1024 * 1024;

    /// <summary>After how long an append that is not written is answered with a timeout; 2 s, as by default.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
