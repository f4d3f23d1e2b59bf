using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using static Intake.Domain.Tests.Floor;
using static Intake.Domain.Tests.Ordering.OrderStory;

namespace Intake.Domain.Tests.Ordering;

public sealed class DraftTests
{
    [Fact]
    [Trait("Clause", "A.III.12")]
    public void Delivery_and_receiver_are_agreed_on()
    {
        Given(WithTea()).When(order => Drafts.AgreeDelivery(order, Anna, Delivery)).Then(Delivery);
        Given([.. WithTea(), Delivery]).When(order => Drafts.AgreeDelivery(order, Anna, Delivery)).ThenNothing();
        Given(WithTea()).When(order => Drafts.NameReceiver(order, Anna, Receiver, [])).Then(Receiver);
        Given([.. WithTea(), Receiver]).When(order => Drafts.NameReceiver(order, Anna, Receiver, [])).ThenNothing();
    }

    [Fact]
    [Trait("Clause", "A.III.12")]
    public void A_receiver_is_authorised_by_the_clients_card_or_by_a_document()
    {
        ReceiverAuthorised[] card = [new("c1", "Vasile", "+37322000001", "PoA 1")];
        var unnamed = Receiver with { Name = " " };
        var bare = Receiver with { Phone = "", Document = "" };
        Given(WithTea()).When(order => Drafts.NameReceiver(order, Anna, unnamed, card)).ThenRefused("receiver-missing");
        Given(WithTea()).When(order => Drafts.NameReceiver(order, Anna, bare, [])).ThenRefused("receiver-not-authorised");
        Given(WithTea()).When(order => Drafts.NameReceiver(order, Anna, bare with { Name = "Ion" }, card)).ThenRefused("receiver-not-authorised");
        Given(WithTea()).When(order => Drafts.NameReceiver(order, Anna, bare, card))
            .Then(Receiver with { Phone = "+37322000001", Document = "PoA 1" });
        Given(WithTea()).When(order => Drafts.NameReceiver(order, Anna, Receiver, card)).Then(Receiver);
    }

    [Fact]
    [Trait("Clause", "A.III.13")]
    public void A_regional_client_pays_in_a_form_agreed_and_either_arrives_or_is_shipped_to()
    {
        Terms("cash", Arrival, null).Then(new PaymentFormAgreed(Id, "cash"), Arrival);
        Terms("cash", null, Shipping).Then(new PaymentFormAgreed(Id, "cash"), Shipping);
        Terms("cash", null, null).ThenRefused("arrival-or-shipping");
        Terms("cash", Arrival, Shipping).ThenRefused("arrival-or-shipping");
        Terms(" ", Arrival, null).ThenRefused("payment-form-missing");
        Terms("cash", null, Shipping with { Carrier = "" }).ThenRefused("shipping-details-missing");
        Terms("cash", null, Shipping with { Address = " " }).ThenRefused("shipping-details-missing");
        Terms("cash", Arrival with { Vehicle = "" }, null).ThenRefused("arrival-details-missing");
        Terms("cash", Arrival with { Driver = " " }, null).ThenRefused("arrival-details-missing");
        Terms("cash", Arrival with { PowerOfAttorney = "" }, null).ThenRefused("arrival-details-missing");
    }

    [Fact]
    [Trait("Clause", "A.III.13")]
    public void Shipping_agreed_later_takes_the_place_of_the_arrival_and_the_other_way_round()
    {
        var shipped = Given([.. WithTea(ClientType.Regional), Arrival, Shipping]).State;
        Assert.Equal((null, Shipping), (shipped.Arrival, shipped.Shipping));
        var arriving = Given([.. WithTea(ClientType.Regional), Shipping, Arrival]).State;
        Assert.Equal((Arrival, null), (arriving.Arrival, arriving.Shipping));
    }

    [Fact]
    [Trait("Clause", "A.III.12")]
    public void An_order_is_read_back_as_it_stands()
    {
        Given(Opened()).When(order => Drafts.ReadBack(order, Anna)).ThenRefused("no-lines");
        Given(WithTea()).When(order => Drafts.ReadBack(order, Anna)).Then(new OrderReadBack(Id, 1, 45m));
        Given([.. WithTea(), ReadBack]).When(order => Drafts.ReadBack(order, Anna)).ThenNothing();
    }

    [Fact]
    [Trait("Clause", "A.III.12")]
    public void Every_change_asks_for_another_reading()
    {
        IEvent[] changes =
        [
            new OrderLineAdded(Id, TeaLine with { Number = 2, ProductId = "salt" }), new OrderLineChanged(Id, TeaLine with { Quantity = 6 }, 5),
            new OrderLineRemoved(Id, 1, "tea"), Delivery, Receiver, new PaymentFormAgreed(Id, "cash"), Arrival, Shipping,
        ];
        Assert.All(changes, change =>
        {
            Assert.NotNull(Given([.. WithTea(), ReadBack]).State.ReadBack);
            Assert.Null(Given([.. WithTea(), ReadBack, change]).State.ReadBack);
        });
    }

    [Fact]
    public void Offering_and_declining_change_nothing_that_was_read_back() =>
        Assert.NotNull(Given([.. WithTea(), ReadBack, .. OffersResolved]).State.ReadBack);

    [Fact]
    public void A_draft_is_given_up_with_a_reason_and_says_what_becomes_free()
    {
        Given([.. WithTea(), Delivery]).When(order => Drafts.Cancel(order, Anna, "changed his mind"))
            .Then(new OrderCancelled(Id, Delivery.SlotId, "c1", Anna, "changed his mind"));
        Given(WithTea()).When(order => Drafts.Cancel(order, Anna, "")).ThenRefused("reason-missing");
        var cancelled = Given(WithTea()).After(order => Drafts.Cancel(order, Anna, "changed his mind"));
        cancelled.When(order => Drafts.Cancel(order, Anna, "again")).ThenNothing();
        cancelled.When(order => Drafts.ReadBack(order, Anna)).ThenRefused("order-not-draft");
    }

    public static TheoryData<string> Deeds() => [.. Deed.Keys];

    [Theory]
    [MemberData(nameof(Deeds))]
    public void Only_who_takes_an_order_changes_it_and_only_while_it_is_a_draft(string deed)
    {
        var refusal = Given([.. WithTea(), .. OffersResolved.Take(3)]).When(order => Deed[deed](order, Boris)).ThenRefused("order-of-another");
        Assert.Contains(Anna.Name, refusal.Reason, StringComparison.Ordinal);
        Given().When(order => Deed[deed](order, Anna)).ThenRefused("order-unknown");
        var submitted = Given(Ready()).After(order => Submission.Submit(order, Facts(), Nine));
        Assert.Equal(OrderPhase.HandedOver, submitted.State.Phase);
        submitted.When(order => Deed[deed](order, Anna)).ThenRefused("order-not-draft");
    }

    private static readonly Dictionary<string, Func<Order, StaffRef, Decision>> Deed = new()
    {
        ["add"] = (order, by) => Lines.Add(order, by, "salt", Salt, 1, null),
        ["change"] = (order, by) => Lines.Change(order, by, 1, Tea, 9, null),
        ["remove"] = (order, by) => Lines.Remove(order, by, 1),
        ["build offers"] = (order, by) => Offers.Build(order, by, [], 0, OfferPolicy.Default),
        ["accept"] = (order, by) => Offers.Accept(order, by, "1", Product("p1", 1), 1, null),
        ["decline"] = (order, by) => Offers.Decline(order, by, "1", "no"),
        ["postpone"] = (order, by) => Offers.Postpone(order, by, "1", Today.AddDays(3), Today),
        ["delivery"] = (order, by) => Drafts.AgreeDelivery(order, by, Delivery with { Window = "13:00-17:00" }),
        ["receiver"] = (order, by) => Drafts.NameReceiver(order, by, Receiver with { Name = "Ion" }, []),
        ["regional terms"] = (order, by) => Drafts.AgreeRegionalTerms(order, by, "cash", null, Shipping),
        ["read back"] = (order, by) => Drafts.ReadBack(order, by),
        ["cancel"] = (order, by) => Drafts.Cancel(order, by, "no"),
    };

    private static Outcome Terms(string payment, ArrivalAgreed? arrival, ShippingAgreed? shipping) =>
        Given(WithTea(ClientType.Regional)).When(order => Drafts.AgreeRegionalTerms(order, Anna, payment, arrival, shipping));
}
