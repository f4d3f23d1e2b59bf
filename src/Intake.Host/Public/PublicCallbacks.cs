using System.Globalization;
using System.Net;
using System.Text;
using Intake.Application;
using Intake.Application.Callbacks;
using Intake.Contracts;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.EventLog.Serialisation;
using Intake.Host.Http;
using MediatR;

namespace Intake.Host.Public;

/// <summary>What a stranger filled in, as he typed it.</summary>
/// <param name="Day">An ISO date, or empty for as soon as may be.</param>
/// <param name="Time">Two times of day with a dash between, or empty for any.</param>
/// <param name="Website">Nobody sees this field; a program fills it in.</param>
/// <param name="Token">Of the form, see <see cref="FormToken"/>.</param>
public sealed record CallbackEntry(
    string Name, string Number, string Company, string Words, string Day, string Time, string Zone, bool Consent, string Website, string Token,
    string Language);

/// <summary>What became of it.</summary>
public abstract record EntryOutcome
{
    /// <summary>Taken: the client is rung then, or earlier where he had asked before.</summary>
    public sealed record Taken(CallbackWindow Window) : EntryOutcome;

    /// <summary>Fields are wrong; each with its code.</summary>
    public sealed record Wrong(IReadOnlyList<(string Field, string Code)> Fields) : EntryOutcome;

    /// <summary>Not taken, and why: <c>tooMany</c>, <c>tooFast</c>, <c>stale</c>, <c>broken</c>, <c>unavailable</c>.</summary>
    public sealed record Turned(string Code) : EntryOutcome;
}

/// <summary>
/// Calls that strangers order (A.III.1). What they are told does not depend on whether the number is a client's, or is owed a call
/// already.
/// </summary>
public sealed class PublicCallbacks(
    IServiceScopeFactory scopes, FormToken tokens, Floods floods, TelephoneNumbers numbers, Home home, FloorPolicy floor, TimeProvider clock)
{
    /// <summary>The longest that each field takes, in characters.</summary>
    public static readonly IReadOnlyDictionary<string, int> Longest = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["name"] = 100,
        ["number"] = 40,
        ["company"] = 150,
        ["words"] = 1000,
    };

    /// <summary>Takes what was filled in, or says what is wrong with it.</summary>
    public async Task<EntryOutcome> Take(CallbackEntry typed, IPAddress? address, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(typed);
        if (!await floods.AdmitAddress(address, cancel))
        {
            return new EntryOutcome.Turned("tooMany");
        }

        var (form, age) = tokens.Read(typed.Token);
        if (age != FormAge.Right || typed.Website.Length > 0)
        {
            return new EntryOutcome.Turned(age switch
            {
                FormAge.Young => "tooFast",
                FormAge.Old => "stale",
                _ => "broken",
            });
        }

        var entry = Cleaned(typed);
        var wrong = Wrong(entry, out var wish);
        var number = numbers.Valid(entry.Number);
        if (wrong.Count > 0 || number is null)
        {
            return new EntryOutcome.Wrong(wrong);
        }

        return await floods.AdmitNumber(number, cancel) ? await Order(entry, number, wish, form, cancel) : new EntryOutcome.Turned("tooMany");
    }

    // A number has four attempts an hour, and who sends one form twice has used one: the second is recognised as the first.
    private async Task<EntryOutcome> Order(CallbackEntry entry, string number, CallbackWish? wish, Guid form, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var zone = WishedTime.Zone(entry.Zone) ?? home.Zone;
        var command = EventLog.Serialisation.EventId.Derive(form, $"callback to {number}");
        await using var scope = scopes.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(
            new OrderCallback(command.ToString("N"), number, entry.Name, entry.Company, entry.Words, entry.Language, wish, zone.Id)
            {
                Context = new CommandContext(command, Actor.System, now, string.Empty, "web"),
            },
            cancel);
        return result is Done ? new EntryOutcome.Taken(floor.Callbacks.Schedule(wish, now, home.Zone) with { Zone = zone.Id }) : new EntryOutcome.Turned("unavailable");
    }

    private List<(string, string)> Wrong(CallbackEntry entry, out CallbackWish? wish)
    {
        var wrong = new List<(string, string)>();
        wish = null;
        Check("name", entry.Name, entry.Name.Length == 0 ? "missing" : null);
        Check("number", entry.Number, entry.Number.Length == 0 ? "missing" : numbers.Valid(entry.Number) is null ? "invalid" : null);
        Check("company", entry.Company, null);
        Check("words", entry.Words, null);
        if (entry.Zone.Length > 0 && WishedTime.Zone(entry.Zone) is null)
        {
            wrong.Add(("zone", "invalid"));
        }
        else if (entry.Day.Length > 0)
        {
            wish = Wish(entry, wrong);
        }

        if (!entry.Consent)
        {
            wrong.Add(("consent", "missing"));
        }

        return wrong;

        void Check(string field, string text, string? code)
        {
            if (text.Length > Longest[field] || !CleanText.IsClean(text))
            {
                wrong.Add((field, "unreadable"));
            }
            else if (code is not null)
            {
                wrong.Add((field, code));
            }
        }
    }

    private CallbackWish? Wish(CallbackEntry entry, List<(string, string)> wrong)
    {
        const string Any = "00:00-23:59";
        if ((entry.Time.Length > 0 ? entry.Time : Any).Split('-') is not [var from, var until]
            || !Clock(from, out var begins) || !Clock(until, out var ends))
        {
            wrong.Add(("time", "invalid"));
            return null;
        }

        if (!DateOnly.TryParseExact(entry.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            wrong.Add(("day", "invalid"));
            return null;
        }

        try
        {
            return WishedTime.Of(new CallbackTime(day, begins, ends, entry.Zone), home, clock, "when");
        }
        catch (InvalidRequestException invalid)
        {
            wrong.Add((invalid.Field switch { "when.day" => "day", "when.zone" => "zone", _ => "time" }, "invalid"));
            return null;
        }
    }

    private static bool Clock(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static CallbackEntry Cleaned(CallbackEntry typed) => typed with
    {
        Name = Line(typed.Name),
        Number = Line(typed.Number),
        Company = Line(typed.Company),
        Words = Whole(typed.Words).Replace("\r\n", "\n", StringComparison.Ordinal),
    };

    private static string Line(string text) => Whole(text).ReplaceLineEndings(" ");

    // Half a character cannot be normalised; it is told as unreadable.
    private static string Whole(string text)
    {
        try
        {
            return text.Trim().Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return "\0";
        }
    }
}
