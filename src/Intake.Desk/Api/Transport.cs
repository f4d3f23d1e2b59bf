using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Intake.Contracts;

namespace Intake.Desk.Api;

/// <summary>
/// Carries requests over a network that hiccups. One command has one Idempotency-Key, however often it is sent, so a retry after a
/// lost answer has no second effect.
/// </summary>
public sealed class Transport(HttpClient http, TimeProvider time)
{
    private static readonly double[] BackOffSeconds = [0.3, 0.6, 1.2, 2.4, 5, 5, 10, 10];

    private int waiting;

    /// <summary>Requests that had no answer yet and are being repeated.</summary>
    public int Repeating => waiting;

    /// <summary>Raised when <see cref="Repeating"/> changes.</summary>
    public event Action? Changed;

    /// <summary>Raised when the host no longer knows who asks.</summary>
    public event Action? SignedOut;

    /// <summary>Raised by each answer outside the office: when the session ends unless it is used before (C6).</summary>
    public event Action<DateTimeOffset>? SessionEnds;

    /// <summary>
    /// Sends a command until it is answered, nine times at most: over 35 seconds where nobody is there, over some minutes where the host
    /// itself waits for its log.
    /// </summary>
    /// <param name="onBehalfOf">The id of the absent person for whom the sender stands in by it; null where he acts by his own right.</param>
    public Task<Outcome<CommandAnswer>> Command(HttpMethod method, string path, object? body = null, string? onBehalfOf = null) =>
        Send<CommandAnswer>(new Question(method, path, body) { Key = Guid.NewGuid().ToString(), OnBehalfOf = onBehalfOf }, CancellationToken.None);

    /// <summary>Reads; repeated like a command.</summary>
    public Task<Outcome<T>> Get<T>(string path, CancellationToken cancel = default)
        where T : class => Send<T>(new Question(HttpMethod.Get, path), cancel);

    /// <summary>As <see cref="Get"/>, where the desk reads without its person having done anything.</summary>
    public Task<Outcome<T>> Look<T>(string path, CancellationToken cancel = default)
        where T : class => Send<T>(new Question(HttpMethod.Get, path) { ByItself = true }, cancel);

    /// <summary>Posts what is no command and has the same effect however often it is sent; repeated like a command.</summary>
    public Task<Outcome<T>> Post<T>(string path, object body, CancellationToken cancel = default)
        where T : class => Send<T>(new Question(HttpMethod.Post, path, body), cancel);

    private async Task<Outcome<T>> Send<T>(Question question, CancellationToken cancel)
        where T : class
    {
        var repeating = false;
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                var outcome = await Once<T>(question, cancel);
                if (outcome is not { Problem.Code: Problem.Silent or ProblemCodes.Unavailable } || attempt == BackOffSeconds.Length)
                {
                    return outcome;
                }

                if (!repeating)
                {
                    repeating = true;
                    Count(1);
                }

                await Task.Delay(TimeSpan.FromSeconds(BackOffSeconds[attempt]), time, cancel);
            }
        }
        finally
        {
            if (repeating)
            {
                Count(-1);
            }
        }
    }

    private async Task<Outcome<T>> Once<T>(Question question, CancellationToken cancel)
        where T : class
    {
        using var request = question.Request();
        try
        {
            using var response = await http.SendAsync(request, cancel);
            if (response.Headers.TryGetValues(Headers.SessionEnds, out var told)
                && DateTimeOffset.TryParse(told.First(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var ends))
            {
                SessionEnds?.Invoke(ends);
            }

            return await Read<T>(response, cancel);
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            return new Outcome<T>(null, Problem.NoAnswer);
        }
    }

    private async Task<Outcome<T>> Read<T>(HttpResponseMessage response, CancellationToken cancel)
        where T : class
    {
        if (response.IsSuccessStatusCode)
        {
            return response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0
                ? new Outcome<T>(null, null)
                : new Outcome<T>(await response.Content.ReadFromJsonAsync<T>(ContractsJson.Options, cancel), null);
        }

        var problem = Problem.Read(response.StatusCode, await response.Content.ReadAsStringAsync(cancel));
        if (problem.Code == Problem.Unsigned)
        {
            SignedOut?.Invoke();
        }

        return new Outcome<T>(null, problem);
    }

    private void Count(int change)
    {
        waiting += change;
        Changed?.Invoke();
    }

    // What is sent, once or more.
    private sealed record Question(HttpMethod Method, string Path, object? Body = null)
    {
        public string? Key { get; init; }

        public string? OnBehalfOf { get; init; }

        public bool ByItself { get; init; }

        public HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(Method, new Uri(Path, UriKind.Relative));
            Say(Headers.IdempotencyKey, Key);
            Say(Headers.OnBehalfOf, OnBehalfOf);
            Say(Headers.ByItself, ByItself ? "1" : null);
            request.Content = Body is null ? null : JsonContent.Create(Body, Body.GetType(), options: ContractsJson.Options);
            return request;

            void Say(string header, string? value)
            {
                if (value is not null)
                {
                    request.Headers.Add(header, value);
                }
            }
        }
    }
}
