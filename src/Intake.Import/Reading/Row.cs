using System.Globalization;
using System.Text.RegularExpressions;

namespace Intake.Import.Reading;

/// <summary>
/// A row of the source by column names. Reading a value that is missing or malformed yields a harmless default and notes
/// the problem; whoever maps the row asks at the end whether there was any.
/// </summary>
internal sealed partial class Row
{
    private readonly IReadOnlyDictionary<string, string?> _values;
    private readonly List<string> _problems = [];

    public Row(string table, int line, IEnumerable<(string Column, string? Value)> values)
    {
        Table = table;
        Line = line;
        _values = values.ToLookup(pair => pair.Column, pair => pair.Value, StringComparer.Ordinal)
            .ToDictionary(column => column.Key, column => column.Last(), StringComparer.Ordinal);
        foreach (var (column, value) in _values)
        {
            Require(value?.Contains('\uFFFD', StringComparison.Ordinal) != true, $"{column} '{value}' is not UTF-8");
        }
    }

    public string Table { get; }

    public int Line { get; }

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>A row that could not even be split into values.</summary>
    public static Row Unreadable(string table, int line, string problem)
    {
        var row = new Row(table, line, []);
        row._problems.Add(problem);
        return row;
    }

    /// <summary>The columns' values, joined by a slash: the key as a person would write it.</summary>
    public string Key(params ReadOnlySpan<string> columns)
    {
        var parts = new List<string>();
        foreach (var column in columns)
        {
            parts.Add(Optional(column));
        }

        return string.Join('/', parts).Trim('/');
    }

    /// <summary>The value, trimmed; empty where there is none.</summary>
    public string Optional(string column) => _values.GetValueOrDefault(column)?.Trim() ?? string.Empty;

    /// <summary>A value that must be there.</summary>
    public string Text(string column)
    {
        var text = Optional(column);
        Require(text.Length > 0, $"{column} is missing");
        return text;
    }

    public int Whole(string column)
    {
        var text = Text(column);
        var read = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        Require(text.Length == 0 || read, $"{column} '{text}' is not a whole number");
        return number;
    }

    /// <summary>A number with a decimal point or comma; spaces may part thousands, nothing else may.</summary>
    public decimal Number(string column)
    {
        var text = Text(column);
        var plain = text.Replace(" ", string.Empty, StringComparison.Ordinal)
            .Replace("\u00A0", string.Empty, StringComparison.Ordinal)
            .Replace("\u202F", string.Empty, StringComparison.Ordinal)
            .Replace(',', '.');
        var read = decimal.TryParse(
            plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        Require(text.Length == 0 || read, $"{column} '{text}' is not a number");
        return number;
    }

    /// <summary>A sum of money: two decimals at most, so that <c>1,234</c> is not taken for 1.234.</summary>
    public decimal Money(string column)
    {
        var sum = Number(column);
        Require(decimal.Round(sum, 2) == sum, $"{column} '{Optional(column)}' has more than two decimals");
        return sum;
    }

    /// <summary>A price: money above zero, and below a billion.</summary>
    public decimal Price(string column)
    {
        var price = Money(column);
        Require(price is > 0 and < 1_000_000_000 || Problems.Count > 0, $"{column} '{Optional(column)}' is not a price");
        return price;
    }

    /// <summary><c>2026-11-24</c> or <c>24.11.2026</c>.</summary>
    public DateOnly Date(string column)
    {
        var text = Text(column);
        var read = DateOnly.TryParseExact(
            text, ["yyyy-MM-dd", "dd.MM.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        Require(text.Length == 0 || read, $"{column} '{text}' is not a date such as 2026-11-24 or 24.11.2026");
        Require(!read || date.Year is > 1900 and < 2200, $"{column} '{text}' is of no year to be expected");
        return date;
    }

    /// <summary>yes or no; nothing is no.</summary>
    public bool Flag(string column)
    {
        var text = Optional(column).ToUpperInvariant();
        Require(text is "" or "YES" or "NO" or "1" or "0", $"{column} '{Optional(column)}' is neither yes nor no");
        return text is "YES" or "1";
    }

    /// <summary>One of the names of an enumeration, in any case.</summary>
    public T Named<T>(string column)
        where T : struct, Enum
    {
        var text = Text(column);
        var read = Enum.TryParse<T>(text, ignoreCase: true, out var value) && Letters().IsMatch(text);
        Require(text.Length == 0 || read, $"{column} '{text}' is none of {string.Join(", ", Enum.GetNames<T>())}");
        return value;
    }

    /// <summary>Notes a problem unless the condition holds.</summary>
    public void Require(bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Add(problem);
        }
    }

    [GeneratedRegex("^[A-Za-z]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Letters();
}
