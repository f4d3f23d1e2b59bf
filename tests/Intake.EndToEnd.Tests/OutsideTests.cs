using System.Net;
using Microsoft.Playwright;

namespace Intake.EndToEnd.Tests;

/// <summary>A host whose office is one address of this machine.</summary>
public sealed class OfficeHost : RunningHost
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["INTAKE_OFFICE"] = "127.0.0.1/32",
    };
}

/// <summary>Work on a home computer, in a real browser (C6).</summary>
public sealed class OutsideTests(OfficeHost host) : IClassFixture<OfficeHost>
{
    [Fact]
    [Trait("Clause", "C6")]
    public async Task A_home_computer_is_registered_by_its_code_and_the_screen_carries_the_name()
    {
        using var way = new WayFrom(IPAddress.Parse("127.0.0.2"), host.Address);
        var home = await host.Visit("/", by: way.Address);
        await host.Enter(home, "olga");
        var code = (await home.Locator(".device-code").TextContentAsync())!;
        await RunningHost.Picture(home, "device-code");

        var anton = await host.SignIn("anton");
        Assert.Equal(0, await anton.Locator(".watermark").CountAsync());
        await anton.Locator("nav a[href=devices]").PressAsync("Enter");
        var row = anton.Locator($".devices tbody tr:has-text('{code}')");
        await row.WaitForAsync();
        await row.Locator("button").First.PressAsync("Enter");
        await anton.Locator("#because:focus").WaitForAsync();
        await anton.Keyboard.TypeAsync("order 7");
        await anton.Keyboard.PressAsync("Enter");
        await anton.Locator($".devices tbody tr.admitted:has-text('{code}')").WaitForAsync();
        await RunningHost.Picture(anton, "devices");

        await home.Locator("button.primary").PressAsync("Enter");
        await home.Locator(".feed.live").WaitForAsync(new() { Timeout = 60_000 });
        var mark = home.Locator("body > #app > .watermark, #app .watermark").First;
        Assert.Contains("Olga Petrova · ", await mark.Locator("span").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("none", await mark.EvaluateAsync<string>("mark => getComputedStyle(mark).pointerEvents"));
        Assert.Equal("true", await mark.GetAttributeAsync("aria-hidden"));
        Assert.True(await mark.EvaluateAsync<bool>(
            "mark => { const box = mark.getBoundingClientRect(); return box.left <= 0 && box.top <= 0 && box.right >= innerWidth && box.bottom >= innerHeight; }"));
        await RunningHost.Picture(home, "outside");

        // What lies beneath can be used, and a sheet above everything else carries the mark, too.
        await home.Locator("nav a[href=orders]").ClickAsync();
        await home.Locator("main .filter").WaitForAsync();
        await home.Keyboard.PressAsync("F1");
        await home.Locator("dialog .watermark").WaitForAsync();

        await row.Locator("button:has-text('Withdraw')").PressAsync("Enter");
        await anton.Locator("#because:focus").WaitForAsync();
        await anton.Keyboard.TypeAsync("lost");
        await anton.Keyboard.PressAsync("Enter");
        await anton.Locator($".devices tbody tr.withdrawn:has-text('{code}')").WaitForAsync();
        await home.Locator("#user").WaitForAsync(new() { Timeout = 60_000 });
        await home.Locator(".ended").WaitForAsync();
        Assert.Equal(0, await home.Locator(".watermark").CountAsync());
    }
}
