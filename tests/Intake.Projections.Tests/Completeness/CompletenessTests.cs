using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Staff;
using Intake.Projections.Completeness;
using static Intake.Projections.Tests.Fold;

namespace Intake.Projections.Tests.Completeness;

public sealed class CompletenessTests
{
    private static readonly StaffRef Ana = new("ana", "Ana");
    private static readonly CallArrived Arrived = new("c1", "pbx", "1", CallDirection.Inbound, "+373 69 12-34-56", "100", Nine, "s1");

    [Fact]
    public void What_the_telephony_says_and_what_people_did_stand_side_by_side()
    {
        var call = Call(
            Arrived, new CallQueued("c1", "orders", "+37369123456", Nine.AddSeconds(1), "s2"),
            new PhoneAnswered("c1", "101", Nine.AddSeconds(9), "s3"), new PhoneAnswered("c1", "102", Nine.AddSeconds(20), "s4"),
            new CallClaimed("c1", Ana, "orders", Nine.AddSeconds(1), Nine.AddSeconds(12), 8000),
            new CallEnded("c1", Nine.AddSeconds(60), 51_000, "caller", "s5"),
            new CallClosed("c1", Ana, CallPurpose.Order, CallResult.OrderTaken, "", "k1", Nine.AddSeconds(70), Nine.AddSeconds(1), 58_000));
        Assert.Equal(
            new CallWork(
                "c1", "pbx", CallDirection.Inbound, "37369123456", Nine, Nine.AddSeconds(1), Nine.AddSeconds(9), "101", Nine.AddSeconds(60),
                false, false, Ana, "", false, Ana, CallResult.OrderTaken),
            call);
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void A_call_that_is_registered_afterwards_is_registered_by_whoever_did_it()
    {
        var call = Call(
            Arrived, new PhoneAnswered("c1", "101", Nine.AddSeconds(9), "s2"),
            new PhoneCallEnded("c1", "101", null, Nine.AddSeconds(9), Nine.AddSeconds(60), 0, 51_000, "", "s3"),
            new CallRegisteredAfterwards(
                "c1", Ana, CallPurpose.Other, CallResult.InformationGiven, "k1", "Casa Verde", ClientType.Retail, "", "", null, Nine.AddHours(2)));
        Assert.Equal(
            (null, Ana, CallResult.InformationGiven, "Casa Verde", Nine.AddSeconds(60)),
            (call.ClaimedBy, call.ClosedBy, call.Result, call.ClientName, call.EndedAt));
    }

    [Fact]
    public void A_correction_of_the_telephonys_record_replaces_what_it_said_and_nothing_that_people_did()
    {
        var record = PhoneRecord.Silent.With(SignalKind.Queued, Nine.AddSeconds(-2), "orders")
            .With(SignalKind.Answered, Nine.AddSeconds(3), "101").With(SignalKind.Ended, Nine.AddSeconds(30));
        var call = Call(
            Arrived, new CallAbandoned("c1", "", Nine.AddSeconds(40), Nine.AddSeconds(40), 0, "s2"), new PhoneRecordCorrected("c1", record, "s3"));
        Assert.Equal(
            (Nine.AddSeconds(-2), Nine.AddSeconds(-2), Nine.AddSeconds(3), "101", Nine.AddSeconds(30), null),
            (call.FirstAt, call.QueuedAt, call.AnsweredAt, call.Extension, call.EndedAt, call.ClaimedBy));
    }

    [Fact]
    public void A_call_that_went_out_is_known_by_the_number_called() => Assert.Equal(
        "37369123456", Call(Arrived with { Direction = CallDirection.Outbound, FromNumber = "101", ToNumber = "0037369123456" }).Number);

    [Fact]
    [Trait("Clause", "B.V.5")]
    public void When_a_person_was_ready_and_when_his_phone_took_calls_stand_side_by_side_and_what_came_late_is_not_among_them()
    {
        var rows = All(
            CompletenessProjection.Definition,
            [
                new StaffAppointed("ana", "Ana", StaffRole.Operator, "order desk", "101", ""),
                new SessionOpened(Ana, StaffRole.Operator, Nine), new BecameReady(Ana, StaffRole.Operator, Nine.AddSeconds(5)),
                new SessionReserved(Ana, StaffRole.Operator, "c1", "o1", Nine.AddSeconds(6)), new CallEngaged(Ana, StaffRole.Operator, "c1", "a1", Nine.AddSeconds(9)),
                new PhonePresenceReported("p1", "pbx", "101", "orders", PhoneState.Paused, PhoneState.Available, "PAUSE", Nine.AddSeconds(7), "s1"),
                new LatePhonePresenceRecorded("p1", "101", "", PhoneState.Unavailable, "", Nine, "s2"),
                new SessionClosed(Ana, StaffRole.Operator, Nine.AddHours(8)),
            ]);
        Assert.Equal(
            [(false, 0), (true, 5), (false, 9), (false, 8 * 3600)],
            rows.Of<ReadinessRow>("readiness").Values.OrderBy(row => row.Sequence).Select(row => (row.Ready, (int)(row.At - Nine).TotalSeconds)));
        Assert.Equal(new PhoneRow("101", PhoneState.Available, Nine.AddSeconds(7), 6), rows.Only<PhoneRow>("phone"));
        Assert.Equal(new AppointmentRow("ana", "101", Nine, 1), rows.Only<AppointmentRow>("appointment"));
    }

    private static CallWork Call(params IReadOnlyList<IEvent> events) => All(CompletenessProjection.Definition, events).Only<CallWork>("call");
}
