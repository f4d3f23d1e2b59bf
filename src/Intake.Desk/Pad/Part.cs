using Intake.Contracts;

namespace Intake.Desk.Pad;

/// <summary>What a person is to a call and to its order, and what he may do there by that.</summary>
public sealed record Part(QueueCall? Call, OrderPad? Order, string PersonId)
{
    /// <summary>The call is a colleague's, and he helps with it (A.III.22).</summary>
    public bool Helps => Call?.Assignee is { } assignee && assignee.Id != PersonId && IsAmongHelpers;

    /// <summary>The call is over, and its order was given to him to finish.</summary>
    public bool Finishes => Call is { Phase: "closed" } && Order is not null;

    /// <summary>He takes the order: what binds the company is his alone.</summary>
    public bool TakesOrder => Order is { Phase: "draft" } order && order.By.Id == PersonId;

    /// <summary>He takes the order, or helps who does.</summary>
    public bool MayEdit => TakesOrder || (Order is { Phase: "draft" } && Helps);

    /// <summary>He is on the call now: it is his, or he helps with it.</summary>
    public bool IsOnCall => Call is { Phase: "connected" or "held" or "wrapUp" } && (Call.Assignee?.Id == PersonId || IsAmongHelpers);

    /// <summary>What he has to do next.</summary>
    public Step Step => (Helps, Finishes, Order) switch
    {
        (_, true, _) or (true, _, { Phase: not ("refused" or "cancelled") }) => Step.Order,
        (true, _, _) => Step.Helping,
        _ => Steps.Of(Call, Order),
    };

    private bool IsAmongHelpers => Call?.Helpers?.Any(helper => helper.Id == PersonId) == true;
}
