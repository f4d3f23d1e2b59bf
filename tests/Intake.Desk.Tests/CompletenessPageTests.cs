using System.Net;
using Bunit;
using Intake.Contracts;
using Intake.Desk.Pages;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

public sealed class CompletenessPageTests : DeskContext
{
    private readonly List<string> asked = [];

    public CompletenessPageTests() =>
        Services.AddSingleton(new HttpClient(new Wire(asked)) { BaseAddress = new Uri("http://localhost/api/v1/") });

    [Theory]
    [InlineData("en", "Taken or closed, but no answer on the phone")]
    [InlineData("ro", "Preluat sau închis, dar fără răspuns la telefon")]
    [InlineData("ru", "Взят или закрыт, но на звонок не отвечали")]
    public void Each_gap_says_what_it_is_whose_it_is_and_opens_its_history(string language, string words)
    {
        Services.GetRequiredService<Lexicon>().Choose(language);
        var page = Render<CompletenessPage>();
        var row = page.WaitForElement("table.gaps tbody tr");
        Assert.Contains(words, row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Olga", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("history/call-c1", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("75", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".hint"));
    }

    [Fact]
    public void Another_day_and_one_kind_can_be_asked_for()
    {
        var page = Render<CompletenessPage>();
        page.WaitForElement("table.gaps");
        page.Find("#day").Change("2026-11-20");
        page.Find("#kind").Change("missed");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal(2, asked.Count));
        Assert.EndsWith("completeness?take=500&day=2026-11-20&kind=missed", asked[1], StringComparison.Ordinal);
    }

    private sealed class Wire(List<string> asked) : HttpMessageHandler
    {
        private static readonly CompletenessReport Report = new(
            new DateOnly(2026, 11, 24), 9, 4, 3, 0.75, AnswersTold: true, OutgoingTold: false,
            [new GapCount("missed", 0), new GapCount("talkedWithoutAnswer", 1)],
            [
                new Gap(
                    "talkedWithoutAnswer", "call-c1", Given.Nine, "37369123456", "Casa Verde", new Person("olga", "Olga"), "", "informationGiven"),
            ]);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add(request.RequestUri!.ToString());
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(Report, ContractsJson.Options)),
            });
        }
    }
}
