namespace Intake.Testing.EventStoreDb;

/// <summary>What a user of the node may do.</summary>
public enum NodeRights
{
    /// <summary>Nothing with streams; ask who leads.</summary>
    None,

    /// <summary>Read and append to the streams of applications, not to $all and not to those of the server.</summary>
    Streams,

    /// <summary>Everything, as an administrator.</summary>
    All,
}

/// <summary>A user of a node with basic authentication.</summary>
public sealed record NodeUser(string Name, string Password, NodeRights Rights)
{
    internal bool MayRead(string stream) => Rights == NodeRights.All || (Rights == NodeRights.Streams && !stream.StartsWith('$'));

    internal bool MayWrite(string stream) => MayRead(stream);
}
