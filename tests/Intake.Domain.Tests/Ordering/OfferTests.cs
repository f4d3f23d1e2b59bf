using Intake.Domain.Ordering;
using static Intake.Domain.Tests.Floor;
using static Intake.Domain.Tests.Ordering.OrderStory;

namespace Intake.Domain.Tests.Ordering;

public sealed class OfferTests
{
    private static readonly OfferCandidate[] Candidates =
    [
        new(OfferKind.Novelty, "n1", "N1", "new", 1), new(OfferKind.Novelty, "n2", "N2", "new", 1),
        new(OfferKind.Special, "s1", "S1", "special", 1), new(OfferKind.Special, "s2", "S2", "special", 1),
        new(OfferKind.Traditional, "t1", "T1", "bought", 1), new(OfferKind.Popular, "o1", "O1", "liked", 1),
    ];

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void Four_positions_are_offered_one_of_each_kind_first()
    {
        Given(WithTea()).When(order => Offers.Build(order, Anna, Candidates, 70, OfferPolicy.Default)).Then(
            new OfferProposed(Id, "1", OfferKind.Novelty, "n1", "N1", "new", 1),
            new OfferProposed(Id, "2", OfferKind.Special, "s1", "S1", "special", 1),
            new OfferProposed(Id, "3", OfferKind.Traditional, "t1", "T1", "bought", 1),
            new OfferProposed(Id, "4", OfferKind.Novelty, "n2", "N2", "new", 1));
    }

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void A_kind_that_there_is_none_of_leaves_its_place_to_others() =>
        Assert.Equal(["n1", "t1", "o1"], Proposed(Given(WithTea()), [.. Candidates.Where(c => c.Kind != OfferKind.Special && c.ProductId != "n2")]));

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void What_is_in_the_order_is_never_offered_and_the_next_of_its_kind_is()
    {
        var ordered = Given([.. Opened(), new OrderLineAdded(Id, TeaLine with { ProductId = "n1" }), new OrderLineAdded(Id, TeaLine with { Number = 2, ProductId = "o1" })]);
        Assert.Equal(["n2", "s1", "t1", "s2"], Proposed(ordered, Candidates));
    }

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void What_was_offered_on_this_order_is_not_offered_again()
    {
        var offered = Given([.. WithTea(), OrderStory.Proposed("1", OfferKind.Novelty, "n1"), Declined("1", OfferKind.Novelty, "n1")]);
        Assert.Equal(["s1", "t1", "n2"], Proposed(offered, Candidates));
        Assert.Equal(["2", "3", "4"], Build(offered, Candidates).OfType<OfferProposed>().Select(proposed => proposed.OfferId));
    }

    [Fact]
    public void A_product_found_twice_is_offered_once() =>
        Assert.Equal(["n1", "s1"], Proposed(Given(WithTea()), [Candidates[0], Candidates[2], new(OfferKind.Popular, "n1", "N1", "liked", 1)]));

    [Fact]
    public void Enough_offers_are_enough()
    {
        var full = Given(WithTea()).After(order => Offers.Build(order, Anna, Candidates, 70, OfferPolicy.Default));
        full.When(order => Offers.Build(order, Anna, Candidates, 70, OfferPolicy.Default)).ThenNothing();
    }

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void Fewer_than_three_are_offered_only_with_the_servers_proof_that_nothing_is_left()
    {
        Given(WithTea()).When(order => Offers.Build(order, Anna, Candidates[..2], 3, OfferPolicy.Default)).Then(
            new OfferProposed(Id, "1", OfferKind.Novelty, "n1", "N1", "new", 1),
            new OfferProposed(Id, "2", OfferKind.Novelty, "n2", "N2", "new", 1),
            new OffersExhausted(Id, 3, 1));
        Assert.Empty(Build(Given(WithTea()), Candidates[..3]).OfType<OffersExhausted>());

        var proven = Given(WithTea()).After(order => Offers.Build(order, Anna, [], 1, OfferPolicy.Default));
        Assert.True(proven.State.NothingLeftToOffer);
        proven.When(order => Offers.Build(order, Anna, [], 1, OfferPolicy.Default)).ThenNothing();
    }

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void The_proof_that_nothing_is_left_falls_when_a_position_is_taken_out()
    {
        var proven = Given(WithTea()).After(order => Offers.Build(order, Anna, [], 1, OfferPolicy.Default));
        Assert.False(proven.After(order => Lines.Remove(order, Anna, 1)).State.NothingLeftToOffer);
    }

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void An_accepted_offer_becomes_a_line_in_the_same_decision()
    {
        Offered().When(order => Offers.Accept(order, Anna, "1", Salt with { ProductId = "p1" }, 8, null)).Then(
            new OfferAccepted(Id, "1", OfferKind.Novelty, "p1", 8, 9.00m),
            new OrderLineAdded(Id, new OrderLine(2, "p1", "Salt", "Dry goods", "case", 8, 1.25m, Ten, 3, 9.00m, LineOrigin.Offered, Anna)));
    }

    [Fact]
    public void An_offer_is_not_accepted_where_its_line_is_refused()
    {
        Offered().When(order => Offers.Accept(order, Anna, "1", Salt with { ProductId = "p1" }, 0, null)).ThenRefused("quantity-invalid");
        Offered().When(order => Offers.Accept(order, Anna, "1", Salt with { ProductId = "p1" }, 1, Twenty)).ThenRefused("column-too-deep");
        Offered().When(order => Offers.Accept(order, Anna, "1", null, 1, null)).ThenRefused("product-unknown");
    }

    [Fact]
    public void An_offer_whose_product_the_client_has_asked_for_meanwhile_is_accepted_as_it_stands() =>
        Given([.. Offered().History, new OrderLineAdded(Id, TeaLine with { Number = 2, ProductId = "p1" })])
            .When(order => Offers.Accept(order, Anna, "1", Tea with { ProductId = "p1" }, 1, null))
            .Then(new OfferAccepted(Id, "1", OfferKind.Novelty, "p1", 5, 45m));

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void A_declined_offer_is_kept_with_its_reason()
    {
        Offered().When(order => Offers.Decline(order, Anna, "1", "too dear")).Then(new OfferDeclined(Id, "1", OfferKind.Novelty, "p1", "too dear"));
        Offered().When(order => Offers.Decline(order, Anna, "1", " ")).ThenRefused("reason-missing");
    }

    [Fact]
    [Trait("Clause", "A.III.7")]
    public void An_offer_is_postponed_to_a_day_to_come()
    {
        Offered().When(order => Offers.Postpone(order, Anna, "1", Today.AddDays(1), Today))
            .Then(new OfferPostponed(Id, "1", OfferKind.Novelty, "p1", Today.AddDays(1)));
        Offered().When(order => Offers.Postpone(order, Anna, "1", Today, Today)).ThenRefused("date-past");
    }

    [Fact]
    public void An_outcome_is_said_once()
    {
        var declined = Offered().After(order => Offers.Decline(order, Anna, "1", "too dear"));
        declined.When(order => Offers.Decline(order, Anna, "1", "again")).ThenNothing();
        declined.When(order => Offers.Postpone(order, Anna, "1", Today.AddDays(1), Today)).ThenRefused("offer-resolved");
        declined.When(order => Offers.Accept(order, Anna, "1", Salt with { ProductId = "p1" }, 1, null)).ThenRefused("offer-resolved");

        var accepted = Offered().After(order => Offers.Accept(order, Anna, "1", Salt with { ProductId = "p1" }, 1, null));
        accepted.When(order => Offers.Accept(order, Anna, "1", Salt with { ProductId = "p1" }, 1, null)).ThenNothing();
        accepted.When(order => Offers.Decline(order, Anna, "1", "no")).ThenRefused("offer-resolved");

        var postponed = Offered().After(order => Offers.Postpone(order, Anna, "1", Today.AddDays(1), Today));
        postponed.When(order => Offers.Postpone(order, Anna, "1", Today.AddDays(1), Today)).ThenNothing();
        postponed.When(order => Offers.Decline(order, Anna, "1", "no")).ThenRefused("offer-resolved");
    }

    [Fact]
    public void There_is_no_outcome_of_an_offer_that_was_not_made() =>
        Offered().When(order => Offers.Decline(order, Anna, "9", "no")).ThenRefused("offer-unknown");

    private static Given<Order> Offered() => Given([.. WithTea(), OrderStory.Proposed("1", OfferKind.Novelty, "p1")]);

    private static IReadOnlyList<IEvent> Build(Given<Order> given, OfferCandidate[] candidates) =>
        given.When(order => Offers.Build(order, Anna, candidates, 70, OfferPolicy.Default)).Decision.Events;

    private static IEnumerable<string> Proposed(Given<Order> given, OfferCandidate[] candidates) =>
        Build(given, candidates).OfType<OfferProposed>().Select(proposed => proposed.ProductId);
}
