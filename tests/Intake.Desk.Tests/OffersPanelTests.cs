using Bunit;
using Intake.Contracts;
using Intake.Desk.Pad;
using Microsoft.AspNetCore.Components.Web;

namespace Intake.Desk.Tests;

public sealed class OffersPanelTests : DeskContext
{
    private readonly List<(string Id, decimal Quantity)> accepted = [];
    private readonly List<(string Id, string Reason)> declined = [];
    private readonly List<(string Id, DateOnly Until)> postponed = [];

    [Fact]
    public void Enter_asks_for_the_quantity_and_Enter_again_accepts()
    {
        var panel = Panel(Given.Offer("1"), Given.Offer("2"));
        Press(panel, "Enter");
        panel.Find("#offer-input").Input("6");
        panel.Find("form").Submit();
        Assert.Equal(("1", 6m), Assert.Single(accepted));
    }

    [Fact]
    public void An_empty_quantity_is_one()
    {
        var panel = Panel(Given.Offer("1"));
        Press(panel, "Enter");
        panel.Find("form").Submit();
        Assert.Equal(("1", 1m), Assert.Single(accepted));
    }

    [Fact]
    public void What_is_no_number_is_not_accepted()
    {
        var panel = Panel(Given.Offer("1"));
        Press(panel, "Enter");
        panel.Find("#offer-input").Input("many");
        panel.Find("form").Submit();
        Assert.Empty(accepted);
    }

    [Theory]
    [InlineData("KeyD")]
    [InlineData("Delete")]
    public void Decline_takes_the_reason_by_its_number(string key)
    {
        var panel = Panel(Given.Offer("1"));
        Press(panel, key);
        Assert.Equal(5, panel.FindAll(".reasons button").Count);
        Press(panel, "Digit2");
        Assert.Equal(("1", "Too expensive"), Assert.Single(declined));
    }

    [Fact]
    public void Postpone_proposes_a_day_to_come()
    {
        var panel = Panel(Given.Offer("1"));
        Press(panel, "KeyP");
        panel.Find("form").Submit();
        var (id, until) = Assert.Single(postponed);
        Assert.Equal("1", id);
        Assert.True(until > DateOnly.FromDateTime(DateTime.Today));
    }

    [Fact]
    public void Escape_leaves_an_offer_open()
    {
        var panel = Panel(Given.Offer("1"));
        Press(panel, "KeyD");
        Press(panel, "Escape");
        Assert.Empty(panel.FindAll(".reasons"));
        Assert.Empty(declined);
    }

    [Fact]
    public void An_answered_offer_hears_no_key()
    {
        var panel = Panel(Given.Offer("1", "declined"));
        Assert.Equal("-1", panel.Find(".offer").GetAttribute("tabindex"));
        Press(panel, "Enter");
        Assert.Empty(panel.FindAll("#offer-input"));
    }

    private static void Press(IRenderedComponent<OffersPanel> panel, string code) =>
        panel.Find(".offer").KeyDown(new KeyboardEventArgs { Code = code });

    private IRenderedComponent<OffersPanel> Panel(params OfferRow[] offers) => Render<OffersPanel>(panel => panel
        .Add(it => it.Offers, offers)
        .Add(it => it.Editable, true)
        .Add(it => it.OnAccept, answer => accepted.Add(answer))
        .Add(it => it.OnDecline, answer => declined.Add(answer))
        .Add(it => it.OnPostpone, answer => postponed.Add(answer)));
}
