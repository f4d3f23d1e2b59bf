using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Escalations;
using Intake.Domain.Ordering;
using Intake.Projections.Kpi;
using static Intake.Projections.Tests.Fold;

namespace Intake.Projections.Tests.Kpi;

public sealed class KpiTests
{
    private static readonly StaffRef Ana = new("ana", "Ana");

    [Theory]
    [InlineData(20_000, 1)]
    [InlineData(20_001, 0)]
    public void A_call_answered_at_exactly_twenty_seconds_is_answered_in_time(long waitedMs, int inTime)
    {
        var row = Interval(Queued(Nine), Claimed(Nine, waitedMs));

        Assert.Equal(
            (1, 1, inTime, waitedMs, waitedMs), (row.Offered, row.Answered, row.AnsweredInTime, row.WaitMsSum, row.LongestWaitMs));
    }

    [Theory]
    [InlineData(5_000, 1, 1)]
    [InlineData(5_001, 0, 1)]
    [InlineData(20_000, 0, 1)]
    [InlineData(20_001, 0, 0)]
    public void A_call_abandoned_at_exactly_five_seconds_is_short(long waitedMs, int shortly, int inTime)
    {
        var row = Interval(Queued(Nine), Abandoned(Nine, waitedMs));

        Assert.Equal((1, 1, shortly, inTime), (row.Offered, row.Abandoned, row.ShortAbandoned, row.AbandonedInTime));
    }

    [Fact]
    public void A_call_belongs_to_the_interval_in_which_it_entered_the_queue()
    {
        var late = Nine.AddMinutes(14).AddSeconds(59);
        var rows = All(
            KpiProjection.Definition,
            Queued(late), Claimed(late, 61_000), Closed(late, late.AddMinutes(6), 300_000),
            Queued(Nine.AddMinutes(15)), Abandoned(Nine.AddMinutes(15), 900_000)).Of<IntervalRow>("interval");

        Assert.Equal(["2026-11-24T09:00Z", "2026-11-24T09:15Z"], rows.Keys.Order());
        var first = rows["2026-11-24T09:00Z"];
        Assert.Equal(
            (Nine, 1, 1, 0, 1, 300_000L),
            (first.Start, first.Offered, first.Answered, first.Abandoned, first.CallsRegistered, first.HandleMsSum));
        var second = rows["2026-11-24T09:15Z"];
        Assert.Equal((1, 0, 1), (second.Offered, second.Answered, second.Abandoned));
    }

    [Fact]
    public void An_interval_is_the_same_whatever_the_offset_of_the_clock() => Assert.Equal(
        2,
        Interval(Queued(Nine.AddMinutes(3)), Queued(Nine.AddMinutes(4).ToOffset(TimeSpan.FromHours(2)))).Offered);

    [Fact]
    public void A_call_that_never_queued_is_neither_answered_from_a_queue_nor_abandoned_in_one()
    {
        var row = Interval(
            new CallArrived("c1", "pbx", "1", CallDirection.Inbound, "1", "2", Nine, "s1"),
            new CallAbandoned("c1", string.Empty, Nine, Nine, 0, "s2"),
            new CallClaimed("c2", Ana, string.Empty, Nine, Nine, 0),
            Closed(default, Nine.AddMinutes(16), 960_000));

        Assert.Equal(
            (1, 0, 0, 0, 1), (row.CallsArrived, row.Offered, row.Answered, row.Abandoned, row.CallsRegistered));
    }

    [Fact]
    public void A_call_answered_on_a_phone_and_never_taken_counts_as_answered_when_it_is_over()
    {
        var ended = Nine.AddMinutes(16);
        var rows = All(
            KpiProjection.Definition, Queued(Nine),
            new PhoneCallEnded("c1", "101", Nine, Nine.AddSeconds(12), ended, 12_000, 948_000, "caller", "s2")).Of<IntervalRow>("interval");

        var first = rows["2026-11-24T09:00Z"];
        Assert.Equal((1, 1, 1, 12_000L, 0), (first.Offered, first.Answered, first.AnsweredInTime, first.WaitMsSum, first.CallsEnded));
        var second = rows["2026-11-24T09:15Z"];
        Assert.Equal((0, 1, 948_000L), (second.Offered, second.CallsEnded, second.TalkMsSum));
    }

    [Fact]
    public void A_recount_takes_away_what_was_counted_and_adds_what_is_right()
    {
        var earlier = Nine.AddMinutes(-1);
        var rows = All(
            KpiProjection.Definition, Queued(Nine), Abandoned(Nine, 4_000),
            new CallRecounted(
                "c1", new CallCount(Nine, CallOutcome.Missed, 4_000, null, 0),
                new CallCount(earlier, CallOutcome.Answered, 30_000, Nine.AddSeconds(50), 20_000), "late")).Of<IntervalRow>("interval");

        Assert.Equal(IntervalRow.Empty(Nine) with { CallsEnded = 1, TalkMsSum = 20_000 }, rows["2026-11-24T09:00Z"]);
        var right = rows["2026-11-24T08:45Z"];
        Assert.Equal((1, 1, 0, 30_000L, 0), (right.Offered, right.Answered, right.AnsweredInTime, right.WaitMsSum, right.Abandoned));
    }

    [Fact]
    public void Ended_conversations_count_when_they_were_hung_up()
    {
        var row = Interval(new CallEnded("c1", Nine, 81_000, "hangup", "s1"));

        Assert.Equal((1, 81_000L), (row.CallsEnded, row.TalkMsSum));
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public void A_call_that_was_left_and_taken_up_counts_once()
    {
        var row = Interval(
            Queued(Nine), Claimed(Nine, 9_000), new CallLeft("c1", Ana, "Dismissed", Nine.AddSeconds(40)),
            new CallTakenUp("c1", Ana, Nine.AddSeconds(50)), new CallEnded("c1", Nine.AddSeconds(90), 81_000, "hangup", "s1"));

        Assert.Equal((1, 1, 9_000L, 1, 81_000L), (row.Offered, row.Answered, row.WaitMsSum, row.CallsEnded, row.TalkMsSum));
    }

    [Fact]
    public void Sales_count_at_the_moment_of_the_event_itself()
    {
        var line = new OrderLine(1, "tea", "Tea", "Tea", "case", 1, 10, new PriceColumn("C10", 10), 1, 9, LineOrigin.Asked);
        var row = Occurred(
            KpiProjection.Definition,
            (Nine.AddHours(3), new OrderSubmitted(
                "o1", "c1", "r2", "Alimentara", ClientType.Retail, [line, line with { Number = 2 }], 18, Ana, null, 3, 1, [],
                Nine.AddMinutes(-2), Nine)),
            (Nine.AddHours(3), new EscalationRaised(
                "e1", EscalationKind.Debtor, "A.III.6 debtor", "c1", "r2", "Alimentara", ClientType.Retail, Ana, Ana,
                StaffRole.Head, Nine, Nine)))
            .Only<IntervalRow>("interval");

        Assert.Equal((1, 18m, 2, 120_000L, 1), (row.Orders, row.OrderValue, row.Lines, row.EntryMsSum, row.Escalations));
    }

    [Fact]
    public void Offers_and_refusals_count_when_their_envelope_says()
    {
        var later = Nine.AddMinutes(20);
        var rows = Occurred(
            KpiProjection.Definition,
            (Nine, Proposed("1", OfferKind.Novelty)), (Nine, Proposed("2", OfferKind.Novelty)), (Nine, Proposed("3", OfferKind.Popular)),
            (Nine, Proposed("4", OfferKind.Special)),
            (later, new OfferAccepted("o1", "1", OfferKind.Novelty, "tea", 2, 18)),
            (later, new OfferDeclined("o1", "2", OfferKind.Novelty, "salt", "dear")),
            (later, new OfferPostponed("o1", "3", OfferKind.Popular, "rice", new DateOnly(2026, 12, 1))),
            (later, new SubmissionRefused("o1", [])),
            (later, new SubmissionRefused("o1", [])),
            (later, new OrderRefused("o2", "c1", "r2", "Alfa", ClientType.Retail, Ana, "debt-overdue", "No.")),
            (later, new CommandRefused("TakeCall", "call-over", "No.")));

        var intervals = rows.Of<IntervalRow>("interval");
        Assert.Equal(2, intervals.Count);
        Assert.Equal(4, intervals["2026-11-24T09:00Z"].OffersPresented);
        var row = intervals["2026-11-24T09:15Z"];
        Assert.Equal(
            (0, 1, 1, 18m, 1, 2),
            (row.OffersPresented, row.OffersAccepted, row.OffersDeclined, row.AcceptedValue, row.OrdersRefused, row.SubmissionsRefused));

        var offers = rows.Of<OfferRow>("offer");
        Assert.Equal(5, offers.Count);
        Assert.Equal(new OfferRow(Nine, OfferKind.Novelty, 2, 0, 0, 0, 0), offers["2026-11-24T09:00Z|Novelty"]);
        Assert.Equal(new OfferRow(Nine.AddMinutes(15), OfferKind.Novelty, 0, 1, 1, 0, 18), offers["2026-11-24T09:15Z|Novelty"]);
        Assert.Equal(new OfferRow(Nine.AddMinutes(15), OfferKind.Popular, 0, 0, 0, 1, 0), offers["2026-11-24T09:15Z|Popular"]);

        var refusals = rows.Of<RefusalRow>("refusal");
        Assert.Equal(3, refusals.Count);
        Assert.Equal(new RefusalRow(Nine.AddMinutes(15), "gates-open", 2), refusals["2026-11-24T09:15Z|gates-open"]);
        Assert.Equal(1, refusals["2026-11-24T09:15Z|debt-overdue"].Count);
        Assert.Equal(1, refusals["2026-11-24T09:15Z|call-over"].Count);
    }

    [Fact]
    public void Every_refusal_of_the_domain_is_counted()
    {
        var refusals = typeof(IRefusal).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IRefusal)))
            .ToHashSet();

        Assert.NotEmpty(refusals);
        Assert.Equal(refusals, KpiProjection.Definition.Tables.Single(table => table.Name == "refusal").Handles.ToHashSet());
    }

    private static CallQueued Queued(DateTimeOffset at) => new("c1", "orders", "1", at, "s1");

    private static CallClaimed Claimed(DateTimeOffset queuedAt, long waitedMs) =>
        new("c1", Ana, "orders", queuedAt, queuedAt.AddMilliseconds(waitedMs), waitedMs);

    private static CallAbandoned Abandoned(DateTimeOffset queuedAt, long waitedMs) =>
        new("c1", "orders", queuedAt, queuedAt.AddMilliseconds(waitedMs), waitedMs, "s2");

    private static CallClosed Closed(DateTimeOffset queuedAt, DateTimeOffset at, long handleMs) =>
        new("c1", Ana, CallPurpose.Order, CallResult.OrderTaken, string.Empty, "r2", at, queuedAt, handleMs);

    private static OfferProposed Proposed(string id, OfferKind kind) => new("o1", id, kind, $"p{id}", "Tea", "new", 9);

    private static IntervalRow Interval(params IReadOnlyList<IEvent> events) =>
        All(KpiProjection.Definition, events).Only<IntervalRow>("interval");
}
