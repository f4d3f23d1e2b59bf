using Intake.Application.Ordering;
using Intake.Domain.Ordering;

namespace Intake.Application.LookUps;

/// <summary>A slot with places left.</summary>
public sealed record SlotWithPlaces(string Route, DateOnly Date, string Window, int Capacity, int Free);

/// <summary>The slots that can still be agreed on, straight from the log: the last place is never shown twice.</summary>
public sealed class DeliverySlots(CommandRunner runner, DeliveryPolicy policy, Home home)
{
    /// <summary>Slots of a route with a place left, from the day after a moment on.</summary>
    public async Task<IReadOnlyList<SlotWithPlaces>> Free(string route, DateTimeOffset now, CancellationToken cancel)
    {
        var today = home.DayOf(now);
        var slots =
            from day in Enumerable.Range(1, policy.DaysAhead)
            from window in policy.Windows
            select Of(route, today.AddDays(day), window, now, cancel);
        return [.. (await Task.WhenAll(slots)).Where(slot => slot.Free > 0)];
    }

    private async Task<SlotWithPlaces> Of(string route, DateOnly date, string window, DateTimeOffset now, CancellationToken cancel)
    {
        var slot = (await runner.Load(DeliverySlot.Stream, DeliverySlot.IdOf(route, date, window), cancel)).State;
        var capacity = slot.Opened?.Capacity ?? policy.Capacity;
        return new SlotWithPlaces(route, date, window, capacity, capacity - slot.Taken(now));
    }
}
