using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Intake.Host.Public;

/// <summary>
/// Markup. What is written in the program stays as it is; whatever is put into it is text, and is escaped, unless it is markup itself: so
/// nothing that a stranger typed can become part of a page.
/// </summary>
/// <example><c>Html.Of($"&lt;p&gt;{whatHeTyped}&lt;/p&gt;")</c></example>
public sealed class Html
{
    /// <summary>No markup at all.</summary>
    public static readonly Html None = new(string.Empty);

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly string _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>The markup of an interpolated text.</summary>
    public static Html Of(Writer text) => new(text.ToString());

    /// <summary>One after the other.</summary>
    public static Html All(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part._markup)));

    /// <summary>As it goes over the wire.</summary>
    public override string ToString() => _markup;

    /// <summary>Writes an interpolated text, escaping what is put into it.</summary>
    [InterpolatedStringHandler]
    public readonly struct Writer
    {
        private readonly StringBuilder _text;

        public Writer(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 16));

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(string? text) => _text.Append(Encoder.Encode(text ?? string.Empty));

        public void AppendFormatted(Html markup) => _text.Append(markup);

        public override string ToString() => _text.ToString();
    }
}
