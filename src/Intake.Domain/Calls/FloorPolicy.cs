namespace Intake.Domain.Calls;

/// <summary>The company's times on the floor, versioned.</summary>
/// <param name="AnswerTransferWithin">How long a person who is asked to take a call over may leave it unanswered (A.III.4).</param>
/// <param name="AnswerEscalationWithin">How long the owner of an escalation may take to decide; then the alarm is raised.</param>
/// <param name="CallBackWithin">Until when the owner of a callback has to ring back.</param>
public sealed record FloorPolicy(string Version, TimeSpan AnswerTransferWithin, TimeSpan AnswerEscalationWithin, TimeSpan CallBackWithin)
{
    public static readonly FloorPolicy Default = new(
        "floor-4", AnswerTransferWithin: TimeSpan.FromSeconds(60), AnswerEscalationWithin: TimeSpan.FromMinutes(15),
        CallBackWithin: TimeSpan.FromHours(1));

    /// <summary>How long a wrap-up may last before the floor's list marks it (A.III.14).</summary>
    public TimeSpan WrapUpWithin { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a person's last desk may be gone before he is not ready.</summary>
    public TimeSpan ConnectionLostAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the attempt to get a call may take before it is looked into.</summary>
    public TimeSpan DecideAttemptWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How promised calls are kept.</summary>
    public Callbacks.CallbackPolicy Callbacks { get; init; } = Domain.Callbacks.CallbackPolicy.Default;

    /// <summary>
    /// How long a call that was answered on a phone and that nobody registered stays on the desk of him whose phone it was (A.III.14); after
    /// that only the lists of a day have it. A week-end fits in.
    /// </summary>
    public TimeSpan OwedRegistrationShownFor { get; init; } = TimeSpan.FromDays(4);

    /// <summary>After which silence of the telephony a call is presumed over; longer than any conversation.</summary>
    public TimeSpan PresumeEndedAfter { get; init; } = TimeSpan.FromHours(4);
}
