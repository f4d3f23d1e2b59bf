using System.Buffers.Binary;
using Intake.EventLog.EventStoreDb.Wire;

namespace Intake.Testing.EventStoreDb;

/// <summary>An id as the wire carries it: text, or two halves with the most significant byte first.</summary>
internal static class WireUuid
{
    public static Guid ToGuid(this UUID? id)
    {
        switch (id?.ValueCase)
        {
            case UUID.ValueOneofCase.String:
                return Guid.Parse(id.String);
            case UUID.ValueOneofCase.Structured:
                Span<byte> bytes = stackalloc byte[16];
                BinaryPrimitives.WriteInt64BigEndian(bytes, id.Structured.MostSignificantBits);
                BinaryPrimitives.WriteInt64BigEndian(bytes[8..], id.Structured.LeastSignificantBits);
                return new(bytes, bigEndian: true);
            default:
                throw new FormatException("An id is missing.");
        }
    }

    public static UUID Of(Guid id, bool asText)
    {
        if (asText) return new() { String = id.ToString() };
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return new()
        {
            Structured = new()
            {
                MostSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes),
                LeastSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]),
            },
        };
    }
}
