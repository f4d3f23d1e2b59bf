using System.Collections.Immutable;
using Intake.Domain.Clients;

namespace Intake.Domain.Calls;

/// <summary>How far a call has come; it only moves forward.</summary>
public enum CallPhase
{
    Unknown,
    Arrived,
    Queued,

    /// <summary>Somebody answered on the phone and has not taken it here, or whoever had it here has left it.</summary>
    Answered,
    Connected,
    Held,
    WrapUp,
    Abandoned,

    /// <summary>It was answered, is over, and nobody has it here to register it (A.III.14).</summary>
    Unregistered,

    /// <summary>It was waiting when nothing more was heard of it.</summary>
    PresumedEnded,
    ConvertedToCallback,
    Closed,
}

/// <summary>What decisions about a call need to know of it.</summary>
/// <param name="Signals">Identities of the signals heard, so that a duplicate is recognised.</param>
/// <param name="Phone">What the telephony says of it.</param>
/// <param name="Count">How it has been counted in the figures.</param>
/// <param name="AnsweredAt">When it was answered for him who took it: on the phone, or by taking it.</param>
/// <param name="Candidates">Ids of the clients that the number suggests.</param>
/// <param name="Route">Where the table sent it, once it has spoken.</param>
/// <param name="AskedNow">The person to whom the call is offered and who has not answered.</param>
/// <param name="TimesOffered">How often it was offered to anybody; each time is an escalation of its own.</param>
/// <param name="EscalationId">The escalation by which the call was last taken over; null where it never was.</param>
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
    ImmutableHashSet<string> Signals,
    PhoneRecord Phone,
    CallCount Count)
{
    /// <summary>Call streams, and how their events become this state.</summary>
    public static readonly Aggregate<Call> Stream = new(
        "call",
        new Call(
            string.Empty, CallPhase.Unknown, CallDirection.Inbound, string.Empty, string.Empty, default, default, null, null,
            StaffRole.Operator, [], null, ClientType.Unknown, null, null, null, 0, null, [], [],
            PhoneRecord.Silent, CallCount.Nothing),
        (call, e) => Evolve(call, e) with { Count = CallCount.After(call, e) });

    /// <summary>The operator at whom the waiting call rings, or rang last before the caller gave up; null where it rings at nobody.</summary>
    public CallOfferedToOperator? Ringing { get; private init; }

    /// <summary>How many times it has rung at anybody.</summary>
    public int TimesRung { get; private init; }

    /// <summary>Attempts to get the call that were given up.</summary>
    public ImmutableHashSet<string> Lapsed { get; private init; } = [];

    /// <summary>People who had the call before it was taken over from them, by id.</summary>
    public ImmutableHashSet<string> Earlier { get; private init; } = [];

    /// <summary>The absent person in whose place the assignee has the call; null where he has it for himself.</summary>
    public StaffRef? AssigneeFor { get; private init; }

    /// <summary>Who left the call, where nobody has it since; null where somebody has it, or nobody left it.</summary>
    public StaffRef? LeftBy { get; private init; }

    /// <summary>Another call was promised on this one.</summary>
    public bool OwesCallback { get; init; }

    /// <summary>What who has the call asked his colleagues, and nobody has joined for yet; null where he asks nothing (A.III.22).</summary>
    public HelpAsked? HelpWanted { get; private init; }

    /// <summary>How often anybody was asked to help.</summary>
    public int TimesHelpAsked { get; private init; }

    /// <summary>Who helps with it now, by the helper's id.</summary>
    public ImmutableDictionary<string, HelpJoined> Helpers { get; private init; } = ImmutableDictionary<string, HelpJoined>.Empty;

    /// <summary>People who helped with it and do no longer, by id.</summary>
    public ImmutableHashSet<string> HelpedBefore { get; private init; } = [];

    /// <summary>The person is busy with this call: it is his, or he helps with it.</summary>
    public bool Occupies(string personId) => !IsOver && (Assignee?.Id == personId || Helpers.ContainsKey(personId));

    /// <summary>How it was registered afterwards; null where it was not.</summary>
    public CallRegisteredAfterwards? Registered { get; private init; }

    /// <summary>Nothing can happen to it any more but a late signal, or a registration afterwards.</summary>
    public bool IsOver => Phase is CallPhase.Abandoned or CallPhase.Unregistered or CallPhase.PresumedEnded
        or CallPhase.ConvertedToCallback or CallPhase.Closed;

    /// <summary>Nobody has answered yet.</summary>
    public bool IsWaiting => Phase is CallPhase.Arrived or CallPhase.Queued;

    /// <summary>The line is open, as far as is known.</summary>
    public bool IsRunning => IsWaiting || Phase is CallPhase.Answered or CallPhase.Connected or CallPhase.Held;

    /// <summary>When it was answered for him who takes it now: his phone may have been quicker.</summary>
    public DateTimeOffset AnsweredBy(DateTimeOffset now) => Phone.Answered is { } answered && answered.At < now ? answered.At : now;

    /// <summary>A person and a client are, or were a moment ago, talking.</summary>
    public bool IsInHand => Phase is CallPhase.Connected or CallPhase.Held or CallPhase.WrapUp;

    private static Call Evolve(Call call, IEvent @event) => @event switch
    {
        CallArrived e => call.Heard(SignalKind.Arrived, e.At, e.Signal, from: e.FromNumber) with
        {
            Id = e.CallId,
            Phase = CallPhase.Arrived,
            Direction = e.Direction,
            FromNumber = e.FromNumber,
        },
        CallQueued e => call.Heard(SignalKind.Queued, e.At, e.Signal, e.Queue, e.FromNumber) with
        {
            Phase = CallPhase.Queued,
            Queue = e.Queue,
            QueuedAt = e.At,
        },
        CallLeftQueue e => call.Heard(SignalKind.Transferred, e.At, e.Signal) with { Phase = CallPhase.Arrived, Queue = string.Empty },
        CallRequeued e => call.Heard(SignalKind.Queued, e.At, e.Signal, e.Queue) with { Phase = CallPhase.Queued, Queue = e.Queue },
        PhoneRang e => call.Heard(SignalKind.Offered, e.At, e.Signal),
        PhoneRangOut e => call.Heard(SignalKind.NotAnswered, e.At, e.Signal),
        PhoneAnswered e => call.Heard(SignalKind.Answered, e.At, e.Signal, e.Extension) with
        {
            Phase = call.IsWaiting ? CallPhase.Answered : call.Phase,
        },
        PhoneTransferred e => call.Heard(SignalKind.Transferred, e.At, e.Signal),
        PhoneCallEnded e => call.Heard(SignalKind.Ended, e.At, e.Signal) with { Phase = CallPhase.Unregistered },
        PhoneRecordCorrected e => call.Corrected(e.Record),
        CallPresumedEnded => call with
        {
            Phase = call.IsWaiting ? CallPhase.PresumedEnded
                : call.Phase == CallPhase.Answered ? CallPhase.Unregistered
                : CallPhase.WrapUp,
        },
        CallAbandoned e => call.Heard(SignalKind.Abandoned, e.At, e.Signal) with { Phase = CallPhase.Abandoned },
        CallClaimed e => call with
        {
            Phase = CallPhase.Connected,
            ClaimedBy = e.By,
            Assignee = e.By,
            AssigneeRole = StaffRole.Operator,
            AnsweredAt = call.AnsweredBy(e.At),
            Ringing = null,
        },
        CallOfferedToOperator e => call with { Ringing = e, TimesRung = e.Attempt },
        OfferNotAnswered or OfferWithdrawn => call with { Ringing = null },
        AttemptLapsed e => call with { Lapsed = call.Lapsed.Add(e.AttemptId) },
        CallHeld e => call.Heard(SignalKind.Held, e.At, e.Signal) with { Phase = CallPhase.Held },
        CallResumed e => call.Heard(SignalKind.Resumed, e.At, e.Signal) with { Phase = CallPhase.Connected },
        CallEnded e => call.Heard(SignalKind.Ended, e.At, e.Signal) with
        {
            Phase = call.Assignee is null ? CallPhase.Unregistered : CallPhase.WrapUp,
        },
        LateSignalRecorded e => call.HeardLate(e),
        CallbackAsked e => call.Heard(SignalKind.CallbackAsked, e.At, e.Signal),
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
            AssigneeFor = e.For,
        },
        HelpAsked e => call with { HelpWanted = e, TimesHelpAsked = call.TimesHelpAsked + 1 },
        HelpNoLongerAsked => call with { HelpWanted = null },
        HelpJoined e => call with { HelpWanted = null, Helpers = call.Helpers.SetItem(e.Helper.Id, e) },
        HelpEnded e => call with { Helpers = call.Helpers.Remove(e.Helper.Id), HelpedBefore = call.HelpedBefore.Add(e.Helper.Id) },
        CallLeft e => call with
        {
            Phase = call.Phase == CallPhase.WrapUp ? CallPhase.Unregistered : CallPhase.Answered,
            Assignee = null,
            AssigneeRole = StaffRole.Operator,
            AssigneeFor = null,
            Earlier = call.Earlier.Add(e.Person.Id),
            LeftBy = call.Assignee,
        },
        CallTakenUp e => call with { Phase = CallPhase.Connected, Assignee = e.By, LeftBy = null },
        TransferPassedOver e => call with { Declined = call.Declined.Add(e.Person.Id) },
        TransferWithdrawn => call with { AskedNow = null },
        CallConvertedToCallback => call with { Phase = CallPhase.ConvertedToCallback, AskedNow = null },
        CallClosed => call with { Phase = CallPhase.Closed },
        CallRegisteredAfterwards e => call with
        {
            Phase = CallPhase.Closed,
            Registered = e,
            ClientId = e.ClientId.Length > 0 ? e.ClientId : call.ClientId,
            ClientType = e.ClientType ?? call.ClientType,
            Purpose = e.Purpose,
        },
        _ => call,
    };

    private Call Heard(SignalKind kind, DateTimeOffset at, string signal, string said = "", string from = "") => this with
    {
        Signals = Signals.Add(signal),
        Phone = Phone.With(kind, at, said, from),
    };

    // What a late signal taught stands in the correction that follows it; a hold teaches nothing but its moment.
    private Call HeardLate(LateSignalRecorded late) => late.Kind is nameof(SignalKind.Held) or nameof(SignalKind.Resumed)
        ? Heard(Enum.Parse<SignalKind>(late.Kind), late.OccurredAt, late.Signal)
        : Heard(SignalKind.Arrived, late.OccurredAt, late.Signal);

    private Call Corrected(PhoneRecord record) => this with
    {
        Phone = record,
        Phase = Phase == CallPhase.Abandoned && record.Answered is not null ? CallPhase.Unregistered : Phase,
        FromNumber = record.FromNumber.Length > 0 ? record.FromNumber : FromNumber,
        Queue = Queue.Length > 0 || record.HasLeftQueue ? Queue : record.Queued?.Said ?? string.Empty,
        QueuedAt = record.Queued?.At ?? QueuedAt,
    };
}
