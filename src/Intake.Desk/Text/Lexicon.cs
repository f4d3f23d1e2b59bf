using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Intake.Desk.Text;

/// <summary>The desk's words in the language that the person at it chose, and numbers and dates as that language writes them.</summary>
public sealed class Lexicon
{
    private static readonly FrozenDictionary<string, string> Cultures = new Dictionary<string, string>
    {
        ["en"] = "en-GB",
        ["ro"] = "ro-RO",
        ["ru"] = "ru-RU",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Tables =
        Cultures.Keys.ToFrozenDictionary(language => language, Load);

    /// <summary>Languages that can be chosen.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "ro", "ru"];

    /// <summary>en, ro or ru.</summary>
    public string Language { get; private set; } = "en";

    /// <summary>How the language writes numbers and dates.</summary>
    public CultureInfo Culture { get; private set; } = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The order in which the language sorts names.</summary>
    public StringComparer Names => StringComparer.Create(Culture, CompareOptions.None);

    /// <summary>Raised after another language was chosen.</summary>
    public event Action? Changed;

    /// <summary>The text of a key; the key itself where there is none, so that a gap is seen.</summary>
    public string this[string key] => Tables[Language].GetValueOrDefault(key, key);

    /// <summary>All keys of a language, plural forms as <c>key#form</c>.</summary>
    public static IReadOnlyCollection<string> KeysOf(string language) => Tables[language].Keys;

    /// <summary>Chooses a language; an unknown one is English.</summary>
    public void Choose(string? language)
    {
        Language = language is not null && Cultures.ContainsKey(language) ? language : "en";
        Culture = CultureInfo.GetCultureInfo(Cultures[Language]);
        CultureInfo.DefaultThreadCurrentCulture = Culture;
        CultureInfo.CurrentCulture = Culture;
        Changed?.Invoke();
    }

    /// <summary>The text with <c>{name}</c> replaced.</summary>
    public string Say(string key, params (string Name, object? Value)[] values) => Fill(this[key], values);

    /// <summary>The text in the plural form that the number takes; <c>{n}</c> is the number.</summary>
    public string Count(string key, decimal number, params (string Name, object? Value)[] values) =>
        Fill(this[$"{key}#{Plural.FormOf(Language, number)}"], [("n", Number(number)), .. values]);

    /// <summary>The text of a code, or the host's own sentence where the desk has none.</summary>
    public string OrElse(string key, string fallback) => Tables[Language].GetValueOrDefault(key, fallback);

    /// <summary>An amount of money, two decimals.</summary>
    public string Money(decimal amount) => amount.ToString("N2", Culture);

    /// <summary>A number without needless decimals.</summary>
    public string Number(decimal number) => number.ToString("#,0.###", Culture);

    /// <summary>A share, 0 to 1, in whole per cent.</summary>
    public string Percent(double share) => share.ToString("P0", Culture);

    /// <summary>Day, month and weekday.</summary>
    public string Day(DateOnly day) => day.ToString("ddd d MMM", Culture);

    /// <summary>A date with its year.</summary>
    public string Date(DateOnly day) => day.ToString("d MMM yyyy", Culture);

    /// <summary>Hours and minutes.</summary>
    public string Time(DateTimeOffset moment) => moment.ToString("HH:mm", Culture);

    /// <summary>Day and time.</summary>
    public string Moment(DateTimeOffset moment) => $"{Day(DateOnly.FromDateTime(moment.DateTime))} {Time(moment)}";

    private string Fill(string text, (string Name, object? Value)[] values) => values.Aggregate(
        text, (filled, value) => filled.Replace($"{{{value.Name}}}", Convert.ToString(value.Value, Culture), StringComparison.Ordinal));

    private static FrozenDictionary<string, string> Load(string language)
    {
        using var resource = typeof(Lexicon).Assembly.GetManifestResourceStream($"{language}.json")
            ?? throw new InvalidOperationException($"The words of '{language}' are not in the application.");
        using var words = JsonDocument.Parse(resource);
        return words.RootElement.EnumerateObject().SelectMany(section => section.Value.EnumerateObject(), (section, word) => (section, word))
            .SelectMany(pair => Forms($"{pair.section.Name}.{pair.word.Name}", pair.word.Value))
            .ToFrozenDictionary(pair => pair.Key, pair => pair.Value);
    }

    private static IEnumerable<KeyValuePair<string, string>> Forms(string key, JsonElement word) => word.ValueKind == JsonValueKind.Object
        ? word.EnumerateObject().Select(form => KeyValuePair.Create($"{key}#{form.Name}", form.Value.GetString()!))
        : [KeyValuePair.Create(key, word.GetString()!)];
}
