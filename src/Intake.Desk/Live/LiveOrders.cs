using Intake.Contracts;

namespace Intake.Desk.Live;

/// <summary>The newest orders as this desk knows them; the same rule of positions as for <see cref="LiveQueue"/>.</summary>
public sealed class LiveOrders
{
    private readonly Dictionary<string, OrderRow> orders = [];

    /// <summary>Of the projection that the rows came from; 0 before the first snapshot.</summary>
    public int Version { get; private set; }

    /// <summary>Log position that these rows stand at.</summary>
    public long Position { get; private set; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<OrderRow> Rows => [.. orders.Values.OrderByDescending(order => order.OpenedAt)];

    /// <summary>Replaces everything by the snapshot.</summary>
    public void Apply(OrdersSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        orders.Clear();
        Put(snapshot.Orders);
        (Version, Position) = (snapshot.Version, snapshot.Position);
    }

    /// <summary>Applies what changed; false when something between is missing.</summary>
    public bool Apply(OrdersChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Version == Version && change.To <= Position)
        {
            return true;
        }

        if (change.Version != Version || change.From != Position)
        {
            return false;
        }

        Put(change.Orders);
        Position = change.To;
        return true;
    }

    private void Put(IReadOnlyList<OrderRow> rows)
    {
        foreach (var row in rows)
        {
            orders[row.OrderId] = row;
        }
    }
}
