using Intake.Application.Staff;
using Intake.Contracts;
using Intake.Host.Queries;
using OrderCoverage = Intake.Application.Staff.OrderCoverage;
using ReassignEscalation = Intake.Application.Escalations.ReassignEscalation;

namespace Intake.Host.Http;

/// <summary>Decisions owed, and absences.</summary>
public static class AuthorityEndpoints
{
    public static void MapAuthority(this IEndpointRouteBuilder api)
    {
        api.MapGet("/decisions", (AuthorityQueries queries, CancellationToken cancel) => queries.Snapshot(cancel))
            .RequireAuthorization(Policies.Floor);
        api.MapPost("/escalations/{id}/reassign", (string id, Contracts.ReassignEscalation body, Commander commander) => commander.Send(
            context => new ReassignEscalation(Wire.Id(id, "id"), Wire.Id(body.StaffId, "staffId"), body.Reason) { Context = context }));

        api.MapGet("/absences", (int? take, AuthorityQueries queries, CancellationToken cancel) =>
            queries.Newest(Math.Clamp(take ?? 50, 1, 500), cancel)).RequireAuthorization(Policies.Floor);
        api.MapPost("/absences", (Contracts.OrderCoverage body, Commander commander) => commander.Send(
            context => new OrderCoverage(
                Wire.Id(body.CoverageId, "coverageId"), Wire.Id(body.AbsentId, "absentId"), Wire.Id(body.StandInId, "standInId"),
                body.From.ToUniversalTime(), body.Until.ToUniversalTime(), body.Reason, body.Order)
            {
                Context = context,
            }));
        api.MapPost("/absences/{absentId}/{id}/end", (string absentId, string id, Because body, Commander commander) => commander.Send(
            context => new EndCoverage(Wire.Id(absentId, "absentId"), Wire.Id(id, "id"), body.Reason) { Context = context }));
    }
}
