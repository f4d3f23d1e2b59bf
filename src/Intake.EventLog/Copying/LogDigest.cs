using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Intake.EventLog.Copying;

/// <summary>
/// What a log holds, in one line: two logs with the same digest hold the same events in the same order, to the byte, whatever their
/// engines. Positions and recording times, which each engine gives by itself, are not part of it.
/// </summary>
/// <param name="Events">How many.</param>
/// <param name="Sha256">
/// Over all events, in hexadecimal. Of each: stream, revision, event id, type, data, metadata; texts in UTF-8 and bytes with their length
/// before them (4 bytes), the revision in 8 bytes, both little-endian; the id in the order in which it is written.
/// </param>
public sealed record LogDigest(long Events, string Sha256);

/// <summary>Makes a digest while a log is read.</summary>
public sealed class LogHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> written = new();
    private long events;

    /// <summary>The next event of the log.</summary>
    public void Add(RecordedEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        written.ResetWrittenCount();
        Write(Encoding.UTF8.GetBytes(e.Stream.ToString()));
        BinaryPrimitives.WriteInt64LittleEndian(written.GetSpan(sizeof(long)), e.Revision);
        written.Advance(sizeof(long));
        e.EventId.TryWriteBytes(written.GetSpan(16), bigEndian: true, out var length);
        written.Advance(length);
        Write(Encoding.UTF8.GetBytes(e.Type));
        Write(e.Data.Span);
        Write(e.Metadata.Span);
        hash.AppendData(written.WrittenSpan);
        events++;
    }

    /// <summary>Of the events so far.</summary>
    public LogDigest Digest() => new(events, Convert.ToHexStringLower(hash.GetCurrentHash()));

    public void Dispose() => hash.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(written.GetSpan(sizeof(int)), bytes.Length);
        written.Advance(sizeof(int));
        written.Write(bytes);
    }
}
