using System.Text;

namespace Intake.Host.Telephony;

/// <summary>Text as telephone systems write it: of no sure encoding, with anything in it.</summary>
public static class ForeignText
{
    /// <summary>So many characters of what it said are kept.</summary>
    public const int LongestKept = 2000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>As UTF-8, or where it is none byte by byte, so that nothing is lost and the same bytes are always the same text.</summary>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>What a telephone system said, as it is kept; cut, with a mark, where it is long.</summary>
    public static string? Kept(string? text) => text is not { Length: > LongestKept }
        ? text
        : (char.IsHighSurrogate(text[LongestKept - 2]) ? text[..(LongestKept - 2)] : text[..(LongestKept - 1)]) + "…";

    /// <summary>Without control characters and halves of letters, which no screen shows and no database takes; cut at a length.</summary>
    public static string Clean(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        var kept = text.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter))
            ? string.Concat(text.EnumerateRunes().Where(letter => letter != Rune.ReplacementChar && !Rune.IsControl(letter)))
            : text;
        return (kept.Length > most ? kept[..most] : kept).Trim();
    }
}
