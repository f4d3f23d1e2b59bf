using Intake.Contracts;

namespace Intake.Desk.Live;

/// <summary>What kind of work it is; in this order where nothing else decides.</summary>
public enum TaskKind
{
    /// <summary>A call rings at this person, or is offered to him.</summary>
    Ringing,

    /// <summary>A client waits in a queue.</summary>
    Waiting,

    /// <summary>A decision is owed.</summary>
    Decision,

    /// <summary>A promised call.</summary>
    Callback,

    /// <summary>An order is to be finished.</summary>
    Order,
}

/// <summary>One thing that a person has to do.</summary>
/// <param name="Id">Of the call, escalation, callback or order.</param>
/// <param name="CallId">The call that an order belongs to; else empty.</param>
/// <param name="Due">Until when; null where it is at once.</param>
/// <param name="From">Not before; null where at any time.</param>
public sealed record DayTask(TaskKind Kind, string Id, string Title, DateTimeOffset? Due, DateTimeOffset? From, string CallId = "");

/// <summary>
/// Everything that one person has to do, in one ranked list (B.II.1.2): who is on the line comes before who is not, what is overdue before
/// what is due, the nearer deadline before the farther, and what cannot be done yet last, by when it can.
/// </summary>
public static class DayPlan
{
    /// <summary>The list, the best next task first.</summary>
    /// <param name="rings">He rings for the queues, and takes their calls, as operators do.</param>
    /// <param name="inHand">The order on the pad, which is no task any more; empty where there is none.</param>
    public static IReadOnlyList<DayTask> Of(
        LiveQueue queue, LiveDecisions decisions, LiveOrders orders, string staffId, bool rings, string inHand, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(orders);
        return
        [
            .. Calls(queue, staffId, rings)
                .Concat(decisions.OwedBy(staffId).Where(row => row.Question.Length > 0)
                    .Select(row => new DayTask(TaskKind.Decision, row.EscalationId, row.ClientName, row.Deadline ?? row.RaisedAt, null)))
                .Concat(queue.CallbacksOf(staffId, rings).Where(row => row.LeasedBy is null || row.LeasedBy.Id == staffId)
                    .Select(row => new DayTask(
                        TaskKind.Callback, row.CallbackId, Who(row), row.Deadline, row.LeasedBy?.Id == staffId ? null : row.NotBefore)))
                .Concat(ToFinish(queue, orders, staffId, inHand)
                    .Select(row => new DayTask(TaskKind.Order, row.OrderId, row.ClientName, null, null, row.CallId)))
                .OrderBy(task => Rank(task, now)).ThenBy(task => Moment(task, now)).ThenBy(task => task.Kind).ThenBy(task => task.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Drafts of this person whose call he does not have: given to him, or left over, the oldest first.</summary>
    public static IEnumerable<OrderRow> ToFinish(LiveQueue queue, LiveOrders orders, string staffId, string inHand)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(orders);
        return orders.Rows
            .Where(order => order.Phase == "draft" && order.By.Id == staffId && order.OrderId != inHand && queue.Call(order.CallId)?.Assignee?.Id != staffId)
            .OrderBy(order => order.OpenedAt);
    }

    private static IEnumerable<DayTask> Calls(LiveQueue queue, string staffId, bool takes)
    {
        var ringing = queue.RingingAt(staffId);
        return queue.OfferedTo(staffId).Concat(ringing is null ? [] : [ringing])
            .Select(call => new DayTask(TaskKind.Ringing, call.CallId, Caller(call), call.AskedAt ?? call.OfferedAt, null))
            .Concat(takes
                ? queue.WaitingFor(staffId).Where(call => call.CallId != ringing?.CallId)
                    .Select(call => new DayTask(TaskKind.Waiting, call.CallId, Caller(call), call.QueuedAt, null))
                : []);
    }

    private static int Rank(DayTask task, DateTimeOffset now) => task switch
    {
        { Kind: TaskKind.Ringing } => 0,
        { Kind: TaskKind.Waiting } => 1,
        { Due: { } due } when due < now => 2,
        { From: { } from } when from > now => 5,
        { Due: null } => 4,
        _ => 3,
    };

    private static DateTimeOffset Moment(DayTask task, DateTimeOffset now) => task.From > now ? task.From.Value : task.Due ?? DateTimeOffset.MaxValue;

    private static string Caller(QueueCall call) => (call.ClientName, call.Candidates) switch
    {
        ({ Length: > 0 } name, _) => name,
        (_, [var only]) => only.ClientName,
        _ => call.FromNumber,
    };

    private static string Who(CallbackRow row) => new[] { row.ClientName, row.Company, row.Contact, row.Number }.First(name => name.Length > 0 || name == row.Number);
}
