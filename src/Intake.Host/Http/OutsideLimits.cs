using Intake.Application;
using Intake.Application.Staff;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;
using Intake.Host.Accounts;
using Intake.Host.Queries;

namespace Intake.Host.Http;

/// <summary>What the interface answers outside the office, so that nobody carries the client base away in bulk (C6). In the office it limits nothing.</summary>
public sealed class OutsideLimits(RemotePolicy policy, ClientReadings readings, ClientQueries clients, Commander commander, TimeProvider clock)
{
    /// <summary>How many rows an answer may have of those that were asked for.</summary>
    public int Rows(HttpContext http, int asked) => http.Outside() is null ? asked : Math.Min(asked, policy.MostRows);

    /// <summary>The refusal of a page further on in a list, which outside the office has one page only; null where it may be read.</summary>
    public IResult? FurtherOn(HttpContext http, int? skip) => http.Outside() is not null && skip > 0
        ? Problems.OfficeOnly(string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"Outside the office lists end after {policy.MostRows} rows. Ask for less, or read on in the office."))
        : null;

    /// <summary>Clients whom a search finds outside the office: few, by some letters, and without their numbers, which are on their cards.</summary>
    public async Task<IResult> Search(HttpContext http, string query, int take, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Split(' ').Max(word => word.Count(char.IsLetterOrDigit)) < policy.LettersToSearch)
        {
            var tooShort = Problems.Invalid("query", string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"Outside the office a search needs a word of {policy.LettersToSearch} letters or digits."));
            tooShort.Extensions["reason"] = "search-too-short";
            return Results.Problem(tooShort);
        }

        var found = await clients.Search(query, Math.Clamp(take, 1, policy.MostFound), cancel);
        return await Withheld(http, ClientReading.List, [.. found.Select(client => client.ClientId)], cancel)
            ?? Results.Ok(found.Select(client => client with { Phone = string.Empty }));
    }

    /// <summary>
    /// The refusal, kept, of clients who would be too many within the hour; null where they may be read, and in the office. Clients of the
    /// call in hand are never refused, and who has a call in hand may search: work must go on.
    /// </summary>
    public async Task<IResult?> Withheld(HttpContext http, ClientReading reading, IReadOnlyList<string> wanted, CancellationToken cancel)
    {
        if (http.Outside() is null)
        {
            return null;
        }

        if (await readings.Read(http.User.Actor().Person, reading, wanted, clock.GetUtcNow(), cancel) is not { } withheld)
        {
            return null;
        }

        var kept = await commander.Carry(context => new RecordClientsWithheld(withheld) { Context = context }, actor: Actor.System);
        return Results.Problem(Problems.Of(new Refused(withheld) { Position = kept.Position })!);
    }
}
