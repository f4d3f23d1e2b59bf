using System.Text.Json;

namespace Intake.Host.Http;

/// <summary>Words of the wire and of the domain: <c>orderTaken</c> is <c>OrderTaken</c>.</summary>
public static class Wire
{
    /// <summary>The wire's word for a value.</summary>
    public static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The value of a word.</summary>
    /// <exception cref="InvalidRequestException">The wire has no such word here.</exception>
    public static TEnum Value<TEnum>(string? word, string field)
        where TEnum : struct, Enum => Enum.TryParse<TEnum>(word, ignoreCase: true, out var value) && Enum.IsDefined(value)
            && !char.IsAsciiDigit(word![0])
        ? value
        : throw new InvalidRequestException(
            field, $"'{word}' is not one of {string.Join(", ", Enum.GetValues<TEnum>().Select(Word))}.");

    /// <summary>An id that can name a stream.</summary>
    /// <exception cref="InvalidRequestException">It is empty, too long, or has a character that no id has.</exception>
    public static string Id(string? id, string field) =>
        id is { Length: > 0 and <= 100 } && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':')
            ? id
            : throw new InvalidRequestException(field, "An id has 1 to 100 letters, digits, dashes, dots, colons or underscores.");

    /// <summary>A day of which this system can know; null stays null.</summary>
    /// <exception cref="InvalidRequestException">It is in another century.</exception>
    public static DateOnly? Day(DateOnly? day) => day is null or { Year: >= 2000 and < 2100 }
        ? day
        : throw new InvalidRequestException("day", $"{day:O} is no day of this system; it is one of this century, such as 2026-11-24.");
}

/// <summary>The request is not understood; answered with 400 and the field.</summary>
public sealed class InvalidRequestException : Exception
{
    public InvalidRequestException()
        : this("The request is not understood.")
    {
    }

    public InvalidRequestException(string message)
        : this("request", message)
    {
    }

    public InvalidRequestException(string message, Exception innerException)
        : base(message, innerException) => Field = "request";

    public InvalidRequestException(string field, string message)
        : base(message) => Field = field;

    /// <summary>The field that is wrong.</summary>
    public string Field { get; }
}
