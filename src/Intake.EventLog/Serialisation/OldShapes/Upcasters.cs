using System.Text.Json;
using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Clients;
using Intake.Domain.Staff;

namespace Intake.EventLog.Serialisation.OldShapes;

/// <summary>Turns stored bytes of an old version into the current event.</summary>
public delegate IEvent ReadOldShape(ReadOnlySpan<byte> json);

/// <summary>A stored name that nothing writes any more, and how it is read as the current event.</summary>
public sealed record Upcaster(string Name, Type Event, ReadOldShape Read);

/// <summary>Every old version that a log may still hold.</summary>
public static class Upcasters
{
    public static readonly IReadOnlyList<Upcaster> All =
    [
        new(
            "ClientRegistered", typeof(ClientRegistered),
            json => (JsonSerializer.Deserialize(json, LogJson.Default.ClientRegisteredV1) ?? throw new JsonException("the event is null")).ToCurrent()),
        new(
            "StaffAppointed", typeof(StaffAppointed),
            json => (JsonSerializer.Deserialize(json, LogJson.Default.StaffAppointedV1) ?? throw new JsonException("the event is null")).ToCurrent()),
        new(
            "StaffDismissed", typeof(StaffDismissed),
            json => (JsonSerializer.Deserialize(json, LogJson.Default.StaffDismissedV1) ?? throw new JsonException("the event is null")).ToCurrent()),
        new(
            "CallbackAttempted", typeof(CallbackAttempted),
            json => (JsonSerializer.Deserialize(json, LogJson.Default.CallbackAttemptedV1) ?? throw new JsonException("the event is null")).ToCurrent()),
        new(
            "CallbackClosed", typeof(CallbackClosed),
            json => (JsonSerializer.Deserialize(json, LogJson.Default.CallbackClosedV1) ?? throw new JsonException("the event is null")).ToCurrent()),
    ];
}
