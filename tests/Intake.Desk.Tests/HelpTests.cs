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

/// <summary>Who asks for help and who helps, as the desks show it (A.III.22).</summary>
[Trait("Clause", "A.III.22")]
public sealed class HelpTests : DeskContext
{
    private static readonly Person Olga = new("olga", "Olga");
    private static readonly Person Ion = new("ion", "Ion");

    public HelpTests()
    {
    }

    [Fact]
    public void Who_asks_longest_is_first_and_nobody_is_asked_for_his_own_call()
    {
        Live.Queue.Apply(Given.Snapshot(5, Asking("a", Olga, 10), Asking("b", Ion, 0), Given.Call("c", "connected") with { Assignee = Olga }));
        Assert.Equal(["b", "a"], Live.Queue.AskingForHelp("vera").Select(call => call.CallId));
        Assert.Equal(["a"], Live.Queue.AskingForHelp("ion").Select(call => call.CallId));
    }

    [Fact]
    public void A_request_says_who_asks_with_what_and_for_whom()
    {
        Live.Queue.Apply(Given.Snapshot(5, Asking("a", Olga, 0) with { ClientName = "Casa Verde" }, Asking("b", Ion, 1) with { HelpWanted = "" }));
        var asked = Render<HelpAskedFor>(it => it.Add(panel => panel.Calls, Live.Queue.AskingForHelp("vera"))).FindAll("li");
        Assert.Equal(2, asked.Count);
        Assert.Contains("Olga", asked[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("customs papers · Casa Verde", asked[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("did not say with what", asked[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_floor_shows_who_asks_and_who_helps_whom()
    {
        Live.Queue.Apply(new QueueSnapshot(
            1, 5, [Asking("a", Olga, 0), Given.Call("b", "connected") with { Assignee = new Person("vera", "Vera"), Helpers = [Ion] }],
            [Busy("ion", "b"), Busy("olga", "a")], []));
        var rows = Render<FloorList>().FindAll("tbody tr");
        Assert.Contains("helps Vera", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("▲ asks for help: customs papers", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_whose_order_another_finishes_is_most_likely_handed_over()
    {
        var call = Given.Call("a", "wrapUp") with { Purpose = "order", Assignee = Olga };
        Assert.Equal("handedOver", Steps.ResultOf(call, Draft(Ion)));
        Assert.Equal("orderNotTaken", Steps.ResultOf(call, Draft(Olga)));
    }

    [Fact]
    public void Orders_to_finish_say_from_whom_they_come()
    {
        var given = new OrderRow(
            "o1", "draft", "a", "k1", "Casa Verde", "retail", Ion, 2, 99.5m, 0, 0, Given.Nine, null, null, "", 1, Olga);
        var rows = Render<OrdersToFinish>(it => it.Add(panel => panel.Orders, [given, given with { OrderId = "o2", OpenedBy = Ion }])).FindAll("li");
        Assert.Contains("from Olga", rows[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("from", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Ask for help")]
    [InlineData("ro", "Cere ajutor")]
    [InlineData("ru", "Попросить помощи")]
    public void The_owner_of_a_call_asks_in_his_language_and_a_helper_has_nothing_to_close(string language, string words)
    {
        Services.GetRequiredService<Lexicon>().Choose(language);
        var own = Render<CallHeader>(it => it.Add(header => header.Call, Given.Call("a", "connected")));
        Assert.Contains(words, own.Find("button.bare").TextContent, StringComparison.Ordinal);
        Assert.Empty(Render<CallHeader>(it => it.Add(header => header.Call, Given.Call("a", "connected")).Add(header => header.Owns, false)).FindAll("button"));
    }

    private static QueueCall Asking(string id, Person by, int second) => Given.Call(id, "connected") with
    {
        Assignee = by,
        HelpWanted = "customs papers",
        HelpAskedAt = Given.Nine.AddSeconds(second),
    };

    private static FloorPerson Busy(string id, string call) => new(id, id, "operator", "onCall", "", Given.Nine, call, 1);

    private static OrderPad Draft(Person by) => new(
        "o1", "draft", "a", "k1", "Linella", "retail", by, "B", 7, "C", 1, [], 0, [], false, null, null, null, false, false, [], Given.Nine, null, 1);
}
