using Intake.Domain.Calls;
using Intake.Domain.Staff;

namespace Intake.Domain.Callbacks;

/// <summary>What came of ringing, as the person says it.</summary>
/// <param name="Note">In words, or empty.</param>
/// <param name="OrderId">The order that came of it, or empty.</param>
/// <param name="Later">The window to which a client who postpones moves it; null for other results.</param>
public sealed record AttemptReport(AttemptResult Result, string Note, string OrderId, CallbackWindow? Later);

/// <summary>Keeping a promise: one person at a time has it in hand, and whatever he does it has an owner and a deadline (A.III.1).</summary>
public static class CallbackWork
{
    // What keeps timers has microseconds; the deadline has more.
    private static readonly TimeSpan Finer = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Takes it in hand for a while. The owner may at any time, the queue's operators once its time has come; heads and supervisors may
    /// step in. Taken again by the same person it stays as it is.
    /// </summary>
    public static Decision Lease(Callback callback, string id, StaffRef by, StaffRole role, CallbackPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(policy);
        if (Missing(callback, id, "LeaseCallback", out var open) is { } refused)
        {
            return refused;
        }

        return open switch
        {
            { Lease: { } lease } when lease.By.Id == by.Id && lease.Until > now => Decision.Nothing,
            { Lease: { } lease } when lease.Until > now => Decision.Refuse(new CallbackAlreadyLeased(open.CallbackId, lease.By, by)),
            { Queue.Length: 0 } when open.Owner.Id != by.Id && !StepsIn(role) => Decision.Refuse(
                "LeaseCallback", "callback-of-another", $"{open.Owner.Name} owes this call. Ask the supervisor to give it to you."),
            _ when open.Window.From > now && open.Owner.Id != by.Id && !StepsIn(role) => Decision.Refuse(
                "LeaseCallback", "callback-not-due",
                FormattableString.Invariant($"The client wants no call before {open.Window.From.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Take another one.")),
            _ => Decision.Accept([.. Ended(open, LeaseEnd.Expired, now), Leased(open, by, policy, now)]),
        };
    }

    /// <summary>Gives it back without having rung.</summary>
    public static Decision GiveBack(Callback callback, string id, StaffRef by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(by);
        return Missing(callback, id, "GiveCallbackBack", out var open)
            ?? (open.Lease?.By.Id == by.Id ? Decision.Accept(Ended(open, LeaseEnd.GivenBack, now)) : Decision.Nothing);
    }

    /// <summary>It comes back from a person who has not said what came of it.</summary>
    public static Decision Expire(Callback callback, string id, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return callback.Open is { Lease: { } lease } open && open.CallbackId == id && lease.Until <= now + Finer
            ? Decision.Accept(Ended(open, LeaseEnd.Expired, now))
            : Decision.Nothing;
    }

    /// <summary>
    /// Writes down an attempt: whose it is, or who has it in hand, may. An answer settles it or moves it; no answer is tried again later,
    /// and after as many attempts as the policy allows the head answers for it.
    /// </summary>
    /// <param name="head">To whom it goes when it has been tried often enough.</param>
    /// <param name="answer">The window that the head gets then.</param>
    public static Decision Attempt(
        Callback callback, string id, StaffRef by, AttemptReport report, StaffRef head, CallbackWindow answer, CallbackPolicy policy,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(policy);
        if (Missing(callback, id, "RecordAttempt", out var open) is { } refused)
        {
            return refused;
        }

        if (open.Owner.Id != by.Id && open.Lease?.By.Id != by.Id)
        {
            return Decision.Refuse("RecordAttempt", "callback-not-leased", "Take this callback in hand first; only who has it records an attempt.");
        }

        if (report.Result == AttemptResult.Postponed && report.Later is null)
        {
            return Decision.Refuse("RecordAttempt", "callback-time-missing", "Ask when the client wants to be rung.");
        }

        var again = report.Result is AttemptResult.NoAnswer or AttemptResult.Busy or AttemptResult.Voicemail;
        var attempt = open.Attempts + 1;
        List<IEvent> events =
        [
            new CallbackAttempted(
                open.CallbackId, by, attempt, report.Result, report.Note, now, again ? policy.RetryAt(report.Result, now) : null),
            .. open.Lease?.By.Id == by.Id || !again ? Ended(open, LeaseEnd.Attempted, now) : [],
        ];
        switch (report.Result)
        {
            case AttemptResult.Reached:
                events.Add(Closed(open, by, "reached", string.Empty, report.OrderId, now));
                break;
            case AttemptResult.WrongNumber:
                events.Add(Closed(open, by, "wrongNumber", string.Empty, string.Empty, now));
                break;
            case AttemptResult.Refused:
                events.Add(Closed(open, by, "refused", string.Empty, string.Empty, now));
                break;
            case AttemptResult.Postponed:
                events.Add(new CallbackScheduled(open.CallbackId, report.Later!, "postponed", now));
                break;
            default:
                if (attempt >= policy.MostAttempts && !open.Escalated)
                {
                    events.Add(new CallbackEscalated(open.CallbackId, open.Owner, head, attempt, now, answer.Until));
                }

                break;
        }

        return Decision.Accept(events);
    }

    /// <summary>The client rang himself: the call settles what was owed. It has to be with him, and in the hands of who says so.</summary>
    public static Decision Settle(
        Callback callback, string id, StaffRef by, Call call, bool sameNumber, string orderId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(call);
        if (Missing(callback, id, "SettleCallback", out var open) is { } refused)
        {
            return refused;
        }

        return call switch
        {
            { IsInHand: false } => Decision.Refuse("SettleCallback", "call-not-in-hand", "Take the call first; nobody is talking on it."),
            { Assignee: { } assignee } when assignee.Id != by.Id =>
                Decision.Refuse("SettleCallback", "call-of-another", $"{assignee.Name} has this call."),
            _ when !sameNumber && (open.ClientId.Length == 0 || call.ClientId != open.ClientId) => Decision.Refuse(
                "SettleCallback", "callback-of-another-client", "This call is with another client than the one who waits to be rung."),
            _ => Decision.Accept(
                [.. Ended(open, LeaseEnd.Attempted, now), Closed(open, by, "settledByCall", call.Id, orderId, now)]),
        };
    }

    /// <summary>Gives it another owner; a head or a supervisor does, and says why.</summary>
    public static Decision Reassign(Callback callback, string id, StaffMember person, StaffRef by, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (Missing(callback, id, "ReassignCallback", out var open) is { } refused)
        {
            return refused;
        }

        if (person.InForce is not { Role: not (StaffRole.Auditor or StaffRole.Administrator) } appointment)
        {
            return Decision.Refuse("ReassignCallback", "nobody-to-ring", "There is nobody of this name who rings clients. Choose another person.");
        }

        var to = new StaffRef(appointment.StaffId, appointment.Name);
        return open switch
        {
            _ when string.IsNullOrWhiteSpace(reason) =>
                Decision.Refuse("ReassignCallback", "reason-missing", "Say why another person is to ring."),
            { Queue.Length: 0 } when open.Owner.Id == to.Id => Decision.Nothing,
            _ => Decision.Accept(
            [
                .. open.Lease?.By.Id == to.Id ? [] : Ended(open, LeaseEnd.Reassigned, now),
                new CallbackReassigned(open.CallbackId, open.Owner, to, by, reason, now),
            ]),
        };
    }

    /// <summary>The deadline has passed: the alarm, once, until it is closed.</summary>
    public static Decision Breach(Callback callback, string id, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return callback.Open is { Breached: false } open && open.CallbackId == id && open.Window.Until <= now + Finer
            ? Decision.Accept(new CallbackBreached(open.CallbackId, open.Owner, open.Window.Until, now))
            : Decision.Nothing;
    }

    private static bool StepsIn(StaffRole role) => role is StaffRole.Head or StaffRole.Supervisor;

    private static Decision? Missing(Callback callback, string id, string command, out Promise open)
    {
        ArgumentNullException.ThrowIfNull(callback);
        open = callback.Open!;
        return callback.Known.TryGetValue(id, out var named) switch
        {
            false => Decision.Refuse(command, "callback-unknown", $"There is no callback '{id}'."),
            true when callback.Open?.CallbackId != named => Decision.Refuse(command, "callback-closed", "This callback is closed already."),
            _ => null,
        };
    }

    private static CallbackLeased Leased(Promise open, StaffRef by, CallbackPolicy policy, DateTimeOffset now) =>
        new(open.CallbackId, open.Leases + 1, by, now, now + policy.LeaseFor);

    private static IReadOnlyList<IEvent> Ended(Promise open, LeaseEnd why, DateTimeOffset now) =>
        open.Lease is { } lease ? [new CallbackLeaseEnded(open.CallbackId, lease.Number, lease.By, why, now)] : [];

    private static CallbackClosed Closed(Promise open, StaffRef by, string result, string callId, string orderId, DateTimeOffset now) =>
        new(open.CallbackId, by, result, open.Breached || now > open.Window.Until, callId, orderId, now);
}
