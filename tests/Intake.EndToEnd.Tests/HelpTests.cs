using Microsoft.Playwright;

namespace Intake.EndToEnd.Tests;

/// <summary>Two operators on one call, in two real browsers (A.III.22).</summary>
[Collection(nameof(Floor))]
public sealed class HelpTests(RunningHost host)
{
    private const string Shop = "+74995528210";

    [Fact]
    [Trait("Clause", "A.III.22")]
    public async Task A_colleague_is_asked_works_on_the_same_order_and_finishes_it_after_the_call()
    {
        var olga = await host.SignIn("olga");
        var ion = await host.SignIn("ion");
        await host.Ring(Shop);
        await olga.Locator(".waiting .call").First.WaitForAsync();
        await olga.Keyboard.PressAsync("F2");
        await Visible(olga, "#callers .client[aria-selected=true]");
        await olga.Keyboard.PressAsync("Enter");
        await Line(olga, "1");

        await olga.Locator(".call-header button:has-text('Ask for help')").PressAsync("Enter");
        await Visible(olga, "#help-words:focus");
        await olga.Keyboard.TypeAsync("customs papers");
        await olga.Keyboard.PressAsync("Enter");
        await Visible(olga, ".help-bar.asked:has-text('customs papers')");
        await Visible(ion, ".help-asked:has-text('customs papers')");
        await ion.Locator(".help-asked button").PressAsync("Enter");
        await Visible(ion, ".help-bar:has-text('You help Olga Petrova')");
        await Visible(olga, ".help-bar:has-text('Ion Ciobanu helps you')");
        Assert.Equal(0, await ion.Locator("#submit").CountAsync());

        await Line(ion, "2");
        await Visible(olga, ".lines tbody tr:has-text('by Ion Ciobanu')");
        await RunningHost.Picture(olga, "help");

        await olga.Locator(".help-bar button:has-text('Give')").PressAsync("Enter");
        await Visible(olga, ".help-bar:has-text('Ion Ciobanu finishes this order')");
        await Visible(ion, "#submit");
        await olga.Keyboard.PressAsync("F10");
        await Visible(olga, ".close-call input:checked");
        await olga.Locator("#confirm-close").PressAsync("Enter");
        await Visible(olga, "#next");

        await Visible(ion, ".help-bar:has-text('You finish this order')");
        await ion.Keyboard.PressAsync("F10");
        await ion.Locator(".to-finish button:has-text('from Olga Petrova')").PressAsync("Enter");
        await Visible(ion, ".lines tbody tr:has-text('by Olga Petrova')");
        await Visible(ion, ".open-gates:has-text('Offer')");
        await Visible(olga, ".my-day");
    }

    // By the number of a usual product: quantity one.
    private static async Task Line(IPage page, string usual)
    {
        var before = await page.Locator(".lines tbody tr:not(.sending)").CountAsync();
        await Visible(page, "#product");
        await page.Locator("#product").FocusAsync();
        await page.Keyboard.TypeAsync(usual);
        await Visible(page, "#quantity:focus");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".lines tbody tr:not(.sending)").Nth(before).WaitForAsync();
    }

    private static Task Visible(IPage page, string selector) => page.Locator(selector).First.WaitForAsync();
}
