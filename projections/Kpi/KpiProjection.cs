using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Escalations;
using Intake.Domain.Ordering;
using Intake.Domain.Staff;
using Intake.Domain.Receivables;
using Intake.EventLog.Serialisation;
using Intake.Projections.Engine;

namespace Intake.Projections.Kpi;

/// <summary>The desk's figures by the quarter of an hour; each column says its formula in <see cref="IntervalRow"/>.</summary>
public static class KpiProjection
{
    public static readonly Projection Definition =
        new("kpi", 4, Schema.Of("Kpi"), [Sales(Calls(new Table<IntervalRow>("interval"))), OffersByKind(), People.Table(), RefusalsByCode()]);

    private static Table<IntervalRow> Calls(Table<IntervalRow> intervals)
    {
        Count<CallArrived>(intervals, e => e.At, (row, _) => row with { CallsArrived = row.CallsArrived + 1 });
        Count<CallQueued>(intervals, e => e.At, (row, _) => row with { Offered = row.Offered + 1 });
        Count<CallClaimed>(intervals, e => Entered(e.Queue, e.QueuedAt, e.At), (row, e) => Answered(row, 1, e.WaitedMs));
        Count<CallAbandoned>(intervals, e => Entered(e.Queue, e.QueuedAt, e.At), (row, e) => Missed(row, 1, e.WaitedMs));
        Count<CallLeftQueue>(intervals, e => e.QueuedAt, (row, e) => Missed(row, 1, e.WaitedMs));
        Recount<PhoneCallEnded>(intervals, e => (
            CallCount.Nothing with { QueuedAt = e.QueuedAt },
            new CallCount(e.QueuedAt, CallOutcome.Answered, e.WaitedMs, e.At, e.TalkMs)));
        Recount<CallRecounted>(intervals, e => (e.Before, e.After));
        Count<CallEnded>(intervals, e => e.At, (row, e) => row with
        {
            CallsEnded = row.CallsEnded + 1,
            TalkMsSum = row.TalkMsSum + e.TalkMs,
        });
        return Count<CallClosed>(intervals, EnteredOrAnswered, (row, e) => row with
        {
            CallsRegistered = row.CallsRegistered + 1,
            HandleMsSum = row.HandleMsSum + e.HandleMs,
        });
    }

    private static Table<IntervalRow> Sales(Table<IntervalRow> intervals)
    {
        Count<OrderSubmitted>(intervals, e => e.At, (row, e) => row with
        {
            Orders = row.Orders + 1,
            OrderValue = row.OrderValue + e.Total,
            Lines = row.Lines + e.Lines.Count,
            EntryMsSum = row.EntryMsSum + Elapsed.Ms(e.OpenedAt, e.At),
        });
        Count<EscalationRaised>(intervals, e => e.At, (row, _) => row with { Escalations = row.Escalations + 1 });
        Count<OfferProposed>(intervals, (row, _) => row with { OffersPresented = row.OffersPresented + 1 });
        Count<OfferAccepted>(intervals, (row, e) => row with
        {
            OffersAccepted = row.OffersAccepted + 1,
            AcceptedValue = row.AcceptedValue + e.Amount,
        });
        Count<OfferDeclined>(intervals, (row, _) => row with { OffersDeclined = row.OffersDeclined + 1 });
        Count<OrderRefused>(intervals, (row, _) => row with { OrdersRefused = row.OrdersRefused + 1 });
        return Count<SubmissionRefused>(intervals, (row, _) => row with { SubmissionsRefused = row.SubmissionsRefused + 1 });
    }

    private static Table<OfferRow> OffersByKind()
    {
        var offers = new Table<OfferRow>("offer");
        CountOffers<OfferProposed>(offers, e => e.Kind, (row, _) => row with { Presented = row.Presented + 1 });
        CountOffers<OfferAccepted>(offers, e => e.Kind, (row, e) => row with
        {
            Accepted = row.Accepted + 1,
            AcceptedValue = row.AcceptedValue + e.Amount,
        });
        CountOffers<OfferDeclined>(offers, e => e.Kind, (row, _) => row with { Declined = row.Declined + 1 });
        return CountOffers<OfferPostponed>(offers, e => e.Kind, (row, _) => row with { Postponed = row.Postponed + 1 });
    }

    private static Table<RefusalRow> RefusalsByCode()
    {
        var refusals = new Table<RefusalRow>("refusal");
        CountRefusals<AnotherCallInHand>(refusals);
        CountRefusals<CallAlreadyTaken>(refusals);
        CountRefusals<CallbackAlreadyLeased>(refusals);
        CountRefusals<ClientsWithheld>(refusals);
        CountRefusals<CloseRefused>(refusals);
        CountRefusals<CommandRefused>(refusals);
        CountRefusals<CreditRefused>(refusals);
        CountRefusals<LineRefused>(refusals);
        CountRefusals<OrderRefused>(refusals);
        CountRefusals<SlotFull>(refusals);
        return CountRefusals<SubmissionRefused>(refusals);
    }

    private static Table<IntervalRow> Count<TEvent>(
        Table<IntervalRow> intervals, Func<TEvent, DateTimeOffset?> when, Func<IntervalRow, TEvent, IntervalRow> count)
        where TEvent : IEvent => intervals.OnEach<TEvent>(
            e => when(e) is { } moment ? [QuarterHour.Key(moment)] : [],
            (row, _, e, _) => count(row ?? IntervalRow.Empty(QuarterHour.Of(when(e)!.Value)), e));

    private static Table<IntervalRow> Count<TEvent>(Table<IntervalRow> intervals, Func<IntervalRow, TEvent, IntervalRow> count)
        where TEvent : IEvent => intervals.OnEach<TEvent>(
            (_, at) => [QuarterHour.Key(at.Envelope.OccurredAt)],
            (row, _, e, at) => count(row ?? IntervalRow.Empty(QuarterHour.Of(at.Envelope.OccurredAt)), e));

    // Takes the one away from the quarters in which it was counted, and adds the other to those in which it belongs.
    private static void Recount<TEvent>(Table<IntervalRow> intervals, Func<TEvent, (CallCount Before, CallCount After)> counts)
        where TEvent : IEvent => intervals.OnEach<TEvent>(
            e => Moments(counts(e).Before).Concat(Moments(counts(e).After)).Select(QuarterHour.Key).Distinct(),
            (row, key, e, _) =>
            {
                var (before, after) = counts(e);
                var start = Moments(before).Concat(Moments(after)).First(moment => QuarterHour.Key(moment) == key);
                return Add(Add(row ?? IntervalRow.Empty(QuarterHour.Of(start)), key, before, -1), key, after, 1);
            });

    private static IEnumerable<DateTimeOffset> Moments(CallCount count) =>
        new[] { count.QueuedAt, count.EndedAt }.OfType<DateTimeOffset>();

    private static IntervalRow Add(IntervalRow row, string key, CallCount count, int times)
    {
        if (count.QueuedAt is { } queued && QuarterHour.Key(queued) == key)
        {
            row = row with { Offered = row.Offered + times };
            row = count.Outcome switch
            {
                CallOutcome.Answered => Answered(row, times, count.WaitedMs),
                CallOutcome.Missed => Missed(row, times, count.WaitedMs),
                _ => row,
            };
        }

        return count.EndedAt is { } ended && QuarterHour.Key(ended) == key
            ? row with { CallsEnded = row.CallsEnded + times, TalkMsSum = row.TalkMsSum + (times * count.TalkMs) }
            : row;
    }

    // The longest wait of those counted once cannot be taken away again.
    private static IntervalRow Answered(IntervalRow row, int times, long waitedMs) => row with
    {
        Answered = row.Answered + times,
        AnsweredInTime = row.AnsweredInTime + (times * Within(Thresholds.Default.Answer, waitedMs)),
        WaitMsSum = row.WaitMsSum + (times * waitedMs),
        LongestWaitMs = times > 0 ? Math.Max(row.LongestWaitMs, waitedMs) : row.LongestWaitMs,
    };

    private static IntervalRow Missed(IntervalRow row, int times, long waitedMs) => row with
    {
        Abandoned = row.Abandoned + times,
        AbandonedInTime = row.AbandonedInTime + (times * Within(Thresholds.Default.Answer, waitedMs)),
        ShortAbandoned = row.ShortAbandoned + (times * Within(Thresholds.Default.ShortAbandon, waitedMs)),
    };

    private static Table<OfferRow> CountOffers<TEvent>(
        Table<OfferRow> offers, Func<TEvent, OfferKind> kind, Func<OfferRow, TEvent, OfferRow> count)
        where TEvent : IEvent => offers.OnEach<TEvent>(
            (e, at) => [$"{QuarterHour.Key(at.Envelope.OccurredAt)}|{kind(e)}"],
            (row, _, e, at) => count(row ?? new OfferRow(QuarterHour.Of(at.Envelope.OccurredAt), kind(e), 0, 0, 0, 0, 0), e));

    private static Table<RefusalRow> CountRefusals<TRefusal>(Table<RefusalRow> refusals)
        where TRefusal : IRefusal => refusals.OnEach<TRefusal>(
            (e, at) => [$"{QuarterHour.Key(at.Envelope.OccurredAt)}|{e.Code}"],
            (row, _, e, at) => new RefusalRow(QuarterHour.Of(at.Envelope.OccurredAt), e.Code, (row?.Count ?? 0) + 1));

    /// <summary>When the call entered the queue; null for one taken or given up before any: it names no queue and has no wait.</summary>
    private static DateTimeOffset? Entered(string queue, DateTimeOffset queuedAt, DateTimeOffset at) =>
        queue.Length > 0 || queuedAt != at ? queuedAt : null;

    private static DateTimeOffset? EnteredOrAnswered(CallClosed e) =>
        e.QueuedAt == default ? e.At - TimeSpan.FromMilliseconds(e.HandleMs) : e.QueuedAt;

    private static int Within(TimeSpan threshold, long waitedMs) => waitedMs <= threshold.TotalMilliseconds ? 1 : 0;
}
