using System.Net;
using Bunit;
using Intake.Contracts;
using Intake.Desk.Live;
using Intake.Desk.Pages;
using Intake.Desk.Shell;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

public sealed class CompletenessPageTests : DeskContext
{
    private readonly List<string> asked = [];

    private readonly Wire wire;

    public CompletenessPageTests()
    {
        wire = new Wire(asked);
        Answers(wire);
    }

    [Theory]
    [InlineData("roman", "supervisor", true)]
    [InlineData("hanna", "head", true)]
    [InlineData("vera", "auditor", false)]
    [Trait("Clause", "A.III.14")]
    public async Task Supervisors_and_heads_register_from_the_list_what_nobody_took_and_auditors_read_it(string staffId, string role, bool may)
    {
        wire.Gaps =
        [
            new Gap("answeredNotRegistered", "call-c2", Given.Nine, "37369123456", "", null, "101", "", MayBeRegistered: true),
            new Gap("takenNotClosed", "call-c3", Given.Nine, "37369123456", "", new Person("olga", "Olga"), "101", ""),
        ];
        await SignedIn(staffId, role);
        var page = Render<CompletenessPage>();
        page.WaitForElement("table.gaps");
        Assert.Equal(may ? 1 : 0, page.FindAll("button.register").Count);
        if (!may)
        {
            return;
        }

        page.Find("button.register").Click();
        page.WaitForElement("form.afterwards");
        page.Find(".purpose").Change("other");
        page.Find(".result").Change("wrongNumber");
        wire.Gaps = [];
        page.Find("form.afterwards").Submit();
        page.WaitForState(() => page.FindAll("table.gaps").Count == 0);
        Assert.Contains(asked, one => one.EndsWith("calls/c2/register", StringComparison.Ordinal));
        Assert.EndsWith("&after=9", asked[^1], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public async Task What_somebody_else_registers_leaves_the_list()
    {
        wire.Gaps = [new Gap("answeredNotRegistered", "call-c2", Given.Nine, "37369123456", "", null, "101", "", MayBeRegistered: true)];
        await SignedIn("roman", "supervisor");
        var page = Render<CompletenessPage>();
        page.WaitForElement("table.gaps");
        wire.Gaps = [];
        Live.Queue.Apply(Given.Snapshot(1));
        await Live.Hear(Given.Change(1, 30, OwedRegistrationTests.Owed("c2", "101", 1) with { Phase = "closed", ChangedAt = 30 }));
        page.WaitForState(() => page.FindAll("table.gaps").Count == 0);
        Assert.EndsWith("&after=30", asked[^1], StringComparison.Ordinal);
    }

    private async Task SignedIn(string staffId, string role)
    {
        wire.Me = new Me(staffId, staffId, role);
        await Resumed();
        asked.Clear();
    }

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

    [Theory]
    [InlineData("en", "Ready, but the phone took no calls", "phone paused", "The telephony does not tell which phones")]
    [InlineData("ro", "Disponibil, dar telefonul nu primea apeluri", "telefon în pauză", "Telefonia nu spune care telefoane")]
    [InlineData("ru", "Готов, но телефон не принимал звонки", "телефон на паузе", "Телефония не сообщает, какие телефоны")]
    [Trait("Clause", "B.V.5")]
    public void Who_was_ready_while_his_phone_took_no_calls_is_listed_or_it_is_said_that_nobody_can_tell(
        string language, string words, string state, string untold)
    {
        wire.Gaps = [new Gap("readyWithoutPhone", "operatorSession-olga", Given.Nine, "", "", new Person("olga", "Olga"), "101", "paused")];
        Services.GetRequiredService<Lexicon>().Choose(language);
        var row = Render<CompletenessPage>().WaitForElement("table.gaps tbody tr");
        Assert.Contains(words, row.TextContent, StringComparison.Ordinal);
        Assert.Contains(state, row.TextContent, StringComparison.Ordinal);
        Assert.Equal("history/operatorSession-olga", row.QuerySelector("a")!.GetAttribute("href"));

        wire.PresenceTold = false;
        var page = Render<CompletenessPage>();
        page.WaitForElement("table.gaps");
        Assert.Contains(page.FindAll(".hint"), hint => hint.TextContent.Contains(untold, StringComparison.Ordinal));
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
        public Me? Me { get; set; }

        public bool PresenceTold { get; set; } = true;

        public IReadOnlyList<Gap> Gaps { get; set; } = Report.Gaps;

        private static readonly CompletenessReport Report = new(
            new DateOnly(2026, 11, 24), 9, 4, 3, 0.75, AnswersTold: true, OutgoingTold: false, PresenceTold: true,
            [new GapCount("missed", 0), new GapCount("talkedWithoutAnswer", 1)],
            [
                new Gap(
                    "talkedWithoutAnswer", "call-c1", Given.Nine, "37369123456", "Casa Verde", new Person("olga", "Olga"), "", "informationGiven"),
            ]);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.ToString();
            asked.Add(path);
            object answer = path switch
            {
                _ when path.EndsWith("session", StringComparison.Ordinal) => Me!,
                _ when request.Method == HttpMethod.Post => new CommandAnswer(9, 1, Changed: true),
                _ when path.Contains("calls/", StringComparison.Ordinal) => OwedRegistrationTests.Owed("c2", "101", 1),
                _ => Report with { PresenceTold = PresenceTold, Gaps = Gaps, Counts = [new GapCount("missed", 0), new GapCount("talkedWithoutAnswer", Gaps.Count)] },
            };
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(answer, answer.GetType(), ContractsJson.Options)),
            });
        }
    }
}
