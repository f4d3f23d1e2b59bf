using Intake.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Intake.Desk.Live;

/// <summary>What the hub can be asked for.</summary>
[Flags]
public enum LiveTopics
{
    None = 0,
    Queue = 1,
    Orders = 2,
    Wallboard = 4,
    Decisions = 8,
}

/// <summary>
/// The connection to the hub. Snapshots and changes go into <see cref="Queue"/>, <see cref="Orders"/>, <see cref="Decisions"/> and <see cref="Board"/>; after a gap
/// or a reconnection each topic is joined again. It never gives up.
/// </summary>
public sealed class LiveFeed(Uri hub, TimeProvider time, DeskClock clock) : IAsyncDisposable
{
    private HubConnection? connection;
    private LiveTopics topics;
    private long? heardAt;
    private double behindSeconds;
    private string watched = string.Empty;

    public LiveQueue Queue { get; } = new();

    public LiveOrders Orders { get; } = new();

    public LiveDecisions Decisions { get; } = new();

    /// <summary>The wallboard as last told; null before.</summary>
    public Wallboard? Board { get; private set; }

    /// <summary>Something on show changed.</summary>
    public event Action? Changed;

    /// <summary>Rows of calls as they changed, before those that are over leave the queue.</summary>
    public event Action<IReadOnlyList<QueueCall>>? CallsMoved;

    /// <summary>The watched order has changed; the log position of the change.</summary>
    public event Action<string, long>? OrderMoved;

    /// <summary>Decisions were asked for or given, or absences began or ended: somebody's rights may be others now.</summary>
    public event Action? DecisionsMoved;

    /// <summary>The host closed the connection, which it does when the session behind it is over.</summary>
    public event Action? Closed;

    /// <summary>The age of what is shown, now.</summary>
    public Freshness Freshness => Freshness.Judge(heardAt is { } at ? time.GetElapsedTime(at) : null, behindSeconds);

    /// <summary>Connects and asks for the topics; later words of the hub arrive through <see cref="Changed"/>.</summary>
    public async Task Start(LiveTopics wanted)
    {
        await Stop();
        topics = wanted;
        var made = new HubConnectionBuilder().WithUrl(hub).WithAutomaticReconnect(new Patience()).Build();
        connection = made;
        made.On<QueueChange>(nameof(ILiveDesk.QueueChanged), Hear);
        made.On<OrdersChange>(nameof(ILiveDesk.OrdersChanged), OnOrdersChanged);
        made.On<string, long>(nameof(ILiveDesk.OrderMoved), (order, position) => OrderMoved?.Invoke(order, position));
        made.On<DecisionsChange>(nameof(ILiveDesk.DecisionsChanged), OnDecisionsChanged);
        made.On<Wallboard>(nameof(ILiveDesk.WallboardChanged), OnWallboardChanged);
        made.On<Pulse>(nameof(ILiveDesk.Pulse), OnPulse);
        made.Reconnected += _ => JoinAll(topics);
        made.Closed += _ => OnClosed(made);
        await Connect(made);
    }

    /// <summary>Follows this order from now on, and no other; empty for none.</summary>
    public async Task Watch(string orderId)
    {
        var before = watched;
        if (before == orderId)
        {
            return;
        }

        watched = orderId;
        await Tell(nameof(ILiveHub.LeaveOrder), before);
        await Tell(nameof(ILiveHub.WatchOrder), orderId);
    }

    /// <summary>Ends the connection, when a person signs out.</summary>
    public async Task Stop()
    {
        if (connection is { } old)
        {
            connection = null;
            await old.DisposeAsync();
        }

        (heardAt, behindSeconds, Board) = (null, 0, null);
    }

    public async ValueTask DisposeAsync() => await Stop();

    // A connection that was only lost is made again without coming here.
    private async Task OnClosed(HubConnection made)
    {
        if (connection == made)
        {
            Closed?.Invoke();
            await Connect(made);
        }
    }

    private async Task Connect(HubConnection made)
    {
        while (connection == made)
        {
            try
            {
                await made.StartAsync();
                await JoinAll(topics);
                return;
            }
            catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException or IOException or TimeoutException)
            {
                await Task.Delay(TimeSpan.FromSeconds(2), time);
            }
        }
    }

    private async Task JoinAll(LiveTopics wanted)
    {
        if (connection is not { State: HubConnectionState.Connected } live)
        {
            return;
        }

        try
        {
            if (wanted.HasFlag(LiveTopics.Queue))
            {
                var snapshot = await live.InvokeAsync<QueueSnapshot>(nameof(ILiveHub.JoinQueue));
                Queue.Apply(snapshot);
                CallsMoved?.Invoke(snapshot.Calls);
            }

            if (wanted.HasFlag(LiveTopics.Orders))
            {
                Orders.Apply(await live.InvokeAsync<OrdersSnapshot>(nameof(ILiveHub.JoinOrders)));
            }

            if (wanted.HasFlag(LiveTopics.Decisions))
            {
                Decisions.Apply(await live.InvokeAsync<DecisionsSnapshot>(nameof(ILiveHub.JoinDecisions)));
                DecisionsMoved?.Invoke();
            }

            if (wanted.HasFlag(LiveTopics.Wallboard))
            {
                Board = await live.InvokeAsync<Wallboard>(nameof(ILiveHub.JoinWallboard));
            }

            await Tell(nameof(ILiveHub.WatchOrder), watched);
            Heard();
        }
        catch (Exception fault) when (fault is InvalidOperationException or OperationCanceledException or Microsoft.AspNetCore.SignalR.HubException)
        {
            // The connection went away meanwhile: reconnecting joins again, and until then the panels say how old they are.
        }
    }

    // Who is not connected asks again when he is.
    private async Task Tell(string what, string orderId)
    {
        if (orderId.Length > 0 && connection is { State: HubConnectionState.Connected } live)
        {
            try
            {
                await live.InvokeAsync(what, orderId);
            }
            catch (Exception fault) when (fault is InvalidOperationException or OperationCanceledException)
            {
                // The connection went away meanwhile.
            }
        }
    }

    /// <summary>Applies what the hub tells of the queue; where something between is missing, asks for a snapshot.</summary>
    public async Task Hear(QueueChange change)
    {
        if (Queue.Apply(change))
        {
            CallsMoved?.Invoke(change.Calls);
            Heard();
        }
        else
        {
            await JoinAll(LiveTopics.Queue);
        }
    }

    private async Task OnOrdersChanged(OrdersChange change)
    {
        if (Orders.Apply(change))
        {
            Heard();
        }
        else
        {
            await JoinAll(LiveTopics.Orders);
        }
    }

    private async Task OnDecisionsChanged(DecisionsChange change)
    {
        if (Decisions.Apply(change))
        {
            DecisionsMoved?.Invoke();
            Heard();
        }
        else
        {
            await JoinAll(LiveTopics.Decisions);
        }
    }

    private void OnWallboardChanged(Wallboard board)
    {
        Board = board;
        Heard();
    }

    private void OnPulse(Pulse pulse)
    {
        heardAt = time.GetTimestamp();
        behindSeconds = pulse.BehindSeconds;
        clock.Correct(pulse.At);
    }

    private void Heard()
    {
        heardAt = time.GetTimestamp();
        Changed?.Invoke();
    }

    private sealed class Patience : IRetryPolicy
    {
        public TimeSpan? NextRetryDelay(RetryContext retryContext) =>
            TimeSpan.FromSeconds(Math.Min(5, 0.25 * Math.Pow(2, Math.Min(retryContext.PreviousRetryCount, 6))));
    }
}
