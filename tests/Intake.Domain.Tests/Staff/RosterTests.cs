using Intake.Domain.Staff;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Staff;

/// <summary>Who plans whose working time, and what a plan may be (B.V.7).</summary>
[Trait("Clause", "B.V.7")]
public sealed class RosterTests
{
    private static readonly ShiftPlanned Planned = new("s1", Anna, Nine, Nine.AddHours(9), Hanna, Nine.AddDays(-3));
    private static readonly ShiftMoved Moved = new("s1", Anna, Nine.AddHours(1), Nine.AddHours(10), "a doctor", Hanna, Nine.AddDays(-1));
    private static readonly ShiftCancelled Cancelled = new("s1", Anna, "ill", Hanna, Nine.AddHours(-1));

    [Fact]
    public void A_shift_is_planned_once()
    {
        Given().When(roster => Roster.Plan(roster, Planned)).Then(Planned);
        Given(Planned).When(roster => Roster.Plan(roster, Planned)).ThenNothing();
        Given(Planned).When(roster => Roster.Plan(roster, Planned with { Until = Nine.AddHours(8) })).ThenRefused("shift-exists");
    }

    [Theory]
    [InlineData(0, "window-empty")]
    [InlineData(-60, "window-empty")]
    [InlineData(16 * 60, null)]
    [InlineData((16 * 60) + 1, "shift-too-long")]
    public void A_shift_ends_after_it_begins_and_is_not_too_long(int minutes, string? refused)
    {
        var planned = Given().When(roster => Roster.Plan(roster, Planned with { Until = Nine.AddMinutes(minutes) }));
        if (refused is null)
        {
            planned.ThenOne<ShiftPlanned>();
        }
        else
        {
            planned.ThenRefused(refused);
        }
    }

    [Theory]
    [InlineData(8, 10, true)]
    [InlineData(-2, 1, true)]
    [InlineData(1, 2, true)]
    [InlineData(9, 12, false)]
    [InlineData(-4, 0, false)]
    public void A_person_is_not_planned_twice_for_a_moment(int from, int until, bool overlaps)
    {
        var other = Planned with { ShiftId = "s2", From = Nine.AddHours(from), Until = Nine.AddHours(until) };
        var decided = Given(Planned).When(roster => Roster.Plan(roster, other));
        if (overlaps)
        {
            decided.ThenRefused("shift-overlaps");
        }
        else
        {
            decided.Then(other);
        }

        Given(Planned, Cancelled).When(roster => Roster.Plan(roster, other)).Then(other);
    }

    [Fact]
    public void Nobody_plans_his_own_time()
    {
        Given().When(roster => Roster.Plan(roster, Planned with { By = Anna })).ThenRefused("own-shift");
        Given(Planned).When(roster => Roster.Move(roster, Moved with { By = Anna })).ThenRefused("own-shift");
        Given(Planned).When(roster => Roster.Cancel(roster, Cancelled with { By = Anna })).ThenRefused("own-shift");
    }

    [Fact]
    public void A_shift_is_moved_with_a_reason_as_long_as_it_is_to_be()
    {
        Given(Planned).When(roster => Roster.Move(roster, Moved)).Then(Moved);
        Given(Planned, Moved).When(roster => Roster.Move(roster, Moved)).ThenNothing();
        Given(Planned).When(roster => Roster.Move(roster, Moved with { Reason = " " })).ThenRefused("reason-missing");
        Given(Planned, Cancelled).When(roster => Roster.Move(roster, Moved)).ThenRefused("shift-cancelled");
        Given().When(roster => Roster.Move(roster, Moved)).ThenRefused("shift-unknown");
        var next = Planned with { ShiftId = "s2", From = Nine.AddHours(9), Until = Nine.AddHours(12) };
        Given(Planned, next).When(roster => Roster.Move(roster, Moved)).ThenRefused("shift-overlaps");
    }

    [Fact]
    public void A_shift_is_cancelled_once_and_with_a_reason()
    {
        Given(Planned).When(roster => Roster.Cancel(roster, Cancelled)).Then(Cancelled);
        Given(Planned, Cancelled).When(roster => Roster.Cancel(roster, Cancelled)).ThenNothing();
        Given(Planned).When(roster => Roster.Cancel(roster, Cancelled with { Reason = "" })).ThenRefused("reason-missing");
        Given().When(roster => Roster.Cancel(roster, Cancelled)).ThenRefused("shift-unknown");
    }

    [Fact]
    public void The_shifts_of_a_month_stand_in_a_stream_of_their_own() => Assert.Equal("anna:2026-11", Roster.IdOf("anna", Today));

    private static Given<Roster> Given(params IEnumerable<IEvent> events) => Scenario.Given(Roster.Stream, events);
}
