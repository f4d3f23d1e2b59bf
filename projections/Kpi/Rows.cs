using Intake.Domain.Ordering;

namespace Intake.Projections.Kpi;

/// <summary>
/// Counts and sums of a quarter of an hour; figures are formed from them (<see cref="Figures"/>), so that any span of
/// intervals, in any time zone, has its figures by adding them up. Each is the number of events that it names, or a sum over them.
/// <para>By the interval in which the call entered the queue: <paramref name="Offered"/> to <paramref name="HandleMsSum"/>.
/// By the moment of the event itself: all after it.</para>
/// </summary>
/// <param name="Start">The first instant of the interval, UTC.</param>
/// <param name="Offered">Calls that entered a queue: CallQueued.</param>
/// <param name="Answered">Of these, taken by an operator (CallClaimed), or answered on a phone and never taken (PhoneCallEnded, when over).</param>
/// <param name="AnsweredInTime">Of these, after a wait of the threshold T at most.</param>
/// <param name="Abandoned">Of the offered, left unanswered: CallAbandoned, CallLeftQueue.</param>
/// <param name="AbandonedInTime">Of these, after a wait of T at most.</param>
/// <param name="ShortAbandoned">Of these, after a wait of the short-abandon threshold at most.</param>
/// <param name="WaitMsSum">Waits of the answered, milliseconds.</param>
/// <param name="LongestWaitMs">The longest of them.</param>
/// <param name="CallsRegistered">Closed with purpose and result: CallClosed. One that never queued counts where it was answered.</param>
/// <param name="HandleMsSum">Of the registered, from answer to close: talk, hold and wrap-up, milliseconds.</param>
/// <param name="CallsArrived">Calls that the telephony announced: CallArrived.</param>
/// <param name="CallsEnded">Conversations hung up: CallEnded, PhoneCallEnded.</param>
/// <param name="TalkMsSum">Of these, from answer to hang-up, holds included, milliseconds.</param>
/// <param name="Orders">OrderSubmitted.</param>
/// <param name="OrderValue">Their totals, net.</param>
/// <param name="Lines">Their positions.</param>
/// <param name="EntryMsSum">From opening to submission of each, milliseconds.</param>
/// <param name="OffersPresented">OfferProposed.</param>
/// <param name="OffersAccepted">OfferAccepted.</param>
/// <param name="OffersDeclined">OfferDeclined.</param>
/// <param name="AcceptedValue">Amounts of the accepted offers at the moment of acceptance, whatever became of the order.</param>
/// <param name="OrdersRefused">OrderRefused.</param>
/// <param name="SubmissionsRefused">SubmissionRefused.</param>
/// <param name="Escalations">EscalationRaised.</param>
public sealed record IntervalRow(
    DateTimeOffset Start, int Offered, int Answered, int AnsweredInTime, int Abandoned, int AbandonedInTime, int ShortAbandoned,
    long WaitMsSum, long LongestWaitMs, int CallsRegistered, long HandleMsSum, int CallsArrived, int CallsEnded, long TalkMsSum,
    int Orders, decimal OrderValue, int Lines, long EntryMsSum, int OffersPresented, int OffersAccepted, int OffersDeclined,
    decimal AcceptedValue, int OrdersRefused, int SubmissionsRefused, int Escalations)
{
    /// <summary>Nothing has happened in it.</summary>
    public static IntervalRow Empty(DateTimeOffset start) =>
        new(start, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

/// <summary>Offers of one kind in a quarter of an hour, each counted when it happened.</summary>
/// <param name="Start">The first instant of the interval, UTC.</param>
/// <param name="Presented">OfferProposed.</param>
/// <param name="AcceptedValue">Amounts at the moment of acceptance.</param>
public sealed record OfferRow(
    DateTimeOffset Start, OfferKind Kind, int Presented, int Accepted, int Declined, int Postponed, decimal AcceptedValue);

/// <summary>Refused commands with one code in a quarter of an hour.</summary>
/// <param name="Start">The first instant of the interval, UTC.</param>
/// <param name="Code">The stable code of the refusal.</param>
public sealed record RefusalRow(DateTimeOffset Start, string Code, int Count);
