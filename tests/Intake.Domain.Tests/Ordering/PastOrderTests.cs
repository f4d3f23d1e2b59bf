using Intake.Domain.Ordering;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Ordering;

public sealed class PastOrderTests
{
    [Fact]
    public void An_order_of_the_time_before_is_kept_once()
    {
        var past = new PastOrderImported("10248", "c1", "anna", Today.AddYears(-1), [new PastLine("tea", 5, 10, 10, 45)], 45, "northwind");
        var kept = Scenario.Given(PastOrder.Stream).After(order => PastOrder.Import(order, past));
        Assert.Equal(past, kept.History[^1]);
        kept.When(order => PastOrder.Import(order, past)).ThenNothing();
    }
}
