using System.Net;
using System.Text.Json;
using Bunit;
using Intake.Contracts;
using Intake.Desk.Pages;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

public sealed class HistoryPageTests : DeskContext
{
    [Theory]
    [InlineData("en", "In the telephony's words")]
    [InlineData("ro", "În cuvintele telefoniei")]
    [InlineData("ru", "Словами телефонии")]
    [Trait("Clause", "B.V.5")]
    public void What_the_telephony_said_stands_with_the_event_that_it_caused_and_with_no_other(string language, string words)
    {
        const string Line = "1366720340|1366720340.303267|orders|NONE|ENTERQUEUE||4075551212|1";
        var data = JsonSerializer.SerializeToElement(new { callId = "c1" });
        Services.AddSingleton(new HttpClient(new Wire(
        [
            new HistoryEvent(7, "call-c1", 0, "CallArrived", Given.Nine, new Person("system", "Intake"), "administrator", "1", data, Raw: Line),
            new HistoryEvent(8, "call-c1", 1, "CallQueued", Given.Nine, new Person("system", "Intake"), "administrator", "1", data),
        ]))
        { BaseAddress = new Uri("http://localhost/api/v1/") });
        Services.GetRequiredService<Lexicon>().Choose(language);
        var page = Render<HistoryPage>(it => it.Add(history => history.Stream, "call-c1"));
        var events = page.WaitForElements("ol.timeline > li");
        Assert.Equal(Line, events[0].QuerySelector("code.raw")!.TextContent);
        Assert.Contains(words, events[0].TextContent, StringComparison.Ordinal);
        Assert.Null(events[1].QuerySelector("code.raw"));
    }

    private sealed class Wire(IReadOnlyList<HistoryEvent> history) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(history, ContractsJson.Options)) });
    }
}
