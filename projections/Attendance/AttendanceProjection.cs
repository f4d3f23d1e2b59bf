using System.Globalization;
using Intake.Domain;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;
using Intake.Projections.Engine;

namespace Intake.Projections.Attendance;

/// <summary>When people were planned to work, and when they did (B.V.7).</summary>
public static class AttendanceProjection
{
    public static readonly Projection Definition = new("attendance", 1, Schema.Of("Attendance"), [Shifts(), Changes()]);

    private static Table<ShiftRow> Shifts() => new Table<ShiftRow>("shift")
        .On<ShiftPlanned>(e => e.ShiftId, (_, e, at) => new ShiftRow(
            e.ShiftId, e.Person.Id, e.Person.Name, Month(at), e.From, e.Until, false, [new ShiftPlan(e.From, e.Until, e.At, e.By.Name, string.Empty)]))
        .OnKnown((ShiftMoved e) => e.ShiftId, (shift, e) => shift with
        {
            Begins = e.From,
            Until = e.Until,
            Plans = [.. shift.Plans, new ShiftPlan(e.From, e.Until, e.At, e.By.Name, e.Reason)],
        })
        .OnKnown((ShiftCancelled e) => e.ShiftId, (shift, e) => shift with
        {
            Cancelled = true,
            Plans = [.. shift.Plans, new ShiftPlan(shift.Begins, null, e.At, e.By.Name, e.Reason)],
        });

    private static Table<PresenceChange> Changes()
    {
        var changes = new Table<PresenceChange>("presence_change");
        On<SessionOpened>(e => (e.Person, e.At, Presence.NotReady, "SignedOn"));
        On<BecameReady>(e => (e.Person, e.At, Presence.Ready, string.Empty));
        On<BecameNotReady>(e => (e.Person, e.At, Presence.NotReady, e.Reason));
        On<SessionClosed>(e => (e.Person, e.At, Presence.Offline, string.Empty));
        On<SessionReserved>(e => (e.Person, e.At, Presence.Reserved, string.Empty));
        On<ReservationReleased>(e => (e.Person, e.At, Presence.Ready, string.Empty));
        On<CallEngaged>(e => (e.Person, e.At, Presence.OnCall, string.Empty));
        On<WrapUpBegun>(e => (e.Person, e.At, Presence.WrapUp, string.Empty));
        return changes;

        void On<TEvent>(Func<TEvent, (StaffRef Person, DateTimeOffset At, Presence Presence, string Reason)> change)
            where TEvent : IEvent => changes.OnEach<TEvent>(
                (e, at) => [string.Create(CultureInfo.InvariantCulture, $"{change(e).Person.Id}|{at.Recorded.Position.Number}")],
                (_, _, e, at) =>
                {
                    var (person, moment, presence, reason) = change(e);
                    return new PresenceChange(person.Id, person.Name, moment, at.Recorded.Position.Number, presence, reason);
                });
    }

    // The stream of a shift ends with its month: roster-olga:2026-11.
    private static DateOnly Month(EventInLog at) => DateOnly.TryParseExact(
        $"{at.Recorded.Stream.Id.Split(':')[^1]}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        ? month
        : DateOnly.FromDateTime(at.Envelope.OccurredAt.UtcDateTime);
}
