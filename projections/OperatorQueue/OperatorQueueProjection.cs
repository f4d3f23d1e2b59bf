using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Ordering;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;
using Intake.Projections.Engine;

namespace Intake.Projections.OperatorQueue;

/// <summary>What happens on the floor now: calls, people, promises to ring back.</summary>
public static class OperatorQueueProjection
{
    public static readonly Projection Definition =
        new("operator_queue", 2, Schema.Of("OperatorQueue"), [Calls(), People(), Callbacks()]);

    private static Table<CallRow> Calls() => new Table<CallRow>("call")
        .On<CallArrived>(e => e.CallId, (_, e, _) => new CallRow(
            e.CallId, CallPhase.Arrived, false, e.Direction, e.FromNumber, string.Empty, null, null, null, null, null, null, null,
            string.Empty, string.Empty, null, string.Empty, null, null, string.Empty, null, null, [], string.Empty, null))
        .OnKnown((CallQueued e) => e.CallId, (call, e) => call with
        {
            Phase = CallPhase.Queued,
            Queue = e.Queue,
            QueuedAt = e.At,
            FromNumber = e.FromNumber.Length > 0 ? e.FromNumber : call.FromNumber,
        })
        .OnKnown((CallLeftQueue e) => e.CallId, (call, _) => call with { Phase = CallPhase.Arrived, Queue = string.Empty })
        .OnKnown((CallRequeued e) => e.CallId, (call, e) => call with { Phase = CallPhase.Queued, Queue = e.Queue })
        .OnKnown((PhoneAnswered e) => e.CallId, (call, e) => call.Phase is CallPhase.Arrived or CallPhase.Queued
            ? call with { Phase = CallPhase.Answered, AnsweredAt = e.At }
            : call)
        .OnKnown((PhoneCallEnded e) => e.CallId, (call, e) => Over(call, CallPhase.Unregistered, e.At))
        .OnKnown((PhoneRecordCorrected e) => e.CallId, (call, e) => Corrected(call, e.Record))
        .OnKnown((CallPresumedEnded e) => e.CallId, (call, e) => call.Phase switch
        {
            CallPhase.Arrived or CallPhase.Queued => Over(call, CallPhase.PresumedEnded, e.At),
            CallPhase.Answered => Over(call, CallPhase.Unregistered, e.At),
            _ => call with { Phase = CallPhase.WrapUp, EndedAt = e.SilentSince },
        })
        .OnKnown((CallAbandoned e) => e.CallId, (call, e) => Over(call, CallPhase.Abandoned, e.At))
        .OnKnown((CallClaimed e) => e.CallId, (call, e) => call with
        {
            Phase = CallPhase.Connected,
            ClaimedBy = e.By,
            Assignee = e.By,
            AssigneeRole = StaffRole.Operator,
            AnsweredAt = e.At,
        })
        .OnKnown((CallHeld e) => e.CallId, (call, _) => call with { Phase = CallPhase.Held })
        .OnKnown((CallResumed e) => e.CallId, (call, _) => call with { Phase = CallPhase.Connected })
        .OnKnown((CallEnded e) => e.CallId, (call, e) => call with { Phase = CallPhase.WrapUp, EndedAt = e.At })
        .OnKnown((CallerCandidatesFound e) => e.CallId, (call, e) => call with { Candidates = e.Candidates })
        .OnKnown((CallerIdentified e) => e.CallId, (call, e) => NotRouted(call) with
        {
            ClientId = e.ClientId,
            ClientName = e.ClientName,
            ClientType = e.ClientType,
            Contact = e.Contact,
        })
        .OnKnown((PurposeStated e) => e.CallId, (call, e) => NotRouted(call) with { Purpose = e.Purpose })
        .OnKnown((RoutingDecided e) => e.CallId, (call, e) => NotAsked(call) with { Destination = e.Destination, RoutingRule = e.Rule })
        .OnKnown((TransferOffered e) => e.CallId, (call, e) => call with { AskedNow = e.To, AskedAt = e.At })
        .OnKnown((TransferDeclined e) => e.CallId, (call, _) => NotAsked(call))
        .OnKnown((TransferTimedOut e) => e.CallId, (call, _) => NotAsked(call))
        .OnKnown((TransferAccepted e) => e.CallId, (call, e) => NotAsked(call) with
        {
            Assignee = e.By,
            AssigneeRole = e.Role,
            PreviousAssignee = call.Assignee,
        })
        .On<CallConvertedToCallback>(
            e => e.CallId,
            (call, _, at) => call is null ? null : Over(NotAsked(call), CallPhase.ConvertedToCallback, at.Envelope.OccurredAt))
        .OnKnown((CallClosed e) => e.CallId, (call, e) => Over(call, CallPhase.Closed, e.At) with { Result = e.Result })
        .OnKnown((OrderOpened e) => e.CallId, (call, e) => call with { OrderId = e.OrderId });

    private static Table<PersonRow> People() => new Table<PersonRow>("person")
        .On<StaffAppointed>(e => e.StaffId, (person, e, at) => Appointed(person, e, at))
        .On<StaffDismissed>(e => e.StaffId, (person, _, at) => person is null ? null : person with
        {
            Presence = Presence.Offline,
            Reason = string.Empty,
            Since = at.Envelope.OccurredAt,
            Dismissed = true,
        })
        .On<SessionOpened>(
            e => e.Person.Id, (person, e, _) => Present(person, e.Person, e.Role, Presence.NotReady, "SignedOn", e.At))
        .On<BecameReady>(e => e.Person.Id, (person, e, _) => Present(person, e.Person, e.Role, Presence.Ready, string.Empty, e.At))
        .On<BecameNotReady>(e => e.Person.Id, (person, e, _) => Present(person, e.Person, e.Role, Presence.NotReady, e.Reason, e.At))
        .On<SessionClosed>(e => e.Person.Id, (person, e, _) => Present(person, e.Person, e.Role, Presence.Offline, string.Empty, e.At));

    private static Table<CallbackRow> Callbacks() => new Table<CallbackRow>("callback")
        .On<CallbackRequested>(e => e.CallbackId, (_, e, _) => new CallbackRow(
            e.CallbackId, e.CallId, e.Number, e.ClientId, e.ClientName, e.Owner, e.Reason, e.At, e.Deadline, 0, false, string.Empty, false))
        .OnKnown((CallbackAttempted e) => e.CallbackId, (callback, _) => callback with { Attempts = callback.Attempts + 1 })
        .OnKnown((CallbackClosed e) => e.CallbackId, (callback, e) => callback with
        {
            Closed = true,
            Result = e.Result,
            Overdue = e.Overdue,
        });

    private static CallRow Over(CallRow call, CallPhase phase, DateTimeOffset at) =>
        call with { Phase = phase, IsOver = true, EndedAt = call.EndedAt ?? at };

    // A late signal opens nothing that is over; it only says better what was.
    private static CallRow Corrected(CallRow call, PhoneRecord record) => call with
    {
        Phase = call.Phase == CallPhase.Abandoned && record.Answered is not null ? CallPhase.Unregistered : call.Phase,
        FromNumber = record.FromNumber.Length > 0 ? record.FromNumber : call.FromNumber,
        Queue = call.Queue.Length > 0 || record.HasLeftQueue ? call.Queue : record.Queued?.Said ?? string.Empty,
        QueuedAt = record.Queued?.At ?? call.QueuedAt,
    };

    private static CallRow NotRouted(CallRow call) => call with { Destination = null, RoutingRule = string.Empty };

    private static CallRow NotAsked(CallRow call) => call with { AskedNow = null, AskedAt = null };

    private static PersonRow Appointed(PersonRow? person, StaffAppointed e, EventInLog at) => person is null
        ? new PersonRow(
            e.StaffId, e.Name, e.Role, e.Department, e.Extension, Presence.Offline, string.Empty, at.Envelope.OccurredAt, false)
        : person with { Name = e.Name, Role = e.Role, Department = e.Department, Extension = e.Extension, Dismissed = false };

    private static PersonRow Present(
        PersonRow? person, StaffRef who, StaffRole role, Presence presence, string reason, DateTimeOffset at) =>
        (person ?? new PersonRow(who.Id, who.Name, role, string.Empty, string.Empty, presence, reason, at, false)) with
        {
            Presence = presence,
            Reason = reason,
            Since = at,
        };
}
