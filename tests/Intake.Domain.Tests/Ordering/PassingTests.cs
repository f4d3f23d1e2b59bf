using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Domain.Staff;
using static Intake.Domain.Tests.Floor;
using static Intake.Domain.Tests.Ordering.OrderStory;

namespace Intake.Domain.Tests.Ordering;

/// <summary>Working on a colleague's order, and taking it over; what each has done is credited to him (A.III.22).</summary>
public sealed class PassingTests
{
    private static readonly OrderPassedOn Passed = new(Id, Anna, Boris, Anna, "", At(60));

    [Fact]
    [Trait("Clause", "A.III.22")]
    public void Who_helps_works_on_the_order_and_what_he_puts_in_is_credited_to_him()
    {
        Given(WithTea()).When(AddSalt(Boris)).ThenRefused("order-of-another");
        var added = Given(WithTea()).When(Helped(AddSalt(Boris))).ThenOne<OrderLineAdded>();
        Assert.Equal(Boris, added.Line.By);
        var changed = Given([.. WithTea(), added]).When(order => Lines.Change(order, Anna, 2, Salt, 9, null)).ThenOne<OrderLineChanged>();
        Assert.Equal(Anna, changed.Line.By);
        Given([.. WithTea(), .. OffersResolved, Proposed("4", OfferKind.Popular, "salt")])
            .When(Helped(order => Offers.Decline(order, Boris, "4", "has enough"))).ThenOne<OfferDeclined>();
        Given(WithTea()).When(Helped(order => Drafts.AgreeDelivery(order, Boris, Delivery))).Then(Delivery);
    }

    [Fact]
    [Trait("Clause", "A.III.22")]
    public void What_binds_the_company_is_the_takers_alone_whoever_helps()
    {
        Given(Ready()).When(Helped(order => Submission.Submit(order, Facts() with { By = Boris }, At(60)))).ThenRefused("order-of-another");
        Given(Ready()).When(Helped(order => Drafts.Cancel(order, Boris, "mistake"))).ThenRefused("order-of-another");
        Given(Ready()).When(Helped(order => Passing.ToHelper(order, Boris, Appointed(Boris), At(60)))).ThenRefused("order-of-another");
    }

    [Fact]
    [Trait("Clause", "A.III.22")]
    public void The_taker_gives_the_order_to_who_helps_and_to_nobody_else()
    {
        Given(WithTea()).When(Helped(Give(Boris))).Then(Passed);
        Given(WithTea()).When(Give(Boris)).ThenRefused("not-helping");
        Given(WithTea()).When(Helped(order => Passing.ToHelper(order, Anna, null, At(60)))).ThenRefused("staff-unknown");
        Given([.. Ready(), Submitted]).When(Helped(Give(Boris))).ThenRefused("order-not-draft");
    }

    [Fact]
    [Trait("Clause", "A.III.22")]
    public void Who_was_given_the_order_submits_it_and_each_position_stays_credited()
    {
        var salt = new OrderLineAdded(Id, TeaLine with { Number = 2, ProductId = "salt", By = Boris });
        var given = Given([.. WithTea(), salt, .. OffersResolved, Delivery, Receiver, ReadBack, Passed]);
        given.When(order => Submission.Submit(order, Facts(), At(90))).ThenRefused("order-of-another");
        var submitted = given.When(order => Submission.Submit(order, Facts() with { By = Boris }, At(90))).ThenOne<OrderSubmitted>();
        Assert.Equal(Boris, submitted.By);
        Assert.Equal([Anna, Boris], submitted.Lines.Select(line => line.By));
    }

    [Fact]
    [Trait("Clause", "A.III.3")]
    public void An_order_that_was_passed_on_is_routed_by_the_right_of_who_opened_it_or_takes_it_and_of_nobody_else()
    {
        Assert.Null(Routed(Anna));
        Assert.Null(Routed(Boris));
        Assert.NotNull(Routed(Kira));
        Assert.NotNull(Routed(null));

        static OpenGate? Routed(StaffRef? to) => Gates.Open(Given([.. Ready(), Passed]).State, Facts() with { By = Boris, RoutedTo = to })
            .SingleOrDefault(gate => gate.Gate == Gate.Routed);
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void A_key_clients_order_is_not_passed_on_to_an_operator()
    {
        var taken = Given(WithTea(ClientType.Key));
        taken.When(order => Passing.Assign(order, Hanna, Appointed(Boris), "Anna is ill", At(60))).ThenRefused("key-client");
        taken.When(Helped(Give(Boris))).ThenRefused("key-client");
        taken.When(order => Passing.Assign(order, Hanna, Appointed(Kira, StaffRole.KeyAccountManager), "Anna is ill", At(60)))
            .Then(new OrderPassedOn(Id, Anna, Kira, Hanna, "Anna is ill", At(60)));
    }

    [Fact]
    [Trait("Clause", "A.III.22")]
    public void Who_watches_the_floor_names_another_taker_with_a_reason()
    {
        Given(WithTea()).When(order => Passing.Assign(order, Hanna, Appointed(Boris), " ", At(60))).ThenRefused("reason-missing");
        Given(WithTea()).When(order => Passing.Assign(order, Hanna, Appointed(Anna), "ill", At(60))).ThenNothing();
        Given(WithTea()).When(order => Passing.Assign(order, Hanna, Appointed(Fyodor, StaffRole.Finance), "ill", At(60))).ThenRefused("takes-no-orders");
        Given([.. Ready(), Submitted]).When(order => Passing.Assign(order, Hanna, Appointed(Boris), "ill", At(60))).ThenRefused("order-not-draft");
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public void A_draft_goes_to_the_stand_in_and_back_as_long_as_it_is_one()
    {
        var over = new OrderPassedOn(Id, Anna, Boris, StaffRef.System, "leave", At(60));
        Given(WithTea()).When(order => Passing.HandOver(order, Anna, Boris, "leave", At(60))).Then(over);
        Given([.. WithTea(), over]).When(order => Passing.HandOver(order, Boris, Anna, "back", At(90)))
            .Then(new OrderPassedOn(Id, Boris, Anna, StaffRef.System, "back", At(90)));
        Given([.. WithTea(), over]).When(order => Passing.HandOver(order, Anna, Boris, "leave", At(60))).ThenNothing();
        Given([.. Ready(), Submitted]).When(order => Passing.HandOver(order, Anna, Boris, "leave", At(60))).ThenNothing();
    }

    [Fact]
    [Trait("Clause", "A.III.11")]
    public void Nobody_decides_on_an_order_that_he_has_taken_or_worked_on()
    {
        var byHead = new OrderLineAdded(Id, TeaLine with { Number = 2, ProductId = "salt", By = Hanna });
        Given([.. WithTea(), byHead, ConsultTests.Asked]).When(Approve).ThenRefused("own-escalation");
        Given([.. WithTea(), ConsultTests.Asked, new OrderPassedOn(Id, Anna, Hanna, Hanna, "ill", At(80))]).When(Approve).ThenRefused("own-escalation");
        Given([.. WithTea(), ConsultTests.Asked]).When(Approve).ThenOne<ConsultDecided>();

        static Decision Approve(Order order) => Consults.Decide(order, ConsultTests.Asked.EscalationId, Hanna, true, "Fine.", At(90));
    }

    private static readonly OrderSubmitted Submitted = new(
        Id, Calls.CallStory.Id, "c1", "Casa Verde", ClientType.Retail, [TeaLine], 45m, Anna, null, 3, 0, [], Nine, At(60));

    private static StaffAppointed Appointed(StaffRef person, StaffRole role = StaffRole.Operator) => new(person.Id, person.Name, role, "Sales", "", "");

    private static Func<Order, Decision> Helped(Func<Order, Decision> decide) => order => decide(order with { Helpers = [Boris.Id] });

    private static Func<Order, Decision> AddSalt(StaffRef by) => order => Lines.Add(order, by, "salt", Salt, 4, null);

    private static Func<Order, Decision> Give(StaffRef to) => order => Passing.ToHelper(order, Anna, Appointed(to), At(60));
}
