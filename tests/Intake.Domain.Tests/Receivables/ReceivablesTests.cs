using FsCheck.Xunit;
using Intake.Domain.Receivables;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Receivables;

public sealed class ReceivablesTests
{
    private static readonly CreditPolicy Policy = CreditPolicy.Default;
    private static readonly CreditTermsSet Hundred = new("c1", 100, Exempt: false, "agreed");
    private static readonly LedgerReported Ledger = new("c1", Nine, 10, [new OpenInvoice("i1", Today, 10)], []);

    [Fact]
    public void Finance_sets_the_terms()
    {
        Given().When(owed => ReceivablesDecisions.SetTerms(owed, "c1", 100, false, "agreed")).Then(Hundred);
        Given().When(owed => ReceivablesDecisions.SetTerms(owed, "c1", null, false, "none yet")).ThenOne<CreditTermsSet>();
        Given(Hundred).When(owed => ReceivablesDecisions.SetTerms(owed, "c1", 100, false, "again")).ThenNothing();
        Given(Hundred).When(owed => ReceivablesDecisions.SetTerms(owed, "c1", 100, true, "own outlet")).ThenOne<CreditTermsSet>();
        Given(Hundred).When(owed => ReceivablesDecisions.SetTerms(owed, "c1", -1, false, "?")).ThenRefused("limit-negative");
    }

    [Fact]
    public void The_newest_ledger_counts()
    {
        Given().When(owed => ReceivablesDecisions.Report(owed, Ledger)).Then(Ledger);
        Given(Ledger).When(owed => ReceivablesDecisions.Report(owed, Ledger)).ThenNothing();
        Given(Ledger).When(owed => ReceivablesDecisions.Report(owed, Ledger with { AsOf = At(-1) })).ThenRefused("ledger-older");
        Given(Ledger).When(owed => ReceivablesDecisions.Report(owed, Ledger with { AsOf = At(1) })).ThenOne<LedgerReported>();
    }

    [Fact]
    public void A_ledger_corrected_for_the_same_moment_counts_instead()
    {
        Given(Ledger).When(owed => ReceivablesDecisions.Report(owed, Ledger with { Balance = 11 })).ThenOne<LedgerReported>();
        Given(Ledger).When(owed => ReceivablesDecisions.Report(owed, Ledger with { Invoices = [new OpenInvoice("i1", Today.AddDays(-9), 10)] })).ThenOne<LedgerReported>();
        Given(Ledger, new OrderCharged("c1", "o1", 5)).When(owed => ReceivablesDecisions.Report(owed, Ledger with { BilledOrders = ["o1"] })).ThenOne<LedgerReported>();
    }

    [Fact]
    public void An_order_that_the_ledger_contains_is_counted_once()
    {
        var owed = Given(new OrderCharged("c1", "o1", 40), new OrderCharged("c1", "o2", 20), Ledger with { Balance = 50, BilledOrders = ["o1"] }).State;
        Assert.Equal(20, Assert.Single(owed.Unbilled).Value);
        Assert.Equal(70, Policy.Assess(owed, "o3", 0, Nine, Today).Exposure);
    }

    [Fact]
    [Trait("Clause", "A.III.5")]
    public void Credit_is_set_aside_for_a_while_with_its_evidence()
    {
        var given = Given(Hundred);
        given.When(Reserve("o1", 100)).Then(new CreditReserved(
            "c1", "o1", 100, Nine.AddMinutes(30), Policy.Assess(given.State, "o1", 100, Nine, Today)));
    }

    [Fact]
    [Trait("Clause", "A.III.5")]
    public void Two_orders_of_one_client_at_once_cannot_both_pass_the_limit()
    {
        var first = Given(Hundred).After(Reserve("o1", 60));
        first.When(Reserve("o2", 60)).ThenRefused("debt-excess");
        first.When(Reserve("o2", 40)).ThenOne<CreditReserved>();
        first.When(Reserve("o2", 60, Nine.AddMinutes(30))).ThenOne<CreditReserved>();
    }

    [Fact]
    [Trait("Clause", "A.III.5")]
    public void Nothing_is_set_aside_for_a_debtor() =>
        Given(Ledger with { Invoices = [new OpenInvoice("i1", Today.AddDays(-4), 10)] }).When(Reserve("o1", 1)).ThenRefused("debt-overdue");

    [Fact]
    public void Asked_again_for_the_same_order_it_judges_anew_and_replaces()
    {
        var grown = Given(Hundred).After(Reserve("o1", 60)).After(Reserve("o1", 100));
        Assert.Equal(100, Assert.Single(grown.State.Reserved).Value.Amount);
        grown.When(Reserve("o1", 101)).ThenRefused("debt-excess");
    }

    [Fact]
    public void What_was_set_aside_is_freed_once()
    {
        var released = Given(Hundred).After(Reserve("o1", 60)).After(owed => ReceivablesDecisions.Release(owed, "o1", "cancelled"));
        Assert.Equal(new CreditReservationReleased("c1", "o1", "cancelled"), released.History[^1]);
        Assert.Empty(released.State.Reserved);
        released.When(owed => ReceivablesDecisions.Release(owed, "o1", "cancelled")).ThenNothing();
    }

    [Fact]
    public void A_submitted_order_is_owed_once_and_reserves_no_more()
    {
        var charged = Given(Hundred).After(Reserve("o1", 60)).After(owed => ReceivablesDecisions.Charge(owed, "c1", "o1", 60));
        Assert.Equal(new OrderCharged("c1", "o1", 60), charged.History[^1]);
        Assert.Equal((0, 60m), (charged.State.Reserved.Count, Policy.Assess(charged.State, "o2", 0, Nine, Today).Exposure));
        charged.When(owed => ReceivablesDecisions.Charge(owed, "c1", "o1", 60)).ThenNothing();
        charged.When(Reserve("o1", 60)).ThenNothing();
    }

    [Property(MaxTest = 500)]
    [Trait("Clause", "A.III.5")]
    public void Whatever_is_reserved_released_and_charged_exposure_never_passes_the_limit(byte[] steps)
    {
        var given = steps.Index().Aggregate(Given(Hundred), (given, step) =>
        {
            var (order, amount, now) = ($"o{step.Item % 4}", 5m + step.Item, Nine.AddMinutes(step.Index));
            return (step.Item / 4 % 4) switch
            {
                0 => given.After(owed => ReceivablesDecisions.Release(owed, order, "cancelled")),
                1 when given.State.Reserved.TryGetValue(order, out var held) && held.ExpiresAt > now =>
                    given.After(owed => ReceivablesDecisions.Charge(owed, "c1", order, held.Amount)),
                _ => given.After(Reserve(order, amount, now)),
            };
        });
        Assert.InRange(Policy.Assess(given.State, "another", 0, Nine.AddMinutes(steps.Length), Today).Exposure, 0, 100);
    }

    private static Given<ClientReceivables> Given(params IEvent[] events) => Scenario.Given(ClientReceivables.Stream, events);

    private static Func<ClientReceivables, Decision> Reserve(string order, decimal amount, DateTimeOffset? now = null) =>
        owed => ReceivablesDecisions.Reserve(owed, Policy, "c1", order, amount, now ?? Nine, Today);
}
