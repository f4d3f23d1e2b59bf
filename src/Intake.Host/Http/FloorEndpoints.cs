using Intake.Application.Calls;
using Intake.Application.Staff;
using Intake.Contracts;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using Intake.Host.Queries;
using AskForHelp = Intake.Application.Calls.AskForHelp;
using ChangePresence = Intake.Application.Staff.ChangePresence;
using CloseCall = Intake.Application.Calls.CloseCall;
using RegisterAfterwards = Intake.Application.Calls.RegisterAfterwards;
using IdentifyCaller = Intake.Application.Calls.IdentifyCaller;
using StatePurpose = Intake.Application.Calls.StatePurpose;

namespace Intake.Host.Http;

/// <summary>Calls and people.</summary>
public static class FloorEndpoints
{
    public static void MapFloor(this IEndpointRouteBuilder api)
    {
        api.MapGet("/queue", (FloorQueries queries, CancellationToken cancel) => queries.Queue(cancel)).RequireAuthorization(Policies.Floor);
        api.MapGet("/staff", (FloorQueries queries, CancellationToken cancel) => queries.Staff(cancel));
        api.MapGet("/calls/{id}", async (string id, FloorQueries queries, CancellationToken cancel) =>
            await queries.Call(Wire.Id(id, "id"), cancel) is { } call ? Results.Ok(call) : Problems.NotFound("There is no such call."));

        api.MapPost("/presence", (Contracts.ChangePresence body, Commander commander) => commander.Send(
            context => new ChangePresence(Wire.Value<Presence>(body.Presence, "presence"), body.Reason ?? string.Empty)
            {
                Context = context,
            }));
        api.MapPost("/staff/{id}/wrap-up/end", (string id, Because body, Commander commander) => commander.Send(
            context => new ForceWrapUp(Wire.Id(id, "id"), body.Reason) { Context = context }));
        api.MapPost("/calls/{id}/take", (string id, Commander commander) => commander.Send(
            context => new TakeCall(Wire.Id(id, "id")) { Context = context }, id));
        api.MapPost("/calls/{id}/identify", (string id, Contracts.IdentifyCaller body, Commander commander) => commander.Send(
            context => new IdentifyCaller(Wire.Id(id, "id"), Wire.Id(body.ClientId, "clientId"), body.Contact) { Context = context }, id));
        api.MapPost("/calls/{id}/purpose", (string id, Contracts.StatePurpose body, Commander commander) => commander.Send(
            context => new StatePurpose(
                Wire.Id(id, "id"), Wire.Value<CallPurpose>(body.Purpose, "purpose"), body.Note ?? string.Empty)
            {
                Context = context,
            },
            id));
        api.MapPost("/calls/{id}/route", (string id, Commander commander) => commander.Send(
            context => new RouteCall(Wire.Id(id, "id")) { Context = context }, id));
        api.MapPost("/calls/{id}/transfer/accept", (string id, Commander commander) => commander.Send(
            context => new AcceptTransfer(Wire.Id(id, "id")) { Context = context }, id));
        api.MapPost("/calls/{id}/transfer/decline", (string id, Because body, Commander commander) => commander.Send(
            context => new DeclineTransfer(Wire.Id(id, "id"), body.Reason) { Context = context }, id));
        MapHelp(api);
        api.MapPost("/calls/{id}/close", (string id, Contracts.CloseCall body, Commander commander) => commander.Send(
            context => new CloseCall(Wire.Id(id, "id"), Wire.Value<CallResult>(body.Result, "result"), body.Note ?? string.Empty)
            {
                Context = context,
            },
            id));
        api.MapPost("/calls/{id}/register", (string id, Contracts.RegisterAfterwards body, Commander commander) => commander.Send(
            context => new RegisterAfterwards(
                Wire.Id(id, "id"), string.IsNullOrEmpty(body.ClientId) ? null : Wire.Id(body.ClientId, "clientId"), body.Contact ?? string.Empty,
                Wire.Value<CallPurpose>(body.Purpose, "purpose"), Wire.Value<CallResult>(body.Result, "result"), body.Note ?? string.Empty)
            {
                Context = context,
            },
            id));
    }

    private static void MapHelp(IEndpointRouteBuilder api)
    {
        api.MapPost("/calls/{id}/help", (string id, Contracts.AskForHelp body, Commander commander) => commander.Send(
            context => new AskForHelp(Wire.Id(id, "id"), body.Words ?? string.Empty) { Context = context }, id));
        api.MapDelete("/calls/{id}/help", (string id, Commander commander) => commander.Send(
            context => new TakeHelpBack(Wire.Id(id, "id")) { Context = context }, id));
        api.MapPost("/calls/{id}/help/join", (string id, Commander commander) => commander.Send(
            context => new JoinToHelp(Wire.Id(id, "id")) { Context = context }, id));
        api.MapDelete("/calls/{id}/help/{helper}", (string id, string helper, Commander commander) => commander.Send(
            context => new EndHelp(Wire.Id(id, "id"), Wire.Id(helper, "helper")) { Context = context }, id));
    }
}
