using Intake.Application.LookUps;
using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Staff;
using MediatR;

namespace Intake.Application.Callbacks;

/// <summary>Carries out what is commanded about callbacks.</summary>
public sealed class CallbackHandlers(
    CommandRunner runner, CallbackLines lines, TelephoneNumbers numbers, OpenCallbacks open, CallerDirectory callers,
    AccountablePeople accountable, Home home, FloorPolicy floor) :
    IRequestHandler<RequestCallback, CommandResult>,
    IRequestHandler<OrderCallback, CommandResult>,
    IRequestHandler<LeaveQueueForCallback, CommandResult>,
    IRequestHandler<PromiseCallback, CommandResult>,
    IRequestHandler<LeaseCallback, CommandResult>,
    IRequestHandler<GiveCallbackBack, CommandResult>,
    IRequestHandler<RecordAttempt, CommandResult>,
    IRequestHandler<SettleCallback, CommandResult>,
    IRequestHandler<ReassignCallback, CommandResult>,
    IRequestHandler<ExpireLease, CommandResult>,
    IRequestHandler<BreachCallback, CommandResult>
{
    /// <summary>The queue whose operators ring those who ordered a call on the web.</summary>
    private const string WebQueue = "main";

    private readonly CallbackPolicy policy = floor.Callbacks;

    public Task<CommandResult> Handle(RequestCallback request, CancellationToken cancellationToken) =>
        Ask(request.Request, request.Context, cancellationToken);

    public async Task<CommandResult> Handle(OrderCallback request, CancellationToken cancellationToken)
    {
        // A number is a hint: where it may be several clients', it is nobody's.
        var client = await callers.KnownBy(request.Number, cancellationToken) is [var only] ? only : null;
        var wanted = new CallbackRequest(
            request.RequestId, string.Empty, string.Empty, CallbackSource.Web, request.Number, client?.ClientId ?? string.Empty,
            client?.ClientName ?? string.Empty, await accountable.ForQueue(cancellationToken), WebQueue, "A.III.1 ordered on the web",
            request.Contact, request.Company, request.Words, request.Language,
            policy.Schedule(request.Wish, request.Context.Now, home.Zone) with { Zone = request.Zone });
        return await Ask(wanted, request.Context, cancellationToken);
    }

    public async Task<CommandResult> Handle(LeaveQueueForCallback request, CancellationToken cancellationToken)
    {
        var owner = await accountable.ForQueue(cancellationToken);
        var window = policy.Schedule(null, request.Context.Now, home.Zone);
        return await runner.Run(
            Call.Stream, request.CallId, request.Context, call => CallPromises.LeaveQueue(call, owner, window.Until), cancellationToken,
            policy.Version);
    }

    public Task<CommandResult> Handle(PromiseCallback request, CancellationToken cancellationToken)
    {
        var window = policy.Schedule(request.Wish, request.Context.Now, home.Zone);
        return runner.Run(
            Call.Stream, request.CallId, request.Context,
            call => CallPromises.Promise(
                call, request.Context.By, numbers.Key(request.Number.Length > 0 ? request.Number : call.FromNumber), window, request.Words,
                request.Context.Now),
            cancellationToken, policy.Version);
    }

    public Task<CommandResult> Handle(LeaseCallback request, CancellationToken cancellationToken) => On(
        request.CallbackId, request.Context,
        callback => CallbackWork.Lease(
            callback, request.CallbackId, request.Context.By, request.Context.Actor.Role, policy, request.Context.Now),
        cancellationToken);

    public Task<CommandResult> Handle(GiveCallbackBack request, CancellationToken cancellationToken) => On(
        request.CallbackId, request.Context,
        callback => CallbackWork.GiveBack(callback, request.CallbackId, request.Context.By, request.Context.Now), cancellationToken);

    public async Task<CommandResult> Handle(RecordAttempt request, CancellationToken cancellationToken)
    {
        var now = request.Context.Now;
        var later = request.Later is null ? null : policy.Schedule(request.Later, now, home.Zone);
        var head = await accountable.ForEscalations(cancellationToken);
        var report = new AttemptReport(request.Result, request.Note, request.OrderId, later);
        return await On(
            request.CallbackId, request.Context,
            callback => CallbackWork.Attempt(
                callback, request.CallbackId, request.Context.By, report, head, policy.Schedule(null, now, home.Zone), policy, now),
            cancellationToken);
    }

    public async Task<CommandResult> Handle(SettleCallback request, CancellationToken cancellationToken)
    {
        var call = (await runner.Load(Call.Stream, request.CallId, cancellationToken)).State;
        return await On(
            request.CallbackId, request.Context,
            callback => CallbackWork.Settle(
                callback, request.CallbackId, request.Context.By, call,
                callback.Open is { } owed && call.FromNumber.Length > 0 && numbers.Key(owed.Number) == numbers.Key(call.FromNumber),
                request.OrderId, request.Context.Now),
            cancellationToken);
    }

    public async Task<CommandResult> Handle(ReassignCallback request, CancellationToken cancellationToken)
    {
        var to = (await runner.Load(StaffMember.Stream, request.To, cancellationToken)).State;
        return await On(
            request.CallbackId, request.Context,
            callback => CallbackWork.Reassign(
                callback, request.CallbackId, to, request.Context.By, request.Reason, request.Context.Now),
            cancellationToken);
    }

    public Task<CommandResult> Handle(ExpireLease request, CancellationToken cancellationToken) => runner.Run(
        Callback.Stream, request.Line, request.Context,
        callback => CallbackWork.Expire(callback, request.CallbackId, request.Context.Now), cancellationToken, policy.Version);

    public Task<CommandResult> Handle(BreachCallback request, CancellationToken cancellationToken) => runner.Run(
        Callback.Stream, request.Line, request.Context,
        callback => CallbackWork.Breach(callback, request.CallbackId, request.Context.Now), cancellationToken, policy.Version);

    private async Task<CommandResult> On(
        string callbackId, CommandContext context, Func<Callback, Domain.Decision> decide, CancellationToken cancel) => await runner.Run(
        Callback.Stream, await lines.Holding(callbackId, cancel), context, decide, cancel, policy.Version);

    // One open for a number is kept by the number's stream. That the client is not rung at two numbers is kept as well as the floor's rows
    // are new: where they are behind, he is owed two calls, and never none.
    private async Task<CommandResult> Ask(CallbackRequest request, CommandContext context, CancellationToken cancel)
    {
        var line = numbers.LineOf(request.Number, request.RequestId);
        if ((await runner.Load(Callback.Stream, line, cancel)).State is { Open: null } own && !own.Known.ContainsKey(request.RequestId))
        {
            foreach (var id in await open.Of(request.ClientId, request.Number, cancel))
            {
                if (await lines.Holding(id, cancel) is { } other && other != line && await Merged(other, request, context, cancel) is { } merged)
                {
                    return merged;
                }
            }
        }

        return await runner.Run(
            Callback.Stream, line, context, callback => CallbackRequests.Ask(callback, line, request, policy, context.Now), cancel,
            policy.Version);
    }

    private async Task<CommandResult?> Merged(string line, CallbackRequest request, CommandContext context, CancellationToken cancel)
    {
        var owed = false;
        var result = await runner.Run(
            Callback.Stream, line, context.Step("merge"),
            callback =>
            {
                owed = callback.Open is not null || callback.Known.ContainsKey(request.RequestId);
                return owed ? CallbackRequests.Ask(callback, line, request, policy, context.Now) : Domain.Decision.Nothing;
            },
            cancel, policy.Version);
        return owed || result is Done { Changed: true } ? result : null;
    }
}
