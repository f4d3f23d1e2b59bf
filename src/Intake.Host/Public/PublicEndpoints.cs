using System.Reflection;
using Intake.Contracts;
using Intake.Domain.Callbacks;
using Intake.Host.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Intake.Host.Public;

/// <summary>What strangers reach: the page on which a call is ordered, and the same for a web site of the company's own.</summary>
public static class PublicEndpoints
{
    /// <summary>The name of the rule by which other sites' pages may send requests here.</summary>
    public const string Origins = "public";

    /// <summary>A form that is filled in to the brim is smaller.</summary>
    private const long MostBytes = 32 * 1024;
    private const string PageAddress = "/callback";

    public static void MapPublicPages(this IEndpointRouteBuilder app)
    {
        var page = app.MapGroup(PageAddress).AllowAnonymous().ExcludeFromDescription();
        page.MapGet("", (HttpContext http, CallbackPage form) => Show(
            http, StatusCodes.Status200OK, form.Form(PublicWords.For(http.Request), CallbackPage.Blank, [], null)));
        page.MapPost("", Take).DisableAntiforgery();
        page.MapGet("/done", (HttpContext http, CallbackPage form, FormToken tokens) => Show(
            http, StatusCodes.Status200OK, form.Done(PublicWords.For(http.Request), tokens.Carried(http.Request.Query["promise"]))));
        page.MapGet("/page.css", () => File("page.css", "text/css; charset=utf-8"));
        page.MapGet("/page.js", () => File("page.js", "text/javascript; charset=utf-8"));
    }

    public static void MapPublicCallbacks(this IEndpointRouteBuilder api)
    {
        api.MapGet("/public/callbacks", (FormToken tokens, Application.Home home) =>
            new PublicCallbackForm(tokens.Issue(), home.Zone.Id, WishedTime.MostDaysAhead)).AllowAnonymous().RequireCors(Origins);
        api.MapPost("/public/callbacks", async (
            OrderedCallback body, HttpContext http, PublicCallbacks taker, CancellationToken cancel) => Answer(http, await taker.Take(
                new CallbackEntry(
                    body.Name ?? string.Empty, body.Number ?? string.Empty, body.Company ?? string.Empty, body.Words ?? string.Empty,
                    body.Day ?? string.Empty, body.Time ?? string.Empty, body.Zone ?? string.Empty, body.Consent, body.Website ?? string.Empty,
                    body.Token ?? string.Empty, PublicWords.Of(body.Language)?.Language ?? string.Empty),
                http.Connection.RemoteIpAddress, cancel)))
            .AllowAnonymous().RequireCors(Origins).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    private static async Task<IResult> Take(HttpContext http, CallbackPage page, PublicCallbacks taker, FormToken tokens, CancellationToken cancel)
    {
        var words = PublicWords.For(http.Request);
        var (entry, unread) = await Read(http.Request, words, cancel);
        if (unread is not null)
        {
            var status = unread == "tooLarge" ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
            return Show(http, status, page.Form(words, CallbackPage.Blank, [], unread));
        }

        switch (await taker.Take(entry, http.Connection.RemoteIpAddress, cancel))
        {
            case EntryOutcome.Taken taken:
                http.Response.Headers.Location = $"{PageAddress}/done?lang={words.Language}&promise={tokens.Carry(taken.Window)}";
                return Results.StatusCode(StatusCodes.Status303SeeOther);
            case EntryOutcome.Wrong wrong:
                return Show(http, StatusCodes.Status400BadRequest, page.Form(words, entry, wrong.Fields, null));
            case EntryOutcome.Turned turned:
                return Show(http, StatusOf(http, turned.Code), page.Form(words, entry, [], turned.Code));
            default:
                throw new InvalidOperationException("A request has an outcome of another kind.");
        }
    }

    private static IResult Answer(HttpContext http, EntryOutcome outcome) => outcome switch
    {
        EntryOutcome.Taken { Window: var window } => Results.Ok(new PromisedCallback(window.From, window.Until, window.Zone)),
        EntryOutcome.Wrong wrong => Results.ValidationProblem(
            wrong.Fields.GroupBy(one => one.Field).ToDictionary(
                field => field.Key, field => field.Select(one => PublicWords.Of("en")!.Say($"error.{one.Field}.{one.Code}", ("example", "+37322123456"))).ToArray()),
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = ProblemCodes.Invalid }),
        EntryOutcome.Turned { Code: var code } => Results.Problem(
            statusCode: StatusOf(http, code), title: PublicWords.Of("en")![$"turned.{code}"],
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["code"] = code == "unavailable" ? ProblemCodes.Unavailable : ProblemCodes.Invalid,
                ["reason"] = code,
            }),
        _ => throw new InvalidOperationException("A request has an outcome of another kind."),
    };

    private static int StatusOf(HttpContext http, string code)
    {
        if (code == "tooMany")
        {
            http.Response.Headers.RetryAfter = "600";
        }

        return code switch
        {
            "tooMany" => StatusCodes.Status429TooManyRequests,
            "unavailable" => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        };
    }

    private static async Task<(CallbackEntry Entry, string? Unread)> Read(HttpRequest request, PublicWords words, CancellationToken cancel)
    {
        // Said before it is read: who is cut off in the middle of sending reads no answer.
        if (request.ContentLength > MostBytes)
        {
            return (CallbackPage.Blank, "tooLarge");
        }

        if (!request.HasFormContentType)
        {
            return (CallbackPage.Blank, "broken");
        }

        try
        {
            var form = await request.ReadFormAsync(
                new FormOptions { ValueCountLimit = 32, KeyLengthLimit = 64, ValueLengthLimit = (int)MostBytes, MultipartBodyLengthLimit = MostBytes },
                cancel);
            return (
                new CallbackEntry(
                    form["name"].ToString(), form["number"].ToString(), form["company"].ToString(), form["words"].ToString(), form["day"].ToString(),
                    form["time"].ToString(), form["zone"].ToString(), form["consent"] == "yes", form["website"].ToString(),
                    form["token"].ToString(), words.Language),
                null);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException or IOException)
        {
            return (CallbackPage.Blank, "broken");
        }
    }

    private static IResult Show(HttpContext http, int status, Html page)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";

        // Without its own origin a browser does not say where a form comes from, and what comes from nowhere is refused.
        headers["Referrer-Policy"] = "same-origin";
        return Results.Content(page.ToString(), "text/html; charset=utf-8", statusCode: status);
    }

    private static IResult File(string name, string type)
    {
        var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"public/{name}")
            ?? throw new InvalidOperationException($"{name} is not in the program.");
        return Results.Stream(resource, type, lastModified: null, entityTag: Tag);
    }

    // One for each build.
    private static readonly EntityTagHeaderValue Tag = new($"\"{typeof(PublicEndpoints).Module.ModuleVersionId:N}\"");
}
