using Intake.Desk;
using Intake.Desk.Api;
using Intake.Desk.Live;
using Intake.Desk.Pad;
using Intake.Desk.Shell;
using Intake.Desk.Text;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
var host = new Uri(builder.HostEnvironment.BaseAddress);
builder.RootComponents.Add<App>("#app");
builder.Services
    .AddSingleton(TimeProvider.System)
    .AddSingleton(new HttpClient { BaseAddress = new Uri(host, "api/v1/"), Timeout = TimeSpan.FromSeconds(15) })
    .AddSingleton<Transport>()
    .AddSingleton<IntakeApi>()
    .AddSingleton<DeskClock>()
    .AddSingleton(services => new LiveFeed(
        new Uri(host, "hubs/live"), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<DeskClock>()))
    .AddSingleton<Lexicon>()
    .AddSingleton<Keys>()
    .AddSingleton<Preferences>()
    .AddSingleton<Notices>()
    .AddSingleton<Outside>()
    .AddSingleton<Session>()
    .AddSingleton<CallInHand>();

var app = builder.Build();
await app.Services.GetRequiredService<Preferences>().Restore();
await app.RunAsync();
