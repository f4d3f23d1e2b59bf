using System.Globalization;
using Intake.Application;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;

namespace Intake.Host.Public;

/// <summary>
/// The public page on which a call is ordered, and its confirmation. It needs no script: one that is there chooses the visitor's time zone
/// before he looks.
/// </summary>
public sealed class CallbackPage(FormToken tokens, TelephoneNumbers numbers, Home home, FloorPolicy floor, TimeProvider clock)
{
    private const int DaysOffered = 7;
    private static readonly string[] Times = ["09:00-11:00", "11:00-13:00", "13:00-15:00", "15:00-17:00", "17:00-20:00"];

    /// <summary>A form that nobody has filled in.</summary>
    public static readonly CallbackEntry Blank = new("", "", "", "", "", "", "", false, "", "", "");

    /// <summary>The form with what was typed, and what is wrong with it.</summary>
    public Html Form(PublicWords words, CallbackEntry typed, IReadOnlyList<(string Field, string Code)> wrong, string? turned)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(wrong);
        var form = new Fields(words, wrong, numbers.Example);
        return Whole(words, words["title"], Html.Of(
            $"""
            <h1>{words["title"]}</h1>
            <p class="lead">{words["lead"]}</p>
            {(turned is null ? Html.None : Html.Of($"""<p class="alert" role="alert">{words[$"turned.{turned}"]}</p>"""))}
            {form.Summary()}
            <form method="post" action="/callback?lang={words.Language}" novalidate>
              <input type="hidden" name="token" value="{tokens.Issue()}">
              {form.Input("name", typed.Name, "text", "name")}
              {form.Input("number", typed.Number, "tel", "tel", words.Say("numberHint", ("example", numbers.Example)))}
              {form.Input("company", typed.Company, "text", "organization", optional: true)}
              {form.Area("words", typed.Words)}
              <fieldset>
                <legend>{words["when"]}</legend>
                {form.Select("day", Days(words), typed.Day)}
                {form.Select("time", TimesOffered(words), typed.Time)}
                {form.Select("zone", Zones(words, typed.Zone), typed.Zone.Length > 0 ? typed.Zone : home.Zone.Id, typed.Zone.Length > 0)}
              </fieldset>
              <div class="trap" aria-hidden="true"><label for="website">{words["website"]}</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>
              {form.Consent(typed.Consent)}
              <button type="submit">{words["send"]}</button>
            </form>
            """));
    }

    /// <summary>When the visitor will be rung, by his clock and by ours; or that this cannot be shown.</summary>
    public Html Done(PublicWords words, CallbackWindow? promised)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Whole(words, words[promised is null ? "done.gone" : "done.title"], promised is null
            ? Html.Of($"""<h1>{words["done.gone"]}</h1><p><a class="again" href="/callback?lang={words.Language}">{words["done.again"]}</a></p>""")
            : Html.Of(
                $"""
                <div class="tick" aria-hidden="true">✓</div>
                <h1>{words["done.title"]}</h1>
                <p class="window"><strong>{Span(words, "done.window", promised, ZoneOf(promised))}</strong> <span>{words.Say("done.zone", ("zone", words.Zone(promised.Zone)))}</span></p>
                {(SameClock(promised) ? Html.None : Html.Of($"""<p class="soft">{Span(words, "done.home", promised, home.Zone)}</p>"""))}
                <p class="soft">{words["done.earlier"]}</p>
                <p>{words["done.change"]}</p>
                <p><a class="again" href="/callback?lang={words.Language}">{words["done.again"]}</a></p>
                """));
    }

    private static Html Whole(PublicWords words, string title, Html content) => Html.Of(
        $"""
        <!DOCTYPE html>
        <html lang="{words.Language}">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <meta name="robots" content="noindex">
          <title>{title}</title>
          <link rel="icon" type="image/svg+xml" href="/icon.svg">
          <link rel="stylesheet" href="/callback/page.css">
          <script src="/callback/page.js" defer></script>
        </head>
        <body>
          <header>
            <span class="brand"><img src="/icon.svg" alt="" width="26" height="26">Intake</span>
            <nav aria-label="{words["language"]}">{Languages(words)}</nav>
          </header>
          <main>{content}</main>
        </body>
        </html>
        """);

    private static Html Languages(PublicWords words) => Html.All(PublicWords.Languages.Select(one => one.Code == words.Language
        ? Html.Of($"""<a href="/callback?lang={one.Code}" lang="{one.Code}" aria-current="true">{one.Name}</a>""")
        : Html.Of($"""<a href="/callback?lang={one.Code}" lang="{one.Code}" hreflang="{one.Code}">{one.Name}</a>""")));

    // Days on which somebody is here.
    private IEnumerable<(string Value, string Text)> Days(PublicWords words)
    {
        yield return (string.Empty, words["soon"]);
        var today = home.DayOf(clock.GetUtcNow());
        var open = Enumerable.Range(0, 4 * DaysOffered).Select(today.AddDays).Where(day => floor.Callbacks.Hours.Days.Contains(day.DayOfWeek));
        foreach (var day in open.Take(DaysOffered))
        {
            var name = Day(words, day);
            yield return (day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day == today ? $"{words["today"]}, {name}" : name);
        }
    }

    private static IEnumerable<(string Value, string Text)> TimesOffered(PublicWords words) =>
        [(string.Empty, words["anyTime"]), .. Times.Select(time => (time, time.Replace("-", " – ", StringComparison.Ordinal)))];

    private IEnumerable<(string Value, string Text)> Zones(PublicWords words, string chosen)
    {
        var now = clock.GetUtcNow();
        return ((string[])[home.Zone.Id, chosen, .. words.Zones]).Where(id => id.Length > 0).Distinct()
            .Select(id => (Id: id, Zone: Http.WishedTime.Zone(id))).Where(one => one.Zone is not null)
            .Select(one => (one.Id, Offset: one.Zone!.GetUtcOffset(now)))
            .OrderBy(one => one.Offset).ThenBy(one => one.Id, StringComparer.Ordinal)
            .Select(one => (one.Id, $"{words.Zone(one.Id)} (UTC{(one.Offset < TimeSpan.Zero ? "−" : "+")}{Length(one.Offset)})"));

        static string Length(TimeSpan offset) => offset.ToString(offset.Minutes == 0 ? "%h" : "h\\:mm", CultureInfo.InvariantCulture);
    }

    private static string Day(PublicWords words, DateOnly day) => day.ToString("dddd, d MMMM", words.Culture);

    private static string Span(PublicWords words, string key, CallbackWindow window, TimeZoneInfo zone)
    {
        var (from, until) = (TimeZoneInfo.ConvertTime(window.From, zone), TimeZoneInfo.ConvertTime(window.Until, zone));
        return words.Say(
            key, ("day", Day(words, DateOnly.FromDateTime(from.DateTime))), ("from", Clock(from)), ("until", Clock(until)));

        static string Clock(DateTimeOffset moment) => moment.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    private TimeZoneInfo ZoneOf(CallbackWindow window) => Http.WishedTime.Zone(window.Zone) ?? home.Zone;

    private bool SameClock(CallbackWindow window) => ZoneOf(window).GetUtcOffset(window.From) == home.Zone.GetUtcOffset(window.From);
}
