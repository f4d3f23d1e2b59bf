using Intake.Domain.Receivables;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Receivables;

/// <summary>The two tests of A.III.5, at their boundaries.</summary>
[Trait("Clause", "A.III.5")]
public sealed class CreditPolicyTests
{
    private static readonly CreditPolicy Policy = CreditPolicy.Default;

    [Theory]
    [InlineData(0, CreditVerdict.Clear, 0)]
    [InlineData(3, CreditVerdict.Clear, 0)]
    [InlineData(4, CreditVerdict.Overdue, 4)]
    public void A_payment_is_overdue_after_the_days_of_grace(int daysAgo, CreditVerdict verdict, int days)
    {
        var assessed = Assess(Ledger(100, Invoice(daysAgo, 100)));
        Assert.Equal((verdict, days), (assessed.Verdict, assessed.OverdueDays));
    }

    [Fact]
    public void The_oldest_payment_says_how_many_days_and_all_past_due_say_how_much()
    {
        var assessed = Assess(Ledger(100, Invoice(5, 30), Invoice(9, 20), Invoice(2, 40), Invoice(20, 0)));
        Assert.Equal((CreditVerdict.Overdue, 9, 50m), (assessed.Verdict, assessed.OverdueDays, assessed.Overdue));
    }

    [Theory]
    [InlineData("49.99", CreditVerdict.Clear)]
    [InlineData("50", CreditVerdict.Clear)]
    [InlineData("50.01", CreditVerdict.Overdue)]
    public void A_sum_past_due_up_to_the_floor_is_forgiven(string open, CreditVerdict verdict)
    {
        var policy = Policy with { OverdueFloor = 50 };
        Assert.Equal(verdict, policy.Assess(Owed(Ledger(100, Invoice(9, Number(open)))), "o1", 0, Nine, Today).Verdict);
    }

    [Theory]
    [InlineData("99.99", CreditVerdict.Clear)]
    [InlineData("100", CreditVerdict.Clear)]
    [InlineData("100.01", CreditVerdict.Excess)]
    public void Exposure_may_reach_the_limit_and_not_pass_it_this_order_included(string thisOrder, CreditVerdict verdict)
    {
        var assessed = Assess(Number(thisOrder), Limit(1000), Ledger(900));
        Assert.Equal((verdict, 900 + Number(thisOrder)), (assessed.Verdict, assessed.Exposure));
    }

    [Fact]
    public void Exposure_counts_ledger_unbilled_orders_and_credit_reserved_by_others()
    {
        var assessed = Assess(10, Limit(1000), Ledger(100), new OrderCharged("c1", "o2", 20), Reserved("o3", 40, Nine.AddMinutes(1)));
        Assert.Equal((100m, 20m, 40m, 10m, 170m), (assessed.Balance, assessed.Unbilled, assessed.Reserved, assessed.ThisOrder, assessed.Exposure));
    }

    [Fact]
    public void An_orders_own_earlier_reservation_or_charge_does_not_count_against_it()
    {
        Assert.Equal(10, Assess(10, Reserved("o1", 40, Nine.AddMinutes(1))).Exposure);
        Assert.Equal(10, Assess(10, new OrderCharged("c1", "o1", 40)).Exposure);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 40)]
    public void An_expired_reservation_counts_for_nobody(int seconds, decimal counted) =>
        Assert.Equal(counted, Assess(0, Reserved("o3", 40, At(seconds))).Reserved);

    [Fact]
    public void Without_a_limit_only_the_overdue_test_speaks()
    {
        Assert.Equal(CreditVerdict.Clear, Assess(1_000_000, Ledger(1_000_000)).Verdict);
        Assert.Equal(CreditVerdict.Overdue, Assess(1, Ledger(1, Invoice(4, 1))).Verdict);
    }

    [Fact]
    public void A_limit_of_zero_is_a_limit() => Assert.Equal(CreditVerdict.Excess, Assess(0.01m, Limit(0)).Verdict);

    [Fact]
    public void Overdue_speaks_before_excess() =>
        Assert.Equal(CreditVerdict.Overdue, Assess(10, Limit(0), Ledger(1, Invoice(4, 1))).Verdict);

    [Fact]
    public void The_companys_own_outlet_is_exempt_and_its_figures_are_recorded()
    {
        var assessed = Assess(10, new CreditTermsSet("c1", 5, Exempt: true, "own"), Ledger(90, Invoice(9, 90)));
        Assert.Equal((CreditVerdict.Exempt, 90m, 100m), (assessed.Verdict, assessed.Overdue, assessed.Exposure));
        Assert.True(assessed.Passes);
    }

    [Theory]
    [InlineData(CreditVerdict.Clear, true)]
    [InlineData(CreditVerdict.Exempt, true)]
    [InlineData(CreditVerdict.Overdue, false)]
    [InlineData(CreditVerdict.Excess, false)]
    public void Only_clear_and_exempt_pass(CreditVerdict verdict, bool passes)
    {
        var assessment = Assess(0) with { Verdict = verdict, OverdueDays = 17 };
        Assert.Equal(passes, assessment.Passes);
        Assert.EndsWith(".", assessment.InWords, StringComparison.Ordinal);
        Assert.Equal(verdict == CreditVerdict.Overdue, assessment.InWords.Contains("17 days", StringComparison.Ordinal));
    }

    [Fact]
    public void The_evidence_has_the_age_of_the_data_the_version_of_the_rule_and_the_moment()
    {
        var assessed = Assess(0, Ledger(1));
        Assert.Equal((Nine.AddHours(-1), "credit-1", Nine), (assessed.AsOf, assessed.RuleVersion, assessed.JudgedAt));
        Assert.Null(Assess(0).AsOf);
    }

    private static CreditAssessment Assess(params IEvent[] events) => Assess(0, events);

    private static CreditAssessment Assess(decimal thisOrder, params IEvent[] events) =>
        Policy.Assess(Owed(events), "o1", thisOrder, Nine, Today);

    private static ClientReceivables Owed(params IEvent[] events) => ClientReceivables.Stream.Fold(events);

    private static CreditTermsSet Limit(decimal limit) => new("c1", limit, Exempt: false, "agreed");

    private static LedgerReported Ledger(decimal balance, params OpenInvoice[] invoices) => new("c1", Nine.AddHours(-1), balance, invoices, []);

    private static OpenInvoice Invoice(int dueDaysAgo, decimal open) => new($"i{dueDaysAgo}", Today.AddDays(-dueDaysAgo), open);

    private static CreditReserved Reserved(string order, decimal amount, DateTimeOffset until) =>
        new("c1", order, amount, until, Policy.Assess(ClientReceivables.Stream.Initial, order, amount, Nine, Today));

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
