using Grpc.Core;

namespace Intake.Testing.EventStoreDb;

/// <summary>Refusals that end a call, with the trailers by which clients tell them apart.</summary>
internal static class Refusals
{
    public static RpcException NotReady() => Of(StatusCode.Unavailable, "Server Is Not Ready");

    public static RpcException TooBusy() => Of(StatusCode.Unavailable, "Server Is Too Busy");

    public static RpcException NoLeaderInfo() => Of(StatusCode.Unknown, "No leader info available in response");

    public static RpcException NotLeader(string host, int port) => Of(StatusCode.NotFound, "Leader info available",
        ("exception", "not-leader"),
        ("leader-endpoint-host", host),
        ("leader-endpoint-port", port.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static RpcException AccessDenied() => Of(StatusCode.PermissionDenied, "Access Denied", ("exception", "access-denied"));

    public static RpcException StreamDeleted(string stream) => Of(StatusCode.FailedPrecondition, $"Event stream '{stream}' is deleted.",
        ("exception", "stream-deleted"), ("stream-name", stream));

    public static RpcException InvalidPosition() => Of(StatusCode.InvalidArgument, "Trying to read from an invalid position.");

    /// <summary>What a read answers to a failure for which it has no words of its own.</summary>
    public static RpcException Unexpected(string kind, string result) => Of(StatusCode.Unknown, $"Unexpected {kind}: {result}");

    public static RpcException InvalidArgument<T>(T argument) =>
        Of(StatusCode.InvalidArgument, $"'{argument}' is not a valid {typeof(T)}");

    public static RpcException InvalidCombination(object combination) =>
        Of(StatusCode.InvalidArgument, $"The combination of {combination} is invalid.");

    public static RpcException RequiredArgument(string name) =>
        Of(StatusCode.InvalidArgument, $" `{name}` is a required argument");

    private static RpcException Of(StatusCode code, string detail, params (string Key, string Value)[] trailers)
    {
        var metadata = new Metadata();
        foreach (var (key, value) in trailers) metadata.Add(key, value);
        return new(new(code, detail), metadata);
    }
}
