using Intake.Contracts;

namespace Intake.Desk.Pad;

/// <summary>What the person with a call has to do next; the pad shows one of them.</summary>
public enum Step
{
    /// <summary>No call in hand.</summary>
    Idle,

    /// <summary>Establish who calls and why.</summary>
    Identify,

    /// <summary>The routing table has still to be asked.</summary>
    Route,

    /// <summary>The call is offered to somebody else, who has not answered.</summary>
    Offered,

    /// <summary>Nobody could take it; it became a callback.</summary>
    Callback,

    /// <summary>The call belongs to this person, and no order is open on it.</summary>
    Open,

    /// <summary>An order is being taken, or was.</summary>
    Order,

    /// <summary>A conversation without an order.</summary>
    Talk,

    /// <summary>Somebody else's call, with which this person helps, and no order on it yet (A.III.22).</summary>
    Helping,
}

/// <summary>Derives the step from the call, so that a desk that was reloaded goes on where it was.</summary>
public static class Steps
{
    public static Step Of(QueueCall? call, OrderPad? order) => call switch
    {
        null => Step.Idle,
        { Phase: "convertedToCallback" } => Step.Callback,
        { Purpose: "" } => Step.Identify,
        { Purpose: "order", ClientId: "" } => Step.Identify,
        { Destination: "" } => Step.Route,
        { AskedNow: not null } => Step.Offered,
        { Purpose: "order" } when order is { Phase: not ("refused" or "cancelled") } => Step.Order,
        { Purpose: "order" } => Step.Open,
        _ => Step.Talk,
    };

    /// <summary>The result that closing will most likely have.</summary>
    public static string ResultOf(QueueCall call, OrderPad? order)
    {
        ArgumentNullException.ThrowIfNull(call);
        return (call.Purpose, order?.Phase) switch
        {
            ("order", "submitted" or "handedOver") => "orderTaken",
            ("order", "draft") when order!.By.Id != call.Assignee?.Id => "handedOver",
            ("order", _) => "orderNotTaken",
            ("complaint", _) => "complaintRecorded",
            ("", _) => "wrongNumber",
            _ => "informationGiven",
        };
    }
}
