using Intake.Contracts;

namespace Intake.Host.Simulation;

/// <summary>
/// A member of staff talks to a client and goes through the call as the desk would have him: who calls, why, to whom it belongs, the
/// order with its offers and agreements, the result.
/// </summary>
public sealed class Conversation(Seat seat, Telephone telephone, Tally tally, Pace pace, Func<string, string> declineReason)
{
    /// <summary>From answering to closing, or to handing it to somebody with more authority.</summary>
    public async Task Answer(string callId, Wish wish, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        await pace.Think(cancel);
        await Seat.Must(seat.Post($"calls/{callId}/identify", new IdentifyCaller(wish.ClientId, wish.Contact), cancel));
        await Seat.Must(seat.Post($"calls/{callId}/purpose", new StatePurpose(wish.Purpose, null), cancel));
        await pace.Think(cancel);
        var routed = await Seat.Must(seat.Post($"calls/{callId}/route", null, cancel));
        var call = await seat.Get<QueueCall>($"calls/{callId}?after={routed.Position}", cancel);
        if (call.Phase == "convertedToCallback")
        {
            await NoOrder(wish, "converted-to-callback");
        }
        else if (call.Destination == "transfer")
        {
            tally.Escalate();
        }
        else
        {
            await Serve(callId, wish, cancel);
        }
    }

    /// <summary>The part after the call has come to the person to whom it belongs.</summary>
    public async Task Serve(string callId, Wish wish, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (wish.Purpose == "order")
        {
            var refusal = await TakeOrder(callId, wish, cancel);
            await HangUp(callId, wish, refusal is null ? "orderTaken" : "orderNotTaken", cancel);
            if (refusal is null)
            {
                tally.Submit();
            }
            else
            {
                tally.Refuse(refusal);
            }

            return;
        }

        await pace.Talk(cancel);
        tally.AnswerWithoutOrder();
        await HangUp(callId, wish, wish.Purpose == "complaint" ? "complaintRecorded" : "informationGiven", cancel);
    }

    /// <summary>The person to whom a call is offered takes it, or declines where he may not do what it is for.</summary>
    public async Task TakeOver(string callId, Wish wish, CancellationToken cancel)
    {
        await pace.Think(cancel);
        if (seat.Person.Role == "finance")
        {
            var declined = await seat.Post($"calls/{callId}/transfer/decline", new Because("the debt has to be paid first"), cancel);
            if (declined.Done
                && (await seat.Get<QueueCall>($"calls/{callId}?after={declined.Position}", cancel)).Phase == "convertedToCallback")
            {
                await NoOrder(wish, "converted-to-callback");
            }

            return;
        }

        if ((await seat.Post($"calls/{callId}/transfer/accept", null, cancel)).Done)
        {
            await Serve(callId, wish, cancel);
        }
    }

    private Task NoOrder(Wish wish, string reason)
    {
        if (wish.Purpose == "order")
        {
            tally.Refuse(reason);
        }
        else
        {
            tally.AnswerWithoutOrder();
        }

        return Task.CompletedTask;
    }

    private async Task HangUp(string callId, Wish wish, string result, CancellationToken cancel)
    {
        await telephone.HangUp(wish.Number, cancel);
        await pace.Think(cancel);
        await Seat.Must(seat.Post($"calls/{callId}/close", new CloseCall(result, null), cancel));
    }

    // Null where the order is the company's promise now; else why it is not.
    private async Task<string?> TakeOrder(string callId, Wish wish, CancellationToken cancel)
    {
        var orderId = Guid.NewGuid().ToString();
        var opened = await seat.Post("orders", new OpenOrder(orderId, callId), cancel);
        if (!opened.Done)
        {
            return opened.Reason;
        }

        var refusal = await Fill(orderId, wish, cancel);
        if (refusal is not null)
        {
            await Seat.Must(seat.Post($"orders/{orderId}/cancel", new Because(refusal), cancel));
            return refusal;
        }

        if (!AsWished(await seat.Get<OrderPad>($"orders/{orderId}", cancel), wish))
        {
            tally.Differ();
        }

        return null;
    }

    private async Task<string?> Fill(string orderId, Wish wish, CancellationToken cancel)
    {
        var mentionedFirst = (wish.Lines.Count + 1) / 2;
        var later = wish.Lines.Skip(mentionedFirst).ToList();
        return await Add(orderId, wish.Lines.Take(mentionedFirst), cancel)
            ?? await Offer(orderId, later, cancel)
            ?? await Add(orderId, later, cancel)
            ?? await Agree(orderId, wish, cancel);
    }

    private async Task<string?> Add(string orderId, IEnumerable<WishedLine> lines, CancellationToken cancel)
    {
        foreach (var line in lines)
        {
            await pace.Think(cancel);
            var added = await seat.Post($"orders/{orderId}/lines", new AddLine(line.ProductId, line.Quantity, line.Column), cancel);
            if (!added.Done)
            {
                return added.Reason;
            }
        }

        return null;
    }

    private async Task<string?> Offer(string orderId, List<WishedLine> later, CancellationToken cancel)
    {
        await Seat.Must(seat.Post($"orders/{orderId}/offers", null, cancel));
        var pad = await seat.Get<OrderPad>($"orders/{orderId}", cancel);
        foreach (var offer in pad.Offers.Where(offer => offer.Outcome == "open"))
        {
            await pace.Think(cancel);
            var wanted = later.Find(line => line.ProductId == offer.ProductId);
            if (wanted is null)
            {
                tally.Decline();
                await Seat.Must(seat.Post(
                    $"orders/{orderId}/offers/{offer.OfferId}/decline", new Because(declineReason(offer.ProductId)), cancel));
                continue;
            }

            var accepted = await seat.Post(
                $"orders/{orderId}/offers/{offer.OfferId}/accept", new AcceptOffer(wanted.Quantity, wanted.Column), cancel);
            if (!accepted.Done)
            {
                return accepted.Reason;
            }

            tally.Accept();
            later.Remove(wanted);
        }

        return null;
    }

    private async Task<string?> Agree(string orderId, Wish wish, CancellationToken cancel)
    {
        var pad = await seat.Get<OrderPad>($"orders/{orderId}", cancel);
        var client = await seat.Get<ClientCard>($"clients/{wish.ClientId}", cancel);
        if (pad.IsRegional)
        {
            var shipping = new Shipping("Northern Lines", client.Name, $"{client.City}, {client.Address}", "to the door");
            await Seat.Must(seat.Post($"orders/{orderId}/regional", new RegionalTerms("transfer in advance", null, shipping), cancel));
        }
        else if (await AgreeSlot(orderId, wish.ClientId, cancel) is { } full)
        {
            return full;
        }

        await pace.Think(cancel);
        var receiver = client.Receivers.Count > 0 ? client.Receivers[0] : new Receiver(wish.Contact, wish.Phone, "power of attorney");
        await Seat.Must(seat.Post(
            $"orders/{orderId}/receiver", new NamedReceiver(receiver.Name, receiver.Phone, receiver.Document, ConfirmedPresent: true), cancel));
        await pace.Talk(cancel);
        await Seat.Must(seat.Post($"orders/{orderId}/read-back", null, cancel));
        var submitted = await seat.Post($"orders/{orderId}/submit", null, cancel);
        return submitted.Done ? null : submitted.Reason;
    }

    private async Task<string?> AgreeSlot(string orderId, string clientId, CancellationToken cancel)
    {
        var reason = "no-delivery-slot";
        foreach (var slot in await seat.Get<IReadOnlyList<FreeSlot>>($"delivery/slots?clientId={clientId}", cancel))
        {
            var agreed = await seat.Post($"orders/{orderId}/delivery", new Delivery(slot.Route, slot.Date, slot.Window), cancel);
            if (agreed.Done)
            {
                return null;
            }

            reason = agreed.Reason;
        }

        return reason;
    }

    private static bool AsWished(OrderPad pad, Wish wish) =>
        pad.Lines.Count == wish.Lines.Count
        && wish.Lines.All(wished => pad.Lines.Any(line =>
            line.ProductId == wished.ProductId && line.Quantity == wished.Quantity
            && (wished.Amount is null || line.Amount == wished.Amount)))
        && (wish.Lines.Any(line => line.Amount is null) || pad.Total == wish.Lines.Sum(line => line.Amount));
}

/// <summary>How fast people think and talk in a simulation; 0 is as fast as the system answers.</summary>
public sealed class Pace(double thinkSeconds, double talkSeconds, Random random)
{
    /// <summary>No pauses.</summary>
    public static readonly Pace None = new(0, 0, Random.Shared);

    /// <summary>A moment before the next step.</summary>
    public Task Think(CancellationToken cancel) => Pause(thinkSeconds, cancel);

    /// <summary>A longer exchange.</summary>
    public Task Talk(CancellationToken cancel) => Pause(talkSeconds, cancel);

    private Task Pause(double seconds, CancellationToken cancel) => seconds <= 0
        ? Task.CompletedTask
        : Task.Delay(TimeSpan.FromSeconds(seconds * (0.5 + random.NextDouble())), cancel);
}
