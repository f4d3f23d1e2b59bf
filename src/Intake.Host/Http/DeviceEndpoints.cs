using Intake.Contracts;
using Intake.Host.Queries;
using AdmitDevice = Intake.Application.Staff.AdmitDevice;
using RefuseDevice = Intake.Application.Staff.RefuseDevice;
using WithdrawDevice = Intake.Application.Staff.WithdrawDevice;

namespace Intake.Host.Http;

/// <summary>Devices on which people work outside the office (C6).</summary>
public static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder api)
    {
        api.MapGet("/devices", (int? take, AuthorityQueries queries, CancellationToken cancel) =>
            queries.Devices(Math.Clamp(take ?? 200, 1, 1000), cancel)).RequireAuthorization(Policies.Devices);
        api.MapPost("/devices/{staffId}/{id}/admit", (string staffId, string id, Contracts.AdmitDevice body, Commander commander) => commander.Send(
            context => new AdmitDevice(Wire.Id(staffId, "staffId"), Wire.Id(id, "id"), body.Order, body.Until.ToUniversalTime()) { Context = context }));
        api.MapPost("/devices/{staffId}/{id}/refuse", (string staffId, string id, Because body, Commander commander) => commander.Send(
            context => new RefuseDevice(Wire.Id(staffId, "staffId"), Wire.Id(id, "id"), body.Reason) { Context = context }));
        api.MapPost("/devices/{staffId}/{id}/withdraw", (string staffId, string id, Because body, Commander commander) => commander.Send(
            context => new WithdrawDevice(Wire.Id(staffId, "staffId"), Wire.Id(id, "id"), body.Reason) { Context = context }));
    }
}
