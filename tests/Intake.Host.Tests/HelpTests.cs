using System.Net;
using Intake.Contracts;
using Intake.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using AskForHelp = Intake.Contracts.AskForHelp;
using OrderCoverage = Intake.Contracts.OrderCoverage;

namespace Intake.Host.Tests;

/// <summary>Colleagues help each other, over HTTP and the hub (A.III.22).</summary>
[Collection(Hosted.Name)]
public sealed class HelpTests(HostFixture host)
{
    [Fact]
    [Trait("Clause", "A.III.22")]
    public async Task Help_is_asked_for_given_on_the_same_order_and_credited_to_both()
    {
        await using var olga = await host.AtWork("olga");
        await using var ion = await host.AtWork("ion");
        await using var supervisor = await host.SignIn("roman");
        var client = await Job.CleanClient(olga, skip: 2);
        var callId = await host.Ring("+74990000201");
        await Job.Answer(olga, callId, client.ClientId);
        var orderId = await Job.Draft(olga, callId, client.ClientId);
        Assert.Equal("help-not-asked", (await ion.Send($"calls/{callId}/help/join")).Word("reason"));

        await olga.Must($"calls/{callId}/help", new AskForHelp("customs papers"));
        await host.CaughtUp();
        Assert.Equal("customs papers", (await ion.Get<QueueCall>($"calls/{callId}")).HelpWanted);
        await ion.Must($"calls/{callId}/help/join");
        await host.CaughtUp();
        var helped = await olga.Get<QueueCall>($"calls/{callId}");
        Assert.Equal(("olga", "ion", null), (helped.Assignee!.Id, Assert.Single(helped.Helpers!).Id, helped.HelpWanted));
        Assert.Equal(("onCall", callId), await State(ion, "ion"));

        var moved = 0;
        await using var hub = await olga.Connect(live => live.On<string, long>(nameof(ILiveDesk.OrderMoved), (id, _) => moved += id == orderId ? 1 : 0));
        await hub.InvokeAsync(nameof(ILiveHub.WatchOrder), orderId);
        await ion.Must($"orders/{orderId}/lines", new AddLine("GR-02", 2));
        await Eventually.Holds(() => Volatile.Read(ref moved) > 0, "the taker's desk hears of what the helper does");
        var pad = await olga.Get<OrderPad>($"orders/{orderId}");
        Assert.Equal("ion", pad.Lines.Single(line => line.ProductId == "GR-02").By?.Id);
        Assert.Equal("order-of-another", (await ion.Send($"orders/{orderId}/submit")).Word("reason"));
        Assert.Equal("order-of-another", (await ion.Send($"orders/{orderId}/cancel", new Because("no"))).Word("reason"));

        await olga.Must($"orders/{orderId}/read-back");
        await olga.Must($"orders/{orderId}/submit");
        await olga.Must($"calls/{callId}/close", new CloseCall("orderTaken", null));
        await host.Followed();
        await host.CaughtUp();
        Assert.Equal("", (await State(ion, "ion")).CallId);
        var figures = (await supervisor.Get<PeopleFigures>("figures/people")).People;
        var (his, hers) = (figures.Single(one => one.StaffId == "ion"), figures.Single(one => one.StaffId == "olga"));
        Assert.True(his.HelpGiven >= 1 && hers.HelpReceived >= 1);
        Assert.Equal(pad.Lines.Single(line => line.ProductId == "GR-02").Amount, his.ValueForOthers);
        Assert.Equal(his with { }, Assert.Single((await ion.Get<PeopleFigures>("figures/mine")).People));
        Assert.Equal(HttpStatusCode.Forbidden, (await ion.Http.GetAsync(new Uri("figures/people", UriKind.Relative))).StatusCode);

        await using var vera = await host.SignIn("vera");
        Assert.Equal(
            ["HelpAsked", "HelpJoined", "HelpEnded"],
            (await vera.Get<List<HistoryEvent>>($"history/call-{callId}")).Select(one => one.Type).Where(type => type.StartsWith("Help", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Clause", "A.III.22")]
    public async Task An_order_given_to_the_helper_is_finished_by_him_after_the_call()
    {
        await using var olga = await host.AtWork("olga");
        await using var ion = await host.AtWork("ion");
        var client = await Job.CleanClient(olga, skip: 1);
        var callId = await host.Ring("+74990000202");
        await Job.Answer(olga, callId, client.ClientId);
        var orderId = await Job.Draft(olga, callId, client.ClientId);
        Assert.Equal("not-helping", (await olga.Send($"orders/{orderId}/give", new PassOrderOn("ion"))).Word("reason"));

        await olga.Must($"calls/{callId}/help", new AskForHelp("please finish it"));
        await ion.Must($"calls/{callId}/help/join");
        await olga.Must($"orders/{orderId}/give", new PassOrderOn("ion"));
        Assert.Equal("order-of-another", (await olga.Send($"orders/{orderId}/submit")).Word("reason"));
        await olga.Must($"calls/{callId}/close", new CloseCall("handedOver", null));
        await host.Followed();
        await host.CaughtUp();
        var mine = (await ion.Get<List<OrderRow>>("orders")).Single(order => order.OrderId == orderId);
        Assert.Equal(("draft", "ion", "olga"), (mine.Phase, mine.By.Id, mine.OpenedBy?.Id));
        Assert.Contains(await olga.Get<List<OrderRow>>("orders"), order => order.OrderId == orderId);

        await ion.Must($"orders/{orderId}/submit");
        var pad = await ion.Get<OrderPad>($"orders/{orderId}");
        Assert.Equal(("handedOver", "ion", "olga"), (pad.Phase, pad.By.Id, pad.Lines[0].By?.Id));
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public async Task A_draft_whose_taker_goes_on_leave_is_finished_by_the_stand_in_or_goes_back()
    {
        await using var maria = await host.AtWork("maria");
        await using var ion = await host.AtWork("ion");
        await using var supervisor = await host.SignIn("roman");
        var first = await Left(maria, await Job.CleanClient(maria, skip: 5), "+74990000203");
        var second = await Left(maria, await Job.CleanClient(maria, skip: 6), "+74990000204");
        var coverage = new OrderCoverage(
            Guid.NewGuid().ToString(), "maria", "ion", DateTimeOffset.UtcNow.AddSeconds(-1), DateTimeOffset.UtcNow.AddHours(1), "ill", "order 21");
        await supervisor.Must("absences", coverage);
        await Eventually.Holds(async () => await TakenBy(ion, first) == "ion" && await TakenBy(ion, second) == "ion", "the drafts are the stand-in's");
        await ion.Must($"orders/{first}/submit");

        await supervisor.Must($"absences/maria/{coverage.CoverageId}/end", new Because("is back"));
        await Eventually.Holds(async () => await TakenBy(ion, second) == "maria", "what is a draft still is hers again");
        Assert.Equal("ion", await TakenBy(ion, first));
        await maria.Must($"orders/{second}/cancel", new Because("the client rang off"));
    }

    [Fact]
    [Trait("Clause", "A.III.22")]
    public async Task Who_watches_the_floor_gives_an_orphaned_draft_to_another()
    {
        await using var maria = await host.AtWork("maria");
        await using var ion = await host.AtWork("ion");
        await using var supervisor = await host.SignIn("roman");
        var orderId = await Left(maria, await Job.CleanClient(maria, skip: 4), "+74990000205");
        Assert.Equal(HttpStatusCode.Forbidden, (await ion.Send($"orders/{orderId}/assign", new PassOrderOn("ion", "she is ill"))).Status);
        Assert.Equal("reason-missing", (await supervisor.Send($"orders/{orderId}/assign", new PassOrderOn("ion"))).Word("reason"));
        await supervisor.Must($"orders/{orderId}/assign", new PassOrderOn("ion", "she is ill"));
        await ion.Must($"orders/{orderId}/submit");
    }

    // A draft that is ready, and whose call is over.
    private async Task<string> Left(Person person, ClientCard client, string number)
    {
        var callId = await host.Ring(number);
        await Job.Answer(person, callId, client.ClientId);
        var orderId = await Job.Draft(person, callId, client.ClientId, quantity: 1);
        await person.Must($"calls/{callId}/close", new CloseCall("handedOver", "rings again"));
        await host.CaughtUp();
        return orderId;
    }

    private static async Task<string> TakenBy(Person person, string orderId) => (await person.Get<OrderPad>($"orders/{orderId}")).By.Id;

    private static async Task<(string State, string CallId)> State(Person person, string staffId)
    {
        var one = (await person.Get<List<FloorPerson>>("staff")).Single(one => one.StaffId == staffId);
        return (one.State, one.CallId);
    }
}
