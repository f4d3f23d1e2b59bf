namespace Intake.Contracts;

/// <summary>
/// The live queue at a position: calls that are not over, or were answered lately on the phone of somebody here and are owed a registration;
/// people on the floor; callbacks not closed.
/// </summary>
/// <param name="Version">Of the projection; another one asks for a new snapshot.</param>
public sealed record QueueSnapshot(
    int Version, long Position, IReadOnlyList<QueueCall> Calls, IReadOnlyList<FloorPerson> People, IReadOnlyList<CallbackRow> Callbacks);

/// <summary>
/// Rows of the queue that changed after one position, up to another; a call that is over leaves the queue. Calls that began and were over
/// between the two are left out, unless they are owed a registration.
/// </summary>
/// <param name="From">The position that the receiver must have; else he asks for a new snapshot.</param>
public sealed record QueueChange(
    int Version, long From, long To, IReadOnlyList<QueueCall> Calls, IReadOnlyList<FloorPerson> People,
    IReadOnlyList<CallbackRow> Callbacks);

/// <summary>The newest orders at a position, newest first.</summary>
public sealed record OrdersSnapshot(int Version, long Position, IReadOnlyList<OrderRow> Orders);

/// <summary>Orders that changed after one position, up to another.</summary>
public sealed record OrdersChange(int Version, long From, long To, IReadOnlyList<OrderRow> Orders);

/// <summary>The supervisor's figures at a position. Today is the day in the home time zone.</summary>
/// <param name="Waiting">Calls in queues now.</param>
/// <param name="OldestQueuedAt">Since when the longest of them waits; null when none does.</param>
/// <param name="Interval">Of the running quarter of an hour.</param>
/// <param name="Today">Of the day so far.</param>
/// <param name="States">Operators by state.</param>
/// <param name="CallbacksOverdue">Promised calls whose deadline has passed.</param>
/// <param name="NotRegistered">Of today: calls that were answered or taken, are over, and that nobody has closed (A.III.14).</param>
/// <param name="Day">The day's intervals, for the charts.</param>
public sealed record Wallboard(
    int Version, long Position, DateTimeOffset At, int Waiting, DateTimeOffset? OldestQueuedAt, ServiceLevel Interval,
    ServiceLevel Today, IReadOnlyList<StateCount> States, int CallbacksOverdue, int NotRegistered, Sales Sales,
    IReadOnlyList<IntervalFigures> Day);

/// <summary>Service level: answered within the threshold / (offered - abandoned at or before the short threshold).</summary>
/// <param name="Level">0 to 1; null where nothing was offered.</param>
/// <param name="ThresholdSeconds">20 by default.</param>
/// <param name="Target">0 to 1.</param>
public sealed record ServiceLevel(
    double? Level, int Offered, int Answered, int AnsweredInTime, int Abandoned, int ShortAbandoned, double AverageAnswerSeconds,
    int ThresholdSeconds, double Target);

/// <summary>Operators in a state.</summary>
public sealed record StateCount(string State, int Count);

/// <summary>Sales of the day.</summary>
/// <param name="Value">Net, in the company's currency.</param>
/// <param name="Refused">Orders refused at opening, and submissions refused.</param>
public sealed record Sales(
    int Orders, decimal Value, decimal MeanValue, decimal LinesPerOrder, int Refused, int OffersPresented, int OffersAccepted,
    decimal AcceptedValue, int Escalations);

/// <summary>A quarter of an hour.</summary>
public sealed record IntervalFigures(
    DateTimeOffset Start, int Offered, int Answered, int AnsweredInTime, int Abandoned, int Orders, decimal Value);

/// <summary>The hub's heartbeat: the host is alive, and how far its read models are.</summary>
/// <param name="Head">Position of the last event in the log.</param>
/// <param name="Shown">Position that the queue's read model has reached.</param>
/// <param name="BehindSeconds">
/// Age of the oldest event not yet shown; 0 when all are. While the log does not answer, the time since it was last compared.
/// </param>
public sealed record Pulse(DateTimeOffset At, long Head, long Shown, double BehindSeconds);

/// <summary>What the hub at <c>/hubs/live</c> sends. Nothing true lives in the hub: a client that misses something asks for a snapshot.</summary>
public interface ILiveDesk
{
    Task QueueChanged(QueueChange change);

    Task OrdersChanged(OrdersChange change);

    /// <summary>An order that is watched has changed; who watches it reads it anew.</summary>
    /// <param name="position">Log position of the change.</param>
    Task OrderMoved(string orderId, long position);

    Task WallboardChanged(Wallboard board);

    Task DecisionsChanged(DecisionsChange change);

    Task Pulse(Pulse pulse);
}

/// <summary>What a client may ask of the hub; each answer is a snapshot, and changes follow it.</summary>
public interface ILiveHub
{
    /// <summary>The live queue; for everybody on the floor.</summary>
    Task<QueueSnapshot> JoinQueue();

    /// <summary>The order book; operators get their own orders, others all that they may read.</summary>
    Task<OrdersSnapshot> JoinOrders();

    /// <summary>From now on <see cref="ILiveDesk.OrderMoved"/> for this order, until <see cref="LeaveOrder"/>.</summary>
    Task WatchOrder(string orderId);

    /// <summary>No more of this order.</summary>
    Task LeaveOrder(string orderId);

    /// <summary>Decisions owed and absences; for everybody on the floor.</summary>
    Task<DecisionsSnapshot> JoinDecisions();

    /// <summary>The wallboard; for supervisors and heads.</summary>
    Task<Wallboard> JoinWallboard();
}
