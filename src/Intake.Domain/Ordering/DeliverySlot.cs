using System.Collections.Immutable;
using System.Globalization;

namespace Intake.Domain.Ordering;

/// <summary>A fact about the places of one route, day and window.</summary>
public interface DeliverySlotEvent : IEvent;

/// <summary>The slot has this many places.</summary>
public sealed record SlotOpened(string SlotId, string Route, DateOnly Date, string Window, int Capacity) : DeliverySlotEvent;

/// <summary>A place is held for an order until a moment.</summary>
public sealed record SlotReserved(string SlotId, string OrderId, DateTimeOffset ExpiresAt) : DeliverySlotEvent;

/// <summary>The place is free again.</summary>
public sealed record SlotReservationReleased(string SlotId, string OrderId, string Why) : DeliverySlotEvent;

/// <summary>The order is submitted; the place is its own.</summary>
public sealed record SlotConfirmed(string SlotId, string OrderId) : DeliverySlotEvent;

/// <summary>No place is left; two operators cannot sell the last one.</summary>
public sealed record SlotFull(string SlotId, string OrderId, int Capacity) : DeliverySlotEvent, IRefusal
{
    public string Code => "slot-full";

    public string Reason => string.Create(CultureInfo.InvariantCulture, $"All {Capacity} places are taken. Agree on another window or day.");
}

/// <summary>Route, day and window of deliveries: reserved and confirmed places together never exceed the capacity.</summary>
/// <param name="Reserved">By order: until when.</param>
public sealed record DeliverySlot(
    SlotOpened? Opened, ImmutableDictionary<string, DateTimeOffset> Reserved, ImmutableHashSet<string> Confirmed)
{
    /// <summary>How long a place stays held for an order that does not come to its end.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(30);

    /// <summary>Slot streams, and how their events become this state.</summary>
    public static readonly Aggregate<DeliverySlot> Stream = new(
        "deliverySlot", new DeliverySlot(null, ImmutableDictionary<string, DateTimeOffset>.Empty, []), (slot, @event) => @event switch
        {
            SlotOpened e => slot with { Opened = e },
            SlotReserved e => slot with { Reserved = slot.Reserved.SetItem(e.OrderId, e.ExpiresAt) },
            SlotReservationReleased e => slot with { Reserved = slot.Reserved.Remove(e.OrderId) },
            SlotConfirmed e => slot with
            {
                Reserved = slot.Reserved.Remove(e.OrderId),
                Confirmed = slot.Confirmed.Add(e.OrderId),
            },
            _ => slot,
        });

    /// <summary>The id of a slot: <c>north_2026-11-24_09:00-13:00</c>.</summary>
    public static string IdOf(string route, DateOnly date, string window) =>
        string.Create(CultureInfo.InvariantCulture, $"{route}_{date:yyyy-MM-dd}_{window}");

    /// <summary>Places that are held or confirmed at a moment, besides those of an order.</summary>
    public int Taken(DateTimeOffset now, string besides = "") =>
        Confirmed.Count(orderId => orderId != besides) + Reserved.Count(held => held.Key != besides && held.Value > now);

    /// <summary>
    /// Holds a place for an order; one that is held already is held anew. Refused on a past day, and when none is left.
    /// </summary>
    /// <param name="plan">Route, day, window and capacity, for the first reservation of the slot.</param>
    public static Decision Reserve(DeliverySlot slot, SlotOpened plan, string orderId, DateTimeOffset now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(slot);
        ArgumentNullException.ThrowIfNull(plan);
        if (slot.Confirmed.Contains(orderId))
        {
            return Decision.Nothing;
        }

        if (plan.Date < today)
        {
            return Decision.Refuse(new CommandRefused("AgreeDelivery", "date-past", $"{plan.Date:yyyy-MM-dd} is over. Agree on a day to come."));
        }

        var capacity = (slot.Opened ?? plan).Capacity;
        if (slot.Taken(now, besides: orderId) >= capacity)
        {
            return Decision.Refuse(new SlotFull(plan.SlotId, orderId, capacity));
        }

        IEvent[] opening = slot.Opened is null ? [plan] : [];
        return Decision.Accept([.. opening, new SlotReserved(plan.SlotId, orderId, now + HeldFor)]);
    }

    /// <summary>Gives the place back; nothing held changes nothing.</summary>
    public static Decision Release(DeliverySlot slot, string slotId, string orderId, string why)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return slot.Reserved.ContainsKey(orderId)
            ? Decision.Accept(new SlotReservationReleased(slotId, orderId, why))
            : Decision.Nothing;
    }

    /// <summary>The order is submitted: its place is its own.</summary>
    public static Decision Confirm(DeliverySlot slot, string slotId, string orderId)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return slot.Confirmed.Contains(orderId) ? Decision.Nothing : Decision.Accept(new SlotConfirmed(slotId, orderId));
    }
}
