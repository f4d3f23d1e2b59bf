namespace Intake.Application.Ordering;

/// <summary>The company's rules on delivery, versioned.</summary>
/// <param name="Windows">Home time.</param>
/// <param name="Capacity">Places of one route in one window.</param>
/// <param name="DaysAhead">How far ahead a slot can be agreed on.</param>
public sealed record DeliveryPolicy(string Version, IReadOnlyList<string> Windows, int Capacity, int DaysAhead)
{
    public static readonly DeliveryPolicy Default =
        new("delivery-1", ["09:00-13:00", "13:00-17:00", "17:00-21:00"], Capacity: 40, DaysAhead: 14);
}
