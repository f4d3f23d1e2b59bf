using Intake.Application;
using Intake.Application.Callbacks;
using Intake.Contracts;
using Intake.Domain.Callbacks;
using Intake.Host.Queries;
using PromiseCallback = Intake.Application.Callbacks.PromiseCallback;
using ReassignCallback = Intake.Application.Callbacks.ReassignCallback;
using RecordAttempt = Intake.Application.Callbacks.RecordAttempt;
using SettleCallback = Intake.Application.Callbacks.SettleCallback;

namespace Intake.Host.Http;

/// <summary>Promises to ring back, as the floor keeps them.</summary>
public static class CallbackEndpoints
{
    public static void MapCallbacks(this IEndpointRouteBuilder api)
    {
        api.MapGet("/callbacks", (FloorQueries queries, CancellationToken cancel) => queries.OpenCallbacks(cancel))
            .RequireAuthorization(Policies.Floor);
        api.MapPost("/callbacks/{id}/lease", (string id, Commander commander) => commander.Send(
            context => new LeaseCallback(Wire.Id(id, "id")) { Context = context }));
        api.MapDelete("/callbacks/{id}/lease", (string id, Commander commander) => commander.Send(
            context => new GiveCallbackBack(Wire.Id(id, "id")) { Context = context }));
        api.MapPost("/callbacks/{id}/attempts", (string id, Contracts.RecordAttempt body, Commander commander, Home home, TimeProvider clock) =>
            commander.Send(context => new RecordAttempt(
                Wire.Id(id, "id"), Wire.Value<AttemptResult>(body.Result, "result"), body.Note ?? string.Empty,
                string.IsNullOrEmpty(body.OrderId) ? string.Empty : Wire.Id(body.OrderId, "orderId"),
                WishedTime.Of(body.Later, home, clock, "later"))
            {
                Context = context,
            }));
        api.MapPost("/callbacks/{id}/settle", (string id, Contracts.SettleCallback body, Commander commander) => commander.Send(
            context => new SettleCallback(
                Wire.Id(id, "id"), Wire.Id(body.CallId, "callId"),
                string.IsNullOrEmpty(body.OrderId) ? string.Empty : Wire.Id(body.OrderId, "orderId"))
            {
                Context = context,
            },
            body.CallId));
        api.MapPost("/callbacks/{id}/reassign", (string id, Contracts.ReassignCallback body, Commander commander) => commander.Send(
            context => new ReassignCallback(Wire.Id(id, "id"), Wire.Id(body.To, "to"), body.Reason) { Context = context }));
        api.MapPost("/calls/{id}/callback", (string id, Contracts.PromiseCallback body, Commander commander, Home home, TimeProvider clock, TelephoneNumbers numbers) =>
            commander.Send(
                context => new PromiseCallback(
                    Wire.Id(id, "id"), Number(body.Number, numbers), WishedTime.Of(body.When, home, clock, "when"), body.Words ?? string.Empty)
                {
                    Context = context,
                },
                id));
        api.MapPost("/calls/{id}/leave-queue", (string id, Commander commander) => commander.Send(
            context => new LeaveQueueForCallback(Wire.Id(id, "id")) { Context = context }, id));
    }

    private static string Number(string? written, TelephoneNumbers numbers) => string.IsNullOrWhiteSpace(written)
        ? string.Empty
        : numbers.Valid(written) ?? throw new InvalidRequestException("number", "This is no telephone number; write it with its country's code: +373 22 123456.");
}
