namespace Intake.Domain.Ordering;

/// <summary>The order is not a standard one; the operator asks the head of the sales department (A.III.11). Until he answers it waits.</summary>
/// <param name="EscalationId">The escalation by which the head owes the answer.</param>
/// <param name="To">The head who is asked.</param>
/// <param name="Question">What is not standard, in the operator's words.</param>
/// <param name="Total">Of the order as it stood.</param>
/// <param name="For">The absent head in whose place he is asked; null where he is asked for himself.</param>
public sealed record ConsultRequested(
    string OrderId, string EscalationId, StaffRef To, string Question, string CallId, string ClientId, string ClientName,
    Clients.ClientType ClientType, StaffRef By, decimal Total, DateTimeOffset At, StaffRef? For = null) : OrderEvent;

/// <summary>The head has answered; his word and his name are a part of the order's history (A.III.11).</summary>
/// <param name="Answer">In his words.</param>
public sealed record ConsultDecided(
    string OrderId, string EscalationId, StaffRef By, bool Approved, string Answer, DateTimeOffset At) : OrderEvent;

/// <summary>What is known of the last question that was put to the head.</summary>
/// <param name="Decided">His answer; null while he owes it.</param>
/// <param name="ChangedSince">Lines or prices were changed after it was asked: what he is asked, or has answered, is not the order any more.</param>
public sealed record Consult(ConsultRequested Requested, ConsultDecided? Decided, bool ChangedSince)
{
    /// <summary>The order may be submitted as far as the head is concerned.</summary>
    public bool Approved => Decided is { Approved: true } && !ChangedSince;
}

/// <summary>Asking the head about an order that is not standard, and his answer (A.III.11).</summary>
public static class Consults
{
    /// <summary>
    /// Puts the question. Once it has been put, the order is submitted only as the head has approved it: who changes a line afterwards
    /// asks again.
    /// </summary>
    /// <param name="head">Who is asked; null where nobody leads the department but the person who asks.</param>
    /// <param name="absent">In whose place; null where he is asked for himself.</param>
    public static Decision Request(Order order, StaffRef by, string question, StaffRef? head, DateTimeOffset now, StaffRef? absent = null)
    {
        if (Drafts.EditableBy(order, by, "RequestConsult") is { } refused)
        {
            return refused;
        }

        return order switch
        {
            { Lines.Count: 0 } => Refuse("RequestConsult", "no-lines", "Add what the client wants before asking about it."),
            { Consult: { Decided: null, ChangedSince: false } } => Decision.Nothing,
            { Consult: { Approved: true } } => Decision.Nothing,
            _ when string.IsNullOrWhiteSpace(question) => Refuse("RequestConsult", "question-missing", "Say what is not standard about the order."),
            _ when head is null => Refuse("RequestConsult", "nobody-to-ask", "Nobody leads the department whom you could ask. Give the order up, or take it as a standard one."),
            { Opened: { } opened } => Decision.Accept(new ConsultRequested(
                order.Id, $"{order.Id}-consult-{order.TimesConsulted + 1}", head, question, opened.CallId, opened.ClientId, opened.ClientName,
                opened.ClientType, by, order.Total, now, absent)),
            _ => Refuse("RequestConsult", "order-unknown", "There is no open order with this id."),
        };
    }

    /// <summary>Answers it. Nobody answers his own question, or one about an order that he has worked on, and a question that is no longer the order's needs no answer.</summary>
    public static Decision Decide(Order order, string escalationId, StaffRef by, bool approved, string answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(by);
        return order switch
        {
            { Phase: not OrderPhase.Draft } => Refuse("DecideConsult", "order-not-draft", $"The order is {order.Phase}; there is nothing to decide any more."),
            _ when order.Consult?.Requested.EscalationId != escalationId =>
                Refuse("DecideConsult", "consult-unknown", "The order asks nothing, or another question by now. Look at it again."),
            { Consult: { Decided: not null } } => Decision.Nothing,
            { Consult: { Requested.By: var asker } } when asker.Id == by.Id =>
                Refuse("DecideConsult", "own-escalation", "Nobody decides on a question that he asked himself."),
            _ when order.Taker?.Id == by.Id || order.Lines.Exists(line => line.By?.Id == by.Id) =>
                Refuse("DecideConsult", "own-escalation", "Nobody decides on an order that he has taken or worked on himself."),
            _ when string.IsNullOrWhiteSpace(answer) => Refuse("DecideConsult", "answer-missing", "Say why, in a few words; it becomes a part of the order's history."),
            _ => Decision.Accept(new ConsultDecided(order.Id, escalationId, by, approved, answer, now)),
        };
    }

    /// <summary>What is still owed before the order may be submitted; null where nothing is.</summary>
    internal static string? Owed(Consult consult) => consult switch
    {
        { Approved: true } => null,
        { ChangedSince: true } => "The order was changed since the head was asked about it; ask again.",
        { Decided: null } => "The head of the department has not answered yet.",
        { Decided: { } no } => $"{no.By.Name} says no: {no.Answer} Change the order and ask again, or give it up.",
    };

    private static Decision Refuse(string command, string code, string reason) => Decision.Refuse(command, code, reason);
}
