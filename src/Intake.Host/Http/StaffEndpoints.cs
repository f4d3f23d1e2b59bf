using Intake.Application;
using Intake.Application.Staff;
using Intake.Contracts;
using Intake.Domain;
using Intake.Domain.Staff;
using Intake.Host.Accounts;
using Intake.Host.Hosting;
using Intake.Host.Queries;
using DismissStaff = Intake.Application.Staff.DismissStaff;
using SetSkills = Intake.Application.Staff.SetSkills;

namespace Intake.Host.Http;

/// <summary>Appointments, what people can do, and the end of it (A.I.3).</summary>
public static class StaffEndpoints
{
    public static void MapStaff(this IEndpointRouteBuilder api)
    {
        api.MapGet("/people", (StaffQueries queries, CancellationToken cancel) => queries.Everybody(cancel)).RequireAuthorization(Policies.People);
        api.MapPost("/staff/{id}/appoint", async (
            string id, Contracts.AppointStaff body, Commander commander, AccountStore accounts, HostSettings settings, CancellationToken cancel) =>
        {
            var appointment = new StaffAppointed(
                Wire.Id(id, "id"), body.Name, Wire.Value<StaffRole>(body.Role, "role"), body.Department ?? string.Empty,
                body.Extension ?? string.Empty, body.Order,
                body.ReportsTo is { Length: > 0 } superior ? new StaffRef(Wire.Id(superior, "reportsTo"), superior) : null);
            var result = await commander.Carry(context => new AppointByOrder(appointment) { Context = context });
            if (result is Done)
            {
                await accounts.Open(id, settings.Data.Secret("first-password"), cancel);
            }

            return Commander.Answer(result);
        });
        api.MapPost("/staff/{id}/dismiss", (string id, Contracts.DismissStaff body, Commander commander) => commander.Send(
            context => new DismissStaff(Wire.Id(id, "id"), body.Order, body.Reason) { Context = context }));
        api.MapPost("/staff/{id}/skills", (string id, Contracts.SetSkills body, Commander commander) => commander.Send(
            context => new SetSkills(Wire.Id(id, "id"), [.. body.Queues]) { Context = context }));
    }
}
