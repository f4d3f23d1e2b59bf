using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Intake.Host.Public;

/// <summary>The words of the public pages in one language, and how it writes days and times.</summary>
public sealed class PublicWords
{
    private static readonly FrozenDictionary<string, PublicWords> All = new[] { ("en", "en-GB"), ("ro", "ro-RO"), ("ru", "ru-RU") }
        .Select(one => new PublicWords(one.Item1, CultureInfo.GetCultureInfo(one.Item2))).ToFrozenDictionary(words => words.Language);

    private readonly FrozenDictionary<string, string> _texts;

    private PublicWords(string language, CultureInfo culture)
    {
        (Language, Culture) = (language, culture);
        using var resource = typeof(PublicWords).Assembly.GetManifestResourceStream($"public/{language}.json")
            ?? throw new InvalidOperationException($"The words of '{language}' are not in the program.");
        _texts = JsonSerializer.Deserialize<Dictionary<string, string>>(resource)!.ToFrozenDictionary();
    }

    /// <summary>Languages that there are, each with its own name for itself.</summary>
    public static IReadOnlyList<(string Code, string Name)> Languages { get; } = [("en", "English"), ("ro", "Română"), ("ru", "Русский")];

    /// <summary>en, ro or ru.</summary>
    public string Language { get; }

    public CultureInfo Culture { get; }

    /// <summary>Time zones that can be chosen without a script.</summary>
    public IEnumerable<string> Zones => _texts.Keys.Where(key => key.StartsWith("zone.", StringComparison.Ordinal)).Select(key => key[5..]);

    /// <summary>The keys, for whoever compares languages.</summary>
    public IEnumerable<string> Keys => _texts.Keys;

    /// <summary>The text of a key.</summary>
    public string this[string key] => _texts[key];

    /// <summary>The words of the language that the address asks for, else of the first that the browser likes, else English.</summary>
    public static PublicWords For(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var liked = request.GetTypedHeaders().AcceptLanguage
            .Where(one => one.Quality is not 0).OrderByDescending(one => one.Quality ?? 1).Select(one => one.Value.Value?.Split('-')[0].ToLowerInvariant());
        return ((string?[])[request.Query["lang"], .. liked]).Select(Of).FirstOrDefault(words => words is not null) ?? All["en"];
    }

    /// <summary>The words of a language; null where it is none of ours.</summary>
    public static PublicWords? Of(string? language) => language is null ? null : All.GetValueOrDefault(language);

    /// <summary>A zone's cities where we name them, else its own name.</summary>
    public string Zone(string id) => _texts.GetValueOrDefault($"zone.{id}", id.Replace('_', ' '));

    /// <summary>The text with what is in braces replaced.</summary>
    public string Say(string key, params (string Name, string Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Aggregate(this[key], (text, value) => text.Replace($"{{{value.Name}}}", value.Value, StringComparison.Ordinal));
    }
}
