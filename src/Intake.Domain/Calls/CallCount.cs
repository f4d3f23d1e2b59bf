namespace Intake.Domain.Calls;

/// <summary>How a call ended, as the figures see it.</summary>
public enum CallOutcome
{
    /// <summary>Not yet.</summary>
    Open,

    /// <summary>Somebody answered: took it here, or answered on the phone and it is over.</summary>
    Answered,

    /// <summary>It left the queue unanswered by any operator, not when one phone rang out.</summary>
    Missed,

    /// <summary>The client agreed to be rung back before anybody answered.</summary>
    ToCallback,
}

/// <summary>How a call counts in the figures; when signals come late it is counted anew (<see cref="CallRecounted"/>).</summary>
/// <param name="QueuedAt">When it first entered a queue; null where it never did, then it has no wait.</param>
/// <param name="WaitedMs">From there to the answer, or to leaving the queue; milliseconds, never negative; 0 while it is open.</param>
/// <param name="EndedAt">When a conversation was hung up; null where there was none or it goes on.</param>
/// <param name="TalkMs">From the answer to the hang-up, holds included, milliseconds.</param>
public sealed record CallCount(DateTimeOffset? QueuedAt, CallOutcome Outcome, long WaitedMs, DateTimeOffset? EndedAt, long TalkMs)
{
    /// <summary>It does not count yet.</summary>
    public static readonly CallCount Nothing = new(null, CallOutcome.Open, 0, null, 0);

    /// <summary>How the call has to count by all that is known of it now.</summary>
    public static CallCount Of(Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var phone = call.Phone;
        return call switch
        {
            { ClaimedBy: not null } => Answered(call.AnsweredAt),
            { Phone: { Ended: not null, Answered: { } answered } } => Answered(answered.At),
            { Phase: CallPhase.ConvertedToCallback } => new CallCount(phone.Queued?.At, CallOutcome.ToCallback, 0, null, 0),
            { Phone.HasLeftQueue: true } => Missed(phone.Transferred!.At),
            { Phone: { Ended: { } ended } } => Missed(ended),
            _ => Nothing with { QueuedAt = phone.Queued?.At },
        };

        CallCount Answered(DateTimeOffset at) => new(
            phone.Queued?.At, CallOutcome.Answered, Waited(at), phone.Ended, phone.Ended is { } end ? Elapsed.Ms(at, end) : 0);

        CallCount Missed(DateTimeOffset at) => new(phone.Queued?.At, CallOutcome.Missed, Waited(at), null, 0);

        long Waited(DateTimeOffset until) => phone.Queued is { } queued ? Elapsed.Ms(queued.At, until) : 0;
    }

    /// <summary>How it is counted after an event: what the readers of events have counted.</summary>
    internal static CallCount After(Call call, IEvent @event) => (@event, call.Count) switch
    {
        (CallQueued e, var count) => count with { QueuedAt = e.At },
        (CallClaimed e, _) when e.Queue.Length > 0 || e.QueuedAt != e.At =>
            new CallCount(e.QueuedAt, CallOutcome.Answered, e.WaitedMs, null, 0),
        (CallClaimed, { QueuedAt: null } count) => count with { Outcome = CallOutcome.Answered },
        (CallAbandoned e, _) when e.Queue.Length > 0 || e.QueuedAt != e.At =>
            new CallCount(e.QueuedAt, CallOutcome.Missed, e.WaitedMs, null, 0),
        (CallAbandoned, { QueuedAt: null } count) => count with { Outcome = CallOutcome.Missed },
        (CallLeftQueue e, _) => new CallCount(e.QueuedAt, CallOutcome.Missed, e.WaitedMs, null, 0),
        (CallEnded e, var count) => count with { EndedAt = e.At, TalkMs = e.TalkMs },
        (PhoneCallEnded e, _) => new CallCount(e.QueuedAt, CallOutcome.Answered, e.WaitedMs, e.At, e.TalkMs),
        (CallConvertedToCallback, { Outcome: CallOutcome.Open } count) => count with { Outcome = CallOutcome.ToCallback },
        (CallRecounted e, _) => e.After,
        (_, var count) => count,
    };
}
