using Intake.Application.Callbacks;
using Intake.Domain.Callbacks;
using Intake.Domain.Staff;
using Intake.EventLog;
using Intake.Host.Accounts;
using Intake.Host.Queries;

namespace Intake.Host.Http;

/// <summary>What auditors and supervisors read.</summary>
public static class HistoryEndpoints
{
    public static void MapHistory(this IEndpointRouteBuilder api)
    {
        api.MapGet("/history/{stream}", async (
            string stream, long? from, HttpContext http, HistoryQueries history, CallbackLines lines, OutsideLimits outside, CancellationToken cancel) =>
        {
            var asked = Stream(stream);
            return asked.Category is "client" or "receivables" && await outside.Withheld(http, ClientReading.Card, [asked.Id], cancel) is { } withheld
                ? withheld
                : Results.Ok(await history.Of(await Holding(asked, lines, cancel), Math.Max(0, from ?? 0), outside.Rows(http, HistoryQueries.AtMost), cancel));
        }).RequireAuthorization(Policies.History);
        api.MapGet("/past-orders", async (
            string source, int? skip, int? take, HttpContext http, OrderQueries orders, OutsideLimits outside, CancellationToken cancel) =>
            outside.FurtherOn(http, skip) ?? Results.Ok(await orders.Past(
                source, Math.Max(0, skip ?? 0), outside.Rows(http, Math.Clamp(take ?? 100, 1, 1000)), cancel))).RequireAuthorization(Policies.Clients);
        api.MapGet("/completeness", async (
            DateOnly? day, string? kind, int? skip, int? take, HttpContext http, CompletenessQuery completeness, OutsideLimits outside,
            CancellationToken cancel) => outside.FurtherOn(http, skip) ?? Results.Ok(await completeness.Of(
                Wire.Day(day), Kind(kind), Math.Max(0, skip ?? 0), outside.Rows(http, Math.Clamp(take ?? 200, 0, 1000)), cancel)))
            .RequireAuthorization(Policies.Figures);
        api.MapGet("/wallboard", (WallboardQuery wallboard, CancellationToken cancel) => wallboard.Now(cancel))
            .RequireAuthorization(Policies.Figures);
        api.MapGet("/figures/people", (DateOnly? day, PeopleQuery people, CancellationToken cancel) =>
            people.Of(Wire.Day(day), staffId: null, cancel)).RequireAuthorization(Policies.Figures);
        api.MapGet("/figures/mine", async (DateOnly? day, HttpContext http, PeopleQuery people, CancellationToken cancel) =>
            await people.Of(Wire.Day(day), http.User.Actor().Person.Id, cancel)).RequireAuthorization(Policies.Floor);
    }

    // A callback is known by its own id, and stands in the stream of its number.
    private static async Task<StreamName> Holding(StreamName stream, CallbackLines lines, CancellationToken cancel) =>
        stream.Category == Callback.Stream.Category ? new StreamName(stream.Category, await lines.Holding(stream.Id, cancel)) : stream;

    private static string? Kind(string? kind) => kind is null || CompletenessQuery.Kinds.Contains(kind)
        ? kind
        : throw new InvalidRequestException("kind", $"'{kind}' is not one of {string.Join(", ", CompletenessQuery.Kinds)}.");

    private static StreamName Stream(string name)
    {
        try
        {
            return StreamName.Parse(Wire.Id(name, "stream"));
        }
        catch (FormatException error)
        {
            throw new InvalidRequestException("stream", error.Message);
        }
    }
}
