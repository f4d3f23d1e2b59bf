using System.Numerics;
using System.Text;
using Google.Protobuf;

namespace Intake.Testing.EventStoreDb.Log;

/// <summary>An event as a client proposes it.</summary>
internal sealed record ProposedEvent(Guid Id, string Type, bool IsJson, ByteString Data, ByteString Metadata);

/// <summary>A record of the transaction log. Positions advance by the size that the record takes on the disk.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Event">The event, or null for a record that only the log itself needs.</param>
internal sealed record LogRecord(long At, long Size, string Stream, long Revision, DateTime WrittenAt, ProposedEvent? Event)
{
    /// <summary>The revision of the event that says that its stream is deleted for ever.</summary>
    public const long DeletedRevision = long.MaxValue;

    public long End => At + Size;

    /// <summary>A record of an append commits itself: both halves of its position are its own.</summary>
    public Position Position => new(At, At);

    public static long SizeOf(string stream, ProposedEvent proposed) =>
        88 + WithLength(stream) + WithLength(proposed.Type) + proposed.Data.Length + proposed.Metadata.Length;

    private static int WithLength(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        return bytes + (31 - BitOperations.LeadingZeroCount((uint)bytes | 1)) / 7 + 1;
    }
}
