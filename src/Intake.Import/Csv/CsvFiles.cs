using Intake.Import.Reading;

namespace Intake.Import.Csv;

/// <summary>The files of one folder, read each once, and what there is to say about their rows.</summary>
internal sealed class CsvFiles(Func<string, TextReader?> open, Findings findings)
{
    public Findings Findings => findings;

    /// <summary>How many files were there.</summary>
    public int Found { get; private set; }

    /// <summary>Maps each row of the file; a row that could not be split is reported. False where the file is absent.</summary>
    public bool Each(string file, IReadOnlyList<string> required, IReadOnlyList<string> optional, Action<Row> map)
    {
        using var text = open(file);
        if (text is null)
        {
            return false;
        }

        Found++;
        foreach (var row in CsvTable.Rows(file, text, required, optional, findings))
        {
            if (row.Problems.Count > 0)
            {
                findings.Accept(row, row.Key(required[0]));
            }
            else
            {
                map(row);
            }
        }

        return true;
    }

    /// <summary>Notes a problem where the column names nothing that was taken.</summary>
    public static void Known<T>(Row row, string column, IDictionary<string, T> taken)
    {
        var id = row.Optional(column);
        row.Require(id.Length == 0 || taken.ContainsKey(id), $"{column} '{id}' is not among the rows taken");
    }
}
