using Intake.Contracts;
using Intake.Host.Public;

namespace Intake.Host.Http;

/// <summary>
/// What every request passes: headers that browsers obey, and a refusal of requests that another site's page makes in the name
/// of the person signed in here.
/// </summary>
public sealed class Guard(RequestDelegate next, PublicCallbackSettings open)
{
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    public Task InvokeAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (!IsFromElsewhere(http.Request) || IsInvited(http.Request))
        {
            return next(http);
        }

        return Results.Problem(
            statusCode: StatusCodes.Status403Forbidden, title: "The request comes from another site.",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = ProblemCodes.NotAllowed }).ExecuteAsync(http);
    }

    // The company's own web sites may order calls, and nothing else.
    private bool IsInvited(HttpRequest request) =>
        request.Path.StartsWithSegments("/api/v1/public", StringComparison.Ordinal)
        && request.Headers.Origin.FirstOrDefault() is { } origin && open.Origins.Contains(origin);

    private static bool IsFromElsewhere(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && (request.Headers["Sec-Fetch-Site"].FirstOrDefault() is { } site and not ("same-origin" or "none")
            || (request.Headers.Origin.FirstOrDefault() is { Length: > 0 } origin
                && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Authority != request.Host.Value)));
}
