namespace Intake.Domain.Ordering;

/// <summary>An order of the time before this system; kept once, never changed.</summary>
public sealed record PastOrder(bool Imported)
{
    /// <summary>Past-order streams, and how their events become this state.</summary>
    public static readonly Aggregate<PastOrder> Stream = new(
        "pastOrder", new PastOrder(false), (past, @event) => @event is PastOrderImported ? new PastOrder(true) : past);

    /// <summary>Keeps it once.</summary>
    public static Decision Import(PastOrder past, PastOrderImported order)
    {
        ArgumentNullException.ThrowIfNull(past);
        return past.Imported ? Decision.Nothing : Decision.Accept(order);
    }
}
