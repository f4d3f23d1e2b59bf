using System.Net;
using System.Text.Json;
using Bunit;
using Intake.Contracts;
using Intake.Desk.Live;
using Intake.Desk.Pad;
using Intake.Desk.Queue;
using Intake.Desk.Shell;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

/// <summary>Who stands in says by each command for whom, as long as that one is absent (A.I.6).</summary>
[Trait("Clause", "A.I.6")]
public sealed class ActingForTests : DeskContext
{
    private static readonly Person Irina = new("irina", "Irina Rusu");

    private readonly List<(string Path, string? OnBehalfOf)> sent = [];
    private QueueCall call = Given.Call("c1", "connected") with
    {
        Assignee = new Person("maria", "Maria"),
        ClientId = "K-01",
        Purpose = "order",
        Destination = "transfer",
        OrderId = "o1",
        ActingFor = Irina,
    };
    private Me me = new("maria", "Maria", "operator", [new Represented("irina", "Irina Rusu", "keyAccountManager")]);

    public ActingForTests()
    {
        Answers(new Wire(this));
    }

    private Session Session => Services.GetRequiredService<Session>();

    private CallInHand Hand => Services.GetRequiredService<CallInHand>();

    [Fact]
    public async Task Every_command_on_the_call_in_hand_and_on_its_order_names_the_absent_person()
    {
        await HasTheCall();
        await Hand.Confirm("K-02", "the owner", "order", null);
        await Hand.Open();
        await Hand.Put("p1", "Olive oil", 2);
        await Hand.Change("submit", (api, order) => api.Submit(order));
        await Hand.Change("lines", (api, order) => api.RemoveLine(order, 1));
        await Hand.Change("lines", (api, order) => api.ChangeLine(order, 1, 3));
        await Hand.Close("callbackAgreed", null);
        var paths = sent.Select(one => one.Path).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "calls/c1/identify", "calls/c1/purpose", "calls/c1/route", "orders", "orders/o1/lines", "orders/o1/submit", "orders/o1/lines/1",
                "orders/o1/cancel", "calls/c1/callback", "calls/c1/close",
            },
            paths);
        Assert.All(sent, one => Assert.Equal("irina", one.OnBehalfOf));
    }

    [Fact]
    public async Task A_call_taken_by_ones_own_right_names_nobody()
    {
        call = call with { ActingFor = null };
        await HasTheCall();
        await Hand.Change("submit", (api, order) => api.Submit(order));
        Assert.Equal(("orders/o1/submit", null), Assert.Single(sent));
    }

    [Fact]
    public async Task Once_the_absent_person_is_back_nobody_is_named_any_more()
    {
        await HasTheCall();
        me = me with { StandsInFor = [] };
        Resume();
        await Hand.Change("submit", (api, order) => api.Submit(order));
        Assert.Equal(("orders/o1/submit", null), Assert.Single(sent));
    }

    [Theory]
    [InlineData("en", "for Irina Rusu, who is absent")]
    [InlineData("ro", "pentru Irina Rusu, care lipsește")]
    [InlineData("ru", "вместо отсутствующего сотрудника: Irina Rusu")]
    public async Task The_calls_header_says_for_whom_as_long_as_he_is_absent(string language, string words)
    {
        Services.GetRequiredService<Lexicon>().Choose(language);
        Resume();
        var header = Render<CallHeader>(it => it.Add(one => one.Call, call));
        Assert.Contains(words, header.Markup, StringComparison.Ordinal);
        me = me with { StandsInFor = [] };
        Resume();
        await Task.Yield();
        header.WaitForAssertion(() => Assert.DoesNotContain(words, header.Markup, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("irina", "irina")]
    [InlineData("maria", null)]
    [InlineData("pavel", null)]
    public void A_decision_that_was_raised_to_the_absent_person_is_given_in_his_place(string raisedTo, string? onBehalfOf)
    {
        Resume();
        var row = new EscalationRow(
            "e1", "nonStandard", "", "c1", "o1", "60 days?", "K-01", "Casa Verde", "key", new Person("olga", "Olga"), new Person("maria", "Maria"), Given.Nine,
            Given.Nine.AddHours(1), null, false, false, "", null, 7, new Person(raisedTo, raisedTo));
        var owed = Render<DecisionsOwed>(it => it.Add(one => one.Rows, [row]));
        owed.Find("button").Click();
        owed.Find("#consult-answer").Input("Once.");
        owed.Find("form").Submit();
        owed.WaitForAssertion(() => Assert.Equal(("orders/o1/consult/e1/decide", onBehalfOf), Assert.Single(sent)));
    }

    // Not awaited: it goes on trying to reach the hub, which is not there.
    private void Resume()
    {
        _ = Session.Resume();
        Assert.Equal(me.StandsInFor!.Count, Session.Me?.StandsInFor?.Count);
    }

    private async Task HasTheCall()
    {
        Resume();
        await Hand.Take("c1");
        Assert.Equal("o1", Hand.Order?.OrderId);
        sent.Clear();
    }

    private sealed class Wire(ActingForTests test) : HttpMessageHandler
    {
        private static readonly OrderPad Draft = new(
            "o1", "draft", "c1", "K-01", "Casa Verde", "key", new Person("maria", "Maria"), "B", 7, "C", 1, [], 0, [], false, null, null, null, false,
            false, [], Given.Nine, null, 1);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath["/api/v1/".Length..];
            if (request.Method != HttpMethod.Get)
            {
                test.sent.Add((path, request.Headers.TryGetValues(Headers.OnBehalfOf, out var absent) ? absent.Single() : null));
                return Json("""{"position":7,"revision":2,"changed":true}""");
            }

            return path switch
            {
                "session" => Json(JsonSerializer.Serialize(test.me, ContractsJson.Options)),
                _ when path.StartsWith("calls/", StringComparison.Ordinal) => Json(JsonSerializer.Serialize(test.call, ContractsJson.Options)),
                _ when path.StartsWith("orders/", StringComparison.Ordinal) => Json(JsonSerializer.Serialize(Draft, ContractsJson.Options)),
                _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("{}") }),
            };
        }

        private static Task<HttpResponseMessage> Json(string body) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });
    }
}
