using Intake.Contracts;

namespace Intake.Host.Tests;

/// <summary>The main job over HTTP, in the steps of a person.</summary>
public static class Job
{
    /// <summary>A retail client of the demo company without debts.</summary>
    public static async Task<ClientCard> CleanClient(Person person, int skip = 0) => await Client(
        person, card => card is { Type: "retail" or "horeca", DebtVerdict: "clear", Manager: not null, Route.Length: > 0 }, skip);

    /// <summary>The first client that is so, after some that are left to others.</summary>
    public static async Task<ClientCard> Client(Person person, Func<ClientCard, bool> so, int skip = 0)
    {
        foreach (var found in await person.Get<List<ClientFound>>("clients?take=100"))
        {
            var card = await person.Get<ClientCard>($"clients/{found.ClientId}");
            if (so(card) && card.Phones.Count > 0 && skip-- == 0)
            {
                return card;
            }
        }

        throw new InvalidOperationException("The demo company has no such client.");
    }

    /// <summary>Takes the call, and finds out who calls and why.</summary>
    public static async Task Answer(Person person, string callId, string clientId, string purpose = "order")
    {
        await person.Must($"calls/{callId}/take");
        await person.Must($"calls/{callId}/identify", new IdentifyCaller(clientId, "the owner"));
        await person.Must($"calls/{callId}/purpose", new StatePurpose(purpose, null));
        await person.Must($"calls/{callId}/route");
    }

    /// <summary>Registers the call and closes it: the person can take the next one.</summary>
    public static async Task Register(Person person, string callId)
    {
        await person.Must($"calls/{callId}/purpose", new StatePurpose("referenceInformation", null));
        await person.Must($"calls/{callId}/close", new CloseCall("informationGiven", null));
    }

    /// <summary>An order that is ready to be submitted.</summary>
    public static async Task<string> Draft(Person person, string callId, string clientId, decimal quantity = 3)
    {
        var orderId = Guid.NewGuid().ToString();
        await person.Must("orders", new OpenOrder(orderId, callId));
        await person.Must($"orders/{orderId}/lines", new AddLine("GR-01", quantity));
        await person.Must($"orders/{orderId}/offers");
        foreach (var offer in (await person.Get<OrderPad>($"orders/{orderId}")).Offers)
        {
            await person.Must($"orders/{orderId}/offers/{offer.OfferId}/decline", new Because("has enough"));
        }

        var slot = (await person.Get<List<FreeSlot>>($"delivery/slots?clientId={clientId}"))[0];
        await person.Must($"orders/{orderId}/delivery", new Delivery(slot.Route, slot.Date, slot.Window));
        await person.Must($"orders/{orderId}/receiver", new NamedReceiver("Anna", "+79990000000", "passport", true));
        await person.Must($"orders/{orderId}/read-back");
        return orderId;
    }
}
