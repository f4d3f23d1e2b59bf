using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using Intake.Contracts;
using Intake.EventLog;
using Intake.Host.Cli;
using Intake.Host.Hosting;
using Intake.Testing;
using Intake.Testing.EventStoreDb;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Intake.Host.Tests;

/// <summary>
/// The host with the demo company, on a real PostgreSQL and a real port, shared by the tests of the assembly. The log is in PostgreSQL, or
/// in the EventStoreDB that INTAKE_TEST_EVENTSTORE names.
/// </summary>
public class HostFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("intake-host-");
    private WebApplication? _app;
    private TestServer? _store;
    private readonly ConcurrentDictionary<string, string> _sources = new(StringComparer.Ordinal);
    private readonly Lazy<HttpClient> _telephone;
    private int _calls;
    private int _seats;

    public HostFixture() => _telephone = new Lazy<HttpClient>(() => new HttpClient { BaseAddress = new Uri(Address, "/api/v1/") });

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public IServiceProvider Services => _app!.Services;

    public IEventLog Log => Services.GetRequiredService<IEventLog>();

    public string FirstPassword => new DataFolder(_data.FullName).Secret("first-password");

    public async Task InitializeAsync()
    {
        var cluster = await PostgresCluster.Shared();
        var data = new DataFolder(_data.FullName);
        var database = await cluster.CreateDatabase("host");
        _store = await Store();
        var settings = Changed(new HostSettings(database, data, data.Secret("telephony-key"), Application.Home.DefaultZone)
        {
            EventLog = _store?.ConnectionString ?? database,
            EventLogPrefix = _store?.Prefix ?? string.Empty,
        });
        await IntakeServices.Migrate(settings, CancellationToken.None);
        _app = WebHost.Build(settings, "http://127.0.0.1:0");
        await DemoStart.LoadIntoEmpty(_app.Services, TextWriter.Null, CancellationToken.None);
        await _app.StartAsync();
        await IntakeServices.ReadModelsOf(_app.Services, CancellationToken.None);
        Address = new Uri(_app.Urls.First());
        await CaughtUp();
    }

    public async Task DisposeAsync()
    {
        if (_telephone.IsValueCreated)
        {
            _telephone.Value.Dispose();
        }

        await _app!.DisposeAsync();
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _data.Delete(recursive: true);
    }

    /// <summary>The EventStoreDB that keeps the log, or null.</summary>
    protected virtual async Task<TestServer?> Store() => TestServer.Named is null ? null : await TestServer.Start();

    /// <summary>The settings with what these tests want otherwise.</summary>
    protected virtual HostSettings Changed(HostSettings settings) => settings;

    /// <summary>Returns when every read model has everything that is in the log now.</summary>
    public async Task CaughtUp()
    {
        var head = await Log.Head();
        var engine = Services.GetRequiredService<Projections.Engine.ProjectionEngine>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var projection in IntakeServices.Projections)
        {
            await engine.Watch.Reached(projection.Name, head, patience.Token);
        }
    }

    /// <summary>Returns when what follows by itself from all that is in the log now has been done, too.</summary>
    public async Task Followed()
    {
        await using var place = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select commit_position from policies.checkpoint where name = 'follow-ups'");
        await Eventually.Holds(
            async () => (await place.ExecuteScalarAsync() as long? ?? 0) >= (await Log.Head()).Number, "the policies have followed", TimeSpan.FromSeconds(60));
    }

    /// <param name="from">
    /// An address of this machine from which he comes; one of many where nothing is said, since only so many sign in from one in a minute.
    /// </param>
    public async Task<Person> SignIn(string user, IPAddress? from = null)
    {
        var person = new Person(this, from ?? IPAddress.Parse($"127.0.1.{1 + (Interlocked.Increment(ref _seats) % 250)}"));
        using var answer = await person.Http.PostAsJsonAsync("session", new SignIn(user, FirstPassword));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return person;
    }

    /// <summary>Signs in a person who has no call: what another test left him with is registered first.</summary>
    public async Task<Person> AtWork(string user)
    {
        var person = await SignIn(user);
        await CaughtUp();
        if ((await person.Get<List<FloorPerson>>("staff")).Single(one => one.StaffId == user) is { State: "onCall" or "wrapUp" } busy)
        {
            await person.Send($"calls/{busy.CallId}/purpose", new StatePurpose("other", null));
            await person.Must($"calls/{busy.CallId}/close", new CloseCall("informationGiven", null));
        }

        return person;
    }

    /// <summary>A call from this number waits in the queue.</summary>
    public async Task<string> Ring(string number, string queue = "main")
    {
        var source = $"call-{Interlocked.Increment(ref _calls)}";
        var callId = await Signal(source, "queued", number, queue);
        _sources[callId] = source;
        return callId;
    }

    /// <summary>The line of a call that this fixture rang is hung up.</summary>
    public Task<string> HangUp(string callId) => Signal(_sources[callId], "ended", null, null);

    /// <summary>The telephony reports more of a call that rang.</summary>
    public Task<string> Report(string callId, string kind, string number) => Signal(_sources[callId], kind, number, "main");

    private async Task<string> Signal(string source, string kind, string? number, string? queue)
    {
        var said = await Signed(
            "telephony/signals", new TelephonySignal("test", source, null, kind, null, number, null, queue, DateTimeOffset.UtcNow, null));
        Assert.Equal(HttpStatusCode.OK, said.Status);
        return said.Word("callId")!;
    }

    public string TelephonyKey => new DataFolder(_data.FullName).Secret("telephony-key");

    /// <summary>What the telephony sends, signed as it has to be, or as the test wants.</summary>
    public Task<Said> Signed(string path, object body, Func<byte[], string?>? signature = null) =>
        SignedRequest.Post(_telephone.Value, TelephonyKey, path, body, signature);
}

/// <summary>One signed-in person with cookies of his own.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly CookieContainer _cookies;
    private readonly Uri _address;
    private readonly Uri _hub;
    private readonly IPAddress? _from;

    public Person(HostFixture host, IPAddress? from = null)
        : this(host.Address, from)
    {
    }

    public Person(Uri address, IPAddress? from = null, CookieContainer? cookies = null)
    {
        (_address, _from, _cookies) = (address, from, cookies ?? new CookieContainer());
        Http = new HttpClient(Handler()) { BaseAddress = new Uri(address, "/api/v1/") };
        _hub = new Uri(address, "/hubs/live");
    }

    public HttpClient Http { get; }

    /// <summary>The same browser, carried to another place: it keeps its cookies.</summary>
    public Person At(IPAddress from) => new(_address, from, _cookies);

    /// <summary>What somebody has who copied the browser's cookies.</summary>
    public CookieContainer Copy()
    {
        var copy = new CookieContainer();
        copy.Add(_cookies.GetAllCookies());
        return copy;
    }

    public async Task<Said> Send(string path, object? body = null, Guid? key = null, long? seen = null, HttpMethod? method = null, string? onBehalfOf = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, path);
        request.Headers.Add(Headers.IdempotencyKey, (key ?? Guid.NewGuid()).ToString());
        if (seen is { } revision)
        {
            request.Headers.TryAddWithoutValidation(Headers.IfMatch, $"\"{revision}\"");
        }

        if (onBehalfOf is not null)
        {
            request.Headers.Add(Headers.OnBehalfOf, onBehalfOf);
        }

        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: ContractsJson.Options);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new Said(answer.StatusCode, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default);
    }

    public async Task<Said> Must(string path, object? body = null)
    {
        var said = await Send(path, body);
        Assert.True(said.Status == HttpStatusCode.OK, $"{path}: {(int)said.Status} {said.Body}");
        return said;
    }

    public async Task<T> Get<T>(string path) => (await Http.GetFromJsonAsync<T>(path, ContractsJson.Options))!;

    public async Task<HubConnection> Connect(Action<HubConnection>? listen = null)
    {
        var hub = new HubConnectionBuilder().WithUrl(_hub, options =>
        {
            options.Cookies = _cookies;
            options.HttpMessageHandlerFactory = _ => Handler();
            options.WebSocketFactory = async (context, cancel) =>
            {
                var socket = new ClientWebSocket();
                using var invoker = new HttpMessageInvoker(Handler());
                await socket.ConnectAsync(context.Uri, invoker, cancel);
                return socket;
            };
        }).Build();
        listen?.Invoke(hub);
        await hub.StartAsync();
        return hub;
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return ValueTask.CompletedTask;
    }

    private SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler { CookieContainer = _cookies };
        if (_from is { } from)
        {
            handler.ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        return handler;
    }
}

/// <summary>An answer.</summary>
public sealed record Said(HttpStatusCode Status, JsonElement Body)
{
    public long Position => Body.GetProperty("position").GetInt64();

    public long Revision => Body.GetProperty("revision").GetInt64();

    public string? Word(string name) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) ? value.GetString() : null;
}

[CollectionDefinition(Name)]
public sealed class Hosted : ICollectionFixture<HostFixture>
{
    public const string Name = "host";
}
