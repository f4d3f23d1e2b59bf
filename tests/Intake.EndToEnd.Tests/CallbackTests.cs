using Microsoft.Playwright;

namespace Intake.EndToEnd.Tests;

/// <summary>A call ordered on the web and one asked for in the queue, in a real browser.</summary>
[Collection(nameof(Floor))]
public sealed class CallbackTests(RunningHost host)
{
    [Theory]
    [InlineData(true, "+37322300001")]
    [InlineData(false, "+37322300002")]
    public async Task A_visitor_orders_a_call_with_and_without_scripts_and_it_stands_on_the_desk(bool scripts, string number)
    {
        var olga = await host.SignIn("olga");
        var visitor = await host.Visit("callback?lang=en", scripts);
        await visitor.FillAsync("#name", "Ion Popa");
        await visitor.FillAsync("#number", number);
        await visitor.FillAsync("#company", "Casa Verde <b>&");
        await visitor.FillAsync("#words", "Olive oil for the spring");
        Assert.Equal(scripts ? "Europe/Chisinau" : "Europe/Moscow", await visitor.InputValueAsync("#zone"));
        await visitor.SelectOptionAsync("#zone", "Europe/Chisinau");
        await visitor.CheckAsync("#consent");

        // Faster than this nobody types.
        await visitor.WaitForTimeoutAsync(3500);
        await visitor.ClickAsync("button[type=submit]");
        await visitor.Locator("h1:has-text('Thank you')").WaitForAsync();
        Assert.Contains("/callback/done", visitor.Url, StringComparison.Ordinal);
        var owed = olga.Locator($".callbacks .callback:has-text('{number}')");
        await owed.WaitForAsync();
        Assert.Contains("Casa Verde <b>&", await owed.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_said_with_the_focus_on_the_first_field_that_is_wrong()
    {
        var visitor = await host.Visit("callback?lang=ru", scripts: false);
        await visitor.FillAsync("#name", "Ion");
        await visitor.WaitForTimeoutAsync(3500);
        await visitor.ClickAsync("button[type=submit]");
        await visitor.Locator("#number:focus").WaitForAsync();
        Assert.Equal("Ion", await visitor.InputValueAsync("#name"));
        Assert.Equal(1, await visitor.Locator("#consent-error").CountAsync());
    }

    [Fact]
    public async Task An_operator_takes_a_promised_call_in_hand_by_one_key_and_settles_it_by_another()
    {
        const string Number = "+37322300009";
        var olga = await host.SignIn("olga");
        await host.Ring(Number);
        await olga.Locator($".waiting li:has-text('{Number}')").HoverAsync();
        await olga.Locator($".waiting li:has-text('{Number}') .leave").ClickAsync();
        var owed = olga.Locator($".callbacks .callback:has-text('{Number}')");
        await owed.WaitForAsync();
        Assert.Equal(0, await olga.Locator($".waiting li:has-text('{Number}')").CountAsync());
        for (var inHand = olga.Locator(".callbacks .callback.in-hand:focus"); ;)
        {
            await olga.Keyboard.PressAsync("c");
            await inHand.WaitForAsync();
            var settled = (await inHand.InnerTextAsync()).Contains(Number, StringComparison.Ordinal);
            await olga.Keyboard.PressAsync("1");
            if (settled)
            {
                break;
            }
        }

        await owed.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
