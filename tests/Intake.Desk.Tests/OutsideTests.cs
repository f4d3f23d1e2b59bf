using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Bunit;
using Intake.Contracts;
using Intake.Desk.Live;
using Intake.Desk.Pages;
using Intake.Desk.Shell;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

/// <summary>The desk outside the office: it says when the session ends, and whose screen it is (C6).</summary>
public sealed partial class OutsideTests : DeskContext, IAsyncLifetime
{
    private readonly Wire wire = new();

    public OutsideTests()
    {
        Answers(wire);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => Live.Stop();

    private Outside Outside => Services.GetRequiredService<Outside>();

    [Fact]
    [Trait("Clause", "C6")]
    public void Name_and_time_stand_over_the_screen_outside_and_only_there_and_no_reader_speaks_them()
    {
        var mark = Render<Watermark>();
        Assert.Empty(mark.FindAll(".watermark"));
        Outside.Become(Who(endsInSeconds: 900));
        mark.WaitForAssertion(() => Assert.Equal(60, mark.FindAll(".watermark span").Count));
        Assert.StartsWith("Olga Petrova · ", mark.Find(".watermark span").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", mark.Find(".watermark").GetAttribute("aria-hidden"));
        Assert.Null(mark.Find(".watermark").GetAttribute("style"));
        Outside.Become(Who(endsInSeconds: 900) with { Outside = null });
        mark.WaitForAssertion(() => Assert.Empty(mark.FindAll(".watermark")));
    }

    [Theory]
    [InlineData("en", "Go on")]
    [InlineData("ro", "Continuă")]
    [InlineData("ru", "Продолжить")]
    [Trait("Clause", "C6")]
    public void Before_the_session_ends_the_desk_says_so_and_one_key_puts_it_off(string language, string words)
    {
        Services.GetRequiredService<Lexicon>().Choose(language);
        var end = Render<SessionEnd>();
        SignIn(Who(endsInSeconds: 200));
        Assert.Empty(end.FindAll("dialog"));
        SignIn(Who(endsInSeconds: 90));
        end.WaitForElement("dialog");
        Assert.Contains("1:", end.Find("h2").TextContent, StringComparison.Ordinal);
        Assert.Equal(words, end.Find("button.primary").TextContent);

        wire.Ends = DateTimeOffset.UtcNow.AddSeconds(900);
        end.Find("button.primary").Click();
        end.WaitForAssertion(() => Assert.Empty(end.FindAll("dialog")));
        Assert.Equal(["POST session/extend", "GET session"], wire.Asked);
        Assert.Equal(wire.Ends, Outside.EndsAt);
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void The_end_of_eight_hours_cannot_be_put_off_and_the_desk_says_what_to_do()
    {
        var end = Render<SessionEnd>();
        SignIn(Who(endsInSeconds: 90, lastsSeconds: 90));
        end.WaitForElement("dialog");
        Assert.Equal("Sign in again", end.Find("button.primary").TextContent);
        end.Find("dialog button.quiet").Click();
        end.WaitForAssertion(() => Assert.Empty(end.FindAll("dialog")));
        Assert.Empty(wire.Asked);
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void An_unregistered_device_shows_the_code_to_read_out()
    {
        wire.Refusal = """{"code":"device-not-admitted","reason":"device-waiting","detail":"Read this code.","deviceCode":"4821-7093"}""";
        var form = Render<SignInForm>();
        form.Find("#user").Change("olga");
        form.Find("#password").Change("secret");
        form.Find("form").Submit();
        form.WaitForAssertion(() => Assert.Equal("4821-7093", form.Find("[role=alert] .device-code").TextContent));
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void A_session_that_ended_by_itself_is_told_apart_from_one_that_was_left()
    {
        var form = Render<SignInForm>();
        Outside.Become(Who(900));
        Outside.Become(null, left: true);
        Assert.False(Outside.HasEnded);
        Outside.Become(Who(900));
        Outside.Become(null);
        Assert.True(Outside.HasEnded);
        form.Render();
        Assert.Single(form.FindAll(".ended"));
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void Who_admits_compares_the_code_and_says_by_which_order_and_how_long()
    {
        SignIn(new Me("anton", "Anton Melnik", "administrator"));
        var page = Render<DevicesPage>();
        page.WaitForElement("tbody tr.requested");
        Assert.Equal("4821-7093", page.Find("tbody tr.requested b").TextContent);
        Assert.Equal(2, page.FindAll("tbody tr").Count);
        Assert.Empty(page.FindAll("tbody tr")[1].QuerySelectorAll("button"));

        page.Find("tbody tr.requested button").Click();
        page.Find("#because").Change("order 7");
        page.Find("dialog input[type=date]").Change("2027-01-31");
        page.Find("dialog form").Submit();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("dialog")));
        Assert.Contains("POST devices/olga/d1/admit", wire.Asked);
        Assert.Equal("1", wire.ByItself);
    }

    [Fact]
    [Trait("Clause", "C6")]
    public void Text_beneath_the_mark_keeps_its_contrast()
    {
        var css = File.ReadAllText(Path.Combine(Css(), "tokens.css"));
        foreach (var theme in new[] { css[..css.IndexOf("@media", StringComparison.Ordinal)], css[css.IndexOf("[data-theme=\"dark\"]", StringComparison.Ordinal)..] })
        {
            var mark = Mark().Match(theme);
            var ink = mark.Groups["part"].Captures.Select(part => Number(part.Value) / 255).ToArray();
            var share = Number(mark.Groups["share"].Value) / 100;
            double[] Colour(string name) => Hex(Regex.Match(theme, $"--{name}: #(?<hex>[0-9a-f]{{6}})", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["hex"].Value);
            foreach (var text in new[] { "ink", "soft", "accent", "good", "watch", "bad", "info" })
            {
                foreach (var ground in new[] { "paper", "rail", "panel", "sunk" })
                {
                    var marked = Colour(ground).Zip(ink, (below, above) => (below * (1 - share)) + (above * share)).ToArray();
                    Assert.True(Contrast(Colour(text), marked) >= 4.5, $"{text} on {ground}: {Contrast(Colour(text), marked):0.00}");
                }
            }
        }
    }

    private static double Contrast(double[] one, double[] other)
    {
        var (a, b) = (Light(one) + .05, Light(other) + .05);
        return Math.Max(a, b) / Math.Min(a, b);
    }

    private static double Light(double[] colour) => new[] { .2126, .7152, .0722 }
        .Zip(colour, (weight, part) => weight * (part <= .03928 ? part / 12.92 : Math.Pow((part + .055) / 1.055, 2.4))).Sum();

    private static double[] Hex(string hex) =>
        [.. Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Css([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Intake.Desk", "wwwroot", "css");

    private static Me Who(int endsInSeconds, int lastsSeconds = 9000)
    {
        var now = DateTimeOffset.UtcNow;
        return new Me("olga", "Olga Petrova", "operator", null, null, new OutsideSession(now.AddSeconds(endsInSeconds), now.AddSeconds(lastsSeconds), 120));
    }

    // The hub does not answer here, and is asked in vain until the test is over.
    private void SignIn(Me me)
    {
        wire.Me = me;
        _ = Services.GetRequiredService<Session>().Resume();
        Assert.Equal(me, Services.GetRequiredService<Session>().Me! with { StandsInFor = me.StandsInFor });
        wire.Asked.Clear();
    }

    [GeneratedRegex(@"--mark: rgb\((?:(?<part>\d+) ){3}/ (?<share>[\d.]+)%\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();

    /// <summary>The host, as far as the desk asks it here.</summary>
    private sealed class Wire : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        public Me? Me { get; set; }

        public DateTimeOffset Ends { get; set; }

        public string? Refusal { get; set; }

        public string? ByItself { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath["/api/v1/".Length..];
            Asked.Add($"{request.Method} {path}");
            var answer = new HttpResponseMessage(HttpStatusCode.OK);
            if (Refusal is not null)
            {
                answer.StatusCode = HttpStatusCode.Forbidden;
                answer.Content = new StringContent(Refusal);
                return Task.FromResult(answer);
            }

            if (Ends != default)
            {
                answer.Headers.Add(Headers.SessionEnds, Ends.ToString("O", CultureInfo.InvariantCulture));
            }

            object? body = path switch
            {
                "session" => Me is { Outside: { } session } me && Ends != default ? me with { Outside = session with { EndsAt = Ends } } : Me,
                "session/extend" => null,
                "devices" => Devices(),
                _ => new CommandAnswer(7, 1, true),
            };
            if (path == "devices")
            {
                ByItself = request.Headers.GetValues(Headers.ByItself).Single();
            }

            answer.StatusCode = body is null ? HttpStatusCode.NoContent : HttpStatusCode.OK;
            answer.Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body, ContractsJson.Options));
            return Task.FromResult(answer);
        }

        private static DeviceRow[] Devices() =>
        [
            new("d1", "4821-7093", new Person("olga", "Olga Petrova"), "Firefox · Windows", Given.Nine, "requested", null, "", null, null, 1),
            new("d2", "1111-2222", new Person("anton", "Anton Melnik"), "Chrome · Linux", Given.Nine, "requested", null, "", null, null, 1),
        ];
    }
}
