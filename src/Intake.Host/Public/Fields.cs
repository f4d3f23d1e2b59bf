using System.Globalization;

namespace Intake.Host.Public;

/// <summary>Fields of a form: each has its label, its hint, and what is wrong with it tied to it; the first that is wrong has the focus.</summary>
/// <param name="example">A telephone number as it should be written.</param>
public sealed class Fields(PublicWords words, IReadOnlyList<(string Field, string Code)> wrong, string example)
{
    /// <summary>What is wrong, each with a link to its field; nothing where all is well.</summary>
    public Html Summary() => wrong.Count == 0
        ? Html.None
        : Html.Of(
            $"""
            <div class="alert" role="alert"><p>{words["errors"]}</p><ul>{Html.All(wrong.Select(one => Html.Of($"""<li><a href="#{one.Field}">{Said(one)}</a></li>""")))}</ul></div>
            """);

    /// <summary>One line of text.</summary>
    public Html Input(string name, string value, string type, string autocomplete, string? hint = null, bool optional = false) => Row(
        name, optional, hint, Html.Of(
            $"""<input id="{name}" name="{name}" type="{type}" value="{value}" autocomplete="{autocomplete}" maxlength="{Longest(name)}"{Tied(name, hint)}{(optional ? Html.None : Html.Of($" required"))}>"""));

    /// <summary>Several lines of text, which may be left out.</summary>
    public Html Area(string name, string value)
    {
        var hint = words[$"{name}Hint"];
        return Row(name, optional: true, hint, Html.Of(
            $"""
            <textarea id="{name}" name="{name}" rows="3" maxlength="{Longest(name)}"{Tied(name, hint)}>
            {value}</textarea>
            """));
    }

    /// <summary>One of several.</summary>
    /// <param name="settled">The visitor has chosen already; no script chooses for him.</param>
    public Html Select(string name, IEnumerable<(string Value, string Text)> choices, string chosen, bool settled = false) => Row(
        name, optional: false, null, Html.Of(
            $"""<select id="{name}" name="{name}"{Tied(name, null)}{(settled ? Html.Of($" data-settled") : Html.None)}>{Html.All(choices.Select(one => one.Value == chosen
                ? Html.Of($"""<option value="{one.Value}" selected>{one.Text}</option>""")
                : Html.Of($"""<option value="{one.Value}">{one.Text}</option>""")))}</select>"""));

    /// <summary>The consent, without which nobody is rung.</summary>
    public Html Consent(bool given) => Html.Of(
        $"""
        <div class="field consent{Bad("consent")}"><label><input type="checkbox" id="consent" name="consent" value="yes"{(given ? Html.Of($" checked") : Html.None)}{Tied("consent", null)} required><span>{words["consent"]}</span></label>{Error("consent")}</div>
        """);

    private Html Row(string name, bool optional, string? hint, Html control) => Html.Of(
        $"""
        <div class="field {name}{Bad(name)}">
          <label for="{name}">{words[name]}{(optional ? Html.Of($""" <small>{words["optional"]}</small>""") : Html.None)}</label>
          {control}
          {(hint is null ? Html.None : Html.Of($"""<p class="hint" id="{name}-hint">{hint}</p>"""))}
          {Error(name)}
        </div>
        """);

    private Html Error(string name) => Of(name) is { } one
        ? Html.Of($"""<p class="error" id="{name}-error">{Said(one)}</p>""")
        : Html.None;

    private Html Tied(string name, string? hint)
    {
        var bad = Of(name) is not null;
        string[] by = [.. bad ? [$"{name}-error"] : Array.Empty<string>(), .. hint is null ? Array.Empty<string>() : [$"{name}-hint"]];
        return Html.Of(
            $"""{(by.Length > 0 ? Html.Of($""" aria-describedby="{string.Join(' ', by)}" """) : Html.None)}{(bad ? Html.Of($""" aria-invalid="true" """) : Html.None)}{(wrong.Count > 0 && wrong[0].Field == name ? Html.Of($" autofocus") : Html.None)}""");
    }

    private string Bad(string name) => Of(name) is null ? string.Empty : " bad";

    private (string Field, string Code)? Of(string name) => wrong.Any(one => one.Field == name) ? wrong.First(one => one.Field == name) : null;

    private string Said((string Field, string Code) one) => words.Say($"error.{one.Field}.{one.Code}", ("example", example));

    private static string Longest(string name) => PublicCallbacks.Longest[name].ToString(CultureInfo.InvariantCulture);
}
