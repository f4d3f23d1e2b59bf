using System.Globalization;
using System.Net.Sockets;
using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire;

namespace Intake.EventLog.EventStoreDb;

/// <summary>What the server means when it does not do what it is asked, in the log's own words.</summary>
internal static class Refusals
{
    private const string Kind = "exception";

    /// <summary>True when the same call may succeed later, here or at another node: nobody answers, too slow, not the leader.</summary>
    public static bool IsOutage(Exception fault) => fault switch
    {
        RpcException refused => Meaning(refused) is EventLogUnavailableException,
        EventLogUnavailableException or IOException or SocketException or HttpRequestException or TimeoutException => true,
        _ => false,
    };

    /// <summary>The leader that a refusal of another node names, or null.</summary>
    public static NodeAddress? NamedLeader(Exception fault) =>
        (fault as RpcException ?? fault.InnerException as RpcException) is { } refused && Trailer(refused, Kind) == "not-leader"
        && Trailer(refused, "leader-endpoint-host") is { } host
        && int.TryParse(Trailer(refused, "leader-endpoint-port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new NodeAddress(host, port)
            : null;

    /// <summary>A call that failed.</summary>
    public static EventLogException Meaning(RpcException refused) => (Trailer(refused, Kind), refused.StatusCode) switch
    {
        ("not-leader", _) => new EventLogUnavailableException("The node asked is not the leader.", refused),
        ("access-denied", _) or (_, StatusCode.PermissionDenied) => Denied("does not let this user read or write there", refused),
        (_, StatusCode.Unauthenticated) => Denied("does not know this user, or the password is another", refused),
        ("stream-deleted", _) => Deleted(Trailer(refused, "stream-name"), refused),
        ("maximum-append-size-exceeded", _) => TooLarge(Trailer(refused, "maximum-append-size"), refused),
        _ when refused.Status.Detail.Contains("InvalidPosition", StringComparison.Ordinal)
            || refused.Status.Detail.Contains("invalid position", StringComparison.OrdinalIgnoreCase) => NotInLog(refused),
        _ => new EventLogUnavailableException($"EventStoreDB: {refused.Status.Detail}", refused),
    };

    /// <summary>An append that failed among others of the same call. Null where the stream was at another revision, which is no failure.</summary>
    public static EventLogException? Meaning(Wire.Status error, StreamName stream) => error.Details switch
    {
        { } details when details.Is(WrongExpectedVersion.Descriptor) => null,
        { } details when details.Is(Wire.AccessDenied.Descriptor) => Denied($"does not let this user write {stream}", null),
        { } details when details.Is(StreamDeleted.Descriptor) => Deleted(stream.ToString(), null),
        { } details when details.Is(MaximumAppendSizeExceeded.Descriptor) =>
            TooLarge(details.Unpack<MaximumAppendSizeExceeded>().MaxAppendSize.ToString(CultureInfo.InvariantCulture), null),
        { } details when details.Is(Wire.Timeout.Descriptor) =>
            new EventLogUnavailableException($"EventStoreDB did not write the append to {stream} within its deadline."),
        _ => new EventLogUnavailableException($"EventStoreDB did not take the append to {stream}: {error.Message}"),
    };

    private static string? Trailer(RpcException refused, string key) => refused.Trailers.GetValue(key);

    private static EventLogAccessDeniedException Denied(string why, Exception? fault) =>
        new($"EventStoreDB {why}. Look at the user, the password and the rights in INTAKE_EVENTLOG.", fault);

    private static StreamDeletedException Deleted(string? stream, Exception? fault) =>
        new($"The stream {stream} was deleted in EventStoreDB by hand; it takes no more events. This program never deletes a stream.", fault);

    private static AppendTooLargeException TooLarge(string? most, Exception? fault) =>
        new($"EventStoreDB takes no append of more than {most} bytes; its setting MaxAppendSize says so.", fault);

    private static PositionNotInLogException NotInLog(Exception fault) =>
        new("The position is none of this log. It was learned from another log, or this one was restored to an earlier state; "
            + "read models are built anew by ops/intake rebuild.", fault);
}
