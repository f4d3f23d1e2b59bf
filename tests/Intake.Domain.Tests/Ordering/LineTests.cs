using Intake.Domain.Ordering;
using static Intake.Domain.Tests.Floor;
using static Intake.Domain.Tests.Ordering.OrderStory;

namespace Intake.Domain.Tests.Ordering;

public sealed class LineTests
{
    [Fact]
    [Trait("Clause", "A.III.10")]
    [Trait("Clause", "A.III.12")]
    public void A_line_is_priced_at_the_clients_column_and_says_by_which_list() =>
        Given(Opened()).When(order => Lines.Add(order, Anna, "tea", Tea, 5, null)).Then(new OrderLineAdded(Id, TeaLine));

    [Theory]
    [InlineData("1", "0.05", "10", "0.05")]
    [InlineData("1", "0.15", "10", "0.14")]
    [InlineData("3", "0.05", "10", "0.14")]
    [InlineData("1", "1.25", "10", "1.13")]
    [InlineData("0.5", "0.01", "0", "0.01")]
    [InlineData("2.5", "2.01", "0", "5.03")]
    [InlineData("7", "10", "100", "0")]
    [Trait("Clause", "A.III.10")]
    public void An_amount_is_rounded_once_half_away_from_zero(string quantity, string price, string off, string amount) => Assert.Equal(
        Number(amount), Lines.Amount(Number(quantity), Number(price), new Domain.Catalogue.PriceColumn("C", Number(off))));

    [Fact]
    [Trait("Clause", "A.III.10")]
    public void A_column_as_deep_as_the_terms_allow_is_granted_and_none_deeper()
    {
        var granted = Given(Opened()).When(order => Lines.Add(order, Anna, "tea", Tea, 2, Fifteen)).ThenOne<OrderLineAdded>();
        Assert.Equal((Fifteen, 17m), (granted.Line.Column, granted.Line.Amount));
        Given(Opened()).When(order => Lines.Add(order, Anna, "tea", Tea, 2, Twenty)).ThenRefused("column-too-deep");
        Given(WithTea()).When(order => Lines.Change(order, Anna, 1, Tea, 5, Twenty)).ThenRefused("column-too-deep");
    }

    [Fact]
    public void What_is_not_sold_is_not_ordered()
    {
        Given(Opened()).When(order => Lines.Add(order, Anna, "nail", null, 1, null)).ThenRefused("product-unknown");
        Given(Opened()).When(order => Lines.Add(order, Anna, "tea", Product("tea", 10, discontinued: true), 1, null)).ThenRefused("product-discontinued");
        Given(Opened()).When(order => Lines.Add(order, Anna, "tea", Product("tea", null), 1, null)).ThenRefused("price-missing");
    }

    [Theory]
    [InlineData("0", "quantity-invalid")]
    [InlineData("-1", "quantity-invalid")]
    [InlineData("1.0001", "quantity-invalid")]
    [InlineData("100000.001", "quantity-too-large")]
    public void A_quantity_is_positive_of_three_decimals_and_of_a_standard_size(string quantity, string code) =>
        Given(Opened()).When(order => Lines.Add(order, Anna, "tea", Tea, Number(quantity), null)).ThenRefused(code);

    [Theory]
    [InlineData("0.001")]
    [InlineData("100000")]
    public void The_smallest_and_the_largest_quantity_can_be_ordered(string quantity) =>
        Given(Opened()).When(order => Lines.Add(order, Anna, "tea", Tea, Number(quantity), null)).ThenOne<OrderLineAdded>();

    [Fact]
    public void A_product_stands_in_an_order_once()
    {
        Given(WithTea()).When(order => Lines.Add(order, Anna, "tea", Tea, 5, null)).ThenNothing();
        Given(WithTea()).When(order => Lines.Add(order, Anna, "tea", Tea, 5, Ten)).ThenNothing();
        Given(WithTea()).When(order => Lines.Add(order, Anna, "tea", Tea, 6, null)).ThenRefused("already-ordered");
        Given(WithTea()).When(order => Lines.Add(order, Anna, "tea", Tea, 5, Fifteen)).ThenRefused("already-ordered");
    }

    [Fact]
    public void A_changed_line_keeps_its_number_and_origin_and_is_priced_by_the_list_in_force()
    {
        var changed = Given(WithTea()).When(order => Lines.Change(order, Anna, 1, Tea with { BasePrice = 12, PriceListVersion = 4 }, 6, null));
        changed.Then(new OrderLineChanged(Id, TeaLine with { Quantity = 6, BasePrice = 12, PriceListVersion = 4, Amount = 64.8m }, 5));
        Assert.Equal(64.8m, Given([.. WithTea(), .. changed.Decision.Events]).State.Total);
    }

    [Fact]
    public void Changing_a_line_to_what_it_is_changes_nothing_and_what_is_not_there_cannot_be_changed()
    {
        Given(WithTea()).When(order => Lines.Change(order, Anna, 1, Tea, 5, null)).ThenNothing();
        Given(WithTea()).When(order => Lines.Change(order, Anna, 2, Tea, 5, null)).ThenRefused("line-unknown");
        Given(WithTea()).When(order => Lines.Change(order, Anna, 1, Tea, 0, null)).ThenRefused("quantity-invalid");
    }

    [Fact]
    public void A_line_taken_out_is_gone_and_its_number_is_never_reused()
    {
        var removed = Given(WithTea()).After(order => Lines.Remove(order, Anna, 1));
        Assert.Equal(new OrderLineRemoved(Id, 1, "tea"), removed.History[^1]);
        Assert.Equal((0, 0m), (removed.State.Lines.Count, removed.State.Total));
        removed.When(order => Lines.Remove(order, Anna, 1)).ThenNothing();
        Assert.Equal(2, removed.When(order => Lines.Add(order, Anna, "salt", Salt, 1, null)).ThenOne<OrderLineAdded>().Line.Number);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
