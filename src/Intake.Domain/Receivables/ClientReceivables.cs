using System.Collections.Immutable;

namespace Intake.Domain.Receivables;

/// <summary>Credit set aside for one order.</summary>
public sealed record Reservation(decimal Amount, DateTimeOffset ExpiresAt);

/// <summary>What a client owes and may owe.</summary>
/// <param name="Unbilled">By order: submitted and in no ledger yet.</param>
/// <param name="Reserved">By order: in progress.</param>
public sealed record ClientReceivables(
    string ClientId,
    decimal? Limit,
    bool Exempt,
    decimal Balance,
    DateTimeOffset? AsOf,
    ImmutableList<OpenInvoice> Invoices,
    ImmutableDictionary<string, decimal> Unbilled,
    ImmutableDictionary<string, Reservation> Reserved)
{
    /// <summary>Receivables streams, and how their events become this state.</summary>
    public static readonly Aggregate<ClientReceivables> Stream = new(
        "receivables",
        new ClientReceivables(
            string.Empty, null, false, 0, null, [], ImmutableDictionary<string, decimal>.Empty,
            ImmutableDictionary<string, Reservation>.Empty),
        Evolve);

    private static ClientReceivables Evolve(ClientReceivables owed, IEvent @event) => @event switch
    {
        CreditTermsSet e => owed with { ClientId = e.ClientId, Limit = e.Limit, Exempt = e.Exempt },
        LedgerReported e => owed with
        {
            ClientId = e.ClientId,
            Balance = e.Balance,
            AsOf = e.AsOf,
            Invoices = [.. e.Invoices],
            Unbilled = owed.Unbilled.RemoveRange(e.BilledOrders),
        },
        CreditReserved e => owed with
        {
            ClientId = e.ClientId,
            Reserved = owed.Reserved.SetItem(e.OrderId, new Reservation(e.Amount, e.ExpiresAt)),
        },
        CreditReservationReleased e => owed with { Reserved = owed.Reserved.Remove(e.OrderId) },
        OrderCharged e => owed with
        {
            Reserved = owed.Reserved.Remove(e.OrderId),
            Unbilled = owed.Unbilled.SetItem(e.OrderId, e.Amount),
        },
        _ => owed,
    };
}
