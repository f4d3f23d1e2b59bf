namespace Intake.Host.Simulation;

/// <summary>What a client on the phone wants: the other half of a conversation.</summary>
/// <param name="Number">Of the call in its run.</param>
/// <param name="Purpose">order, referenceInformation, complaint, other.</param>
/// <param name="Lines">What he will order; some of it he mentions only when it is offered or at the end.</param>
public sealed record Wish(int Number, string ClientId, string Phone, string Contact, string Purpose, IReadOnlyList<WishedLine> Lines);

/// <summary>A position that the client wants.</summary>
/// <param name="Column">The price column that was agreed on for it; null for his own.</param>
/// <param name="Amount">What it must cost; null where that is not known beforehand.</param>
public sealed record WishedLine(string ProductId, decimal Quantity, string? Column, decimal? Amount);
