using System.Net;
using Intake.Contracts;
using Intake.Desk.Api;

namespace Intake.Desk.Tests;

public sealed class TransportTests
{
    private readonly List<string?> keys = [];

    [Fact]
    public async Task A_command_without_an_answer_is_sent_again_with_the_same_key()
    {
        var outcome = await Send(_ => throw new HttpRequestException("gone"), _ => Json(HttpStatusCode.OK, """{"position":7,"revision":2,"changed":true}"""));
        Assert.Equal(7, outcome.Value?.Position);
        Assert.Equal(2, keys.Count);
        Assert.NotNull(keys[0]);
        Assert.Equal(keys[0], keys[1]);
    }

    [Fact]
    public async Task A_refusal_is_not_sent_again()
    {
        var outcome = await Send(_ => Json(
            HttpStatusCode.UnprocessableEntity,
            """{"code":"refused","reason":"gates-open","detail":"Two gates are open.","gates":[{"gate":"offers","say":"Offer 3 more positions."}]}"""));
        Assert.Single(keys);
        Assert.Equal("gates-open", outcome.Problem?.Reason);
        Assert.Equal("offers", Assert.Single(outcome.Problem!.Gates).Gate);
    }

    [Fact]
    public async Task The_loser_of_a_race_learns_the_winner()
    {
        var outcome = await Send(_ => Json(
            HttpStatusCode.Conflict,
            """{"code":"conflict","reason":"call-already-taken","detail":"Taken.","winner":{"id":"ion","name":"Ion Ceban"}}"""));
        Assert.Equal("Ion Ceban", outcome.Problem?.Winner?.Name);
    }

    [Fact]
    public async Task An_answer_that_is_no_problem_document_is_told_by_its_status()
    {
        var outcome = await Send(_ => Json(HttpStatusCode.Forbidden, "<html>"));
        Assert.Equal(ProblemCodes.NotAllowed, outcome.Problem?.Code);
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };

    private async Task<Outcome<CommandAnswer>> Send(params Func<HttpRequestMessage, HttpResponseMessage>[] answers)
    {
        using var wire = new Wire(keys, answers);
        using var http = new HttpClient(wire) { BaseAddress = new Uri("http://localhost/") };
        return await new Transport(http, TimeProvider.System).Command(HttpMethod.Post, "calls/a/take");
    }

    private sealed class Wire(List<string?> keys, Func<HttpRequestMessage, HttpResponseMessage>[] answers) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            keys.Add(request.Headers.TryGetValues(Headers.IdempotencyKey, out var key) ? key.Single() : null);
            return Task.FromResult(answers[Math.Min(keys.Count, answers.Length) - 1](request));
        }
    }
}
