using Intake.Testing.EventStoreDb;

namespace Intake.EndToEnd.Tests;

/// <summary>A host whose log is in an EventStoreDB that the test may take away.</summary>
public sealed class StoreHost : RunningHost
{
    /// <summary>The log's server.</summary>
    public EventStoreNode Node { get; } = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Node.DisposeAsync();
    }

    protected override async Task<string?> EventLog()
    {
        await Node.Start();
        return Node.ConnectionString;
    }
}

/// <summary>What a person sees while the log is away.</summary>
public sealed class LogOutageTests(StoreHost host) : IClassFixture<StoreHost>
{
    private const string Shop = "+74995215974";

    [Fact]
    public async Task While_the_log_is_away_every_panel_says_how_old_it_is_and_what_was_typed_is_carried_out_afterwards()
    {
        var olga = await host.SignIn("olga");
        await host.Ring(Shop);
        await olga.Locator(".waiting .call").WaitForAsync();
        await olga.Keyboard.PressAsync("F2");
        await olga.Locator("#callers .client[aria-selected=true]").WaitForAsync();
        Assert.Equal(0, await olga.Locator(".panel.stale").CountAsync());

        await host.Node.Kill();
        await olga.Locator(".feed.behind").WaitForAsync();
        var panels = await olga.Locator(".panel.live").CountAsync();
        Assert.True(panels > 0);
        Assert.Equal(panels, await olga.Locator(".panel.live.stale").CountAsync());
        Assert.Contains("may be", await olga.Locator(".stale-note").First.TextContentAsync(), StringComparison.Ordinal);
        await olga.Keyboard.PressAsync("Enter");
        await RunningHost.Picture(olga, "log-away");

        await host.Node.Start();
        await olga.Locator("#product:focus").WaitForAsync();
        await olga.Locator(".feed.live").WaitForAsync();
        Assert.Equal(0, await olga.Locator(".panel.stale").CountAsync());
    }
}
