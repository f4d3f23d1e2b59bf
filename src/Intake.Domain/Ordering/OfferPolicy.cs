namespace Intake.Domain.Ordering;

/// <summary>The company's rules on offers (A.III.7), versioned.</summary>
/// <param name="Minimum">No order is submitted with fewer resolved offers, unless the server proved that nothing is left.</param>
/// <param name="PerOrder">How many the server proposes.</param>
public sealed record OfferPolicy(string Version, int Minimum, int PerOrder)
{
    public static readonly OfferPolicy Default = new("offers-1", Minimum: 3, PerOrder: 4);
}

/// <summary>A product that could be offered, found by look-up, best first within its kind.</summary>
public sealed record OfferCandidate(OfferKind Kind, string ProductId, string ProductName, string Why, decimal Price);
