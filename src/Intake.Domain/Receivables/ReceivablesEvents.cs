namespace Intake.Domain.Receivables;

/// <summary>A fact about what a client owes, and may owe. Amounts are in the company's currency, two decimals.</summary>
public interface ReceivablesEvent : IEvent;

/// <summary>An invoice that the client has not paid in full.</summary>
/// <param name="Open">What is still to be paid.</param>
public sealed record OpenInvoice(string Number, DateOnly Due, decimal Open);

/// <summary>Finance set the client's credit terms.</summary>
/// <param name="Limit">The most the client may owe, or null where finance has set none: then only the overdue test speaks.</param>
/// <param name="Exempt">The company's own outlets: checked and recorded, never refused.</param>
public sealed record CreditTermsSet(string ClientId, decimal? Limit, bool Exempt, string Reason) : ReceivablesEvent;

/// <summary>Finance reported the client's ledger as it stood at a moment.</summary>
/// <param name="Balance">The sum owed; open invoices may not account for all of it.</param>
/// <param name="BilledOrders">Orders that this ledger contains as invoices: no longer counted as unbilled.</param>
public sealed record LedgerReported(
    string ClientId, DateTimeOffset AsOf, decimal Balance, IReadOnlyList<OpenInvoice> Invoices,
    IReadOnlyList<string> BilledOrders) : ReceivablesEvent;

/// <summary>Credit is set aside for an order in progress, until a moment; two orders at once cannot both pass the limit.</summary>
public sealed record CreditReserved(
    string ClientId, string OrderId, decimal Amount, DateTimeOffset ExpiresAt, CreditAssessment Assessment) : ReceivablesEvent;

/// <summary>The credit set aside for an order is free again.</summary>
public sealed record CreditReservationReleased(string ClientId, string OrderId, string Why) : ReceivablesEvent;

/// <summary>The order was submitted: its amount is owed, though not billed yet.</summary>
public sealed record OrderCharged(string ClientId, string OrderId, decimal Amount) : ReceivablesEvent;

/// <summary>No credit for this order; the assessment says why (A.III.5).</summary>
public sealed record CreditRefused(string ClientId, string OrderId, CreditAssessment Assessment) : ReceivablesEvent, IRefusal
{
    public string Code => Assessment.Verdict == CreditVerdict.Overdue ? "debt-overdue" : "debt-excess";

    public string Reason => Assessment.InWords;
}

/// <summary>What the two tests of A.III.5 say.</summary>
public enum CreditVerdict
{
    Clear,

    /// <summary>Something is past due, beyond grace and floor.</summary>
    Overdue,

    /// <summary>Exposure, this order included, is above the limit.</summary>
    Excess,

    /// <summary>The company's own outlet; recorded, not refused.</summary>
    Exempt,
}

/// <summary>The credit check as it was made: inputs, age of the data, version of the rule, verdict. Frozen into events as evidence.</summary>
/// <param name="Balance">Ledger balance.</param>
/// <param name="Overdue">Sum of open invoices past due and grace.</param>
/// <param name="OverdueDays">Days past due of the oldest of them.</param>
/// <param name="Unbilled">Submitted orders that no ledger contains yet.</param>
/// <param name="Reserved">Set aside for other orders in progress.</param>
/// <param name="ThisOrder">The order judged; 0 at opening.</param>
/// <param name="Exposure">Balance + unbilled + reserved + this order.</param>
/// <param name="AsOf">The moment of the ledger, or null where finance has reported none.</param>
public sealed record CreditAssessment(
    CreditVerdict Verdict, decimal Balance, decimal Overdue, int OverdueDays, decimal? Limit, decimal Unbilled, decimal Reserved,
    decimal ThisOrder, decimal Exposure, DateTimeOffset? AsOf, string RuleVersion, DateTimeOffset JudgedAt)
{
    /// <summary>Whether the order may go on.</summary>
    public bool Passes => Verdict is CreditVerdict.Clear or CreditVerdict.Exempt;

    /// <summary>What an operator may say: a verdict, not a ledger.</summary>
    public string InWords => Verdict switch
    {
        CreditVerdict.Overdue => $"A payment is {OverdueDays} days past due. Transfer the call to the manager or to finance.",
        CreditVerdict.Excess => "The order would go above the agreed credit limit. Reduce it, or transfer the call.",
        CreditVerdict.Exempt => "Own outlet: no credit check applies.",
        _ => "No debt stands in the way.",
    };
}
