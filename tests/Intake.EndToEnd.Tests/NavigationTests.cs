using Microsoft.Playwright;

namespace Intake.EndToEnd.Tests;

/// <summary>Who may see many pages reaches each of them in a small window, in every language.</summary>
[Collection(nameof(Floor))]
public sealed class NavigationTests(RunningHost host)
{
    // Whatever of the bar lies on something else of it, or out of the window.
    private const string Misplaced =
        """
        () => {
          const parts = [...document.querySelectorAll('.top > :not(nav, .spacer), .top nav a')];
          const boxes = parts.map(part => [part.textContent.trim(), part.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
          const out = boxes.filter(([, box]) => box.left < 0 || box.right > innerWidth).map(([text]) => text);
          const on = boxes.flatMap(([text, a], n) => boxes.slice(n + 1)
            .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1).map(([other]) => `${text} / ${other}`));
          return [...out, ...on];
        }
        """;

    [Theory]
    [InlineData("anton", 11)]
    [InlineData("pavel", 11)]
    [InlineData("roman", 9)]
    [InlineData("irina", 4)]
    [InlineData("olga", 3)]
    public async Task Every_page_is_reached_from_the_bar_and_nothing_of_it_lies_on_anything(string user, int pages)
    {
        var page = await host.SignIn(user);
        await page.SetViewportSizeAsync(1280, 800);
        foreach (var language in (string[])["RU", "RO", "EN"])
        {
            await page.Locator($".top .segments button:has-text('{language}')").ClickAsync();
            await page.Locator($"html[lang={language.ToLowerInvariant()}]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            Assert.Empty(await page.EvaluateAsync<string[]>(Misplaced));
        }

        Assert.Equal(pages, await page.Locator(".top nav a").CountAsync());
        for (var n = 0; n < pages; n++)
        {
            await page.Locator(".top nav a").Nth(n).ClickAsync();
            await page.Locator(".top nav a.active").And(page.Locator(".top nav a").Nth(n)).WaitForAsync();
            await page.Locator("main#main").WaitForAsync();
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"page {n} of {user} is wider than the window");
        }
    }
}
