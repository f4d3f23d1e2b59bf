using System.Globalization;
using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;
using Intake.Projections.Engine;

namespace Intake.Projections.Completeness;

/// <summary>What the telephony says beside what people have reported.</summary>
public static class CompletenessProjection
{
    public static readonly Projection Definition =
        new("completeness", 2, Schema.Of("Completeness"), [Calls(), Promises(), Attempts(), Readiness(), Phones(), Appointments()]);

    private static Table<CallWork> Calls() => new Table<CallWork>("call")
        .On<CallArrived>(e => e.CallId, (_, e, _) => new CallWork(
            e.CallId, e.Source, e.Direction, PhoneDigits.Of(e.Direction == CallDirection.Outbound ? e.ToNumber : e.FromNumber), e.At, null,
            null, string.Empty, null, false, false, null, string.Empty, false, null, null))
        .OnKnown((CallQueued e) => e.CallId, (call, e) => call with
        {
            FirstAt = Earlier(call.FirstAt, e.At),
            QueuedAt = e.At,
            Number = call.Direction == CallDirection.Inbound && e.FromNumber.Length > 0 ? PhoneDigits.Of(e.FromNumber) : call.Number,
        })
        .OnKnown((CallLeftQueue e) => e.CallId, (call, _) => call with { LeftQueue = true })
        .OnKnown((CallRequeued e) => e.CallId, (call, _) => call with { LeftQueue = false })
        .OnKnown((PhoneAnswered e) => e.CallId, (call, e) => call.AnsweredAt <= e.At
            ? call
            : call with { AnsweredAt = e.At, Extension = e.Extension })
        .OnKnown((CallAbandoned e) => e.CallId, (call, e) => call with { EndedAt = e.At })
        .OnKnown((CallEnded e) => e.CallId, (call, e) => call with { EndedAt = e.At })
        .OnKnown((PhoneCallEnded e) => e.CallId, (call, e) => call with { EndedAt = e.At })
        .OnKnown((PhoneRecordCorrected e) => e.CallId, (call, e) => Corrected(call, e.Record))
        .OnKnown((CallPresumedEnded e) => e.CallId, (call, _) => call with { Silent = true })
        .OnKnown((CallClaimed e) => e.CallId, (call, e) => call with { ClaimedBy = e.By })
        .OnKnown((CallerIdentified e) => e.CallId, (call, e) => call with { ClientName = e.ClientName })
        .OnKnown((CallConvertedToCallback e) => e.CallId, (call, _) => call with { ToCallback = true })
        .OnKnown((CallClosed e) => e.CallId, (call, e) => call with { ClosedBy = e.By, Result = e.Result })
        .OnKnown((CallRegisteredAfterwards e) => e.CallId, (call, e) => call with
        {
            ClosedBy = e.By,
            Result = e.Result,
            ClientName = e.ClientId.Length > 0 ? e.ClientName : call.ClientName,
        });

    private static Table<PromiseRow> Promises() => new Table<PromiseRow>("promise")
        .On<CallbackRequested>(e => e.CallbackId, (_, e, _) => new PromiseRow(e.CallbackId, PhoneDigits.Of(e.Number), e.ClientName));

    private static Table<AttemptRow> Attempts() => new Table<AttemptRow>("attempt").OnEach<CallbackAttempted>(
        (e, at) => [string.Create(CultureInfo.InvariantCulture, $"{e.CallbackId}|{at.Recorded.Revision}")],
        (_, _, e, _) => new AttemptRow(e.CallbackId, e.By, e.Result == AttemptResult.Reached, e.At));

    // Ringing changes nothing: he is ready until he has a call.
    private static Table<ReadinessRow> Readiness()
    {
        var readiness = new Table<ReadinessRow>("readiness");
        Moment<SessionOpened>(e => (e.Person, false, e.At));
        Moment<BecameReady>(e => (e.Person, true, e.At));
        Moment<BecameNotReady>(e => (e.Person, false, e.At));
        Moment<SessionClosed>(e => (e.Person, false, e.At));
        Moment<CallEngaged>(e => (e.Person, false, e.At));
        return readiness;

        void Moment<TEvent>(Func<TEvent, (StaffRef Person, bool Ready, DateTimeOffset At)> said)
            where TEvent : IEvent => readiness.OnEach<TEvent>(
            (_, at) => [OfEvent(at)],
            (_, _, e, at) => said(e) is var (person, ready, moment) ? new ReadinessRow(
                person.Id, person, ready, moment, at.Position.Number, at.Recorded.Stream.ToString()) : null);
    }

    private static Table<PhoneRow> Phones() => new Table<PhoneRow>("phone").OnEach<PhonePresenceReported>(
        (_, at) => [OfEvent(at)], (_, _, e, at) => new PhoneRow(e.Extension, e.Overall, e.At, at.Position.Number));

    private static Table<AppointmentRow> Appointments() => new Table<AppointmentRow>("appointment").OnEach<StaffAppointed>(
        (_, at) => [OfEvent(at)], (_, _, e, at) => new AppointmentRow(e.StaffId, e.Extension, at.Envelope.OccurredAt, at.Position.Number));

    private static string OfEvent(EventInLog at) => string.Create(CultureInfo.InvariantCulture, $"{at.Recorded.Stream.Id}|{at.Recorded.Revision}");

    private static CallWork Corrected(CallWork call, PhoneRecord record) => call with
    {
        FirstAt = record.Queued is { } queued ? Earlier(call.FirstAt, queued.At) : call.FirstAt,
        QueuedAt = record.Queued?.At ?? call.QueuedAt,
        AnsweredAt = record.Answered?.At ?? call.AnsweredAt,
        Extension = record.Answered?.Said ?? call.Extension,
        EndedAt = record.Ended ?? call.EndedAt,
        LeftQueue = record.HasLeftQueue,
        Number = call.Direction == CallDirection.Inbound && record.FromNumber.Length > 0 ? PhoneDigits.Of(record.FromNumber) : call.Number,
    };

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => other < one ? other : one;
}
