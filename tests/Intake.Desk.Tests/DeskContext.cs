using Bunit;
using Intake.Desk.Api;
using Intake.Desk.Live;
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
        Services.AddSingleton(new HttpClient { BaseAddress = new Uri("http://localhost/api/v1/") });
        Services.AddSingleton<Lexicon>();
        Services.AddSingleton<DeskClock>();
        Services.AddSingleton<Transport>();
        Services.AddSingleton<IntakeApi>();
        Services.AddSingleton<Outside>();
        Services.AddSingleton<Notices>();
        Services.AddSingleton<Preferences>();
        Services.AddSingleton(services => new Keys(services.GetRequiredService<IJSRuntime>()));
    }
}
