using System.Net;
using Intake.Contracts;

namespace Intake.Host.Tests;

/// <summary>People report to a head or his substitute, who gives the orders about them (A.I.5), over HTTP.</summary>
[Collection(Hosted.Name)]
public sealed class ReportingLineTests(HostFixture host)
{
    [Fact]
    [Trait("Clause", "A.I.5")]
    public async Task A_person_sees_to_whom_he_reports_and_while_that_one_is_absent_who_stands_in_there()
    {
        await using var dmitri = await host.SignIn("dmitri");
        await using var pavel = await host.SignIn("pavel");
        Assert.Equal("tatiana", (await dmitri.Get<Me>("session")).ReportsTo?.Id);
        Assert.Null((await pavel.Get<Me>("session")).ReportsTo);

        await using var supervisor = await host.SignIn("roman");
        var coverage = new OrderCoverage(
            Guid.NewGuid().ToString(), "tatiana", "pavel", DateTimeOffset.UtcNow.AddSeconds(-1), DateTimeOffset.UtcNow.AddHours(1), "leave", "order 31");
        await supervisor.Must("absences", coverage);
        await host.CaughtUp();
        Assert.Equal("pavel", (await dmitri.Get<Me>("session")).ReportsTo?.Id);

        // The substitute orders about her people in her right, and says so.
        var tomorrow = DateTimeOffset.UtcNow.AddDays(2);
        var shift = new PlanShift(Guid.NewGuid().ToString(), "dmitri", tomorrow, tomorrow.AddHours(8));
        Assert.Equal("not-your-people", (await pavel.Send("roster", shift)).Word("reason"));
        Assert.Equal(HttpStatusCode.OK, (await pavel.Send("roster", shift, onBehalfOf: "tatiana")).Status);
        await supervisor.Must($"absences/tatiana/{coverage.CoverageId}/end", new Because("came back"));
        await host.CaughtUp();
        Assert.Equal("tatiana", (await dmitri.Get<Me>("session")).ReportsTo?.Id);
    }

    [Fact]
    [Trait("Clause", "A.I.5")]
    public async Task A_head_gives_orders_about_his_own_people_only()
    {
        await using var pavel = await host.SignIn("pavel");
        await using var tatiana = await host.SignIn("tatiana");
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(3), DateTimeOffset.UtcNow.AddDays(3).AddHours(8));
        Assert.Equal("not-your-people", (await pavel.Send("roster", new PlanShift(Guid.NewGuid().ToString(), "maria", from, until))).Word("reason"));
        await tatiana.Must("roster", new PlanShift(Guid.NewGuid().ToString(), "maria", from, until));
        Assert.Equal("not-your-people", (await tatiana.Send("absences", new OrderCoverage(
            Guid.NewGuid().ToString(), "irina", "victor", from, until, "leave", "order 32"))).Word("reason"));
        Assert.Equal("not-your-people", (await pavel.Send("staff/maria/wrap-up/end", new Because("too long"))).Word("reason"));
    }
}
