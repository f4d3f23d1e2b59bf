using Intake.Domain;
using Intake.Domain.Ordering;
using Intake.Domain.Staff;
using MediatR;

namespace Intake.Application.Ordering;

/// <summary>Gives the order that one takes to a colleague who helps with its call (A.III.22).</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head)]
public sealed record GiveOrderToColleague(string OrderId, string HelperId) : Command;

/// <summary>Names who takes somebody's order from now on.</summary>
[For(StaffRole.Supervisor, StaffRole.Head)]
public sealed record AssignOrder(string OrderId, string ToId, string Reason) : Command;

/// <summary>Hands a draft to who stands in for its taker, or back; a policy's.</summary>
[For]
public sealed record HandOverOrder(string OrderId, StaffRef From, StaffRef To, string Reason) : Command;

/// <summary>Passes drafts from one person to another.</summary>
public sealed class PassingHandlers(CommandRunner runner, OrderRunner orders) :
    IRequestHandler<GiveOrderToColleague, CommandResult>,
    IRequestHandler<AssignOrder, CommandResult>,
    IRequestHandler<HandOverOrder, CommandResult>
{
    public async Task<CommandResult> Handle(GiveOrderToColleague request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        var to = await Appointed(request.HelperId, cancellationToken);
        return await runner.RunLooking(
            Order.Stream, request.OrderId, context,
            async order => Passing.ToHelper(await orders.WithHelpers(order, cancellationToken), context.By, to, context.Now), cancellationToken);
    }

    public async Task<CommandResult> Handle(AssignOrder request, CancellationToken cancellationToken)
    {
        var to = await Appointed(request.ToId, cancellationToken);
        return await orders.Run(
            request.OrderId, request.Context,
            order => Passing.Assign(order, request.Context.By, to, request.Reason, request.Context.Now), cancellationToken);
    }

    public Task<CommandResult> Handle(HandOverOrder request, CancellationToken cancellationToken) => orders.Run(
        request.OrderId, request.Context,
        order => Passing.HandOver(order, request.From, request.To, request.Reason, request.Context.Now), cancellationToken);

    private async Task<StaffAppointed?> Appointed(string staffId, CancellationToken cancel) =>
        (await runner.Load(StaffMember.Stream, staffId, cancel)).State.InForce;
}
