using System.Net;
using Intake.Contracts;

namespace Intake.Host.Tests;

/// <summary>Working times over HTTP: planned by others, kept by the person, and no plan of afterwards counts as known then (B.V.7).</summary>
[Collection(Hosted.Name)]
public sealed class AttendanceTests(HostFixture host)
{
    [Fact]
    [Trait("Clause", "B.V.7")]
    public async Task A_shift_planned_before_counts_then_and_one_planned_afterwards_counts_now_only()
    {
        await using var supervisor = await host.SignIn("roman");
        await using var elena = await host.AtWork("elena");
        await elena.Must("presence", new ChangePresence("offline", null));
        await elena.Must("presence", new ChangePresence("notReady", "Paperwork"));
        var now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var before = new PlanShift(Guid.NewGuid().ToString(), "elena", now.AddSeconds(2), now.AddMinutes(20));
        var after = new PlanShift(Guid.NewGuid().ToString(), "elena", now.AddMinutes(-30), now.AddSeconds(1));
        await supervisor.Must("roster", before);
        await supervisor.Must("roster", after);
        await host.CaughtUp();

        var mine = (await elena.Get<AttendanceDay>("attendance/mine")).Shifts;
        var (known, late) = (mine.Single(one => one.ShiftId == before.ShiftId), mine.Single(one => one.ShiftId == after.ShiftId));
        Assert.Equal((known.From, known.Until), (known.FromThen, known.UntilThen));
        Assert.Equal((null, false, 0d, null), (late.FromThen, late.Late, late.LateSeconds, late.AdherenceThen));
        Assert.InRange(late.Adherence!.Value, 0, 0.05);
        Assert.Contains((await supervisor.Get<AttendanceDay>("attendance")).Shifts, one => one.ShiftId == before.ShiftId && one.Name == known.Name);
        Assert.Equal(HttpStatusCode.Forbidden, (await elena.Http.GetAsync(new Uri("attendance", UriKind.Relative))).StatusCode);

        var overlapping = await supervisor.Send("roster", before with { ShiftId = Guid.NewGuid().ToString() });
        Assert.Equal("shift-overlaps", overlapping.Word("reason"));
        Assert.Equal(HttpStatusCode.Forbidden, (await elena.Send("roster", before)).Status);
        Assert.Equal("own-shift", (await supervisor.Send("roster", before with { ShiftId = Guid.NewGuid().ToString(), StaffId = "roman" })).Word("reason"));
        Assert.Equal("staff-unknown", (await supervisor.Send("roster", before with { ShiftId = Guid.NewGuid().ToString(), StaffId = "nobody" })).Word("reason"));
        await elena.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    [Trait("Clause", "B.V.7")]
    public async Task A_shift_is_moved_and_cancelled_with_reasons_and_its_first_plan_stays_known()
    {
        await using var supervisor = await host.SignIn("roman");
        var tomorrow = DateTimeOffset.UtcNow.AddDays(1);
        var shift = new PlanShift(Guid.NewGuid().ToString(), "andrei", tomorrow, tomorrow.AddHours(8));
        await supervisor.Must("roster", shift);
        await host.CaughtUp();
        var day = DateOnly.FromDateTime(tomorrow.ToOffset(TimeSpan.FromHours(3)).DateTime);
        var month = (await Row()).Month;

        var moved = new MoveShift(month, tomorrow, tomorrow.AddHours(4), "half a day");
        Assert.Equal("reason-missing", (await supervisor.Send(Path("move"), moved with { Reason = " " })).Word("reason"));
        Assert.Equal("shift-other-month", (await supervisor.Send(Path("move"), moved with { From = tomorrow.AddDays(40), Until = tomorrow.AddDays(40.1) })).Word("reason"));
        await supervisor.Must(Path("move"), moved);
        await supervisor.Must(Path("cancel"), new CancelShift(month, "ill"));
        await host.CaughtUp();
        var row = await Row();
        Assert.Equal((true, 2, "ill", null), (row.Cancelled, row.Changes, row.Reason, row.FromThen));
        await using var vera = await host.SignIn("vera");
        var history = await vera.Get<List<HistoryEvent>>($"history/roster-andrei:{month:yyyy-MM}");
        Assert.Equal(["ShiftPlanned", "ShiftMoved", "ShiftCancelled"], history.Where(one => one.Data.TryGetProperty("shiftId", out var id) && id.GetString() == shift.ShiftId).Select(one => one.Type));

        string Path(string what) => $"roster/andrei/{shift.ShiftId}/{what}";
        async Task<AttendanceRow> Row() => (await supervisor.Get<AttendanceDay>($"attendance?day={day:yyyy-MM-dd}")).Shifts.Single(one => one.ShiftId == shift.ShiftId);
    }
}
