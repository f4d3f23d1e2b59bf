using System.Security.Cryptography;
using System.Text;

namespace Intake.EventLog.Serialisation;

/// <summary>
/// Ids derived from names (RFC 9562, version 5), so that the same command gives the same events, whoever retries it.
/// </summary>
public static class EventId
{
    /// <summary>The id of the n-th event of a command on a stream.</summary>
    public static Guid Of(Guid commandId, StreamName stream, int index) =>
        Derive(commandId, $"{stream}#{index.ToString(System.Globalization.CultureInfo.InvariantCulture)}");

    /// <summary>An id derived from another and a name.</summary>
    public static Guid Derive(Guid parent, string name)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        Span<byte> input = stackalloc byte[16 + Math.Min(nameBytes.Length, 512)];
        var buffer = nameBytes.Length <= 512 ? input : new byte[16 + nameBytes.Length];
        parent.TryWriteBytes(buffer, bigEndian: true, out _);
        nameBytes.CopyTo(buffer[16..]);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // SHA-1 is what version 5 prescribes; nothing is secured by it.
        SHA1.HashData(buffer, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>An id derived from a name alone.</summary>
    public static Guid Named(string name) => Derive(Root, name);

    private static readonly Guid Root = new(0x1a7a6e00, 0x0001, 0x4000, 0x80, 0x00, 0x69, 0x6e, 0x74, 0x61, 0x6b, 0x65);
}
