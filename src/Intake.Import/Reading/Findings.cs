namespace Intake.Import.Reading;

/// <summary>What there is to say about the rows of one reading.</summary>
internal sealed class Findings
{
    private readonly List<RowRemark> _rejected = [];
    private readonly List<RowRemark> _notes = [];

    public IReadOnlyList<RowRemark> Rejected => _rejected;

    public IReadOnlyList<RowRemark> Notes => _notes;

    public void Reject(string table, int line, string key, string reason) => _rejected.Add(new RowRemark(table, line, key, reason));

    public void Note(string table, int line, string key, string reason) => _notes.Add(new RowRemark(table, line, key, reason));

    /// <summary>Takes the row unless it has problems or its key was there before; then it is reported, and the answer is false.</summary>
    public bool Take<TKey, TValue>(Row row, string key, IDictionary<TKey, TValue> into, TKey id, TValue value)
    {
        if (row.Problems.Count == 0 && into.ContainsKey(id))
        {
            row.Require(holds: false, $"'{key}' is there already");
        }

        if (!Accept(row, key))
        {
            return false;
        }

        into.Add(id, value);
        return true;
    }

    /// <summary>Whether the row has no problem; one that has is reported.</summary>
    public bool Accept(Row row, string key)
    {
        if (row.Problems.Count == 0)
        {
            return true;
        }

        Reject(row.Table, row.Line, key, string.Join("; ", row.Problems));
        return false;
    }
}
