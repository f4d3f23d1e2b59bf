namespace Intake.Domain.Receivables;

/// <summary>The company's rules on credit, versioned; the version is part of the evidence of each check.</summary>
/// <param name="GraceDays">Days past due that are forgiven.</param>
/// <param name="OverdueFloor">A sum past due up to this is forgiven.</param>
/// <param name="ReservationFor">How long credit stays set aside for an order that does not come to its end.</param>
public sealed record CreditPolicy(string Version, int GraceDays, decimal OverdueFloor, TimeSpan ReservationFor)
{
    public static readonly CreditPolicy Default = new("credit-1", GraceDays: 3, OverdueFloor: 0, TimeSpan.FromMinutes(30));

    /// <summary>
    /// The two tests of A.III.5: is something past due, and is exposure above the limit? The order's own earlier
    /// reservation does not count against it; an expired one counts for nobody.
    /// </summary>
    /// <param name="today">The day in the home time zone: a payment is due by the end of its day.</param>
    public CreditAssessment Assess(ClientReceivables owed, string orderId, decimal thisOrder, DateTimeOffset now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(owed);
        var pastDue = owed.Invoices.Where(invoice => invoice.Open > 0 && today.DayNumber - invoice.Due.DayNumber > GraceDays).ToList();
        var overdue = pastDue.Sum(invoice => invoice.Open);
        var days = pastDue.Count == 0 ? 0 : pastDue.Max(invoice => today.DayNumber - invoice.Due.DayNumber);
        var unbilled = owed.Unbilled.Where(order => order.Key != orderId).Sum(order => order.Value);
        var reserved = owed.Reserved
            .Where(reservation => reservation.Key != orderId && reservation.Value.ExpiresAt > now)
            .Sum(reservation => reservation.Value.Amount);
        var exposure = owed.Balance + unbilled + reserved + thisOrder;
        var verdict = owed switch
        {
            { Exempt: true } => CreditVerdict.Exempt,
            _ when overdue > OverdueFloor => CreditVerdict.Overdue,
            { Limit: { } limit } when exposure > limit => CreditVerdict.Excess,
            _ => CreditVerdict.Clear,
        };
        return new CreditAssessment(
            verdict, owed.Balance, overdue, days, owed.Limit, unbilled, reserved, thisOrder, exposure, owed.AsOf, Version, now);
    }
}
