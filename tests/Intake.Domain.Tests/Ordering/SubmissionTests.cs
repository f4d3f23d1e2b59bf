using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using Intake.Domain.Tests.Calls;
using static Intake.Domain.Tests.Floor;
using static Intake.Domain.Tests.Ordering.OrderStory;

namespace Intake.Domain.Tests.Ordering;

public sealed class SubmissionTests
{
    // Of an order that is neither regional nor was put to the head.
    private static readonly Gate[] Always = [.. Enum.GetValues<Gate>().Where(gate => gate is not (Gate.RegionalTerms or Gate.Consult))];

    [Fact]
    [Trait("Clause", "A.III.5")]
    [Trait("Clause", "A.III.14")]
    public void With_every_gate_closed_the_order_is_submitted_and_its_manager_has_it()
    {
        var facts = Facts();
        var ready = Given(Ready());
        ready.When(order => Submission.Submit(order, facts, At(300))).Then(
            new ReceivablesChecked(Id, CheckMoment.Submission, Clear),
            new OrderSubmitted(
                Id, CallStory.Id, "c1", "Casa Verde", ClientType.Retail, [TeaLine], 45m, Anna, Delivery.SlotId, 3, 0,
                Gates.Evidence(ready.State, facts), Nine, At(300)),
            new OrderHandedOver(Id, Mara));
        Assert.Equal(OrderPhase.HandedOver, ready.After(order => Submission.Submit(order, facts, At(300))).State.Phase);
    }

    [Fact]
    public void A_client_whose_manager_left_meanwhile_has_his_order_submitted_and_handed_to_nobody()
    {
        var opened = (OrderOpened)Opened()[0] with { Manager = null };
        var submitted = Given([opened, .. Ready().Skip(1)]).After(order => Submission.Submit(order, Facts(), Nine));
        Assert.Empty(submitted.History.OfType<OrderHandedOver>());
        Assert.Equal(OrderPhase.Submitted, submitted.State.Phase);
        submitted.When(order => Submission.Submit(order, Facts(), At(9))).ThenNothing();
    }

    [Fact]
    public void An_order_submitted_again_changes_nothing()
    {
        var submitted = Given(Ready()).After(order => Submission.Submit(order, Facts(), Nine));
        submitted.When(order => Submission.Submit(order, Facts() with { Credit = null }, At(9))).ThenNothing();
    }

    [Fact]
    public void Nobody_submits_the_order_of_another_or_one_that_there_is_not()
    {
        Given(Ready()).When(order => Submission.Submit(order, Facts() with { By = Boris, RoutedTo = Boris }, Nine)).ThenRefused("order-of-another");
        Given().When(order => Submission.Submit(order, Facts(), Nine)).ThenRefused("order-unknown");
    }

    /// <summary>Each way in which one gate stands open while all others hold.</summary>
    public static TheoryData<string> WaysToStandOpen() => [.. Ways.Select(way => way.Name)];

    [Theory]
    [MemberData(nameof(WaysToStandOpen))]
    [Trait("Clause", "A.I.4.2")]
    [Trait("Clause", "A.III.2")]
    [Trait("Clause", "A.III.5")]
    [Trait("Clause", "A.III.7")]
    [Trait("Clause", "A.III.10")]
    [Trait("Clause", "A.III.11")]
    [Trait("Clause", "A.III.12")]
    [Trait("Clause", "A.III.13")]
    public void One_open_gate_is_enough_to_refuse(string name)
    {
        var way = Ways.Single(way => way.Name == name);
        var submission = Given(way.History).When(order => Submission.Submit(order, way.Facts, Nine));
        var refusal = Assert.IsType<SubmissionRefused>(submission.ThenRefusedInTheEnd("gates-open"));
        Assert.Equal(way.Gate, Assert.Single(refusal.Gates).Gate);
        Assert.Empty(submission.Decision.Events.OfType<OrderSubmitted>());
        Assert.Equal(way.Facts.Credit is null ? 1 : 2, submission.Decision.Events.Count);
        Assert.Equal(OrderPhase.Draft, Given([.. way.History, .. submission.Decision.Events]).State.Phase);
    }

    [Fact]
    public void Every_gate_has_a_way_to_stand_open() =>
        Assert.Equal(Enum.GetValues<Gate>(), Ways.Select(way => way.Gate).Distinct().Order());

    [Fact]
    [Trait("Clause", "A.III.13")]
    public void A_regional_order_needs_no_slot_but_its_terms()
    {
        var facts = Facts(ClientType.Regional);
        var submitted = Given(Ready(ClientType.Regional)).When(order => Submission.Submit(order, facts, Nine)).ThenOne<OrderSubmitted>();
        Assert.Null(submitted.SlotId);
        Assert.Contains("shipped by Trans", Of(submitted, Gate.RegionalTerms), StringComparison.Ordinal);

        var arriving = Given([.. Ready(ClientType.Regional), Arrival, ReadBack]).When(order => Submission.Submit(order, facts, Nine));
        Assert.Contains("arrives 2026-11-25T09:00:00.0000000+03:00", Of(arriving.ThenOne<OrderSubmitted>(), Gate.RegionalTerms), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "A.III.5")]
    public void The_evidence_of_each_gate_is_frozen_into_the_order()
    {
        var credit = Clear with { Limit = 1000, Exposure = 445.5m, AsOf = Nine.AddHours(-1), RuleVersion = "credit-7" };
        var submitted = Given(Ready()).When(order => Submission.Submit(order, Facts() with { Credit = credit }, Nine)).ThenOne<OrderSubmitted>();
        Assert.Equal(Always, submitted.Evidence.Select(evidence => evidence.Gate));
        Assert.All(submitted.Evidence, evidence => Assert.NotEmpty(evidence.Rule));
        Assert.Equal("Clear exposure 445.5 limit 1000 as of 2026-11-24T08:00:00.0000000+03:00", Of(submitted, Gate.Credit));
        Assert.Equal("credit-7", submitted.Evidence.Single(evidence => evidence.Gate == Gate.Credit).Rule);
        Assert.Equal("c1", Of(submitted, Gate.Identified));
        Assert.Equal("Retail", Of(submitted, Gate.Classified));
        Assert.Equal("anna", Of(submitted, Gate.Routed));
        Assert.Equal("77/26 until 2026-11-24", Of(submitted, Gate.Contract));
        Assert.Equal("1 lines at C10 of list 3", Of(submitted, Gate.Priced));
        Assert.Equal("3 offered, 0 accepted", Of(submitted, Gate.Offers));
        Assert.Equal($"{Delivery.SlotId} received by Vasile", Of(submitted, Gate.Delivery));
        Assert.Equal("1 lines, 45", Of(submitted, Gate.ReadBack));
    }

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void Without_three_offers_the_servers_proof_is_enough()
    {
        IEvent[] proven = [.. WithTea(), new OffersExhausted(Id, 1, 1), Delivery, Receiver, ReadBack];
        var submitted = Given(proven).When(order => Submission.Submit(order, Facts(), Nine)).ThenOne<OrderSubmitted>();
        Assert.Equal("0 offered, 0 accepted, nothing left to offer", Of(submitted, Gate.Offers));
    }

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void Accepted_and_postponed_offers_count_as_declined_ones_do()
    {
        IEvent[] mixed =
        [
            .. WithTea(), .. OffersResolved.Take(3), new OfferAccepted(Id, "1", OfferKind.Novelty, "p1", 1, 9), Declined("2", OfferKind.Special, "p2"),
            new OfferPostponed(Id, "3", OfferKind.Traditional, "p3", Today.AddDays(7)), Delivery, Receiver, ReadBack,
        ];
        var submitted = Given(mixed).When(order => Submission.Submit(order, Facts(), Nine)).ThenOne<OrderSubmitted>();
        Assert.Equal((3, 1), (submitted.OffersPresented, submitted.OffersAccepted));
    }

    [Fact]
    [Trait("Clause", "A.III.5")]
    public void The_companys_own_outlet_is_exempt_and_recorded()
    {
        var exempt = Clear with { Verdict = CreditVerdict.Exempt };
        var submitted = Given(Ready()).When(order => Submission.Submit(order, Facts() with { Credit = exempt }, Nine)).ThenOne<OrderSubmitted>();
        Assert.StartsWith("Exempt", Of(submitted, Gate.Credit), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_every_open_gate_and_what_to_do()
    {
        var nothing = Facts() with { Client = Domain.Clients.Client.Stream.Initial, Credit = null, RoutedTo = null };
        var refusal = Given(Opened()).When(order => Submission.Submit(order, nothing, Nine)).ThenRefused("gates-open");
        var open = Assert.IsType<SubmissionRefused>(refusal).Gates;
        Assert.Equal(Always, open.Select(gate => gate.Gate));
        Assert.All(open, gate => Assert.Contains(gate.Say, refusal.Reason, StringComparison.Ordinal));
    }

    private static readonly (Gate Gate, string Name, IReadOnlyList<IEvent> History, GateFacts Facts)[] Ways =
    [
        (Gate.Identified, "a client that there is not", Ready(), Facts() with { Client = Client() with { Id = "" } }),
        (Gate.Classified, "a type not established", Ready(), Facts() with { Client = Client(ClientType.Unknown) }),
        (Gate.Classified, "a client who has become a key client", Ready(), Facts() with { Client = Client(ClientType.Key) }),
        (Gate.Classified, "a client who has become regional", Ready(), Facts() with { Client = Client(ClientType.Regional) }),
        (Gate.Routed, "a call routed to nobody", Ready(), Facts() with { RoutedTo = null }),
        (Gate.Routed, "a call routed to another", Ready(), Facts() with { RoutedTo = Mara }),
        (Gate.Credit, "receivables that could not be checked", Ready(), Facts() with { Credit = null }),
        (Gate.Credit, "a payment past due", Ready(), Facts() with { Credit = Clear with { Verdict = CreditVerdict.Overdue } }),
        (Gate.Credit, "an order above the limit", Ready(), Facts() with { Credit = Clear with { Verdict = CreditVerdict.Excess } }),
        (Gate.Contract, "no contract", Ready(), Facts() with { Client = Client() with { Contract = null } }),
        (Gate.Contract, "a contract that ended yesterday", Ready(), Facts() with { Today = Today.AddDays(1) }),
        (Gate.Priced, "no lines", [.. Ready(), new OrderLineRemoved(Id, 1, "tea"), ReadBack], Facts()),
        (Gate.Offers, "no offers", [.. WithTea(), Delivery, Receiver, ReadBack], Facts()),
        (Gate.Offers, "two offers", [.. WithTea(), .. TwoOffers, Delivery, Receiver, ReadBack], Facts()),
        (Gate.Offers, "two offers left open", [.. WithTea(), .. OffersResolved.SkipLast(2), Delivery, Receiver, ReadBack], Facts()),
        (Gate.Offers, "a fourth offer left open", [.. Ready(), Proposed("4", OfferKind.Popular, "p4")], Facts()),
        (Gate.Offers, "nothing left, but one left open",
            [.. WithTea(), Proposed("1", OfferKind.Popular, "p1"), new OffersExhausted(Id, 2, 1), Delivery, Receiver, ReadBack], Facts()),
        (Gate.Delivery, "no slot", [.. WithTea(), .. OffersResolved, Receiver, ReadBack], Facts()),
        (Gate.Delivery, "no receiver", [.. WithTea(), .. OffersResolved, Delivery, ReadBack], Facts()),
        (Gate.Delivery, "a receiver who has not promised to be there",
            [.. WithTea(), .. OffersResolved, Delivery, Receiver with { ConfirmedPresent = false }, ReadBack], Facts()),
        (Gate.Delivery, "a regional order without a receiver",
            [.. WithTea(ClientType.Regional), .. OffersResolved, new PaymentFormAgreed(Id, "cash"), Shipping, ReadBack], Facts(ClientType.Regional)),
        (Gate.Consult, "the head has not answered", [.. WithTea(), ConsultTests.Asked, .. OffersResolved, Delivery, Receiver, ReadBack], Facts()),
        (Gate.RegionalTerms, "no form of payment", [.. WithTea(ClientType.Regional), .. OffersResolved, Shipping, Receiver, ReadBack], Facts(ClientType.Regional)),
        (Gate.RegionalTerms, "neither arrival nor shipping",
            [.. WithTea(ClientType.Regional), .. OffersResolved, new PaymentFormAgreed(Id, "cash"), Receiver, ReadBack], Facts(ClientType.Regional)),
        (Gate.ReadBack, "never read back", Ready().SkipLast(1).ToList(), Facts()),
        (Gate.ReadBack, "changed since it was read back", [.. Ready(), new OrderLineChanged(Id, TeaLine with { Quantity = 6 }, 5)], Facts()),
    ];

    private static IEnumerable<IEvent> TwoOffers => [OffersResolved[0], OffersResolved[1], OffersResolved[3], OffersResolved[4]];

    private static string Of(OrderSubmitted submitted, Gate gate) => submitted.Evidence.Single(evidence => evidence.Gate == gate).Evidence;
}
