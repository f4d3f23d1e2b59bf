using System.Net;
using System.Net.Http.Json;
using Intake.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Host.Tests;

[Collection(Hosted.Name)]
public sealed class SecurityTests(HostFixture host)
{
    private static readonly string[] OpenToAll =
    [
        "/api/v1/session", "/api/v1/telephony/signals", "/api/v1/telephony/batches", "/api/v1/telephony/webhook/{secret}", "/api/v1/public/callbacks",
        "/health/live", "/health/ready", "/metrics", "/openapi/{documentName}.json",
    ];

    /// <summary>Every route of the interface, as the host itself lists them.</summary>
    private IReadOnlyList<(string Method, string Path)> Routes =>
    [
        .. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/v1", StringComparison.Ordinal) == true
                && !endpoint.RoutePattern.RawText.Contains("{*", StringComparison.Ordinal))
            .Select(endpoint => (
                endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET", endpoint.RoutePattern.RawText!)),
    ];

    [Fact]
    public async Task Without_a_sign_in_nothing_answers_but_signing_in_and_the_telephony_with_its_key()
    {
        using var nobody = new HttpClient { BaseAddress = host.Address };
        Assert.True(Routes.Count > 40, $"{Routes.Count} routes");
        foreach (var (method, path) in Routes)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Concrete(path)) { Content = JsonContent.Create(new { }) };
            using var answer = await nobody.SendAsync(request);
            Assert.True(
                answer.StatusCode == HttpStatusCode.Unauthorized || (OpenToAll.Contains(path) && answer.StatusCode == HttpStatusCode.BadRequest)
                || (method == "GET" && path == "/api/v1/public/callbacks"),
                $"{method} {path} answered {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("vera", "calls/x/take")]
    [InlineData("roman", "orders/x/submit")]
    [InlineData("olga", "catalogue/products/GR-01/discontinue")]
    [InlineData("olga", "clients/R-01/credit-terms")]
    [InlineData("galina", "calls/x/take")]
    [InlineData("irina", "clients/R-01/manager")]
    public async Task A_role_that_may_not_is_told_so(string user, string path)
    {
        await using var person = await host.SignIn(user);
        var before = await host.Log.Head();

        var said = await person.Send(path, path switch
        {
            _ when path.EndsWith("credit-terms", StringComparison.Ordinal) => new SetCreditTerms(1, false, "test"),
            _ when path.EndsWith("manager", StringComparison.Ordinal) => new AssignManager("victor", "test"),
            _ when path.EndsWith("discontinue", StringComparison.Ordinal) => new Because("test"),
            _ => null,
        });

        Assert.Equal((HttpStatusCode.Forbidden, "not-allowed"), (said.Status, said.Word("code")));
        Assert.True(await host.Log.Head() >= before);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_and_the_right_one_no_longer_opens_it()
    {
        using var http = new HttpClient { BaseAddress = new Uri(host.Address, "/api/v1/") };
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await http.PostAsJsonAsync("session", new SignIn("anton", "wrong"));
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var right = await http.PostAsJsonAsync("session", new SignIn("anton", host.FirstPassword));
        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        Assert.Contains("locked", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_for_this_site_only_and_no_script_can_read_it()
    {
        using var http = new HttpClient { BaseAddress = new Uri(host.Address, "/api/v1/") };
        using var answer = await http.PostAsJsonAsync("session", new SignIn("elena", host.FirstPassword));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_another_sites_page_sends_is_refused()
    {
        await using var olga = await host.SignIn("olga");
        using var request = new HttpRequestMessage(HttpMethod.Post, "presence") { Content = JsonContent.Create(new ChangePresence("ready", null)) };
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var answer = await olga.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public void Every_route_asks_who_is_there_unless_it_says_otherwise()
    {
        var open = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Where(path => path.StartsWith("/api/", StringComparison.Ordinal) && !path.Contains("{*", StringComparison.Ordinal))
            .Distinct();
        Assert.All(open, path => Assert.Contains(path, OpenToAll));
    }

    private static string Concrete(string path) => string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? "1" : part));
}
