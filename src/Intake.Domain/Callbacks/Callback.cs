using System.Collections.Immutable;

namespace Intake.Domain.Callbacks;

/// <summary>One person has it in hand.</summary>
/// <param name="Number">The how-manieth of the callback.</param>
public sealed record Lease(int Number, StaffRef By, DateTimeOffset Until);

/// <summary>A call that is owed: an owner and a deadline always.</summary>
/// <param name="Queue">The queue whose operators may ring; empty where the owner does it himself.</param>
/// <param name="Window">When to ring: not before its beginning, and its end is the deadline.</param>
/// <param name="Lease">Null while nobody has it in hand.</param>
/// <param name="Leases">How often somebody had.</param>
/// <param name="WebRequests">How often it was asked for on the web.</param>
public sealed record Promise(
    string CallbackId, string Number, string ClientId, StaffRef Owner, string Queue, CallbackWindow Window, int Attempts, Lease? Lease,
    int Leases, int WebRequests, bool Escalated, bool Breached);

/// <summary>
/// The calls that are owed to one number, one after the other in one stream: so of two requests that race, on whichever hosts, one opens
/// the promise and the other is merged into it. Streams from before, of one promise each, read the same.
/// </summary>
/// <param name="Rounds">Promises so far.</param>
/// <param name="Open">The one that is owed now; never more than one.</param>
/// <param name="Known">The promise behind each id of a callback or of a request that this stream has seen.</param>
public sealed record Callback(int Rounds, Promise? Open, ImmutableDictionary<string, string> Known)
{
    /// <summary>Callback streams, and how their events become this state.</summary>
    public static readonly Aggregate<Callback> Stream =
        new("callback", new Callback(0, null, ImmutableDictionary<string, string>.Empty), Evolve);

    private static Callback Evolve(Callback callback, IEvent @event) => @event switch
    {
        CallbackRequested e => new Callback(
            callback.Rounds + 1,
            new Promise(
                e.CallbackId, e.Number, e.ClientId, e.Owner, string.Empty, new CallbackWindow(e.At, e.Deadline, string.Empty), 0, null, 0, 0,
                Escalated: false, Breached: false),
            callback.Known.SetItem(e.CallbackId, e.CallbackId)),
        CallbackTakenDown e => callback.With(open => open with { Queue = e.Queue, WebRequests = e.Source == CallbackSource.Web ? 1 : 0 }) with
        {
            Known = callback.Known.SetItem(e.RequestId, e.CallbackId),
        },
        CallbackScheduled e => callback.With(open => open with { Window = e.Window }),
        CallbackMerged e => callback.With(open => open with
        {
            ClientId = open.ClientId.Length > 0 ? open.ClientId : e.ClientId,
            WebRequests = open.WebRequests + (e.Source == CallbackSource.Web ? 1 : 0),
        }) with
        {
            Known = callback.Known.SetItem(e.RequestId, e.CallbackId),
        },
        CallbackLeased e => callback.With(open => open with { Lease = new Lease(e.Lease, e.By, e.Until), Leases = e.Lease }),
        CallbackLeaseEnded => callback.With(open => open with { Lease = null }),
        CallbackAttempted e => callback.With(open => open with
        {
            Attempts = open.Attempts + 1,
            Window = e.RetryAt is { } retry ? open.Window with { From = retry } : open.Window,
        }),
        CallbackEscalated e => callback.With(open => open with
        {
            Owner = e.To,
            Queue = string.Empty,
            Escalated = true,
            Window = open.Window with { Until = e.Deadline },
        }),
        CallbackReassigned e => callback.With(open => open with { Owner = e.To, Queue = string.Empty }),
        CallbackBreached => callback.With(open => open with { Breached = true }),
        CallbackClosed => callback with { Open = null },
        _ => callback,
    };

    private Callback With(Func<Promise, Promise> change) => Open is { } open ? this with { Open = change(open) } : this;
}
