namespace Intake.Domain.Calls;

/// <summary>The company's times on the floor, versioned.</summary>
/// <param name="AnswerTransferWithin">How long a person who is asked to take a call over may leave it unanswered (A.III.4).</param>
/// <param name="CallBackWithin">Until when the owner of a callback has to ring back.</param>
public sealed record FloorPolicy(string Version, TimeSpan AnswerTransferWithin, TimeSpan CallBackWithin)
{
    public static readonly FloorPolicy Default = new(
        "floor-2", AnswerTransferWithin: TimeSpan.FromSeconds(60), CallBackWithin: TimeSpan.FromHours(1));

    /// <summary>After which silence of the telephony a call is presumed over; longer than any conversation.</summary>
    public TimeSpan PresumeEndedAfter { get; init; } = TimeSpan.FromHours(4);
}
