using System.Net;
using Bunit;
using Intake.Contracts;
using Intake.Desk.Live;
using Intake.Desk.Pages;
using Intake.Desk.Shell;
using Intake.Desk.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Desk.Tests;

/// <summary>Working times as those see them who watch the floor (B.V.7).</summary>
[Trait("Clause", "B.V.7")]
public sealed class AttendancePageTests : DeskContext
{
    public AttendancePageTests()
    {
        Services.AddSingleton<TimeProvider>(new HandClock());
        Answers(new Wire());
    }

    [Theory]
    [InlineData("en", "▲ 12:00 late", "1 late")]
    [InlineData("ro", "▲ întârziere 12:00", "1 întârziat")]
    [InlineData("ru", "▲ опоздание 12:00", "1 опоздание")]
    public void Who_is_late_is_marked_by_sign_and_word_with_both_figures(string language, string late, string count)
    {
        Services.GetRequiredService<Lexicon>().Choose(language);
        var page = Render<AttendancePage>();
        page.WaitForElement("tbody tr");
        var rows = page.FindAll("tbody tr");
        Assert.Equal(2, rows.Count);
        Assert.Contains(late, rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains(count, page.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Matches("95.?%", rows[0].TextContent);
        Assert.Contains("09:00–17:00", rows[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_shift_says_so_and_why_and_nobody_who_only_reads_can_change_one()
    {
        var page = Render<AttendancePage>();
        page.WaitForElement("tbody tr");
        var cancelled = page.FindAll("tbody tr")[1];
        Assert.Contains("cancelled", cancelled.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 × · ill", cancelled.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#shift-person, tbody button"));
    }

    private sealed class HandClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Given.Nine.AddHours(5);
    }

    private sealed class Wire : HttpMessageHandler
    {
        private static readonly AttendanceRow Late = new(
            "s1", "olga", "Olga", new DateOnly(2026, 3, 1), Given.Nine, Given.Nine.AddHours(8), false, Given.Nine, Given.Nine.AddHours(8),
            Given.Nine.AddMinutes(12), null, 720, true, 0.95, 0.95, 0, "");

        private static readonly AttendanceRow Cancelled = Late with
        {
            ShiftId = "s2",
            Name = "Ion",
            Cancelled = true,
            Late = false,
            Adherence = null,
            AdherenceThen = null,
            Changes = 2,
            Reason = "ill",
        };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(
                    new AttendanceDay(new DateOnly(2026, 3, 2), 9, "adherence-1", [Late, Cancelled]), ContractsJson.Options)),
            });
    }
}
