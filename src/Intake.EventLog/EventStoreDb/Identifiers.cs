using System.Buffers.Binary;
using Intake.EventLog.EventStoreDb.Wire;

namespace Intake.EventLog.EventStoreDb;

/// <summary>Ids as they cross the wire: the sixteen bytes of the written form, in its order, as two signed numbers.</summary>
internal static class Identifiers
{
    public static UUID ToWire(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return new UUID
        {
            Structured = new UUID.Types.Structured
            {
                MostSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes),
                LeastSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]),
            },
        };
    }

    public static Guid FromWire(UUID id)
    {
        if (id.ValueCase == UUID.ValueOneofCase.String)
            return Guid.Parse(id.String);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id.Structured.MostSignificantBits);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], id.Structured.LeastSignificantBits);
        return new Guid(bytes, bigEndian: true);
    }
}
