using System.Text;
using Intake.Import.Reading;

namespace Intake.Import.Northwind;

/// <summary>
/// The rows of a PostgreSQL dump that uses INSERT, one after another, never more than one in memory. A statement that cannot
/// be read yields a row that says why, and reading goes on with the next statement.
/// </summary>
/// <remarks>A line that begins with INSERT INTO begins a statement, even where a text before it was left open.</remarks>
internal sealed class SqlDump(TextReader reader)
{
    private const int LongestText = 1_000_000;
    private const string Insert = "INSERT INTO ";
    private readonly Dictionary<string, IReadOnlyList<string>> _columns = new(StringComparer.Ordinal);
    private string _line = string.Empty;
    private int _at;
    private int _number;
    private bool _ended;

    private enum Kind
    {
        Word,
        Text,
        Symbol,
        Fault,
        End,
    }

    /// <summary>All rows of all tables, in the order of the file.</summary>
    public IEnumerable<Row> Rows()
    {
        while (!_ended)
        {
            SkipSpace();
            if (Ahead("CREATE TABLE "))
            {
                ReadColumns();
            }
            else if (Ahead(Insert))
            {
                foreach (var row in ReadInsert())
                {
                    yield return row;
                }
            }
            else
            {
                NextLine();
            }
        }
    }

    private void ReadColumns()
    {
        _at += "CREATE TABLE ".Length;
        var name = TableName();
        var columns = new List<string>();
        var depth = 0;
        var first = false;
        for (var token = Next(); token is not ({ Kind: Kind.Symbol, Value: ";" } or { Kind: Kind.Fault or Kind.End }); token = Next())
        {
            depth += token switch { { Kind: Kind.Symbol, Value: "(" } => 1, { Kind: Kind.Symbol, Value: ")" } => -1, _ => 0 };
            if (first && token is { Kind: Kind.Word, Value: not ("CONSTRAINT" or "PRIMARY" or "UNIQUE" or "FOREIGN" or "CHECK") })
            {
                columns.Add(token.Value);
            }

            first = depth == 1 && token is { Kind: Kind.Symbol, Value: "(" or "," };
        }

        _columns[name] = columns;
    }

    private IEnumerable<Row> ReadInsert()
    {
        var line = _number;
        _at += Insert.Length;
        var table = TableName();
        var token = Next();
        var columns = _columns.GetValueOrDefault(table);
        if (token is { Kind: Kind.Symbol, Value: "(" })
        {
            var (named, fault) = ReadList();
            columns = [.. named.OfType<string>()];
            token = fault ?? Next();
        }

        if (token is not { Kind: Kind.Word } || !token.Value.Equals("VALUES", StringComparison.OrdinalIgnoreCase))
        {
            yield return Fault(table, line, token, "VALUES");
            yield break;
        }

        do
        {
            line = _number;
            token = Next();
            if (token is not { Kind: Kind.Symbol, Value: "(" })
            {
                yield return Fault(table, line, token, "(");
                yield break;
            }

            var (values, fault) = ReadList();
            if (fault is not null)
            {
                yield return Fault(table, line, fault, "a value");
                yield break;
            }

            yield return columns is null
                ? Row.Unreadable(table, line, "the columns of the table are not known: neither CREATE TABLE nor a list of columns precedes")
                : columns.Count != values.Count
                    ? Row.Unreadable(table, line, $"{values.Count} values for {columns.Count} columns")
                    : new Row(table, line, columns.Zip(values));
            token = Next();
        }
        while (token is { Kind: Kind.Symbol, Value: "," });

        if (token is not { Kind: Kind.Symbol, Value: ";" })
        {
            yield return Fault(table, line, token, "; after the row");
        }
    }

    /// <summary>Values up to the closing parenthesis, or the token that does not belong there.</summary>
    private (List<string?> Values, Token? Fault) ReadList()
    {
        var values = new List<string?>();
        while (true)
        {
            var value = Next();
            if (value.Kind is not (Kind.Word or Kind.Text))
            {
                return (values, value);
            }

            values.Add(value is { Kind: Kind.Word } && value.Value.Equals("NULL", StringComparison.OrdinalIgnoreCase) ? null : value.Value);
            var after = Next();
            switch (after)
            {
                case { Kind: Kind.Symbol, Value: ")" }:
                    return (values, null);
                case { Kind: Kind.Symbol, Value: "," }:
                    continue;
                default:
                    return (values, after);
            }
        }
    }

    /// <summary>The row that says what was wrong; the rest of its statement is passed over.</summary>
    private Row Fault(string table, int line, Token token, string expected)
    {
        var problem = token.Kind switch
        {
            Kind.Fault => token.Value,
            Kind.End => "the file ends within a statement",
            _ => $"line {_number}: '{token.Value}' where {expected} should be",
        };
        while (token is not ({ Kind: Kind.Symbol, Value: ";" } or { Kind: Kind.Fault or Kind.End }))
        {
            token = Next();
        }

        return Row.Unreadable(table, line, problem);
    }

    private Token Next()
    {
        while (true)
        {
            SkipSpace();
            if (_at < _line.Length)
            {
                break;
            }

            if (!NextLine())
            {
                return new Token(Kind.End, string.Empty);
            }

            if (Ahead(Insert))
            {
                return new Token(Kind.Fault, $"the statement is not ended before line {_number}");
            }
        }

        var start = _at;
        switch (_line[_at])
        {
            case '\'' or '"':
                return Quoted(_line[_at]);
            case '(' or ')' or ',' or ';':
                _at++;
                return new Token(Kind.Symbol, _line[start].ToString());
            default:
                while (_at < _line.Length && !char.IsWhiteSpace(_line[_at]) && !"(),;'\"".Contains(_line[_at], StringComparison.Ordinal))
                {
                    _at++;
                }

                return new Token(Kind.Word, _line[start.._at]);
        }
    }

    /// <summary>A text or a quoted name; the mark doubled stands for itself, and lines may break within.</summary>
    private Token Quoted(char mark)
    {
        var start = _number;
        var text = new StringBuilder();
        _at++;
        while (true)
        {
            var end = _line.IndexOf(mark, _at);
            if (end < 0)
            {
                text.Append(_line, _at, _line.Length - _at).Append('\n');
                if (!NextLine() || Ahead(Insert) || text.Length > LongestText)
                {
                    return new Token(Kind.Fault, $"the text that begins on line {start} has no end");
                }

                continue;
            }

            text.Append(_line, _at, end - _at);
            _at = end + 1;
            if (_at >= _line.Length || _line[_at] != mark)
            {
                return new Token(mark == '"' ? Kind.Word : Kind.Text, text.ToString());
            }

            text.Append(mark);
            _at++;
        }
    }

    private void SkipSpace()
    {
        while (_at < _line.Length && char.IsWhiteSpace(_line[_at]))
        {
            _at++;
        }

        if (string.CompareOrdinal(_line, _at, "--", 0, 2) == 0)
        {
            _at = _line.Length;
        }
    }

    private bool NextLine()
    {
        var next = reader.ReadLine();
        _ended = next is null;
        _line = next ?? string.Empty;
        _at = 0;
        _number++;
        return !_ended;
    }

    private bool Ahead(string words) => string.Compare(_line, _at, words, 0, words.Length, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>The table's name without its schema.</summary>
    private string TableName()
    {
        var name = Next().Value;
        while (name.EndsWith('.') || Ahead("."))
        {
            name += Next().Value;
        }

        return name[(name.LastIndexOf('.') + 1)..];
    }

    private sealed record Token(Kind Kind, string Value);
}
