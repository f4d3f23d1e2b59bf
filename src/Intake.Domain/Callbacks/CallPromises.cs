using Intake.Domain.Calls;

namespace Intake.Domain.Callbacks;

/// <summary>How a call ends in a promise to ring back.</summary>
public static class CallPromises
{
    /// <summary>
    /// The caller does not want to wait any longer and is rung back: the call leaves the queue without having been abandoned.
    /// </summary>
    /// <param name="owner">Who answers for the queue.</param>
    public static Decision LeaveQueue(Call call, StaffRef owner, DateTimeOffset deadline)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(owner);
        return call switch
        {
            { Phase: CallPhase.Queued or CallPhase.Arrived, FromNumber.Length: 0 } => Decision.Refuse(
                "LeaveQueueForCallback", "number-withheld", "The caller's number is withheld; nobody could ring him. Take the call and ask."),
            { Phase: CallPhase.Queued or CallPhase.Arrived } =>
                Decision.Accept(new CallConvertedToCallback(call.Id, call.Id, owner, deadline)),
            { Phase: CallPhase.ConvertedToCallback } => Decision.Nothing,
            { Phase: CallPhase.Unknown } => Decision.Refuse("LeaveQueueForCallback", "call-unknown", "There is no such call."),
            _ => Decision.Refuse("LeaveQueueForCallback", "call-not-waiting", "This call does not wait in the queue any more."),
        };
    }

    /// <summary>
    /// Who talks with the client promises to ring him again; the promise is his own. Of a call that nobody took here, whoever registers
    /// it promises.
    /// </summary>
    public static Decision Promise(Call call, StaffRef by, string number, CallbackWindow window, string words, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(by);
        return call switch
        {
            { IsInHand: false, Phase: not CallPhase.Unregistered } =>
                Decision.Refuse("PromiseCallback", "call-not-in-hand", "Take the call first; nobody is talking on it."),
            { IsInHand: true, Assignee: { } assignee } when assignee.Id != by.Id =>
                Decision.Refuse("PromiseCallback", "call-of-another", $"{assignee.Name} has this call."),
            _ when string.IsNullOrEmpty(number) =>
                Decision.Refuse("PromiseCallback", "number-missing", "Ask for the number to ring; the caller's is withheld."),
            _ => Decision.Accept(new CallbackPromised(call.Id, number, window, words, by, now)),
        };
    }
}
