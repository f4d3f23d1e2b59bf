using System.Net;
using System.Text;
using Intake.Contracts;
using Intake.Domain.Calls;
using Intake.Host.Hosting;
using Intake.Host.Http;
using Intake.Host.Telephony;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Intake.Host.Tests.Telephony;

[Collection(Hosted.Name)]
public sealed class WebhookTests(HostFixture host)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_incoming_call_waits_until_one_of_those_who_are_rung_answers() => Assert.Equal(
        [
            new CallSignal("webhook", "f4eb", "", SignalKind.Arrived, CallDirection.Inbound, "493055571600", "42", "main", Now, "", "Anna, Boris"),
            new CallSignal("webhook", "f4eb", "", SignalKind.Queued, CallDirection.Inbound, "493055571600", "42", "main", Now, "", "Anna, Boris"),
        ],
        Webhook.Signals(Json("""{"event":"newCall","callId":"f4eb","from":"493055571600","to":"42","direction":"in","user":["Anna","Boris"]}"""), Now));

    [Fact]
    public void A_call_going_out_waits_in_no_queue() => Assert.Equal(
        [SignalKind.Arrived],
        Webhook.Signals(Json("""{"event":"newCall","callId":"f4eb","from":"42","to":"493055571600","direction":"out"}"""), Now)
            .Select(signal => signal.Kind));

    [Theory]
    [InlineData("""{"event":"answer","callId":"1","direction":"in","from":"anonymous","answeringNumber":"42"}""", SignalKind.Answered, "42", "")]
    [InlineData("""{"event":"answer","callId":1,"direction":"in","user":"Anna"}""", SignalKind.Answered, "Anna", "")]
    [InlineData("""{"event":"hangup","callId":"1","direction":"in","cause":"normalClearing"}""", SignalKind.Ended, "", "normalClearing")]
    public void An_answer_and_a_hang_up_are_one_signal_each(string body, SignalKind kind, string extension, string cause) => Assert.Equal(
        new CallSignal("webhook", "1", "", kind, CallDirection.Inbound, "", "", "main", Now, cause, extension),
        Assert.Single(Webhook.Signals(Json(body), Now)));

    [Fact]
    public void A_form_says_the_same_as_json()
    {
        var form = Webhook.OfForm(new FormCollection(new Dictionary<string, StringValues>
        {
            ["event"] = "newCall",
            ["callId"] = "7",
            ["from"] = "493055571600",
            ["to"] = "42",
            ["direction"] = "in",
            ["user[]"] = new StringValues(["Anna", "Boris"]),
            ["queue"] = "orders",
        }));
        Assert.Equal(
            Json("""{"event":"newCall","callId":"7","from":"493055571600","to":"42","direction":"in","user":["Anna","Boris"],"queue":"orders"}"""),
            form);
    }

    [Theory]
    [InlineData("{}", "callId")]
    [InlineData("""{"callId":"1","event":"ringing"}""", "event")]
    [InlineData("""{"callId":"1","event":"hangup","direction":"up"}""", "direction")]
    [InlineData("[]", "body")]
    [InlineData("{", "body")]
    public void What_is_not_understood_names_the_field(string body, string field) =>
        Assert.Equal(field, Assert.Throws<InvalidRequestException>(() => Webhook.Signals(Json(body), Now)).Field);

    [Fact]
    [Trait("Clause", "A.III.1")]
    public async Task A_telephone_system_that_knows_the_path_reports_a_call_and_one_that_guesses_does_not()
    {
        using var http = new HttpClient { BaseAddress = new Uri(host.Address, "/api/v1/") };
        var path = Webhook.Path(host.Services.GetRequiredService<HostSettings>());
        var number = $"+3736{Random.Shared.Next(1_000_000, 9_999_999)}";
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["event"] = "newCall",
            ["callId"] = Guid.NewGuid().ToString(),
            ["from"] = number,
            ["to"] = "42",
            ["direction"] = "in",
        });
        using var taken = await http.PostAsync(path, form);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await host.CaughtUp();
        await using var olga = await host.SignIn("olga");
        Assert.Contains((await olga.Get<QueueSnapshot>("queue")).Calls, call => call.FromNumber == number && call.Phase == "queued");

        using var guess = new StringContent("{}", Encoding.UTF8, "application/json");
        using var refused = await http.PostAsync("telephony/webhook/0123456789abcdef0123456789abcdef", guess);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static WebhookCall Json(string body) => Webhook.OfJson(Encoding.UTF8.GetBytes(body));
}
