using System.Net;
using System.Text.Json;
using Bunit;
using Intake.Contracts;
using Intake.Desk.Live;
using Intake.Desk.Queue;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

/// <summary>Calls that were answered on a phone and that nobody took, on the desk of him whose phone it was.</summary>
public sealed class OwedRegistrationTests : DeskContext
{
    private readonly Wire wire = new();

    public OwedRegistrationTests()
    {
        Answers(wire);
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void He_sees_what_his_own_phone_answered_the_last_first_until_it_is_registered()
    {
        var queue = new LiveQueue();
        queue.Apply(new QueueSnapshot(
            1, 10, [Owed("old", "101", 1), Owed("new", "101", 2), Owed("another's", "102", 3), Given.Call("waiting")],
            [Person("olga", "101"), Person("roman", "")], []));
        Assert.Equal(["new", "old"], queue.OwedRegistrationsOf("olga").Select(call => call.CallId));
        Assert.Empty(queue.OwedRegistrationsOf("roman"));
        Assert.Equal(["waiting"], queue.Waiting.Select(call => call.CallId));

        Assert.True(queue.Apply(Given.Change(
            10, 12, Owed("newest", "101", 4), Owed("new", "101", 2) with { Phase = "closed" }, Owed("out", "101", 5) with { Direction = "outbound" })));
        Assert.Equal(["newest", "old"], queue.OwedRegistrationsOf("olga").Select(call => call.CallId));
    }

    [Theory]
    [InlineData("en", "Answered and not registered")]
    [InlineData("ro", "Răspunse și neînregistrate")]
    [InlineData("ru", "Отвеченные и не оформленные")]
    [Trait("Clause", "A.III.14")]
    public void The_form_says_purpose_result_and_the_client_whom_the_number_suggests(string language, string title)
    {
        Services.GetRequiredService<Lexicon>().Choose(language);
        var panel = Render<OwedRegistrations>(it => it.Add(o => o.Calls, [Owed("c1", "101", 1) with { Candidates = [new CallerCandidate("k1", "Casa Verde", "Ion")] }]));
        Assert.Contains(title, panel.Markup, StringComparison.Ordinal);
        panel.Find("button").Click();
        Assert.DoesNotContain("orderTaken", panel.FindAll(".result option").Select(option => option.GetAttribute("value")));
        panel.Find(".purpose").Change("complaint");
        panel.Find(".result").Change("complaintRecorded");
        panel.Find(".note input").Change("late delivery");
        panel.Find("form").Submit();
        var (path, body) = Assert.Single(wire.Sent);
        Assert.Equal("calls/c1/register", path);
        Assert.Equal(
            new RegisterAfterwards("complaint", "complaintRecorded", "k1", "Ion", "late delivery"),
            JsonSerializer.Deserialize<RegisterAfterwards>(body, ContractsJson.Options));
        Assert.Empty(panel.FindAll("form"));
    }

    [Fact]
    public void A_callback_that_was_agreed_is_promised_once_and_before_the_call_is_registered()
    {
        wire.Refuse = "calls/c1/register";
        var panel = Render<OwedRegistrations>(it => it.Add(o => o.Calls, [Owed("c1", "101", 1)]));
        panel.Find("button").Click();
        panel.Find(".purpose").Change("other");
        panel.Find(".result").Change("callbackAgreed");
        panel.Find("form").Submit();
        Assert.Single(panel.FindAll("[role=alert]"));
        wire.Refuse = "";
        panel.Find("form").Submit();
        Assert.Equal(["calls/c1/callback", "calls/c1/register", "calls/c1/register"], wire.Sent.Select(sent => sent.Path));
    }

    [Fact]
    public void Nothing_is_shown_where_nothing_is_owed() => Assert.Empty(Render<OwedRegistrations>(it => it.Add(o => o.Calls, [])).Markup.Trim());

    internal static QueueCall Owed(string id, string extension, int minute) => Given.Call(id, "unregistered") with
    {
        Extension = extension,
        EndedAt = Given.Nine.AddMinutes(minute),
    };

    private static FloorPerson Person(string id, string extension) =>
        new(id, id, "operator", "ready", "", Given.Nine, "", 1, Extension: extension);

    private sealed class Wire : HttpMessageHandler
    {
        public List<(string Path, string Body)> Sent { get; } = [];

        public string Refuse { get; set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.PathAndQuery["/api/v1/".Length..];
            Sent.Add((path, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            return path == Refuse
                ? new HttpResponseMessage(HttpStatusCode.UnprocessableEntity) { Content = new StringContent("""{"code":"refused","reason":"call-registered"}""") }
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"position":7,"revision":1,"changed":true}""") };
        }
    }
}
