using System.Collections.Immutable;
using Intake.Domain.Clients;

namespace Intake.Domain.Calls;

/// <summary>How far a call has come; it only moves forward.</summary>
public enum CallPhase
{
    Unknown,
    Arrived,
    Queued,
    Connected,
    Held,
    WrapUp,
    Abandoned,
    ConvertedToCallback,
    Closed,
}

/// <summary>What decisions about a call need to know of it.</summary>
/// <param name="Signals">Identities of the signals heard, so that a duplicate is recognised.</param>
/// <param name="Candidates">Ids of the clients that the number suggests.</param>
/// <param name="Route">Where the table sent it, once it has spoken.</param>
/// <param name="AskedNow">The person to whom the call is offered and who has not answered.</param>
/// <param name="TimesOffered">How often it was offered to anybody; each time is an escalation of its own.</param>
/// <param name="EscalationId">The escalation by which the present assignee got the call; null where none did.</param>
/// <param name="Declined">People who declined or were passed over, by id.</param>
public sealed record Call(
    string Id,
    CallPhase Phase,
    CallDirection Direction,
    string FromNumber,
    string Queue,
    DateTimeOffset QueuedAt,
    DateTimeOffset AnsweredAt,
    StaffRef? ClaimedBy,
    StaffRef? Assignee,
    StaffRole AssigneeRole,
    ImmutableHashSet<string> Candidates,
    string? ClientId,
    ClientType ClientType,
    CallPurpose? Purpose,
    RoutingDecided? Route,
    TransferOffered? AskedNow,
    int TimesOffered,
    string? EscalationId,
    ImmutableHashSet<string> Declined,
    ImmutableHashSet<string> Signals)
{
    /// <summary>Call streams, and how their events become this state.</summary>
    public static readonly Aggregate<Call> Stream = new(
        "call",
        new Call(
            string.Empty, CallPhase.Unknown, CallDirection.Inbound, string.Empty, string.Empty, default, default, null, null,
            StaffRole.Operator, [], null, ClientType.Unknown, null, null, null, 0, null, [], []),
        Evolve);

    /// <summary>The operator at whom the waiting call rings, or rang last before the caller gave up; null where it rings at nobody.</summary>
    public CallOfferedToOperator? Ringing { get; private init; }

    /// <summary>How many times it has rung at anybody.</summary>
    public int TimesRung { get; private init; }

    /// <summary>Attempts to get the call that were given up.</summary>
    public ImmutableHashSet<string> Lapsed { get; private init; } = [];

    /// <summary>People who had the call before it was taken over from them, by id.</summary>
    public ImmutableHashSet<string> Earlier { get; private init; } = [];

    /// <summary>Another call was promised on this one.</summary>
    public bool OwesCallback { get; init; }

    /// <summary>Nothing can happen to it any more but a late signal.</summary>
    public bool IsOver => Phase is CallPhase.Abandoned or CallPhase.ConvertedToCallback or CallPhase.Closed;

    /// <summary>A person and a client are, or were a moment ago, talking.</summary>
    public bool IsInHand => Phase is CallPhase.Connected or CallPhase.Held or CallPhase.WrapUp;

    private static Call Evolve(Call call, IEvent @event) => @event switch
    {
        CallArrived e => call.Heard(e.Signal) with
        {
            Id = e.CallId,
            Phase = CallPhase.Arrived,
            Direction = e.Direction,
            FromNumber = e.FromNumber,
        },
        CallQueued e => call.Heard(e.Signal) with { Phase = CallPhase.Queued, Queue = e.Queue, QueuedAt = e.At },
        CallAbandoned e => call.Heard(e.Signal) with { Phase = CallPhase.Abandoned },
        CallClaimed e => call with
        {
            Phase = CallPhase.Connected,
            ClaimedBy = e.By,
            Assignee = e.By,
            AssigneeRole = StaffRole.Operator,
            AnsweredAt = e.At,
            Ringing = null,
        },
        CallOfferedToOperator e => call with { Ringing = e, TimesRung = e.Attempt },
        OfferNotAnswered or OfferWithdrawn => call with { Ringing = null },
        AttemptLapsed e => call with { Lapsed = call.Lapsed.Add(e.AttemptId) },
        CallHeld e => call.Heard(e.Signal) with { Phase = CallPhase.Held },
        CallResumed e => call.Heard(e.Signal) with { Phase = CallPhase.Connected },
        CallEnded e => call.Heard(e.Signal) with { Phase = CallPhase.WrapUp },
        LateSignalRecorded e => call.Heard(e.Signal),
        CallbackAsked e => call.Heard(e.Signal),
        CallbackPromised => call with { OwesCallback = true },
        CallerCandidatesFound e => call with { Candidates = [.. e.Candidates.Select(candidate => candidate.ClientId)] },
        CallerIdentified e => call with { ClientId = e.ClientId, ClientType = e.ClientType, Route = null },
        PurposeStated e => call with { Purpose = e.Purpose, Route = null },
        RoutingDecided e => call with { Route = e, AskedNow = null, Declined = [] },
        TransferOffered e => call with { AskedNow = e, TimesOffered = call.TimesOffered + 1 },
        TransferDeclined e => call with { AskedNow = null, Declined = call.Declined.Add(e.By.Id) },
        TransferTimedOut e => call with { AskedNow = null, Declined = call.Declined.Add(e.To.Id) },
        TransferAccepted e => call with
        {
            AskedNow = null,
            EscalationId = call.AskedNow?.EscalationId,
            Earlier = call.Assignee is { } before ? call.Earlier.Add(before.Id) : call.Earlier,
            Assignee = e.By,
            AssigneeRole = e.Role,
        },
        CallConvertedToCallback => call with { Phase = CallPhase.ConvertedToCallback, AskedNow = null },
        CallClosed => call with { Phase = CallPhase.Closed },
        _ => call,
    };

    private Call Heard(string signal) => this with { Signals = Signals.Add(signal) };
}
