using Bunit;
using Intake.Contracts;
using Intake.Desk.Floor;
using Intake.Desk.Pad;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

public sealed class PanelTests : DeskContext
{
    private static readonly GateState[] Gates =
    [
        new("credit", true, string.Empty), new("offers", false, "2 offered positions have no answer yet."),
        new("readBack", false, "Read the order back to the client."),
    ];

    [Fact]
    public void Each_open_gate_says_what_to_do_and_by_which_key()
    {
        var panel = Render<GatePanel>(gates => gates.Add(it => it.Gates, Gates));
        var open = panel.FindAll(".open-gates li");
        Assert.Equal(2, open.Count);
        Assert.Contains("2 offered positions have no answer yet.", open[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("F6", open[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("F8", open[1].TextContent, StringComparison.Ordinal);
        Assert.Single(panel.FindAll(".held-gates li"));
    }

    [Fact]
    public void Gates_speak_the_language_of_the_person()
    {
        Services.GetRequiredService<Lexicon>().Choose("ru");
        var panel = Render<GatePanel>(gates => gates.Add(it => it.Gates, Gates));
        Assert.Contains("Прочитайте заказ клиенту.", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Once_submitted_all_gates_count_as_held()
    {
        var panel = Render<GatePanel>(gates => gates.Add(it => it.Gates, Gates).Add(it => it.Submitted, true));
        Assert.Empty(panel.FindAll(".open-gates li"));
        Assert.Equal(3, panel.FindAll(".held-gates li").Count);
    }

    [Theory]
    [InlineData(Standing.Met, "✓", "on target")]
    [InlineData(Standing.Watch, "◆", "watch")]
    [InlineData(Standing.Missed, "▲", "act now")]
    public void A_figure_tells_its_state_by_sign_and_word_and_not_by_colour_alone(Standing standing, string sign, string word)
    {
        var figure = Render<Figure>(it => it.Add(f => f.Title, "Waiting").Add(f => f.Target, "At most 3").Add(f => f.Standing, standing));
        var said = figure.Find(".standing").TextContent;
        Assert.Contains(sign, said, StringComparison.Ordinal);
        Assert.Contains(word, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "", null, Step.Identify)]
    [InlineData("order", "", "", null, Step.Identify)]
    [InlineData("order", "k1", "", null, Step.Route)]
    [InlineData("order", "k1", "operator", null, Step.Open)]
    [InlineData("order", "k1", "operator", "draft", Step.Order)]
    [InlineData("order", "k1", "operator", "refused", Step.Open)]
    [InlineData("order", "k1", "operator", "handedOver", Step.Order)]
    [InlineData("referenceInformation", "", "operator", null, Step.Talk)]
    public void The_next_step_follows_from_the_call(string purpose, string client, string destination, string? order, Step step)
    {
        var call = Given.Call("a", "connected") with { Purpose = purpose, ClientId = client, Destination = destination };
        Assert.Equal(step, Steps.Of(call, order is null ? null : Order(order)));
    }

    [Fact]
    public void A_call_offered_to_somebody_waits_for_him_and_a_callback_is_told()
    {
        var offered = Given.Call("a", "connected") with
        {
            Purpose = "order", ClientId = "k1", Destination = "transfer", AskedNow = new Person("irina", "Irina"),
        };
        Assert.Equal(Step.Offered, Steps.Of(offered, null));
        Assert.Equal(Step.Callback, Steps.Of(offered with { Phase = "convertedToCallback" }, null));
        Assert.Equal(Step.Idle, Steps.Of(null, null));
    }

    private static OrderPad Order(string phase) => new(
        "o1", phase, "a", "k1", "Linella", "retail", new Person("ana", "Ana"), "B", 7, "C", 1, [], 0, [], false, null, null, null, false,
        false, [], Given.Nine, null, 1);
}
