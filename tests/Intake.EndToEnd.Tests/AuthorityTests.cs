using Microsoft.Playwright;

namespace Intake.EndToEnd.Tests;

/// <summary>Who decides, in a real browser: a question to the head, and somebody who stands in for him.</summary>
[Collection(nameof(Floor))]
public sealed class AuthorityTests(RunningHost host)
{
    private const string Shop = "+74995215974";
    private static readonly string[] Heads = ["pavel", "tatiana"];

    [Fact]
    [Trait("Clause", "A.III.11")]
    public async Task The_operator_asks_the_head_and_goes_on_when_he_has_said_yes()
    {
        var olga = await host.SignIn("olga");
        var heads = await Task.WhenAll(Heads.Select(host.SignIn));
        await host.Ring(Shop);
        await olga.Locator(".waiting .call").WaitForAsync();
        await olga.Keyboard.PressAsync("F2");
        await Visible(olga, "#callers .client[aria-selected=true]");
        await olga.Keyboard.PressAsync("Enter");
        await Visible(olga, "#product:focus");
        await olga.Keyboard.TypeAsync("1");
        await Visible(olga, "#quantity:focus");
        await olga.Keyboard.PressAsync("Enter");
        await Visible(olga, ".lines tbody tr:not(.sending)");

        await olga.Locator("button:has-text('Ask the head')").PressAsync("Enter");
        await Visible(olga, "#consult-question:focus");
        await olga.Keyboard.TypeAsync("He wants to pay in 60 days.");
        await RunningHost.Picture(olga, "consult");
        await olga.Locator(".consult button[type=submit]").PressAsync("Enter");
        await Visible(olga, ".open-gates:has-text('not answered yet')");

        await Task.WhenAny(heads.Select(head => head.Locator(".owed q").WaitForAsync()));
        var head = await heads[0].Locator(".owed q").CountAsync() > 0 ? heads[0] : heads[1];
        Assert.Equal("He wants to pay in 60 days.", await head.Locator(".owed q").TextContentAsync());
        await head.Locator(".owed button:has-text('Answer')").PressAsync("Enter");
        await Visible(head, "#consult-answer:focus");
        await head.Keyboard.TypeAsync("Once, until March.");
        await RunningHost.Picture(head, "decisions-owed");
        await head.Keyboard.PressAsync("Enter");
        await head.Locator(".owed").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Visible(olga, ".held-gates:has-text('Head’s answer')");

        await olga.Keyboard.PressAsync("F10");
        await Visible(olga, ".close-call input:focus");
        await olga.Keyboard.PressAsync("Enter");
        await Visible(olga, "#next");
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public async Task A_supervisor_orders_who_stands_in_and_both_desks_say_so()
    {
        var roman = await host.SignIn("roman");
        var ion = await host.SignIn("ion");
        Assert.Equal(0, await ion.Locator("nav a[href=history]").CountAsync());
        await roman.Locator("nav a[href=absences]").PressAsync("Enter");
        await Visible(roman, "#absent");
        await roman.SelectOptionAsync("#absent", "pavel");
        await roman.SelectOptionAsync("#stand-in", "ion");
        await roman.Locator(".absences .fields input").Nth(2).FillAsync("leave");
        await roman.Locator(".absences .fields input").Nth(3).FillAsync("order 12");
        await roman.Keyboard.PressAsync("Enter");
        await Visible(roman, ".absences tbody tr:has-text('Pavel Danilov')");
        await RunningHost.Picture(roman, "absences");

        await Visible(ion, ".stands-in:has-text('Pavel Danilov')");
        await Visible(ion, "nav a[href=history]");
        await roman.Locator(".absences tbody button").PressAsync("Enter");
        await ion.Locator(".stands-in").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal(0, await ion.Locator("nav a[href=history]").CountAsync());
    }

    private static Task Visible(IPage page, string selector) => page.Locator(selector).First.WaitForAsync();
}
