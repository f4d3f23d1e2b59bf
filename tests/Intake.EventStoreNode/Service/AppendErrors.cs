using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Intake.EventLog.EventStoreDb.Wire;
using Intake.Testing.EventStoreDb.Log;
using Empty = Google.Protobuf.WellKnownTypes.Empty;
using Status = Intake.EventLog.EventStoreDb.Wire.Status;

namespace Intake.Testing.EventStoreDb;

/// <summary>The errors that answer one append and leave its call open.</summary>
internal static class AppendErrors
{
    public static Status AccessDenied() => Of(StatusCode.PermissionDenied, "AccessDenied", new AccessDenied());

    public static Status Timeout() => Of(StatusCode.DeadlineExceeded, "Timeout", new Intake.EventLog.EventStoreDb.Wire.Timeout());

    public static Status BadRequest(string message) => Of(StatusCode.InvalidArgument, "BadRequest", new BadRequest { Message = message });

    public static Status TooLarge(int limit) =>
        Of(StatusCode.InvalidArgument, "MaximumAppendSizeExceeded", new MaximumAppendSizeExceeded { MaxAppendSize = (uint)limit });

    public static Status StreamDeleted(StreamIdentifier stream) =>
        Of(StatusCode.NotFound, "StreamDeleted", new StreamDeleted { StreamIdentifier = stream });

    /// <summary>The server sets no code for these: an error with code 0.</summary>
    public static Status NotHandled(string reason) => new() { Message = reason, Details = Any.Pack(new Empty()) };

    public static Status WrongExpectedVersion(long current, long expected)
    {
        var details = new WrongExpectedVersion();
        if (current < 0) details.CurrentNoStream = new();
        else details.CurrentStreamRevision = (ulong)current;
        switch (expected)
        {
            case Expected.Any: details.ExpectedAny = new(); break;
            case Expected.NoStream: details.ExpectedNoStream = new(); break;
            case Expected.StreamExists: details.ExpectedStreamExists = new(); break;
            default: details.ExpectedStreamPosition = (ulong)expected; break;
        }
        return Of(StatusCode.AlreadyExists, "WrongExpectedVersion", details);
    }

    private static Status Of(StatusCode code, string message, IMessage details) =>
        new() { Code = (int)code, Message = message, Details = Any.Pack(details) };
}
