using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using static Intake.Domain.Tests.Floor;
using static Intake.Domain.Tests.Ordering.OrderStory;

namespace Intake.Domain.Tests.Ordering;

/// <summary>What is not standard is put to the head; his answer is a part of the order (A.III.11).</summary>
public sealed class ConsultTests
{
    private const string First = $"{Id}-consult-1";

    internal static readonly ConsultRequested Asked = new(
        Id, First, Hanna, "Wants payment in 60 days.", Calls.CallStory.Id, "c1", "Casa Verde", ClientType.Retail, Anna, 45m, At(60));

    private static readonly ConsultDecided Yes = new(Id, First, Hanna, true, "Once, until March.", At(90));
    private static readonly ConsultDecided No = Yes with { Approved = false, Answer = "Not with this history." };

    [Fact]
    [Trait("Clause", "A.III.11")]
    public void What_is_not_standard_is_put_to_the_head_with_the_order_as_it_stands()
    {
        Given(WithTea()).When(Ask).Then(Asked);
        Given([.. WithTea(), Asked]).When(Ask).ThenNothing();
        Given([.. WithTea(), Asked, Yes]).When(Ask).ThenNothing();
    }

    [Fact]
    [Trait("Clause", "A.III.11")]
    public void His_answer_is_kept_with_his_name()
    {
        Given([.. WithTea(), Asked]).When(Answer(Hanna, true, "Once, until March.")).Then(Yes);
        Given([.. WithTea(), Asked, Yes]).When(Answer(Hanna, false, "No.")).ThenNothing();
    }

    [Fact]
    [Trait("Clause", "A.III.11")]
    public void Nobody_answers_his_own_question() =>
        Given([.. WithTea(), Asked]).When(Answer(Anna, true, "Why not.")).ThenRefused("own-escalation");

    [Fact]
    [Trait("Clause", "A.III.11")]
    public void While_he_has_not_answered_or_has_said_no_the_order_is_not_submitted()
    {
        Assert.Null(Gate(Ready()));
        Assert.Contains("not answered", Gate([.. Ready(), Asked])?.Say, StringComparison.Ordinal);
        Assert.Contains("Not with this history.", Gate([.. Ready(), Asked, No])?.Say, StringComparison.Ordinal);
        Assert.Null(Gate([.. Ready(), Asked, Yes]));
        var refused = Assert.IsType<SubmissionRefused>(Given([.. Ready(), Asked]).When(Submit).ThenRefusedInTheEnd("gates-open"));
        Assert.Equal(Domain.Ordering.Gate.Consult, Assert.Single(refused.Gates).Gate);
        var submitted = Given([.. Ready(), Asked, Yes]).When(Submit).ThenOne<OrderSubmitted>();
        Assert.Contains("hanna: Once, until March.", Assert.Single(submitted.Evidence, one => one.Gate == Domain.Ordering.Gate.Consult).Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Clause", "A.III.11")]
    public void Who_changes_the_order_after_the_answer_has_no_approval_and_asks_again(bool approved)
    {
        IEvent[] changed = [.. WithTea(), Asked, approved ? Yes : No, new OrderLineChanged(Id, TeaLine with { Quantity = 50, Amount = 450m }, 5)];
        Assert.Contains("ask again", Gate(changed)?.Say, StringComparison.Ordinal);
        var again = Given(changed).When(Ask).ThenOne<ConsultRequested>();
        Assert.Equal(($"{Id}-consult-2", 450m), (again.EscalationId, again.Total));
        Given([.. changed, again]).When(Answer(Hanna, true, "Yes.")).ThenRefused("consult-unknown");
    }

    [Fact]
    public void A_question_without_words_without_lines_or_with_nobody_to_ask_is_refused()
    {
        Given(WithTea()).When(order => Consults.Request(order, Anna, " ", Hanna, At(60))).ThenRefused("question-missing");
        Given(Opened()).When(Ask).ThenRefused("no-lines");
        Given(WithTea()).When(order => Consults.Request(order, Anna, "?", null, At(60))).ThenRefused("nobody-to-ask");
        Given(WithTea()).When(order => Consults.Request(order, Boris, "?", Hanna, At(60))).ThenRefused("order-of-another");
        Given([.. WithTea(), Asked]).When(Answer(Hanna, true, "")).ThenRefused("answer-missing");
        Given(WithTea()).When(Answer(Hanna, true, "Yes.")).ThenRefused("consult-unknown");
        Given([.. WithTea(), Asked, new OrderCancelled(Id, null, "c1", Anna, "gave up")]).When(Answer(Hanna, true, "Yes.")).ThenRefused("order-not-draft");
    }

    private static Decision Ask(Order order) => Consults.Request(order, Anna, "Wants payment in 60 days.", Hanna, At(60));

    private static Func<Order, Decision> Answer(StaffRef by, bool approved, string answer) =>
        order => Consults.Decide(order, First, by, approved, answer, At(90));

    private static Decision Submit(Order order) => Submission.Submit(order, Facts(), At(120));

    private static OpenGate? Gate(IEnumerable<IEvent> history) =>
        Gates.Open(Given(history).State, Facts()).SingleOrDefault(gate => gate.Gate == Domain.Ordering.Gate.Consult);

    private static Given<Order> Given(IEnumerable<IEvent> history) => Scenario.Given(Order.Stream, history);
}
