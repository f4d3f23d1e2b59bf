using Intake.Domain.Ordering;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Ordering;

public sealed class DeliverySlotTests
{
    private static readonly string Slot = DeliverySlot.IdOf("north", Today.AddDays(1), "09:00-13:00");
    private static readonly SlotOpened Plan = new(Slot, "north", Today.AddDays(1), "09:00-13:00", Capacity: 2);
    private static readonly DateTimeOffset Until = Nine + DeliverySlot.HeldFor;

    [Fact]
    public void A_slot_is_named_by_route_day_and_window() => Assert.Equal("north_2026-11-25_09:00-13:00", Slot);

    [Fact]
    [Trait("Clause", "A.III.12")]
    public void The_first_place_held_opens_the_slot_and_expires()
    {
        Given().When(Reserve("o1")).Then(Plan, new SlotReserved(Slot, "o1", Until));
        Given(Plan).When(Reserve("o1")).Then(new SlotReserved(Slot, "o1", Until));
    }

    [Fact]
    [Trait("Clause", "A.III.12")]
    public void The_last_place_is_sold_once()
    {
        var full = Given(Plan, new SlotConfirmed(Slot, "o1"), new SlotReserved(Slot, "o2", Until));
        var refusal = full.When(Reserve("o3")).ThenRefused("slot-full");
        Assert.Contains("2", refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(2, full.State.Taken(Nine));
        Assert.Equal(1, full.State.Taken(Nine, besides: "o2"));
    }

    [Fact]
    public void An_expired_place_is_anybodys()
    {
        var held = Given(Plan, new SlotReserved(Slot, "o1", Until), new SlotReserved(Slot, "o2", Until));
        held.When(Reserve("o3", Until.AddSeconds(-1))).ThenRefused("slot-full");
        held.When(Reserve("o3", Until)).ThenOne<SlotReserved>();
    }

    [Fact]
    public void Ones_own_place_is_held_anew_though_the_slot_is_full()
    {
        var later = Nine.AddMinutes(10);
        Given(Plan, new SlotReserved(Slot, "o1", Until), new SlotReserved(Slot, "o2", Until)).When(Reserve("o1", later))
            .Then(new SlotReserved(Slot, "o1", later + DeliverySlot.HeldFor));
    }

    [Fact]
    public void Ones_own_place_that_expired_and_was_sold_is_gone() =>
        Given(Plan, new SlotReserved(Slot, "o1", Nine), new SlotConfirmed(Slot, "o2"), new SlotConfirmed(Slot, "o3"))
            .When(Reserve("o1")).ThenRefused("slot-full");

    [Fact]
    public void The_capacity_is_that_with_which_the_slot_was_opened() =>
        Given(Plan, new SlotConfirmed(Slot, "o1"), new SlotConfirmed(Slot, "o2"))
            .When(slot => DeliverySlot.Reserve(slot, Plan with { Capacity = 40 }, "o3", Nine, Today)).ThenRefused("slot-full");

    [Fact]
    public void No_place_is_held_on_a_day_that_is_over()
    {
        Given().When(slot => DeliverySlot.Reserve(slot, Plan with { Date = Today.AddDays(-1) }, "o1", Nine, Today)).ThenRefused("date-past");
        Given().When(slot => DeliverySlot.Reserve(slot, Plan with { Date = Today }, "o1", Nine, Today)).ThenOne<SlotReserved>();
    }

    [Fact]
    public void A_submitted_order_has_its_place_for_good()
    {
        var confirmed = Given(Plan, new SlotReserved(Slot, "o1", Until)).After(slot => DeliverySlot.Confirm(slot, Slot, "o1"));
        Assert.Equal(new SlotConfirmed(Slot, "o1"), confirmed.History[^1]);
        Assert.Equal(1, confirmed.State.Taken(Until.AddDays(1)));
        confirmed.When(slot => DeliverySlot.Confirm(slot, Slot, "o1")).ThenNothing();
        confirmed.When(Reserve("o1")).ThenNothing();
        confirmed.When(slot => DeliverySlot.Release(slot, Slot, "o1", "cancelled")).ThenNothing();
    }

    [Fact]
    public void A_place_given_back_is_free_and_none_held_changes_nothing()
    {
        var released = Given(Plan, new SlotReserved(Slot, "o1", Until)).After(slot => DeliverySlot.Release(slot, Slot, "o1", "cancelled"));
        Assert.Equal(new SlotReservationReleased(Slot, "o1", "cancelled"), released.History[^1]);
        Assert.Equal(0, released.State.Taken(Nine));
        released.When(slot => DeliverySlot.Release(slot, Slot, "o1", "cancelled")).ThenNothing();
    }

    private static Given<DeliverySlot> Given(params IEvent[] events) => Scenario.Given(DeliverySlot.Stream, events);

    private static Func<DeliverySlot, Decision> Reserve(string order, DateTimeOffset? now = null) =>
        slot => DeliverySlot.Reserve(slot, Plan, order, now ?? Nine, Today);
}
