using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Intake.Import.Reading;

namespace Intake.Import.Csv;

/// <summary>
/// The rows of a file of separated values. Its first line names the columns and shows the separator, comma or semicolon; a
/// row is one line, so that a stray quotation mark costs that row only.
/// </summary>
internal static class CsvTable
{
    /// <summary>Reads the rows one by one; none where a required column is missing, which is reported.</summary>
    public static IEnumerable<Row> Rows(
        string file, TextReader text, IReadOnlyList<string> required, IReadOnlyList<string> optional, Findings findings)
    {
        var header = text.ReadLine() ?? string.Empty;
        var format = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = header.Count(character => character == ';') > header.Count(character => character == ',') ? ";" : ",",
            BadDataFound = null,
        };
        var columns = (Split(header, format) ?? []).Select(name => name.Trim().ToLowerInvariant()).ToArray();
        if (required.Except(columns, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
        {
            findings.Reject(file, 1, string.Empty, $"the file has no column {string.Join(", ", missing)}; it was passed over");
            yield break;
        }

        if (columns.Length != columns.Distinct(StringComparer.Ordinal).Count())
        {
            findings.Reject(file, 1, string.Empty, "two columns of the file have one name; it was passed over");
            yield break;
        }

        foreach (var unknown in columns.Except(required, StringComparer.Ordinal).Except(optional, StringComparer.Ordinal))
        {
            findings.Note(file, 1, unknown, $"the column '{unknown}' means nothing here; it was passed over");
        }

        for (var (line, row) = (2, text.ReadLine()); row is not null; line++, row = text.ReadLine())
        {
            if (row.Trim().Trim(format.Delimiter[0]).Length > 0)
            {
                yield return Split(row, format) switch
                {
                    null => Row.Unreadable(file, line, "a quotation mark stands alone, or within a value that is not quoted"),
                    var values when values.Length != columns.Length =>
                        Row.Unreadable(file, line, $"{values.Length} values for {columns.Length} columns"),
                    var values => new Row(file, line, columns.Zip<string, string?>(values)),
                };
            }
        }
    }

    private static string[]? Split(string line, CsvConfiguration format)
    {
        var stray = false;
        var strict = format with { BadDataFound = _ => stray = true };
        using var parser = new CsvParser(new StringReader(line), strict);
        var values = parser.Read() ? parser.Record : [];
        return stray || line.Count(character => character == '"') % 2 != 0 ? null : values;
    }
}
