using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Ordering;

namespace Intake.Application.Ordering;

/// <summary>
/// Runs deciders on orders. Where the taker himself commands that is all; where somebody else does, it is looked up who helps with the
/// order's call at this moment (A.III.22).
/// </summary>
public sealed class OrderRunner(CommandRunner runner)
{
    /// <inheritdoc cref="CommandRunner.Run"/>
    public Task<CommandResult> Run(
        string orderId, CommandContext context, Func<Order, Decision> decide, CancellationToken cancel, params string[] policies)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(decide);
        return runner.RunLooking(
            Order.Stream, orderId, context, async order => decide(await WithHelpers(order, context.By, cancel)), cancel, policies);
    }

    /// <summary>The order now, with those who help, as far as this person needs to know.</summary>
    public async Task<Order> Load(string orderId, StaffRef by, CancellationToken cancel) =>
        await WithHelpers((await runner.Load(Order.Stream, orderId, cancel)).State, by, cancel);

    /// <summary>The order with everybody who helps with its call now.</summary>
    public async Task<Order> WithHelpers(Order order, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order is { Phase: OrderPhase.Draft, Opened.CallId: { } callId }
            ? order with { Helpers = [.. (await runner.Load(Call.Stream, callId, cancel)).State.Helpers.Keys] }
            : order;
    }

    private async ValueTask<Order> WithHelpers(Order order, StaffRef by, CancellationToken cancel) =>
        order.Taker is { } taker && taker.Id != by.Id ? await WithHelpers(order, cancel) : order;
}
