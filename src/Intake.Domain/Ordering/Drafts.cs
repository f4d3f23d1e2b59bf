using Intake.Domain.Clients;

namespace Intake.Domain.Ordering;

/// <summary>What may be agreed on while an order is a draft.</summary>
public static class Drafts
{
    /// <summary>Null where this person may work on the draft now: who takes it, or helps him (A.III.22); else the refusal.</summary>
    internal static Decision? EditableBy(Order order, StaffRef by, string command)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(by);
        return order.Helpers.Contains(by.Id) ? NotDraft(order, command) : TakenBy(order, by, command);
    }

    /// <summary>Null where this person takes the draft: what binds the company is his alone, whoever helps; else the refusal.</summary>
    internal static Decision? TakenBy(Order order, StaffRef by, string command)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(by);
        return NotDraft(order, command) ?? (order.Taker is { } taker && taker.Id != by.Id
            ? Decision.Refuse(command, "order-of-another", $"{taker.Name} takes this order.")
            : null);
    }

    /// <summary>Null where the order is a draft; else the refusal.</summary>
    internal static Decision? NotDraft(Order order, string command) => order.Phase switch
    {
        OrderPhase.Draft => null,
        OrderPhase.None or OrderPhase.Refused => Decision.Refuse(command, "order-unknown", "There is no open order with this id."),
        _ => Decision.Refuse(command, "order-not-draft", $"The order is {order.Phase} and no draft any more; it cannot be changed here."),
    };

    /// <summary>Agrees on a slot whose place is held already.</summary>
    public static Decision AgreeDelivery(Order order, StaffRef by, DeliveryAgreed delivery) =>
        EditableBy(order, by, "AgreeDelivery") ?? (order.Delivery == delivery ? Decision.Nothing : Decision.Accept(delivery));

    /// <summary>
    /// Names the receiver (A.III.12): a person whom the client's card authorises, or one with a document that does.
    /// </summary>
    /// <param name="authorised">Who may take the client's goods, by his card.</param>
    public static Decision NameReceiver(
        Order order, StaffRef by, ReceiverNamed receiver, IReadOnlyCollection<ReceiverAuthorised> authorised)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentNullException.ThrowIfNull(authorised);
        var known = authorised.FirstOrDefault(one => one.Name == receiver.Name);
        var named = known is null ? receiver : receiver with
        {
            Phone = receiver.Phone.Length > 0 ? receiver.Phone : known.Phone,
            Document = receiver.Document.Length > 0 ? receiver.Document : known.Document,
        };
        return EditableBy(order, by, "NameReceiver") ?? named switch
        {
            _ when string.IsNullOrWhiteSpace(named.Name) =>
                Decision.Refuse("NameReceiver", "receiver-missing", "Name the person who will receive the goods."),
            _ when known is null && string.IsNullOrWhiteSpace(named.Document) => Decision.Refuse(
                "NameReceiver", "receiver-not-authorised",
                $"{named.Name} is not among the client's receivers; name the document that authorises him."),
            _ when named == order.Receiver => Decision.Nothing,
            _ => Decision.Accept(named),
        };
    }

    /// <summary>Agrees on payment and on exactly one of arrival and shipping (A.III.13).</summary>
    public static Decision AgreeRegionalTerms(
        Order order, StaffRef by, string paymentForm, ArrivalAgreed? arrival, ShippingAgreed? shipping)
    {
        if (EditableBy(order, by, "AgreeRegionalTerms") is { } refused)
        {
            return refused;
        }

        return (arrival, shipping) switch
        {
            _ when string.IsNullOrWhiteSpace(paymentForm) =>
                Decision.Refuse("AgreeRegionalTerms", "payment-form-missing", "Agree on the form of payment."),
            (null, null) or (not null, not null) =>
                Decision.Refuse("AgreeRegionalTerms", "arrival-or-shipping", "Agree on arrival in the home city or on shipping, on one of them."),
            ({ } at, _) when string.IsNullOrWhiteSpace(at.Vehicle) || string.IsNullOrWhiteSpace(at.Driver)
                || string.IsNullOrWhiteSpace(at.PowerOfAttorney) => Decision.Refuse(
                    "AgreeRegionalTerms", "arrival-details-missing", "Name the vehicle, the driver and his power of attorney."),
            (_, { } to) when string.IsNullOrWhiteSpace(to.Carrier) || string.IsNullOrWhiteSpace(to.Address) =>
                Decision.Refuse("AgreeRegionalTerms", "shipping-details-missing", "Name the carrier and the address to ship to."),
            _ => Decision.Accept(new PaymentFormAgreed(order.Id, paymentForm), arrival ?? (IEvent)shipping!),
        };
    }

    /// <summary>The order as it stands was read back, and the client confirmed.</summary>
    public static Decision ReadBack(Order order, StaffRef by) =>
        EditableBy(order, by, "ReadBackOrder") ?? order switch
        {
            { Lines.Count: 0 } => Decision.Refuse("ReadBackOrder", "no-lines", "There is nothing to read back yet."),
            { ReadBack: not null } => Decision.Nothing,
            _ => Decision.Accept(new OrderReadBack(order.Id, order.Lines.Count, order.Total)),
        };

    /// <summary>Gives the draft up, with a reason.</summary>
    public static Decision Cancel(Order order, StaffRef by, string reason) =>
        order?.Phase == OrderPhase.Cancelled
            ? Decision.Nothing
            : TakenBy(order!, by, "CancelOrder") ?? (string.IsNullOrWhiteSpace(reason)
                ? Decision.Refuse("CancelOrder", "reason-missing", "Say why the order is given up.")
                : Decision.Accept(new OrderCancelled(order!.Id, order.Delivery?.SlotId, order.Opened!.ClientId, by, reason)));
}
