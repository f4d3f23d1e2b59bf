using System.Net;
using System.Text.Json;
using Bunit;
using Intake.Contracts;
using Intake.Desk.Floor;
using Intake.Desk.Live;
using Intake.Desk.Pad;
using Intake.Desk.Queue;
using Intake.Desk.Shell;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

/// <summary>The left of the desk and its middle while no call is in hand: what waits, what rings, and who is next.</summary>
public sealed class QueueColumnTests : DeskContext
{
    private readonly Dictionary<string, TaskCompletionSource> cards = [];
    private readonly List<string> sent = [];

    public QueueColumnTests()
    {
        Answers(new Wire(this));
        _ = Services.GetRequiredService<Session>().Resume();
    }

    private CallInHand Hand => Services.GetRequiredService<CallInHand>();

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void A_call_that_rings_for_her_is_in_one_place_and_the_count_is_of_the_others()
    {
        Live.Queue.Apply(Given.Snapshot(5, Ringing("a", "olga", 90), Given.Call("b", waitedSeconds: 20), Ringing("c", "ion", 10)));
        var column = Render<QueueColumn>();
        Assert.Single(column.FindAll(".ringing .call"));
        Assert.Equal(2, column.FindAll(".waiting button.call").Count);
        Assert.Equal("2", column.Find(".waiting .count").TextContent);
    }

    [Fact]
    public void The_key_stands_at_the_call_that_it_takes_though_one_before_it_rings_at_a_colleague()
    {
        Live.Queue.Apply(Given.Snapshot(5, Ringing("a", "ion", 90), Given.Call("b", waitedSeconds: 20), Given.Call("c", waitedSeconds: 10)));
        var calls = Render<QueueColumn>().FindAll(".waiting button.call");
        Assert.Equal([0, 1, 0], calls.Select(call => call.QuerySelectorAll("kbd").Length));
    }

    [Fact]
    public async Task The_card_of_who_was_next_is_dropped_when_another_has_taken_the_call()
    {
        cards["A"] = new TaskCompletionSource();
        cards["B"] = new TaskCompletionSource();
        cards["A"].SetResult();
        await Hand.Look("A");
        Assert.Equal("A", Hand.Client?.ClientId);

        var next = Hand.Look("B");
        Assert.Null(Hand.Client);
        var nobody = Hand.Look("");
        cards["B"].SetResult();
        await Task.WhenAll(next, nobody);
        Assert.Null(Hand.Client);
    }

    [Theory]
    [InlineData("en", "Say that you are ready to get calls.")]
    [InlineData("ro", "Treceți pe „Disponibil” ca să primiți apeluri.")]
    [InlineData("ru", "Сообщите о готовности, чтобы получать звонки.")]
    public void Who_is_offline_is_told_so_and_becomes_ready_by_one_button(string language, string words)
    {
        Services.GetRequiredService<Lexicon>().Choose(language);
        Assert.Empty(Render<IdlePad>().FindAll("#ready"));
        Live.Queue.Apply(Given.Snapshot(5));
        var pad = Render<IdlePad>();
        Assert.Contains(words, pad.Find(".offline-hint").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Services.GetRequiredService<Lexicon>()["idle.quiet"], pad.Markup, StringComparison.Ordinal);
        pad.Find("#ready").Click();
        pad.WaitForAssertion(() => Assert.Equal("""presence {"presence":"ready","reason":null}""", Assert.Single(sent)));

        Live.Queue.Apply(new QueueSnapshot(1, 6, [], [new FloorPerson("olga", "Olga", "operator", "ready", "", Given.Nine, "", 6)], []));
        pad = Render<IdlePad>();
        Assert.Empty(pad.FindAll(".offline-hint"));
        Assert.Contains(Services.GetRequiredService<Lexicon>()["idle.quiet"], pad.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_column_of_the_people_on_the_wallboard_is_a_cell_as_the_others_are()
    {
        Live.Queue.Apply(new QueueSnapshot(1, 5, [], [new FloorPerson("ana", "Ana", "operator", "wrapUp", "", Given.Nine, "", 5)], []));
        Assert.All(Render<FloorList>().FindAll("tbody td"), cell => Assert.Null(cell.GetAttribute("class")));
    }

    private static QueueCall Ringing(string id, string at, int waitedSeconds) =>
        Given.Call(id, waitedSeconds: waitedSeconds) with { OfferedTo = new Person(at, at), OfferedAt = Given.Nine };

    private sealed class Wire(QueueColumnTests test) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath["/api/v1/".Length..];
            if (request.Content is { } content)
            {
                test.sent.Add($"{path} {await content.ReadAsStringAsync(cancellationToken)}");
                return Json("""{"position":7,"revision":2,"changed":true}""");
            }

            if (path == "session")
            {
                return Json(JsonSerializer.Serialize(new Me("olga", "Olga", "operator", []), ContractsJson.Options));
            }

            if (!path.StartsWith("clients/", StringComparison.Ordinal))
            {
                return new HttpResponseMessage(HttpStatusCode.NotFound);
            }

            var client = path["clients/".Length..];
            await test.cards[client].Task;
            return Json(JsonSerializer.Serialize(
                new ClientCard(
                    client, client, "retail", "", "", "", "ro", "", null, "", [], [], [], "B", "C", "", null, "clear", "", null, [], [], 1),
                ContractsJson.Options));
        }

        private static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body) };
    }
}
