using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Intake.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Intake.Host.Simulation;

/// <summary>How a command over HTTP ended.</summary>
/// <param name="Reason">Why not; empty where it was carried out.</param>
public sealed record Outcome(bool Done, long Position, string Reason, string Detail);

/// <summary>The host as everybody outside sees it: an address.</summary>
/// <param name="Latencies">Of each command that was answered, milliseconds.</param>
public sealed record HostAt(Uri Address, ConcurrentBag<double> Latencies);

/// <summary>One person's seat: signed in, over the public interface, with a live queue.</summary>
public sealed class Seat : IAsyncDisposable
{
    private const int Tries = 8;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);
    private readonly HttpClient _http;
    private readonly CookieContainer _cookies = new();
    private readonly HostAt _host;
    private readonly Dictionary<string, QueueCall> _calls = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private HubConnection? _hub;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Seat(HostAt host)
    {
        _host = host;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = new Uri(host.Address, "/api/v1/") };
    }

    /// <summary>Who sits here.</summary>
    public Me Person { get; private set; } = new(string.Empty, string.Empty, string.Empty);

    /// <summary>What to do when the floor shows who sits here otherwise than before.</summary>
    public Action<FloorPerson> WhenShown { get; set; } = _ => { };

    /// <summary>Signs in.</summary>
    /// <exception cref="Hosting.UsageException">The host does not let him in.</exception>
    public static async Task<Seat> SignIn(HostAt host, string user, string password, CancellationToken cancel)
    {
        var seat = new Seat(host);
        using var answer = await seat._http.PostAsJsonAsync("session", new SignIn(user, password), ContractsJson.Options, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            await seat.DisposeAsync();
            throw new Hosting.UsageException(
                $"{user} cannot sign in ({(int)answer.StatusCode}); his password is not this system's first one any more.");
        }

        seat.Person = (await answer.Content.ReadFromJsonAsync<Me>(ContractsJson.Options, cancel))!;
        return seat;
    }

    /// <summary>Joins the live queue; <see cref="Next"/> then answers from it.</summary>
    public async Task Watch(CancellationToken cancel)
    {
        _hub = new HubConnectionBuilder()
            .WithUrl(new Uri(_host.Address, "/hubs/live"), options => options.Cookies = _cookies)
            .WithAutomaticReconnect()
            .Build();
        var position = 0L;
        _hub.On<QueueChange>(nameof(ILiveDesk.QueueChanged), change =>
        {
            if (change.From > Interlocked.Read(ref position))
            {
                _ = Join();
                return;
            }

            Put(change.Calls);
            Show(change.People);
            Interlocked.Exchange(ref position, Math.Max(position, change.To));
        });
        _hub.Reconnected += _ => Join();
        await _hub.StartAsync(cancel);
        await Join();

        async Task Join()
        {
            var snapshot = await _hub.InvokeAsync<QueueSnapshot>(nameof(ILiveHub.JoinQueue), cancel);
            Interlocked.Exchange(ref position, snapshot.Position);
            Put(snapshot.Calls);
            Show(snapshot.People);
        }
    }

    /// <summary>Waits until a call of the live queue is of interest; the one that has waited longest.</summary>
    public async Task<QueueCall> Next(Func<QueueCall, bool> ofInterest, CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_calls.Values.Where(ofInterest).OrderBy(call => call.QueuedAt).FirstOrDefault() is { } call)
                {
                    return call;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancel);
        }
    }

    /// <summary>How many calls of the live queue are so.</summary>
    public int Count(Func<QueueCall, bool> so)
    {
        lock (_gate)
        {
            return _calls.Values.Count(so);
        }
    }

    /// <summary>Sends a command; where no answer comes, again with the same key.</summary>
    public async Task<Outcome> Post(string path, object? body, CancellationToken cancel)
    {
        var key = Guid.NewGuid().ToString();
        for (var attempt = 1; ; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path);
                request.Headers.Add(Headers.IdempotencyKey, key);
                request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: ContractsJson.Options);
                using var answer = await _http.SendAsync(request, cancel);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == Tries)
                {
                    _host.Latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    return await Read(answer, cancel);
                }
            }
            catch (HttpRequestException) when (attempt < Tries)
            {
                // Not reached, or cut off: the key makes the retry harmless.
            }

            await Task.Delay(RetryAfter, cancel);
        }
    }

    /// <summary>Waits for a step that a person at his desk could not have been refused; the simulation is wrong where it is.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public static async Task<Outcome> Must(Task<Outcome> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var outcome = await step;
        return outcome.Done ? outcome : throw new InvalidOperationException($"{outcome.Reason}: {outcome.Detail}");
    }

    /// <summary>Asks a query.</summary>
    public async Task<T> Get<T>(string path, CancellationToken cancel) =>
        (await _http.GetFromJsonAsync<T>(path, ContractsJson.Options, cancel))!;

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }

        _http.Dispose();
    }

    private static async Task<Outcome> Read(HttpResponseMessage answer, CancellationToken cancel)
    {
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (answer.IsSuccessStatusCode)
        {
            var done = JsonSerializer.Deserialize<CommandAnswer>(text, ContractsJson.Options)!;
            return new Outcome(true, done.Position, string.Empty, string.Empty);
        }

        var problem = text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default;
        return new Outcome(
            false, Number(problem, "position"), Word(problem, "reason") ?? Word(problem, "code") ?? $"http-{(int)answer.StatusCode}",
            Word(problem, "detail") ?? text);
    }

    private static string? Word(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long Number(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var value) ? value.GetInt64() : 0;

    /// <summary>Something outside the queue has changed that <see cref="Next"/> asks about.</summary>
    public void LookAgain() => Put([]);

    private void Show(IReadOnlyList<FloorPerson> people)
    {
        if (people.FirstOrDefault(person => person.StaffId == Person.StaffId) is { } me)
        {
            WhenShown(me);
        }
    }

    private void Put(IReadOnlyList<QueueCall> calls)
    {
        lock (_gate)
        {
            foreach (var call in calls)
            {
                if (call.Phase is "closed" or "abandoned" or "convertedToCallback")
                {
                    _calls.Remove(call.CallId);
                }
                else if (!_calls.TryGetValue(call.CallId, out var known) || known.ChangedAt <= call.ChangedAt)
                {
                    _calls[call.CallId] = call;
                }
            }

            var changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
    }
}
