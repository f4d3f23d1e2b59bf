using Intake.Domain;
using Intake.Domain.Staff;
using Intake.Projections.Attendance;
using static Intake.Projections.Tests.Fold;

namespace Intake.Projections.Tests.Attendance;

/// <summary>Planned and kept working time: what is late, and what was known when (B.V.7).</summary>
[Trait("Clause", "B.V.7")]
public sealed class AttendanceTests
{
    private static readonly StaffRef Ana = new("ana", "Ana");
    private static readonly StaffRef Vera = new("vera", "Vera");
    private static readonly DateTimeOffset Five = Nine.AddHours(8);
    private static readonly DateTimeOffset Night = Nine.AddHours(14);

    [Fact]
    public void A_shift_keeps_every_plan_and_from_when_on_it_was_known()
    {
        var shift = All(
            AttendanceProjection.Definition, new ShiftPlanned("s1", Ana, Nine, Five, Vera, Nine.AddDays(-2)),
            new ShiftMoved("s1", Ana, Nine.AddHours(1), Five, "a doctor", Vera, Nine.AddMinutes(30)),
            new ShiftCancelled("s1", Ana, "ill", Vera, Nine.AddHours(2))).Only<ShiftRow>("shift");

        Assert.Equal((Nine.AddHours(1), Five, true), (shift.Begins, shift.Until, shift.Cancelled));
        Assert.Equal(
            [(Nine, Five, ""), (Nine.AddHours(1), (DateTimeOffset?)Five, "a doctor"), (Nine.AddHours(1), null, "ill")],
            shift.Plans.Select(plan => (plan.From, plan.Until, plan.Reason)));
    }

    [Fact]
    public void What_was_planned_when_the_shift_had_begun_was_not_known_then()
    {
        var before = new ShiftPlan(Nine, Five, Nine.AddDays(-2), "Vera", "");
        var inTime = new ShiftPlan(Nine.AddHours(1), Five, Nine.AddMinutes(30), "Vera", "a doctor");
        var after = new ShiftPlan(Nine.AddHours(-1), Five, Nine.AddHours(3), "Vera", "to make her late");
        Assert.Equal(before, Adherence.KnownThen([before, after]));
        Assert.Equal(inTime, Adherence.KnownThen([before, inTime, after]));
        Assert.Null(Adherence.KnownThen([after]));
        Assert.Null(Adherence.KnownThen([before, new ShiftPlan(Nine, null, Nine.AddHours(-1), "Vera", "ill")])!.Until);
    }

    [Fact]
    public void What_people_become_is_kept_with_its_moment()
    {
        var changes = All(
            AttendanceProjection.Definition, new SessionOpened(Ana, StaffRole.Operator, Nine), new BecameReady(Ana, StaffRole.Operator, Nine),
            new CallEngaged(Ana, StaffRole.Operator, "c1", "a1", Nine.AddMinutes(1)), new WrapUpBegun(Ana, StaffRole.Operator, "c1", Nine.AddMinutes(4)),
            new BecameNotReady(Ana, StaffRole.Operator, "Break", Nine.AddMinutes(5)), new SessionClosed(Ana, StaffRole.Operator, Five)).Of<PresenceChange>("presence_change");
        Assert.Equal(
            [Presence.NotReady, Presence.Ready, Presence.OnCall, Presence.WrapUp, Presence.NotReady, Presence.Offline],
            changes.Values.OrderBy(change => change.Position).Select(change => change.Presence));
    }

    [Theory]
    [InlineData(0, 0, false, 480)]
    [InlineData(5, 5, false, 475)]
    [InlineData(6, 6, true, 474)]
    [InlineData(-60, 0, false, 480)]
    [InlineData(240, 240, true, 240)]
    public void Who_comes_after_the_grace_is_late(int cameMinute, int lateBy, bool late, int inSchedule)
    {
        var kept = Of([Change(cameMinute, Presence.Ready)], Night);
        Assert.Equal(
            (TimeSpan.FromMinutes(lateBy), late, TimeSpan.FromMinutes(inSchedule), TimeSpan.FromHours(8)),
            (kept.LateBy, kept.IsLate, kept.InSchedule, kept.Scheduled));
    }

    [Fact]
    public void Who_does_not_come_is_late_for_as_long_as_the_shift_has_gone()
    {
        var soFar = Of([], Nine.AddMinutes(30));
        Assert.Equal((TimeSpan.FromMinutes(30), true, 0d), (soFar.LateBy, soFar.IsLate, soFar.Share));
        Assert.False(Of([], Nine.AddMinutes(5)).IsLate);
        Assert.Null(Of([], Nine.AddHours(-1)).Share);
    }

    [Theory]
    [InlineData(Presence.NotReady, "Break", true)]
    [InlineData(Presence.WrapUp, "", true)]
    [InlineData(Presence.Offline, "", false)]
    [InlineData(Presence.NotReady, OperatorSession.ConnectionLost, false)]
    [InlineData(Presence.NotReady, OperatorSession.RingNoAnswer, false)]
    public void In_schedule_is_who_is_signed_on_and_there(Presence presence, string reason, bool there)
    {
        var kept = Of([Change(0, Presence.Ready), Change(60, presence, reason), Change(90, Presence.Ready)], Five);
        Assert.Equal(TimeSpan.FromMinutes(there ? 480 : 450), kept.InSchedule);
        Assert.Null(kept.Left);
    }

    [Fact]
    public void Who_leaves_before_the_end_is_shown_with_the_moment()
    {
        var kept = Of([Change(-10, Presence.Ready), Change(400, Presence.Offline), Change(600, Presence.Ready)], Night);
        Assert.Equal((Nine, Nine.AddMinutes(400), TimeSpan.Zero), (kept.Came, kept.Left, kept.LateBy));
        Assert.Equal(400d / 480, kept.Share!.Value, 6);
    }

    private static Adherence Of(IReadOnlyList<PresenceChange> changes, DateTimeOffset now) => Adherence.Of(Nine, Five, changes, now);

    private static PresenceChange Change(int minute, Presence presence, string reason = "") => new("ana", "Ana", Nine.AddMinutes(minute), minute, presence, reason);
}
