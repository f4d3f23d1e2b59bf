using Bunit;
using Intake.Desk.Api;
using Intake.Desk.Live;
using Intake.Desk.Pad;
using Intake.Desk.Shell;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Intake.Desk.Tests;

/// <summary>A desk without a browser: components are rendered, keys pressed on them, the script's part is accepted silently.</summary>
public abstract class DeskContext : BunitContext
{
    protected DeskContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(new HttpClient { BaseAddress = Host });
        Services.AddSingleton<Lexicon>();
        Services.AddSingleton<DeskClock>();
        Services.AddSingleton<Transport>();
        Services.AddSingleton<IntakeApi>();
        Services.AddSingleton<Outside>();
        Services.AddSingleton<Notices>();
        Services.AddSingleton<Preferences>();
        Services.AddSingleton(services => new Keys(services.GetRequiredService<IJSRuntime>()));
        Services.AddSingleton(Live);
        Services.AddSingleton<Session>();
        Services.AddSingleton<CallInHand>();
    }

    /// <summary>What this desk hears of the floor; a test tells it. There is nothing here that it could connect to.</summary>
    protected LiveFeed Live { get; } = new(new Uri("http://localhost/hubs/live"), TimeProvider.System, new DeskClock(TimeProvider.System));

    private static Uri Host => new("http://localhost/api/v1/");

    /// <summary>Lets this answer in the host's place.</summary>
    protected void Answers(HttpMessageHandler wire) => Services.AddSingleton(new HttpClient(wire) { BaseAddress = Host });

    /// <summary>Returns when the desk knows who is signed in at it, as the host answers; that is before the feed would connect.</summary>
    protected async Task Resumed()
    {
        var session = Services.GetRequiredService<Session>();
        var known = new TaskCompletionSource();
        session.Changed += () => known.TrySetResult();
        _ = session.Resume();
        await known.Task;
    }
}
