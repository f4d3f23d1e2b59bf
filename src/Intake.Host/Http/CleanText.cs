using System.Text.Json;
using System.Text.Json.Serialization;

namespace Intake.Host.Http;

/// <summary>Texts that people type: no character that a database or a screen cannot keep, and no novel.</summary>
public sealed class CleanText : JsonConverter<string>
{
    /// <summary>The longest text that any field takes.</summary>
    public const int Longest = 4000;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return text is null || IsClean(text)
            ? text
            : throw new JsonException($"A text has at most {Longest} characters, none of which is a control character.");
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }

    /// <summary>Whether a text can be kept.</summary>
    public static bool IsClean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= Longest
            && !text.Any(letter => (char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) || letter is '\uFFFE' or '\uFFFF')
            && text.EnumerateRunes().All(rune => rune.Value != 0xFFFD || text.Contains('\uFFFD', StringComparison.Ordinal))
            && text.IsNormalized();
    }
}
