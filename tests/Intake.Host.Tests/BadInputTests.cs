using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Host.Tests;

[Collection(Hosted.Name)]
public sealed class BadInputTests(HostFixture host)
{
    private const int Requests = 10_000;

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "79228162514264337593543950335", "123456789012345678901234567890", "\"\"", "\"\\u0000\"", "\"\\uD800\"",
        "\"'; drop table log.events; --\"", "\"<script>alert(1)</script>\"", "[]", "[null]", "{}", "{\"a\":{\"b\":[1,2,3]}}", "\"2026-13-45\"",
        "\"0001-01-01\"", "\"9999-12-31T23:59:59Z\"", "\"order\"", "\"retail\"", "\"ready\"", "\"orderTaken\"", "\"R-01\"", "\"GR-01\"", "1.23456789",
        "\"\\u202e\\u0007\"", "\"" + "long" + "\"",
    ];

    private static readonly string[] Ids = ["x", "R-01", "..%2f..", "%00", "%F0%9F%98%80", "1'--", new string('a', 300), "GR-01", "-", "%2e"];

    [Fact]
    public async Task Ten_thousand_bad_requests_make_no_fault_and_leave_no_trace_of_the_machine()
    {
        await using var head = await host.SignIn("pavel");
        await using var olga = await host.SignIn("olga");
        var random = new Random(20261124);
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/v1", StringComparison.Ordinal) == true)
            .Where(endpoint => endpoint.RoutePattern.RawText is not "/api/v1/session")
            .Select(endpoint => (
                Method: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET", Path: endpoint.RoutePattern.RawText!))
            .ToList();
        var statuses = new Dictionary<HttpStatusCode, int>();
        for (var i = 0; i < Requests; i++)
        {
            var (method, path) = routes[i % routes.Count];
            using var request = new HttpRequestMessage(new HttpMethod(method), Address(path, random));
            if (method != "GET")
            {
                request.Content = new StringContent(Body(path, random), Encoding.UTF8, random.Next(20) == 0 ? "text/plain" : "application/json");
            }

            if (random.Next(4) == 0)
            {
                request.Headers.TryAddWithoutValidation("Idempotency-Key", random.Next(2) == 0 ? "not-a-key" : Guid.NewGuid().ToString());
            }

            if (random.Next(8) == 0)
            {
                request.Headers.TryAddWithoutValidation("If-Match", random.Next(2) == 0 ? "\"99\"" : "what");
            }

            using var answer = await (random.Next(2) == 0 ? head : olga).Http.SendAsync(request);
            statuses[answer.StatusCode] = statuses.GetValueOrDefault(answer.StatusCode) + 1;
            if ((int)answer.StatusCode >= 400)
            {
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True((int)answer.StatusCode < 500, $"{method} {request.RequestUri}: {(int)answer.StatusCode} {text}");
                Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
            }
        }

        Assert.Equal(Requests, statuses.Values.Sum());
        Assert.True(statuses[HttpStatusCode.BadRequest] > Requests / 10, string.Join(", ", statuses));
        await host.CaughtUp();
        using var ready = await head.Http.GetAsync(new Uri(host.Address, "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    private static string Address(string path, Random random) =>
        string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? Ids[random.Next(Ids.Length)] : part))
        + (random.Next(6) == 0 ? "?after=" + (random.Next(2) == 0 ? "0" : "minus-one") : string.Empty)
        + (random.Next(6) == 0 ? (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "query=%00%FF'\"--" : string.Empty);

    private static string Body(string path, Random random)
    {
        if (random.Next(6) == 0)
        {
            return random.Next(3) switch { 0 => string.Empty, 1 => "{\"a\":", _ => new string('[', 200) };
        }

        string[] fields = path switch
        {
            _ when path.EndsWith("/lines", StringComparison.Ordinal) => ["productId", "quantity", "column"],
            _ when path.EndsWith("/delivery", StringComparison.Ordinal) => ["route", "date", "window"],
            _ when path.EndsWith("/receiver", StringComparison.Ordinal) => ["name", "phone", "document", "confirmedPresent"],
            _ when path.EndsWith("/regional", StringComparison.Ordinal) => ["paymentForm", "arrival", "shipping"],
            _ when path.EndsWith("/price-lists", StringComparison.Ordinal) => ["decision", "validFrom", "columns", "prices"],
            _ when path.EndsWith("/focus-lists", StringComparison.Ordinal) => ["decision", "novelties", "specials"],
            _ when path.EndsWith("/credit-terms", StringComparison.Ordinal) => ["limit", "exempt", "reason"],
            _ when path.EndsWith("/ledger", StringComparison.Ordinal) => ["asOf", "balance", "invoices", "billedOrders"],
            _ when path.EndsWith("/signals", StringComparison.Ordinal) => ["source", "sourceCallId", "kind", "occurredAt", "from"],
            _ => ["reason", "clientId", "contact", "purpose", "presence", "result", "name", "type", "orderId", "callId", "quantity", "until"],
        };
        return "{" + string.Join(',', fields.Select(field => $"\"{field}\":{Value(random)}")) + "}";
    }

    private static string Value(Random random)
    {
        var value = Values[random.Next(Values.Length)];
        return value == "\"long\"" ? "\"" + new string('я', 5000) + "\"" : value;
    }
}
