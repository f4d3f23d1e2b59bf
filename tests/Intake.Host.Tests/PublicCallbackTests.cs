using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Intake.Contracts;
using Intake.Domain.Callbacks;
using Intake.Host.Hosting;
using Intake.Host.Public;
using Intake.Testing;
using Microsoft.AspNetCore.DataProtection;

namespace Intake.Host.Tests;

/// <summary>A host whose forms may be sent as fast as tests do, from the company's own web site too.</summary>
public sealed class OpenFixture : HostFixture
{
    public const string Shop = "https://shop.example";

    protected override HostSettings Changed(HostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with
        {
            Public = PublicCallbackSettings.Default with { YoungestForm = TimeSpan.Zero, PerAddress = 100_000, Origins = [Shop] },
        };
    }
}

/// <summary>Calls that strangers order on the web (A.III.1).</summary>
public sealed partial class PublicCallbackTests(OpenFixture host) : IClassFixture<OpenFixture>
{
    private static int _numbers;

    [Theory]
    [InlineData("?lang=ro", "ru", "ro", "Vă sunăm noi")]
    [InlineData("", "ru-RU,ru;q=0.9,en;q=0.5", "ru", "Мы вам перезвоним")]
    [InlineData("", "de, ro;q=0.3, en;q=0.1", "ro", "Vă sunăm noi")]
    [InlineData("?lang=xx", "", "en", "We call you back")]
    [Trait("Clause", "A.III.1")]
    public async Task The_page_speaks_the_language_asked_for_and_needs_no_script_of_its_own(string query, string accepts, string language, string title)
    {
        using var http = Visitor();
        if (accepts.Length > 0)
        {
            http.DefaultRequestHeaders.Add("Accept-Language", accepts);
        }

        var page = await http.GetStringAsync(new Uri("/callback" + query, UriKind.Relative));
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<style| style=| on[a-z]+=|<script>|javascript:|_framework", page);
        Assert.All(Labelled().Matches(page), field => Assert.Contains($"for=\"{field.Groups["id"].Value}\"", page, StringComparison.Ordinal));
        Assert.InRange(page.Length, 2000, 12_000);
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task A_call_that_is_ordered_is_owed_and_the_visitor_is_told_when_by_his_own_clock()
    {
        using var http = Visitor();
        var number = Number();
        using var answer = await Send(http, await Form(http, number, day: Workday(), time: "11:00-13:00"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var done = await http.GetStringAsync(answer.Headers.Location);
        Assert.Contains("between 11:00 and 13:00", done, StringComparison.Ordinal);
        Assert.Contains("Chișinău time", done, StringComparison.Ordinal);
        Assert.Contains("tell us another time", done, StringComparison.Ordinal);

        var owed = await Owed(number);
        Assert.Equal(
            ("web", "main", "roman", "Ion Popa", "Casa Verde", "olive oil", "en", "Europe/Chisinau"),
            (owed.Source, owed.Queue, owed.Owner.Id, owed.Contact, owed.Company, owed.Words, owed.Language, owed.Zone));
        Assert.Equal((11, 13), (owed.ClientNotBefore.Hour, owed.ClientDeadline.Hour));
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task A_form_that_is_sent_twice_is_one_request()
    {
        using var http = Visitor();
        var number = Number();
        var form = await Form(http, number);
        using var first = await Send(http, form);
        using var second = await Send(http, form);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (first.StatusCode, second.StatusCode));
        Assert.Equal(1, (await Owed(number)).Requests);

        using var another = await Send(http, await Form(http, number.Insert(4, " ").Insert(7, "-")));
        Assert.Equal(HttpStatusCode.SeeOther, another.StatusCode);
        Assert.Equal(2, (await Owed(number)).Requests);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_with_the_focus_on_the_first_and_nothing_typed_is_lost_or_run()
    {
        using var http = Visitor();
        var form = await Form(http, "12");
        form["name"] = "";
        form["company"] = "<script>alert(1)</script>\"'&";
        form["words"] = "</textarea><img src=x onerror=alert(1)>";
        form.Remove("consent");
        using var answer = await Send(http, form);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        foreach (var field in (string[])["name", "number", "consent"])
        {
            Assert.Contains($"id=\"{field}-error\"", page, StringComparison.Ordinal);
            Assert.Contains($"href=\"#{field}\"", page, StringComparison.Ordinal);
        }

        Assert.Contains("autofocus", Assert.Single(Focused().Matches(page)).Value, StringComparison.Ordinal);
        Assert.Contains("id=\"name\"", Focused().Match(page).Value, StringComparison.Ordinal);
        Assert.Matches("id=\"number\"[^>]*aria-describedby=\"number-error number-hint\"[^>]*aria-invalid=\"true\"", page);
        Assert.Matches("value=\"Europe/Chisinau\" selected", page);
    }

    [Theory]
    [InlineData("day", "2020-01-01")]
    [InlineData("day", "9999-12-31")]
    [InlineData("day", "soon")]
    [InlineData("time", "13:00-11:00")]
    [InlineData("time", "now")]
    [InlineData("zone", "../../etc/passwd")]
    [InlineData("name", "\u0007")]
    [InlineData("number", "+7 911")]
    [InlineData("number", "+1 900 555 \u0007")]
    public async Task A_field_that_cannot_be_is_refused(string field, string value)
    {
        using var http = Visitor();
        var form = await Form(http, Number(), day: Workday(), time: "11:00-13:00");
        form[field] = value;
        using var answer = await Send(http, form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"id=\"{field}-error\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token", "", "could not read the form")]
    [InlineData("token", "CfDJ8forged", "could not read the form")]
    [InlineData("website", "https://spam.example", "could not read the form")]
    public async Task What_no_person_sends_is_turned_away_with_a_page(string field, string value, string said)
    {
        using var http = Visitor();
        var form = await Form(http, Number());
        form[field] = value;
        using var answer = await Send(http, form);
        Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_or_no_form_is_turned_away_with_a_page()
    {
        using var http = Visitor();
        var form = await Form(http, Number());
        form["words"] = new string('x', 100_000);
        using var large = await Send(http, form);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "text/html"), (large.StatusCode, large.Content.Headers.ContentType?.MediaType));
        using var json = await http.PostAsJsonAsync(new Uri("/callback", UriKind.Relative), form);
        Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (json.StatusCode, json.Content.Headers.ContentType?.MediaType));
        using var broken = await http.PostAsync(new Uri("/callback", UriKind.Relative), new StringContent("%%%=%", MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x")));
        Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (broken.StatusCode, broken.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task One_number_is_asked_for_so_many_times_and_then_no_more_for_a_while()
    {
        using var http = Visitor();
        var number = Number();
        for (var n = 0; n < PublicCallbackSettings.Default.PerNumber; n++)
        {
            using var taken = await Send(http, await Form(http, number));
            Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        }

        using var flood = await Send(http, await Form(http, number));
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(10)), (flood.StatusCode, flood.Headers.RetryAfter?.Delta));
        using var other = await Send(http, await Form(http, Number()));
        Assert.Equal(HttpStatusCode.SeeOther, other.StatusCode);
    }

    [Fact]
    public async Task What_a_stranger_is_told_does_not_say_whose_number_it_is()
    {
        await using var olga = await host.SignIn("olga");
        var client = await Job.CleanClient(olga);
        using var http = Visitor();
        var day = Workday();
        string?[] said =
        [
            await Told(client.Phones[0], "11:00-13:00"), await Told(Number(), "11:00-13:00"),
            await Told(client.Phones[0], "11:00-13:00"),
        ];
        Assert.NotNull(said[0]);
        Assert.Single(said.Distinct());

        async Task<string?> Told(string number, string time)
        {
            using var answer = await Send(http, await Form(http, number, day, time));
            return answer.StatusCode == HttpStatusCode.SeeOther ? await http.GetStringAsync(answer.Headers.Location) : null;
        }
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task A_web_site_of_the_companys_own_orders_calls_by_the_same_rules_and_no_other_site_does()
    {
        using var http = Visitor();
        var api = new Uri("/api/v1/public/callbacks", UriKind.Relative);
        var token = (await http.GetFromJsonAsync<PublicCallbackForm>(api))!.Token;
        var number = Number();
        var order = new OrderedCallback("Ion", number, null, null, Workday(), "11:00-13:00", "Europe/Chisinau", "ro", true, null, token);

        using var elsewhere = await Post(order, "https://elsewhere.example");
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
        Assert.False(elsewhere.Headers.Contains("Access-Control-Allow-Origin"));
        using var shop = await Post(order, OpenFixture.Shop);
        Assert.Equal(HttpStatusCode.OK, shop.StatusCode);
        Assert.Equal(OpenFixture.Shop, shop.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("Europe/Chisinau", (await shop.Content.ReadFromJsonAsync<PromisedCallback>())!.Zone);
        Assert.Equal(number, (await Owed(number)).Number);

        using var invited = new HttpRequestMessage(HttpMethod.Options, api);
        invited.Headers.Add("Origin", OpenFixture.Shop);
        invited.Headers.Add("Access-Control-Request-Method", "POST");
        invited.Headers.Add("Access-Control-Request-Headers", "content-type");
        using var preflight = await http.SendAsync(invited);
        Assert.Equal((HttpStatusCode.NoContent, true), (preflight.StatusCode, preflight.Headers.Contains("Access-Control-Allow-Methods")));

        using var bad = await Post(order with { Number = "12", Consent = false }, null);
        var errors = (await bad.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal((HttpStatusCode.BadRequest, 2), (bad.StatusCode, errors.EnumerateObject().Count()));
        using var trapped = await Post(order with { Website = "x" }, null);
        Assert.Equal(HttpStatusCode.BadRequest, trapped.StatusCode);

        // And with a desk's interface it has nothing to do.
        using var presence = new HttpRequestMessage(HttpMethod.Post, "/api/v1/presence") { Content = JsonContent.Create(new ChangePresence("ready", null)) };
        presence.Headers.Add("Origin", OpenFixture.Shop);
        using var refused = await http.SendAsync(presence);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        Task<HttpResponseMessage> Post(OrderedCallback body, string? origin)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, api) { Content = JsonContent.Create(body) };
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            return http.SendAsync(request);
        }
    }

    [Fact]
    public async Task Two_thousand_bad_forms_make_no_fault_and_show_nothing_of_the_machine()
    {
        const int Forms = 2000;
        using var http = Visitor();
        var random = new Random(20261125);
        string[] values =
        [
            "", "\0", "\uD800", "\uFFFE", "<script>alert(1)</script>", "'; drop table log.events; --", new string('я', 5000), "-1", "9999-12-31", "0001-01-01",
            "00:00-00:00", "24:00-25:00", "Europe/../..", "+37322123456", "\u202e", "🙂", "%00", "yes", "e\u0301", "2026-02-30", "-",
        ];
        string[] names = ["name", "number", "company", "words", "day", "time", "zone", "consent", "website"];
        var statuses = new Dictionary<HttpStatusCode, int>();
        for (var n = 0; n < Forms; n++)
        {
            var form = await Form(http, "+37322123456");
            foreach (var name in names)
            {
                if (random.Next(3) == 0)
                {
                    form[name] = values[random.Next(values.Length)];
                }
            }

            using var answer = await Send(http, form, random.Next(8) == 0 ? "&&=&%zz=%" : "");
            var page = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode}: {JsonSerializer.Serialize(form)}");
            Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            statuses[answer.StatusCode] = statuses.GetValueOrDefault(answer.StatusCode) + 1;
        }

        Assert.Equal(Forms, statuses.Values.Sum());
        Assert.True(statuses[HttpStatusCode.BadRequest] > Forms / 4, string.Join(", ", statuses));
        await host.CaughtUp();
    }

    [Theory]
    [InlineData(2, FormAge.Young)]
    [InlineData(3, FormAge.Right)]
    [InlineData(4 * 3600, FormAge.Right)]
    [InlineData((4 * 3600) + 1, FormAge.Old)]
    public void A_form_has_a_youngest_and_an_oldest_age(int seconds, FormAge age)
    {
        var clock = new HandClock();
        var tokens = new FormToken(new EphemeralDataProtectionProvider(), PublicCallbackSettings.Default, clock);
        var token = tokens.Issue();
        clock.Now += TimeSpan.FromSeconds(seconds);
        Assert.Equal(age, tokens.Read(token).Age);
        Assert.Equal(FormAge.Unknown, tokens.Read(token + "x").Age);
        Assert.Equal(FormAge.Unknown, new FormToken(new EphemeralDataProtectionProvider(), PublicCallbackSettings.Default, clock).Read(token).Age);
    }

    [Fact]
    public void A_promise_travels_in_an_address_and_cannot_be_written_by_anybody_else()
    {
        var clock = new HandClock();
        var tokens = new FormToken(new EphemeralDataProtectionProvider(), PublicCallbackSettings.Default, clock);
        var window = new CallbackWindow(clock.Now, clock.Now.AddHours(1), "Europe/Chisinau");
        Assert.Equal(window, tokens.Carried(tokens.Carry(window)));
        Assert.Null(tokens.Carried("anything"));
        Assert.Null(tokens.Carried(tokens.Issue()));
    }

    [Fact]
    public void Every_language_has_every_text_of_the_public_pages()
    {
        var english = PublicWords.Of("en")!.Keys.Order().ToList();
        Assert.InRange(english.Count, 50, 200);
        Assert.Equal(english, PublicWords.Of("ro")!.Keys.Order());
        Assert.Equal(english, PublicWords.Of("ru")!.Keys.Order());
    }

    private static string Number() => $"+3732270{Interlocked.Increment(ref _numbers):0000}";

    private static string Workday()
    {
        var day = DateTime.UtcNow.AddDays(2);
        return (day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(1) : day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<Dictionary<string, string>> Form(HttpClient http, string number, string day = "", string time = "")
    {
        var page = await http.GetStringAsync(new Uri("/callback?lang=en", UriKind.Relative));
        return new Dictionary<string, string>
        {
            ["token"] = Token().Match(page).Groups["token"].Value,
            ["name"] = "Ion Popa",
            ["number"] = number,
            ["company"] = "Casa Verde",
            ["words"] = "olive oil",
            ["day"] = day,
            ["time"] = time,
            ["zone"] = "Europe/Chisinau",
            ["consent"] = "yes",
            ["website"] = "",
        };
    }

    private static Task<HttpResponseMessage> Send(HttpClient http, Dictionary<string, string> form, string more = "") => http.PostAsync(
        new Uri("/callback?lang=en", UriKind.Relative),
        new StringContent(
            string.Join('&', form.Select(field => $"{field.Key}={WebUtility.UrlEncode(field.Value)}")) + more,
            MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded")));

    private HttpClient Visitor() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };

    private async Task<CallbackRow> Owed(string number)
    {
        await host.CaughtUp();
        await using var olga = await host.SignIn("olga");
        return Assert.Single(await olga.Get<List<CallbackRow>>("callbacks"), one => one.Number == number);
    }

    [GeneratedRegex("name=\"token\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("<(input|select|textarea) id=\"(?<id>[a-z]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Labelled();

    [GeneratedRegex("<[^>]*autofocus[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Focused();
}
