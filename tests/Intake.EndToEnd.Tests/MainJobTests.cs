using System.Diagnostics;
using System.Globalization;
using Intake.Testing;
using Microsoft.Playwright;

namespace Intake.EndToEnd.Tests;

/// <summary>The main job in a real browser: by keyboard alone, seen by others within a second.</summary>
[Collection(nameof(Floor))]
public sealed class MainJobTests(RunningHost host)
{
    // Telephone numbers of the demo company: two shops without debts, a key client.
    private const string Shop = "+74995215974";
    private const string SecondShop = "+74994947709";
    private const string KeyClient = "+74993545083";

    [Fact]
    public async Task An_operator_takes_an_order_by_keyboard_alone_and_the_wallboard_moves_within_a_second()
    {
        var supervisor = await host.SignIn("roman");
        await supervisor.Locator(".figure").First.WaitForAsync();
        var orders = await Orders(supervisor);
        var olga = await host.SignIn("olga");

        await host.Ring(Shop);
        var rung = Stopwatch.StartNew();
        await supervisor.Locator(".figure").First.Locator(".value", new() { HasTextString = "1" }).WaitForAsync();
        Assert.True(rung.Elapsed < TimeSpan.FromSeconds(1), $"The wallboard showed the call after {rung.ElapsedMilliseconds} ms.");

        await olga.Locator(".waiting .call").WaitForAsync();
        await olga.Keyboard.PressAsync("F2");
        await Visible(olga, "#callers .client[aria-selected=true]");
        await olga.Keyboard.PressAsync("Enter");
        await Visible(olga, "#product:focus");
        await host.Ring(SecondShop);
        await host.Ring(KeyClient);
        await host.Ring("+37360000001");
        await TakeLines(olga);
        await AnswerOffers(olga);
        await AgreeDelivery(olga);

        await olga.Keyboard.PressAsync("F8");
        await Visible(olga, "#confirm-read:focus");
        await olga.Keyboard.PressAsync("Enter");
        await Visible(olga, ".held-gates:has-text('Read-back')");
        await olga.Keyboard.PressAsync("F9");
        await Visible(olga, "#confirm-close");
        var submitted = Stopwatch.StartNew();
        await Visible(olga, ".close-call input:focus");
        await olga.Keyboard.PressAsync("Enter");
        await Visible(olga, "#next:focus");

        await Eventually.Holds(async () => await Orders(supervisor) == orders + 1, "the wallboard counts the order");
        Assert.True(submitted.Elapsed < TimeSpan.FromSeconds(5), $"The wallboard counted the order after {submitted.ElapsedMilliseconds} ms.");
        await supervisor.Locator(".figure").First.Locator(".value", new() { HasTextString = "3" }).WaitForAsync();
        await RunningHost.Picture(supervisor, "wallboard");
        await Drain(olga, 3);
    }

    [Fact]
    public async Task Who_loses_the_race_for_a_call_is_told_at_once_who_has_won()
    {
        var olga = await host.SignIn("olga");
        var ion = await host.SignIn("ion");
        var taken = new TaskCompletionSource();
        await ion.RouteAsync("**/take", async route =>
        {
            // Ion's hand is a moment slower: his request leaves once Olga has the call.
            await taken.Task;
            await route.ContinueAsync();
        });
        await host.Ring(SecondShop);
        await olga.Locator(".waiting .call").WaitForAsync();
        await ion.Locator(".waiting .call").WaitForAsync();
        await ion.Keyboard.PressAsync("F2");
        await olga.Keyboard.PressAsync("F2");
        await Visible(olga, "#caller");
        taken.SetResult();
        var notice = ion.Locator(".notice.bad");
        await notice.WaitForAsync();
        Assert.Contains("Olga Petrova was faster", await notice.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await ion.Locator("#caller").CountAsync());
        await Close(olga);
    }

    [Fact]
    public async Task Nothing_takes_the_focus_from_what_is_being_typed_when_a_call_arrives()
    {
        var olga = await host.SignIn("olga");
        await host.Ring(Shop);
        await olga.Locator(".waiting .call").WaitForAsync();
        await olga.Keyboard.PressAsync("F2");
        await Visible(olga, "#caller:focus");
        await olga.Keyboard.TypeAsync("Sy");
        await host.Ring(SecondShop);
        await olga.Locator(".waiting .call").WaitForAsync();
        await olga.Keyboard.TypeAsync("tyt");
        Assert.Equal("Sytyt", await olga.InputValueAsync("#caller"));
        await Close(olga);
        await Drain(olga, 1);
    }

    // Two of the usual products by one key each, two more by typing.
    private static async Task TakeLines(IPage page)
    {
        var lines = page.Locator(".lines tbody tr:not(.sending)");
        foreach (var (keys, quantity, expected) in new[] { ("1", "", 1), ("2", "12", 2), ("apricot", "24", 3), ("rice", "6", 4) })
        {
            await page.Keyboard.TypeAsync(keys);
            if (keys.Length > 1)
                await page.Keyboard.PressAsync("Enter");
            await Visible(page, ".picked");
            await Visible(page, "#quantity:focus");
            await page.Keyboard.TypeAsync(quantity);
            await page.Keyboard.PressAsync("Enter");
            await Visible(page, "#product:focus");
            await Eventually.Holds(async () => await lines.CountAsync() == expected, $"{expected} lines");
        }
    }

    // The first offer is accepted, the second declined, the others postponed.
    private static async Task AnswerOffers(IPage page)
    {
        await page.Keyboard.PressAsync("F6");
        await Visible(page, ".offer.open:focus");
        await RunningHost.Picture(page, "desk");
        var open = page.Locator(".offer.open");
        var left = await open.CountAsync();
        Assert.True(left >= 3, $"Only {left} offers.");
        foreach (var key in new[] { "Enter", "d", "p", "p" }.Take(left))
        {
            await Visible(page, ".offer.open:focus");
            await page.Keyboard.PressAsync(key);
            await Visible(page, "#offer-input:focus");
            await page.Keyboard.PressAsync("Enter");
            left--;
            await Eventually.Holds(async () => await open.CountAsync() == left, $"{left} offers are open");
        }
    }

    private static async Task AgreeDelivery(IPage page)
    {
        await page.Keyboard.PressAsync("F7");
        await Visible(page, "#delivery input[name=slot]:focus");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await Visible(page, "#present:focus");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await Visible(page, ".held-gates:has-text('Delivery')");
    }

    // Takes and closes what this test left in the queue, so that the next finds it empty.
    private static async Task Drain(IPage page, int calls)
    {
        for (var left = calls; left > 0; left--)
        {
            await page.Keyboard.PressAsync("F2");
            await Visible(page, "#caller:focus");
            await Close(page);
        }
    }

    private static async Task Close(IPage page)
    {
        await page.Keyboard.PressAsync("F10");
        await Visible(page, ".close-call input:focus");
        await page.Keyboard.PressAsync("Enter");
        await Visible(page, "#next");
    }

    private static Task Visible(IPage page, string selector) => page.Locator(selector).First.WaitForAsync();

    private static async Task<int> Orders(IPage wallboard) =>
        int.Parse((await wallboard.Locator(".sales dd").First.TextContentAsync())!, NumberStyles.Any, CultureInfo.InvariantCulture);
}

/// <summary>One host for all; each test leaves the queue empty.</summary>
[CollectionDefinition(nameof(Floor))]
public sealed class Floor : ICollectionFixture<RunningHost>;
