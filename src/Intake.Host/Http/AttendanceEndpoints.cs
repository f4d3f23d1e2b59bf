using Intake.Contracts;
using Intake.Host.Accounts;
using Intake.Host.Queries;
using CancelShift = Intake.Application.Staff.CancelShift;
using MoveShift = Intake.Application.Staff.MoveShift;
using PlanShift = Intake.Application.Staff.PlanShift;

namespace Intake.Host.Http;

/// <summary>Working times, planned and kept.</summary>
public static class AttendanceEndpoints
{
    public static void MapAttendance(this IEndpointRouteBuilder api)
    {
        api.MapGet("/attendance", (DateOnly? day, AttendanceQuery attendance, CancellationToken cancel) =>
            attendance.Of(Wire.Day(day), staffId: null, cancel)).RequireAuthorization(Policies.Figures);
        api.MapGet("/attendance/mine", async (DateOnly? day, HttpContext http, AttendanceQuery attendance, CancellationToken cancel) =>
            await attendance.Of(Wire.Day(day), http.User.Actor().Person.Id, cancel)).RequireAuthorization(Policies.Floor);
        api.MapPost("/roster", (Contracts.PlanShift body, Commander commander) => commander.Send(
            context => new PlanShift(
                Wire.Id(body.ShiftId, "shiftId"), Wire.Id(body.StaffId, "staffId"), body.From.ToUniversalTime(), body.Until.ToUniversalTime())
            {
                Context = context,
            }));
        api.MapPost("/roster/{staffId}/{id}/move", (string staffId, string id, Contracts.MoveShift body, Commander commander) => commander.Send(
            context => new MoveShift(
                Wire.Id(id, "id"), Wire.Id(staffId, "staffId"), body.Month, body.From.ToUniversalTime(), body.Until.ToUniversalTime(), body.Reason)
            {
                Context = context,
            }));
        api.MapPost("/roster/{staffId}/{id}/cancel", (string staffId, string id, Contracts.CancelShift body, Commander commander) => commander.Send(
            context => new CancelShift(Wire.Id(id, "id"), Wire.Id(staffId, "staffId"), body.Month, body.Reason) { Context = context }));
    }
}
