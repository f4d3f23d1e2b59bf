using Intake.Contracts;
using Intake.Host.Accounts;
using Intake.Host.Http;
using Intake.Host.Queries;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Intake.Host.Live;

/// <summary>
/// Where desks connect. Joining answers with a snapshot at a position; the changes that follow begin at or before it.
/// Nothing true lives here.
/// </summary>
[Authorize]
public sealed class LiveHub(
    FloorQueries floor, OrderQueries orders, AuthorityQueries authority, WallboardQuery wallboard, DeskPresence desks,
    OutsideDesks outside) : Hub<ILiveDesk>, ILiveHub
{
    /// <summary>Everybody who watches the live queue.</summary>
    public const string QueueGroup = "queue";

    /// <summary>Everybody who sees all orders.</summary>
    public const string AllOrdersGroup = "orders";

    /// <summary>Everybody who sees what is owed and who is absent.</summary>
    public const string DecisionsGroup = "decisions";

    /// <summary>Everybody who watches the figures.</summary>
    public const string WallboardGroup = "wallboard";

    private const int SnapshotOrders = 200;

    /// <summary>One operator's own orders.</summary>
    public static string OwnOrdersGroup(string staffId) => $"orders of {staffId}";

    /// <summary>Everybody who has this order on his pad: who takes it, and who helps.</summary>
    public static string OrderGroup(string orderId) => $"order {orderId}";

    public override Task OnConnectedAsync()
    {
        desks.Opened(Context.User!.Actor().Person.Id);
        outside.Opened(Context);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        desks.Closed(Context.User!.Actor().Person.Id);
        outside.Closed(Context);
        return base.OnDisconnectedAsync(exception);
    }

    [Authorize(Policies.Floor)]
    public async Task<QueueSnapshot> JoinQueue()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, QueueGroup, Context.ConnectionAborted);
        return await floor.Queue(Context.ConnectionAborted);
    }

    [Authorize(Policies.Clients)]
    public async Task<OrdersSnapshot> JoinOrders()
    {
        var own = Policies.OwnOrdersOnly(Context.User!.Actor());
        await Groups.AddToGroupAsync(
            Context.ConnectionId, own is null ? AllOrdersGroup : OwnOrdersGroup(own), Context.ConnectionAborted);
        return await orders.Snapshot(own, outside.Rows(Context, SnapshotOrders), Context.ConnectionAborted);
    }

    [Authorize(Policies.Clients)]
    public Task WatchOrder(string orderId) =>
        Groups.AddToGroupAsync(Context.ConnectionId, OrderGroup(Wire.Id(orderId, "orderId")), Context.ConnectionAborted);

    [Authorize(Policies.Clients)]
    public Task LeaveOrder(string orderId) =>
        Groups.RemoveFromGroupAsync(Context.ConnectionId, OrderGroup(Wire.Id(orderId, "orderId")), Context.ConnectionAborted);

    [Authorize(Policies.Floor)]
    public async Task<DecisionsSnapshot> JoinDecisions()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, DecisionsGroup, Context.ConnectionAborted);
        return await authority.Snapshot(Context.ConnectionAborted);
    }

    [Authorize(Policies.Figures)]
    public async Task<Wallboard> JoinWallboard()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, WallboardGroup, Context.ConnectionAborted);
        return await wallboard.Now(Context.ConnectionAborted);
    }
}
