namespace Intake.Domain.Callbacks;

/// <summary>Somebody wants to be rung back.</summary>
/// <param name="RequestId">Names the request for ever: seen again, it changes nothing.</param>
/// <param name="CallbackId">What the promise is called, where a call has said so already; empty where the stream names it.</param>
/// <param name="CallId">The call that it comes from, or empty.</param>
/// <param name="Number">To ring; E.164 where it could be normalised.</param>
/// <param name="Owner">Who answers for it; of a queue's, the supervisor.</param>
/// <param name="Queue">The queue whose operators may ring; empty where the owner does it himself.</param>
/// <param name="Window">Within working hours already, except where a call has promised otherwise.</param>
public sealed record CallbackRequest(
    string RequestId, string CallbackId, string CallId, CallbackSource Source, string Number, string ClientId, string ClientName,
    StaffRef Owner, string Queue, string Reason, string Contact, string Company, string Words, string Language, CallbackWindow Window);

/// <summary>Asking for a callback: once, however often it is asked for (A.III.1).</summary>
public static class CallbackRequests
{
    /// <summary>
    /// Opens the promise, or merges the request into the one that is open. Of the two wishes the earlier and narrower rules
    /// (<see cref="CallbackPolicy.Narrower"/>). A person for whom a call was meant takes over what was a queue's.
    /// </summary>
    /// <param name="stream">The id of the stream, from which that of the promise derives.</param>
    public static Decision Ask(Callback callback, string stream, CallbackRequest request, CallbackPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(policy);
        if (callback.Known.ContainsKey(request.RequestId))
        {
            return Decision.Nothing;
        }

        if (callback.Open is { } open)
        {
            return Merge(open, request, policy, now);
        }

        var id = request.CallbackId.Length > 0 ? request.CallbackId : Invariant($"{stream}-{callback.Rounds + 1}");
        return Decision.Accept(
            new CallbackRequested(
                id, request.CallId, request.Number, request.ClientId, request.ClientName, request.Owner, request.Reason, now,
                request.Window.Until),
            new CallbackTakenDown(
                id, request.RequestId, request.Source, request.Queue, request.Contact, request.Company, request.Words, request.Language, now),
            new CallbackScheduled(id, request.Window, "asked", now));
    }

    private static Decision Merge(Promise open, CallbackRequest request, CallbackPolicy policy, DateTimeOffset now)
    {
        if (request.Source == CallbackSource.Web && open.WebRequests >= policy.MostWebRequests)
        {
            return Decision.Nothing;
        }

        List<IEvent> events =
        [
            new CallbackMerged(
                open.CallbackId, request.RequestId, request.Source, request.Number, request.ClientId, request.ClientName, request.Contact,
                request.Company, request.Words, now),
        ];
        if (request.Queue.Length == 0 && open.Queue.Length > 0)
        {
            events.Add(new CallbackReassigned(open.CallbackId, open.Owner, request.Owner, StaffRef.System, "the call was meant for him", now));
        }

        var narrower = policy.Narrower(open.Window, request.Window);
        if (narrower != open.Window)
        {
            events.Add(new CallbackScheduled(open.CallbackId, narrower, "merged", now));
        }

        return Decision.Accept(events);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
