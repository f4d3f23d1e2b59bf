using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Intake.Contracts;
using Intake.Desk.Live;
using Intake.Desk.Pages;
using Intake.Desk.Shell;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

/// <summary>Everybody who is or was appointed, and what an administrator does about it (A.I.3).</summary>
public sealed class StaffPageTests : DeskContext
{
    private readonly List<(string Path, JsonElement Body)> sent = [];
    private readonly Queue<(HttpStatusCode, string)> answers = [];

    public StaffPageTests()
    {
        Answers(new Wire(this));
    }

    [Theory]
    [InlineData("turcanu", 1)]
    [InlineData("ŢURC", 1)]
    [InlineData("оль", 1)]
    [InlineData("horeca", 1)]
    [InlineData("operator", 2)]
    [InlineData("nobody", 0)]
    public async Task A_search_folds_case_and_diacritics_and_looks_at_all_that_is_shown(string query, int found)
    {
        var page = await Open("supervisor");
        page.Find("#find").Input(query);
        Assert.Equal(found, page.FindAll("tbody tr").Count);
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public async Task Who_may_only_read_sees_all_and_changes_nothing()
    {
        var page = await Open("head");
        Assert.Equal(3, page.FindAll("tbody tr").Count);
        Assert.Empty(page.FindAll("tbody button"));
        Assert.Empty(page.FindAll("#staff-id"));
    }

    [Fact]
    public async Task Those_who_work_here_come_first_with_their_presence_and_those_dismissed_say_so()
    {
        Live.Queue.Apply(new QueueSnapshot(1, 5, [], [new FloorPerson("olga", "Ольга", "operator", "notReady", "break", Given.Nine, "", 5)], []));
        var page = await Open("administrator");
        var rows = page.FindAll("tbody tr");
        Assert.Equal(["person-stefan", "person-olga", "person-boris"], rows.Select(row => row.Id));
        Assert.Contains("Ready", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Break", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("every queue", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("dismissed", rows[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "A.I.2")]
    public async Task Skills_are_the_queues_chosen_and_those_typed()
    {
        var page = await Open("administrator");
        Button(page, "person-stefan", "Queues").Click();
        Assert.Equal(["horeca", "main"], page.FindAll(".skills input[type=checkbox]").Select(box => box.GetAttribute("value")));
        page.Find(".skills input[value=horeca]").Change(false);
        page.Find(".skills input[value=main]").Change(true);
        page.Find(".skills input[maxlength]").Input(" regions, , export ");
        page.Find(".skills").Submit();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skills")));
        var (path, body) = Assert.Single(sent);
        Assert.Equal("staff/stefan/skills", path);
        Assert.Equal(["export", "main", "regions"], body.GetProperty("queues").EnumerateArray().Select(one => one.GetString()));
    }

    [Theory]
    [Trait("Clause", "A.I.3")]
    [InlineData("en", "Dismiss Ольга and close the session", "The call with Casa Verde stays open")]
    [InlineData("ro", "Eliberează: Ольга și închide sesiunea", "Apelul cu Casa Verde rămâne deschis")]
    [InlineData("ru", "Уволить: Ольга и закрыть сессию", "Звонок с клиентом Casa Verde останется открытым")]
    public async Task A_dismissal_takes_a_second_step_that_says_what_will_happen(string language, string button, string follows)
    {
        Services.GetRequiredService<Lexicon>().Choose(language);
        Live.Queue.Apply(new QueueSnapshot(
            1, 5, [Given.Call("c1", "connected") with { ClientName = "Casa Verde" }],
            [new FloorPerson("olga", "Ольга", "operator", "onCall", "", Given.Nine, "c1", 5)], [Given.Callback("b1"), Given.Callback("b2"), Given.Callback("b3", owner: "ion")]));
        var page = await Open("administrator");
        page.FindAll("#person-olga button")[2].Click();
        page.Find("#dismissal-order").Change("17 of 25.11.2026");
        page.FindAll(".dismissal input")[1].Change("theft");
        page.Find(".dismissal").Submit();
        Assert.Empty(sent);

        var told = page.Find("#dismissal-follows").TextContent;
        Assert.Contains(follows, told, StringComparison.Ordinal);
        Assert.Contains("2", told, StringComparison.Ordinal);
        var dismiss = page.Find(".dismissal button.danger");
        Assert.Equal(button, dismiss.TextContent);
        dismiss.Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".dismissal")));
        var (path, body) = Assert.Single(sent);
        Assert.Equal(
            ("staff/olga/dismiss", "17 of 25.11.2026", "theft"), (path, body.GetProperty("order").GetString(), body.GetProperty("reason").GetString()));
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public async Task Back_from_the_second_step_nothing_has_happened_and_nothing_typed_is_lost()
    {
        var page = await Open("administrator");
        Button(page, "person-olga", "Dismiss").Click();
        page.Find("#dismissal-order").Change("17");
        page.FindAll(".dismissal input")[1].Change("theft");
        page.Find(".dismissal").Submit();
        page.Find("#dismissal-back").Click();
        Assert.Equal("17", page.Find("#dismissal-order").GetAttribute("value"));
        Assert.Empty(sent);
    }

    [Fact]
    public async Task Nobody_dismisses_himself()
    {
        var page = await Open("administrator", "olga");
        Assert.DoesNotContain(page.FindAll("#person-olga button"), button => button.TextContent == "Dismiss");
        Assert.Contains(page.FindAll("#person-stefan button"), button => button.TextContent == "Dismiss");
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public async Task Who_was_dismissed_is_appointed_again_by_another_order_with_what_was_known_of_him()
    {
        var page = await Open("administrator");
        Button(page, "person-boris", "Appoint again").Click();
        page.Find(".opened #appointment-order").Change("41 of 4.12.2026");
        page.Find(".opened form").Submit();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".opened")));
        var (path, body) = Assert.Single(sent);
        Assert.Equal("staff/boris/appoint", path);
        Assert.Equal(
            new AppointStaff("Борис Котов", "manager", "sales", "31", "41 of 4.12.2026"), body.Deserialize<AppointStaff>(ContractsJson.Options));
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public async Task A_refusal_is_said_where_it_was_asked_and_what_was_typed_stays()
    {
        var page = await Open("administrator");
        answers.Enqueue((HttpStatusCode.UnprocessableEntity, """{"code":"refused","reason":"id-reserved","detail":"'system' is what acts by itself."}"""));
        page.Find("#staff-id").Change("system");
        page.Find("#staff-name").Change("Somebody");
        page.Find("#staff-role").Change("operator");
        page.Find("#appointment-order").Change("1");
        page.Find("section[aria-label='Appoint somebody new'] form").Submit();
        page.WaitForAssertion(() => Assert.Contains(
            "'system' is what acts by itself.", page.Find("section[aria-label='Appoint somebody new'] .refusal").TextContent, StringComparison.Ordinal));
        Assert.Equal("Somebody", page.Find("#staff-name").GetAttribute("value"));
    }

    private static IElement Button(IRenderedComponent<StaffPage> page, string row, string text) =>
        page.FindAll($"#{row} button").Single(button => button.TextContent == text);

    private async Task<IRenderedComponent<StaffPage>> Open(string role, string staffId = "anton")
    {
        var session = Services.GetRequiredService<Session>();
        answers.Enqueue((HttpStatusCode.OK, JsonSerializer.Serialize(new Me(staffId, staffId, role), ContractsJson.Options)));
        _ = session.SignIn(staffId, "");
        await Task.Yield();
        Assert.Equal(role, session.Me?.Role);
        sent.Clear();
        var page = Render<StaffPage>();
        page.WaitForElement("table.rows");
        return page;
    }

    private sealed class Wire(StaffPageTests test) : HttpMessageHandler
    {
        private static readonly StaffList List = new(
            [
                new StaffRow("boris", "Борис Котов", "manager", "sales", "31", [], "offline", "", Given.Nine, "", Dismissed: true, 3),
                new StaffRow("olga", "Ольга", "operator", "order desk", "21", [], "offline", "", Given.Nine, "", Dismissed: false, 1),
                new StaffRow("stefan", "Ștefan Țurcanu", "operator", "order desk", "22", ["horeca"], "ready", "", Given.Nine, "", Dismissed: false, 2),
            ],
            ["horeca", "main"]);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath["/api/v1/".Length..];
            if (request.Content is { } content)
            {
                test.sent.Add((path, JsonSerializer.Deserialize<JsonElement>(await content.ReadAsStringAsync(cancellationToken))));
            }

            var (status, body) = path == "people" ? (HttpStatusCode.OK, JsonSerializer.Serialize(List, ContractsJson.Options))
                : test.answers.Count > 0 ? test.answers.Dequeue()
                : (HttpStatusCode.OK, """{"position":7,"revision":2,"changed":true}""");
            return new HttpResponseMessage(status) { Content = new StringContent(body) };
        }
    }
}
