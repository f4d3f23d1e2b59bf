using System.Net.Http.Json;
using Intake.Contracts;
using Intake.Domain;
using Intake.Domain.Staff;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Host.Accounts;
using Intake.Host.Hosting;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Benchmarks;

/// <summary>
/// From the answer of an append to the change's arrival at a desk, at so many appends per second in an open loop: the whole host runs,
/// with projections, policies and push, and the desk is a client of its live hub over a real socket.
/// </summary>
internal sealed class HubLagBenchmark(int perSecond) : IBenchmark
{
    public string Name => "lag-hub";

    public Task<IReadOnlyList<Figure>> Measure(Server server, RunLength length, CancellationToken cancel) =>
        server.WithFreshSystem(async fresh =>
        {
            var folder = Directory.CreateTempSubdirectory("intake-bench-");
            try
            {
                var data = new DataFolder(folder.FullName);
                var settings = new HostSettings(fresh.Database, data, data.Secret("telephony-key"), Application.Home.DefaultZone)
                {
                    EventLog = fresh.EventLog,
                    EventLogPrefix = fresh.Prefix,
                };
                await IntakeServices.Migrate(settings, cancel);
                await using var app = WebHost.Build(settings, "http://127.0.0.1:0");
                await Appoint(app.Services, data, cancel);
                await app.StartAsync(cancel);
                await IntakeServices.ReadModelsOf(app.Services, cancel);
                var desk = new WatchingDesk();
                await using var hub = await desk.Connect(new Uri(app.Urls.First()), data.Secret("first-password"), cancel);
                var figures = await OpenLoop.Lag(
                    Name, app.Services.GetRequiredService<IEventLog>(), perSecond, length, position => desk.Sees(position.Number), cancel);
                await hub.DisposeAsync();
                await app.StopAsync(cancel);
                return figures;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });

    private static async Task Appoint(IServiceProvider services, DataFolder data, CancellationToken cancel)
    {
        var watcher = new StaffAppointed("watcher", "Watcher", StaffRole.Operator, "bench", string.Empty, string.Empty);
        var envelope = new Envelope(Guid.NewGuid(), string.Empty, string.Empty, DateTimeOffset.UtcNow, Actor.System, null, [], "bench");
        await services.GetRequiredService<IEventLog>().Append(
            new StreamName("staff", watcher.StaffId), ExpectedRevision.NoStream,
            [EventCodec.Default.Encode(Guid.NewGuid(), watcher, envelope)], cancel);
        await services.GetRequiredService<AccountStore>().Set(watcher.StaffId, watcher.StaffId, data.Secret("first-password"), cancel);
    }

    // A desk that only watches how far the live queue is.
    private sealed class WatchingDesk
    {
        private readonly SortedDictionary<long, TaskCompletionSource> _waiting = [];
        private readonly Lock _gate = new();
        private long _seen;

        public Task Sees(long position)
        {
            lock (_gate)
            {
                if (_seen >= position)
                    return Task.CompletedTask;
                if (!_waiting.TryGetValue(position, out var seen))
                    _waiting[position] = seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return seen.Task;
            }
        }

        public async Task<HubConnection> Connect(Uri address, string password, CancellationToken cancel)
        {
            var cookies = new System.Net.CookieContainer();
            using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies });
            using var answer = await http.PostAsJsonAsync(new Uri(address, "/api/v1/session"), new SignIn("watcher", password), cancel);
            answer.EnsureSuccessStatusCode();
            var hub = new HubConnectionBuilder().WithUrl(new Uri(address, "/hubs/live"), options => options.Cookies = cookies).Build();
            hub.On<QueueChange>(nameof(ILiveDesk.QueueChanged), change => Saw(change.To));
            await hub.StartAsync(cancel);
            Saw((await hub.InvokeAsync<QueueSnapshot>(nameof(ILiveHub.JoinQueue), cancel)).Position);
            return hub;
        }

        private void Saw(long position)
        {
            lock (_gate)
            {
                _seen = Math.Max(_seen, position);
                foreach (var due in _waiting.Keys.TakeWhile(one => one <= _seen).ToList())
                {
                    _waiting.Remove(due, out var seen);
                    seen!.SetResult();
                }
            }
        }
    }
}
