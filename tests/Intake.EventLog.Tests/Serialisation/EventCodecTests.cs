using System.Text;
using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.EventLog.Serialisation;
using Intake.EventLog.Serialisation.OldShapes;

namespace Intake.EventLog.Tests.Serialisation;

public sealed class EventCodecTests
{
    [Fact]
    public void Every_event_of_the_domain_has_one_stored_name()
    {
        var events = typeof(IEvent).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IEvent))).ToList();
        Assert.InRange(events.Count, 70, 1000);
        Assert.Equal(events.Select(type => type.Name).Order(), StoredTypes.Current.Select(type => type.Event.Name).Order());
        Assert.Equal(StoredTypes.Current.Count + Upcasters.All.Count, EventCodec.Default.Names.Count());
    }

    [Fact]
    public void A_name_registered_twice_is_a_fault()
    {
        StoredType[] twice = [StoredType.Of<OrderHandedOver>("OrderHandedOver"), StoredType.Of<OrderReadBack>("OrderHandedOver")];
        Assert.Contains("'OrderHandedOver'", Fault(() => new EventCodec(twice, [], [])), StringComparison.Ordinal);
        Assert.Contains("'ClientRegistered'", Fault(() => new EventCodec([StoredType.Of<OrderReadBack>("ClientRegistered")], Upcasters.All, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_registered_twice_is_a_fault()
    {
        StoredType[] twice = [StoredType.Of<OrderReadBack>("OrderReadBack"), StoredType.Of<OrderReadBack>("OrderReadBack.v2")];
        Assert.Contains("'OrderReadBack'", Fault(() => new EventCodec(twice, [], [])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_the_domain_without_a_stored_name_is_a_fault() => Assert.Contains(
        "OrderReadBack",
        Fault(() => new EventCodec([StoredType.Of<OrderHandedOver>("OrderHandedOver")], [], [typeof(OrderHandedOver), typeof(OrderReadBack)])),
        StringComparison.Ordinal);

    [Fact]
    public void An_unknown_type_is_an_error_with_type_stream_and_position()
    {
        var recorded = StoredEventTests.Recorded("OrderDanced", "{}"u8.ToArray());
        var error = Assert.Throws<UnknownEventException>(() => EventCodec.Default.Decode(recorded));
        Assert.Contains("'OrderDanced' at position 41 of stream order-o1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_registered_with_one_telephone_number_is_read_as_one_with_a_list_of_them()
    {
        const string stored =
            """{"clientId":"c1","name":"Casa Verde","country":"Moldova","city":"Chișinău","address":"Str. Lungă 4","language":"ro","phone":"+37322555111","source":"desk"}""";
        var read = Assert.IsType<ClientRegistered>(Decode("ClientRegistered", stored));
        Assert.Equal(("c1", "Casa Verde", "Moldova", "Chișinău", "Str. Lungă 4", "ro", "", "desk"), (
            read.ClientId, read.Name, read.Country, read.City, read.Address, read.Language, read.Route, read.Source));
        Assert.Equal("+37322555111", Assert.Single(read.Phones));
        Assert.Empty(read.Contacts);
    }

    [Fact]
    public void A_client_registered_without_a_telephone_number_has_an_empty_list()
    {
        const string stored =
            """{"clientId":"c1","name":"Casa Verde","country":"","city":"","address":"","language":"ro","phone":"","source":"desk"}""";
        Assert.Empty(Assert.IsType<ClientRegistered>(Decode("ClientRegistered", stored)).Phones);
    }

    [Fact]
    public void A_dismissal_recorded_before_it_named_its_order_is_read_without_one() => Assert.Equal(
        new Domain.Staff.StaffDismissed("anna", string.Empty, "left"), Decode("StaffDismissed", """{"staffId":"anna","reason":"left"}"""));

    [Fact]
    public void An_appointment_recorded_before_it_named_its_order_is_read_without_one() => Assert.Equal(
        new Domain.Staff.StaffAppointed("anna", "Анна", StaffRole.Operator, "Sales support", "12", string.Empty),
        Decode("StaffAppointed", """{"staffId":"anna","name":"Анна","role":"Operator","department":"Sales support","extension":"12"}"""));

    [Fact]
    public void An_old_shape_with_a_field_missing_is_an_error_too() =>
        Assert.Throws<UnknownEventException>(() => Decode("ClientRegistered", """{"clientId":"c1","name":"Casa Verde"}"""));

    [Fact]
    public void An_event_is_written_under_its_newest_name_and_found_under_all()
    {
        Assert.Equal(
            ["ClientRegistered", "ClientRegistered.v2"],
            EventCodec.Default.NamesOf(new HashSet<Type> { typeof(ClientRegistered) }).Order());
    }

    [Fact]
    public void Callbacks_from_before_results_were_written_down_are_read_as_those_of_today()
    {
        var at = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.FromHours(3));
        var anna = new StaffRef("anna", "Anna");
        const string Attempted = """{"callbackId":"b1","by":{"id":"anna","name":"Anna"},"reached":false,"note":"busy","at":"2026-11-24T09:00:00+03:00"}""";
        Assert.Equal(new CallbackAttempted("b1", anna, 0, AttemptResult.NoAnswer, "busy", at, null), Decode("CallbackAttempted", Attempted));
        Assert.Equal(
            AttemptResult.Reached,
            Assert.IsType<CallbackAttempted>(Decode("CallbackAttempted", Attempted.Replace("false", "true", StringComparison.Ordinal))).Result);
        Assert.Equal(
            new CallbackClosed("b1", anna, "reached", true, "", "", at),
            Decode("CallbackClosed", """{"callbackId":"b1","by":{"id":"anna","name":"Anna"},"result":"reached","overdue":true,"at":"2026-11-24T09:00:00+03:00"}"""));
    }

    [Fact]
    public void The_envelope_reads_back_and_anything_else_is_an_error()
    {
        var envelope = new Envelope(
            EventId.Named("command"), "call-1", "cause", new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.FromHours(3)),
            new Actor(new StaffRef("anna", "Анна"), StaffRole.Operator), new StaffRef("boris", "Boris"), ["routing-1"], "desk", "00-trace");
        var stored = EventCodec.Default.Encode(EventId.Named("e"), new OrderReadBack("o1", 1, 2), envelope);
        var read = EventCodec.DecodeEnvelope(StoredEventTests.Recorded(stored.Type, stored.Data.ToArray()) with { Metadata = stored.Metadata });
        Assert.Equal(envelope, read with { PolicyVersions = envelope.PolicyVersions });
        Assert.Equal(["routing-1"], read.PolicyVersions);
        Assert.Throws<UnknownEventException>(() => EventCodec.DecodeEnvelope(StoredEventTests.Recorded("OrderReadBack", [])));
    }

    private static IEvent Decode(string type, string json) =>
        EventCodec.Default.Decode(StoredEventTests.Recorded(type, Encoding.UTF8.GetBytes(json))).Event;

    private static string Fault(Func<EventCodec> make) => Assert.Throws<InvalidOperationException>(make).Message;
}
