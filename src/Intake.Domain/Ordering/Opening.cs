using Intake.Domain.Calls;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;

namespace Intake.Domain.Ordering;

/// <summary>What opening an order looks at, looked up at this moment.</summary>
/// <param name="Columns">The columns of the price list in force.</param>
public sealed record OpeningFacts(
    Call Call, Client Client, CreditAssessment Credit, StaffRef By, StaffRole Role, IReadOnlyList<PriceColumn> Columns,
    int PriceListVersion, DateTimeOffset Now, DateOnly Today);

/// <summary>Opening an order: who may, for whom, and at which prices.</summary>
public static class Opening
{
    /// <summary>
    /// Opens an order on a call, or refuses with the reason that the clauses give: a key client is the manager's (A.III.4), a
    /// new one is the head's (A.III.15), a debtor is the manager's or finance's (A.III.6), no contract no order (A.I.4.2).
    /// The check of the receivables is recorded either way.
    /// </summary>
    public static Decision Open(Order order, string orderId, OpeningFacts facts)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(facts);
        if (order.Phase != OrderPhase.None)
        {
            return order is { Phase: OrderPhase.Draft, Opened: { } opened } && opened.CallId == facts.Call.Id
                ? Decision.Nothing
                : Decision.Refuse(new CommandRefused("OpenOrder", "order-exists", "An order with this id exists already."));
        }

        var check = new ReceivablesChecked(orderId, CheckMoment.Opening, facts.Credit);
        return Objection(facts) is var (code, reason)
            ? Decision.Accept(check, new OrderRefused(
                orderId, facts.Call.Id, facts.Client.Id, facts.Client.Name, facts.Client.Type, facts.By, code, reason))
            : Decision.Accept(
                new OrderOpened(
                    orderId, facts.Call.Id, facts.Client.Id, facts.Client.Name, facts.Client.Type, facts.Client.Manager, facts.By,
                    facts.Role, facts.Now),
                check,
                Price(orderId, facts));
    }

    /// <summary>
    /// The person to whom the call belongs by the routing table, once it has spoken; null where it has not. A call that was left and that
    /// nobody has taken up belongs to who left it: what he took on it can be finished by whoever was given it.
    /// </summary>
    public static StaffRef? RoutedTo(Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var belongsTo = call.Assignee ?? call.LeftBy;
        return call.Route switch
        {
            { Destination: RoutingDestination.Operator } => belongsTo,
            { Chain: { } chain } when call.AskedNow is null && chain.Any(hop => hop.Person.Id == belongsTo?.Id) => belongsTo,
            _ => null,
        };
    }

    private static (string Code, string Reason)? Objection(OpeningFacts facts) => facts switch
    {
        { Call.IsInHand: false } => ("call-not-in-hand", "Take the call before opening an order on it."),
        { Call.ClientId: null } or { Client.Exists: false } => ("not-identified", "Establish who calls before taking an order."),
        { Call.Purpose: not CallPurpose.Order } => ("purpose-not-order", "State that the client wants to order before taking an order."),
        { Client.Type: ClientType.Unknown } => ("not-classified", "Establish the client's type before taking an order (A.III.2)."),
        { Client.Manager: null } => (
            "new-client", "A new client has no manager yet. Transfer the call to the head of the department (A.III.15)."),
        { Client.Type: ClientType.Key, Role: StaffRole.Operator } => (
            "key-client", "Key clients order from their manager. Transfer the call (A.III.4)."),
        { Credit.Passes: false } => (
            facts.Credit.Verdict == CreditVerdict.Overdue ? "debt-overdue" : "debt-excess", facts.Credit.InWords),
        _ when !facts.Client.HasContractOn(facts.Today) => (
            "no-contract", "No supply contract is in force. Transfer the call to the manager (A.I.4.2)."),
        _ when RoutedTo(facts.Call)?.Id != facts.By.Id => (
            "not-routed", "Route the call first; an order is taken by the person to whom the call belongs."),
        _ => null,
    };

    private static PriceColumnDetermined Price(string orderId, OpeningFacts facts)
    {
        var list = new PriceColumn("LIST", 0);
        var byTerms = facts.Columns.FirstOrDefault(column => column.Code == facts.Client.Column);
        var deepest = facts.Columns.FirstOrDefault(column => column.Code == facts.Client.DeepestColumn);
        var column = byTerms ?? facts.Columns.MinBy(candidate => candidate.PercentOff) ?? list;
        return new PriceColumnDetermined(
            orderId, column, deepest is { } deep && deep.PercentOff > column.PercentOff ? deep : column,
            byTerms is null ? "list-price" : "client-terms", facts.PriceListVersion);
    }
}
