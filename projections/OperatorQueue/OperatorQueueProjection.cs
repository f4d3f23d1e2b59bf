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
        new("operator_queue", 4, Schema.Of("OperatorQueue"), [Calls(), People(), Callbacks()]);

    private static Table<CallRow> Calls() => new Table<CallRow>("call")
        .On<CallArrived>(e => e.CallId, (_, e, at) => new CallRow(
            e.CallId, CallPhase.Arrived, false, e.Direction, e.FromNumber, string.Empty, null, null, null, null, null, null, null,
            string.Empty, string.Empty, null, string.Empty, null, null, string.Empty, null, null, [], string.Empty, null, null, null, 0, null, null, [], null,
            string.Empty, at.Position.Number))
        .OnKnown((CallQueued e) => e.CallId, (call, e) => call with
        {
            Phase = CallPhase.Queued,
            Queue = e.Queue,
            QueuedAt = e.At,
            FromNumber = e.FromNumber.Length > 0 ? e.FromNumber : call.FromNumber,
        })
        .OnKnown((CallLeftQueue e) => e.CallId, (call, _) => NotOffered(call) with { Phase = CallPhase.Arrived, Queue = string.Empty })
        .OnKnown((CallRequeued e) => e.CallId, (call, e) => call with { Phase = CallPhase.Queued, Queue = e.Queue })
        .OnKnown((PhoneAnswered e) => e.CallId, (call, e) => call.Phase is CallPhase.Arrived or CallPhase.Queued
            ? call with { Phase = CallPhase.Answered, AnsweredAt = e.At, Extension = e.Extension }
            : call with { Extension = call.Extension.Length > 0 ? call.Extension : e.Extension })
        .OnKnown((PhoneCallEnded e) => e.CallId, (call, e) => Over(NotOffered(call), CallPhase.Unregistered, e.At) with
        {
            Extension = e.Extension,
        })
        .OnKnown((PhoneRecordCorrected e) => e.CallId, (call, e) => Corrected(call, e.Record))
        .OnKnown((CallPresumedEnded e) => e.CallId, (call, e) => call.Phase switch
        {
            CallPhase.Arrived or CallPhase.Queued => Over(NotOffered(call), CallPhase.PresumedEnded, e.At),
            CallPhase.Answered => Over(NotOffered(call), CallPhase.Unregistered, e.At),
            _ => call with { Phase = CallPhase.WrapUp, EndedAt = e.SilentSince },
        })
        .OnKnown((CallAbandoned e) => e.CallId, (call, e) => Over(NotOffered(call), CallPhase.Abandoned, e.At))
        .OnKnown((CallOfferedToOperator e) => e.CallId, (call, e) => call with { OfferedTo = e.To, OfferedAt = e.At, Attempt = e.Attempt })
        .OnKnown((OfferNotAnswered e) => e.CallId, (call, _) => NotOffered(call))
        .OnKnown((OfferWithdrawn e) => e.CallId, (call, _) => NotOffered(call))
        .OnKnown((CallClaimed e) => e.CallId, (call, e) => NotOffered(call) with
        {
            Phase = CallPhase.Connected,
            ClaimedBy = e.By,
            Assignee = e.By,
            AssigneeRole = StaffRole.Operator,
            AnsweredAt = e.At,
        })
        .OnKnown((CallHeld e) => e.CallId, (call, _) => call with { Phase = CallPhase.Held })
        .OnKnown((CallResumed e) => e.CallId, (call, _) => call with { Phase = CallPhase.Connected })
        .OnKnown((CallEnded e) => e.CallId, (call, e) => call.Assignee is null
            ? Over(call, CallPhase.Unregistered, e.At)
            : call with { Phase = CallPhase.WrapUp, EndedAt = e.At })
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
            ActingFor = e.For,
        })
        .OnKnown((CallLeft e) => e.CallId, (call, e) => Left(call.Phase == CallPhase.WrapUp
            ? Over(call, CallPhase.Unregistered, e.At)
            : call with { Phase = CallPhase.Answered }))
        .OnKnown((CallTakenUp e) => e.CallId, (call, e) => call with
        {
            Phase = CallPhase.Connected,
            Assignee = e.By,
            AssigneeRole = StaffRole.Operator,
        })
        .OnKnown((TransferWithdrawn e) => e.CallId, (call, _) => NotAsked(call))
        .On<CallConvertedToCallback>(
            e => e.CallId,
            (call, _, at) => call is null ? null : Over(NotAsked(call), CallPhase.ConvertedToCallback, at.Envelope.OccurredAt))
        .OnKnown((HelpAsked e) => e.CallId, (call, e) => call with { HelpWanted = e.Words, HelpAskedAt = e.At })
        .OnKnown((HelpNoLongerAsked e) => e.CallId, (call, _) => NoHelpWanted(call))
        .OnKnown((HelpJoined e) => e.CallId, (call, e) => NoHelpWanted(call) with { Helpers = [.. Without(call.Helpers, e.Helper), e.Helper] })
        .OnKnown((HelpEnded e) => e.CallId, (call, e) => call with { Helpers = Without(call.Helpers, e.Helper) })
        .OnKnown((CallClosed e) => e.CallId, (call, e) => Over(call, CallPhase.Closed, e.At) with { Result = e.Result })
        .OnKnown((CallRegisteredAfterwards e) => e.CallId, (call, e) => Over(call, CallPhase.Closed, e.At) with
        {
            Purpose = e.Purpose,
            Result = e.Result,
            ClientId = e.ClientId.Length > 0 ? e.ClientId : call.ClientId,
            ClientName = e.ClientId.Length > 0 ? e.ClientName : call.ClientName,
            ClientType = e.ClientType ?? call.ClientType,
            Contact = e.Contact.Length > 0 ? e.Contact : call.Contact,
        })
        .OnKnown((OrderOpened e) => e.CallId, (call, e) => call with { OrderId = e.OrderId });

    private static Table<PersonRow> People() => new Table<PersonRow>("person")
        .On<StaffAppointed>(e => e.StaffId, (person, e, at) => Appointed(person, e, at))
        .On<StaffDismissed>(e => e.StaffId, (person, _, at) => person is null ? null : Free(
            person with { Dismissed = true }, Presence.Offline, string.Empty, at.Envelope.OccurredAt))
        .OnKnown((SkillsSet e) => e.StaffId, (person, e) => person with { Skills = e.Queues })
        .On<SessionOpened>(
            e => e.Person.Id, (person, e, at) => Free(Known(person, e.Person, e.Role, e.At), Presence.NotReady, "SignedOn", e.At) with
            {
                Shift = ShiftStream.Shift(at.Recorded.Stream.Id),
            })
        .On<BecameReady>(
            e => e.Person.Id, (person, e, _) => Free(Known(person, e.Person, e.Role, e.At), Presence.Ready, string.Empty, e.At))
        .On<BecameNotReady>(
            e => e.Person.Id, (person, e, _) => Free(Known(person, e.Person, e.Role, e.At), Presence.NotReady, e.Reason, e.At))
        .On<SessionClosed>(
            e => e.Person.Id, (person, e, _) => Free(Known(person, e.Person, e.Role, e.At), Presence.Offline, string.Empty, e.At))
        .OnKnown((SessionReserved e) => e.Person.Id, (person, e) => person with
        {
            Presence = Presence.Reserved,
            Since = e.At,
            CallId = e.CallId,
            Asked = false,
        })
        .OnKnown((ReservationReleased e) => e.Person.Id, (person, e) => person with
        {
            Presence = Presence.Ready,
            Since = person.IdleSince ?? e.At,
            CallId = string.Empty,
            Asked = false,
        })
        .OnKnown((TransferOffered e) => e.To.Id, (person, e) => person.CallId == e.CallId ? person with { Asked = true } : person)
        .On<CallEngaged>(e => e.Person.Id, (person, e, _) => Known(person, e.Person, e.Role, e.At) with
        {
            Asked = false,
            Presence = Presence.OnCall,
            Reason = string.Empty,
            Since = e.At,
            CallId = e.CallId,
            IdleSince = null,
        })
        .OnKnown((WrapUpBegun e) => e.Person.Id, (person, e) => person with { Presence = Presence.WrapUp, Since = e.At })
        .OnKnown((NotReadyAfterCallRequested e) => e.Person.Id, (person, e) => person with { AfterCall = e.Reason })
        .OnKnown((NotReadyAfterCallWithdrawn e) => e.Person.Id, (person, _) => person with { AfterCall = string.Empty });

    private static Table<CallbackRow> Callbacks() => new Table<CallbackRow>("callback")
        .On<CallbackRequested>(e => e.CallbackId, (_, e, _) => new CallbackRow(
            e.CallbackId, e.CallId, e.Number, Digits([], e.Number), e.ClientId, e.ClientName, e.Owner, string.Empty, e.Reason, null,
            string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, e.At, e.At, e.Deadline, 1, null, null, 0, null,
            string.Empty, false, null, false, string.Empty, false, string.Empty))
        .OnKnown((CallbackTakenDown e) => e.CallbackId, (callback, e) => callback with
        {
            Source = e.Source,
            Queue = e.Queue,
            Contact = e.Contact,
            Company = e.Company,
            Words = e.Words,
            Language = e.Language,
        })
        .OnKnown((CallbackScheduled e) => e.CallbackId, (callback, e) => callback with
        {
            NotBefore = e.Window.From,
            Deadline = e.Window.Until,
            Zone = e.Window.Zone.Length > 0 ? e.Window.Zone : callback.Zone,
        })
        .OnKnown((CallbackMerged e) => e.CallbackId, (callback, e) => callback with
        {
            Digits = Digits(callback.Digits, e.Number),
            ClientId = callback.ClientId.Length > 0 ? callback.ClientId : e.ClientId,
            ClientName = callback.ClientId.Length > 0 ? callback.ClientName : e.ClientName,
            Contact = e.Contact.Length > 0 ? e.Contact : callback.Contact,
            Company = e.Company.Length > 0 ? e.Company : callback.Company,
            Words = e.Words.Length > 0 ? e.Words : callback.Words,
            Requests = callback.Requests + 1,
        })
        .OnKnown((CallbackLeased e) => e.CallbackId, (callback, e) => callback with { LeasedBy = e.By, LeasedUntil = e.Until })
        .OnKnown((CallbackLeaseEnded e) => e.CallbackId, (callback, _) => callback with { LeasedBy = null, LeasedUntil = null })
        .OnKnown((CallbackAttempted e) => e.CallbackId, (callback, e) => callback with
        {
            Attempts = callback.Attempts + 1,
            LastResult = e.Result,
            LastNote = e.Note,
            NotBefore = e.RetryAt ?? callback.NotBefore,
        })
        .OnKnown((CallbackEscalated e) => e.CallbackId, (callback, e) => callback with
        {
            Owner = e.To,
            Queue = string.Empty,
            Escalated = true,
            Deadline = e.Deadline,
        })
        .OnKnown((CallbackReassigned e) => e.CallbackId, (callback, e) => callback with { Owner = e.To, Queue = string.Empty })
        .OnKnown((CallbackBreached e) => e.CallbackId, (callback, e) => callback with { BreachedAt = e.At })
        .OnKnown((CallbackClosed e) => e.CallbackId, (callback, e) => callback with
        {
            Closed = true,
            Result = e.Result,
            Overdue = e.Overdue,
            OrderId = e.OrderId,
        });

    private static IReadOnlyList<string> Digits(IReadOnlyList<string> known, string number) =>
        PhoneDigits.Of(number) is { Length: > 0 } digits && !known.Contains(digits) ? [.. known, digits] : known;

    private static CallRow Over(CallRow call, CallPhase phase, DateTimeOffset at) =>
        call with { Phase = phase, IsOver = true, EndedAt = call.EndedAt ?? at };

    // A late signal opens nothing that is over; it only says better what was.
    private static CallRow Corrected(CallRow call, PhoneRecord record) => call with
    {
        Phase = call.Phase == CallPhase.Abandoned && record.Answered is not null ? CallPhase.Unregistered : call.Phase,
        FromNumber = record.FromNumber.Length > 0 ? record.FromNumber : call.FromNumber,
        Queue = call.Queue.Length > 0 || record.HasLeftQueue ? call.Queue : record.Queued?.Said ?? string.Empty,
        QueuedAt = record.Queued?.At ?? call.QueuedAt,
        AnsweredAt = call.AnsweredAt ?? record.Answered?.At,
        Extension = record.Answered?.Said ?? call.Extension,
    };

    private static CallRow NotRouted(CallRow call) => call with { Destination = null, RoutingRule = string.Empty };

    private static CallRow NotAsked(CallRow call) => call with { AskedNow = null, AskedAt = null };

    private static CallRow NoHelpWanted(CallRow call) => call with { HelpWanted = null, HelpAskedAt = null };

    private static IReadOnlyList<StaffRef> Without(IReadOnlyList<StaffRef> helpers, StaffRef helper) =>
        [.. helpers.Where(one => one.Id != helper.Id)];

    private static CallRow Left(CallRow call) => call with
    {
        Assignee = null,
        AssigneeRole = null,
        PreviousAssignee = call.Assignee,
        ActingFor = null,
    };

    private static CallRow NotOffered(CallRow call) => call with { OfferedTo = null, OfferedAt = null };

    private static PersonRow Appointed(PersonRow? person, StaffAppointed e, EventInLog at) =>
        Known(person, new StaffRef(e.StaffId, e.Name), e.Role, at.Envelope.OccurredAt) with
        {
            Name = e.Name,
            Role = e.Role,
            Department = e.Department,
            Extension = e.Extension,
            ReportsTo = e.ReportsTo,
            Dismissed = false,
        };

    private static PersonRow Known(PersonRow? person, StaffRef who, StaffRole role, DateTimeOffset at) => person ?? new PersonRow(
        who.Id, who.Name, role, string.Empty, string.Empty, Presence.Offline, string.Empty, at, false, string.Empty, string.Empty, null, [], 0, false, null);

    private static PersonRow Free(PersonRow person, Presence presence, string reason, DateTimeOffset at) => person with
    {
        Presence = presence,
        Reason = reason,
        Since = at,
        CallId = string.Empty,
        Asked = false,
        AfterCall = string.Empty,
        IdleSince = presence == Presence.Ready ? at : null,
    };
}
