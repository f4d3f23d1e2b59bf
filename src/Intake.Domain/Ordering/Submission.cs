using Intake.Domain.Receivables;

namespace Intake.Domain.Ordering;

/// <summary>Submission: the draft becomes the company's promise when every gate holds at this moment.</summary>
public static class Submission
{
    /// <summary>
    /// Submits the order (A.III.5, A.III.7, A.III.12, A.III.13), records the evidence of each gate, and hands it to the client's
    /// manager. Refused with the gates that are open; a submitted order submitted again changes nothing.
    /// </summary>
    public static Decision Submit(Order order, GateFacts facts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(facts);
        if (order.Phase is OrderPhase.Submitted or OrderPhase.HandedOver)
        {
            return Decision.Nothing;
        }

        if (Drafts.TakenBy(order, facts.By, "SubmitOrder") is { } refused)
        {
            return refused;
        }

        IEvent[] check = facts.Credit is { } credit ? [new ReceivablesChecked(order.Id, CheckMoment.Submission, credit)] : [];
        var open = Gates.Open(order, facts);
        if (open.Count > 0)
        {
            return Decision.Accept([.. check, new SubmissionRefused(order.Id, open)]);
        }

        var opened = order.Opened!;
        IEvent[] handOver = opened.Manager is { } manager ? [new OrderHandedOver(order.Id, manager)] : [];
        return Decision.Accept(
        [
            .. check,
            new OrderSubmitted(
                order.Id, opened.CallId, opened.ClientId, opened.ClientName, opened.ClientType, order.Lines, order.Total, facts.By,
                order.Delivery?.SlotId, order.Offers.Count, order.Offers.Count(offer => offer.Outcome == OfferOutcome.Accepted),
                Gates.Evidence(order, facts), opened.At, now),
            .. handOver,
        ]);
    }
}
