using System.Buffers;
using System.IO.Pipelines;

namespace Intake.Host.Telephony;

/// <summary>A line of a file: its number, from 1, its bytes without the end, and where the next one begins.</summary>
/// <param name="Bytes">Null where the line is longer than any line may be.</param>
public sealed record RawLine(long Number, byte[]? Bytes, long Next);

/// <summary>Reads a stream line by line; memory is bounded, however long the stream or a line is.</summary>
public static class FeedLines
{
    /// <summary>No line of a telephone system's log is longer.</summary>
    public const int Longest = 16 * 1024;

    private static readonly StreamPipeReaderOptions Kept = new(bufferSize: 256 * 1024, leaveOpen: true);

    /// <summary>The lines from where the stream stands; the last one only with its end, unless <paramref name="whole"/>.</summary>
    /// <param name="start">The position of the first byte, and the number of lines before it.</param>
    /// <param name="whole">Nobody writes to it any more: what stands behind the last end of a line is a line, too.</param>
    public static async IAsyncEnumerable<RawLine> Of(
        Stream stream, (long Offset, long Lines) start, bool whole,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var reader = PipeReader.Create(stream, Kept);
        var (offset, number, tooLong) = (start.Offset, start.Lines, false);
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                offset += line.Length + 1;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                yield return new RawLine(++number, tooLong || line.Length > Longest ? null : Trimmed(line), offset);
                tooLong = false;
            }

            if (buffer.Length > Longest)
            {
                (offset, tooLong) = (offset + buffer.Length, true);
                buffer = buffer.Slice(buffer.End);
            }

            if (read.IsCompleted)
            {
                if (whole && (buffer.Length > 0 || tooLong))
                {
                    yield return new RawLine(++number, tooLong ? null : Trimmed(buffer), offset + buffer.Length);
                }

                break;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }

        await reader.CompleteAsync();
    }

    private static byte[] Trimmed(ReadOnlySequence<byte> line)
    {
        var bytes = line.ToArray();
        return bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
    }
}
