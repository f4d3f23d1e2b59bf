namespace Intake.Domain.Receivables;

/// <summary>What finance, and an order on its way to submission, may do to a client's receivables.</summary>
public static class ReceivablesDecisions
{
    /// <summary>No sum in a ledger is larger, either way; a larger figure is a slip of the hand.</summary>
    public const decimal LargestAmount = 1_000_000_000_000;

    /// <summary>Sets limit and exemption.</summary>
    public static Decision SetTerms(ClientReceivables owed, string clientId, decimal? limit, bool exempt, string reason)
    {
        ArgumentNullException.ThrowIfNull(owed);
        return (limit, owed) switch
        {
            ( > LargestAmount, _) => Decision.Refuse(new CommandRefused(
                "SetCreditTerms", "limit-too-large", $"A limit of {limit} is above {LargestAmount:0}, the largest that can be set.")),
            ( < 0, _) => Decision.Refuse(new CommandRefused("SetCreditTerms", "limit-negative", $"A limit of {limit} is below zero.")),
            (_, { ClientId.Length: > 0 }) when owed.Limit == limit && owed.Exempt == exempt => Decision.Nothing,
            _ => Decision.Accept(new CreditTermsSet(clientId, limit, exempt, reason)),
        };
    }

    /// <summary>Takes finance's report; an older one than the last is refused, the same one again changes nothing.</summary>
    public static Decision Report(ClientReceivables owed, LedgerReported report)
    {
        ArgumentNullException.ThrowIfNull(owed);
        ArgumentNullException.ThrowIfNull(report);
        if (report.Invoices.Select(invoice => invoice.Open).Append(report.Balance).FirstOrDefault(sum => Math.Abs(sum) > LargestAmount) is var sum
            && sum != 0)
        {
            return Decision.Refuse(new CommandRefused(
                "ReportLedger", "amount-too-large", $"A sum of {sum} is above {LargestAmount:0}, the largest that a ledger can hold."));
        }

        return owed.AsOf switch
        {
            { } last when last == report.AsOf && SaysTheSame(owed, report) => Decision.Nothing,
            { } last when last > report.AsOf => Decision.Refuse(new CommandRefused(
                "ReportLedger", "ledger-older", $"The ledger as of {last:u} is known already; this one is of {report.AsOf:u}.")),
            _ => Decision.Accept(report),
        };
    }

    /// <summary>
    /// Sets credit aside for an order if both tests pass with the order in it. Asked again for the same order it judges
    /// anew and replaces what was set aside.
    /// </summary>
    public static Decision Reserve(
        ClientReceivables owed, CreditPolicy policy, string clientId, string orderId, decimal amount, DateTimeOffset now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(owed);
        ArgumentNullException.ThrowIfNull(policy);
        if (owed.Unbilled.ContainsKey(orderId))
        {
            return Decision.Nothing;
        }

        var assessment = policy.Assess(owed, orderId, amount, now, today);
        return assessment.Passes
            ? Decision.Accept(new CreditReserved(clientId, orderId, amount, now + policy.ReservationFor, assessment))
            : Decision.Refuse(new CreditRefused(clientId, orderId, assessment));
    }

    /// <summary>Frees what was set aside; nothing to free changes nothing.</summary>
    public static Decision Release(ClientReceivables owed, string orderId, string why)
    {
        ArgumentNullException.ThrowIfNull(owed);
        return owed.Reserved.ContainsKey(orderId)
            ? Decision.Accept(new CreditReservationReleased(owed.ClientId, orderId, why))
            : Decision.Nothing;
    }

    /// <summary>The order is submitted; what it costs is owed from now on.</summary>
    public static Decision Charge(ClientReceivables owed, string clientId, string orderId, decimal amount)
    {
        ArgumentNullException.ThrowIfNull(owed);
        return owed.Unbilled.ContainsKey(orderId)
            ? Decision.Nothing
            : Decision.Accept(new OrderCharged(clientId, orderId, amount));
    }

    private static bool SaysTheSame(ClientReceivables owed, LedgerReported report) =>
        owed.Balance == report.Balance && owed.Invoices.SequenceEqual(report.Invoices)
        && !report.BilledOrders.Any(owed.Unbilled.ContainsKey);
}
