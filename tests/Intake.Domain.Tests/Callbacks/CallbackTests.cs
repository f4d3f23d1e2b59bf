using Intake.Domain.Callbacks;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Callbacks;

public sealed class CallbackTests
{
    private static readonly CallbackRequested Requested = new(
        "b1", "call-1", "+37322555111", "c1", "Casa Verde", Hanna, "A.III.15 new client", Nine, Deadline);

    [Fact]
    public void A_callback_is_asked_for_once_with_an_owner_and_a_deadline()
    {
        Given().When(callback => Callback.Request(callback, Requested)).Then(Requested);
        Given(Requested).When(callback => Callback.Request(callback, Requested)).ThenNothing();
    }

    [Fact]
    public void An_attempt_that_reaches_nobody_leaves_it_open()
    {
        var tried = Given(Requested).After(Attempt(reached: false, Nine));
        Assert.Equal(new CallbackAttempted("b1", Hanna, false, "no answer", Nine), tried.History[^1]);
        Assert.Equal((1, false), (tried.State.Attempts, tried.State.Closed));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Reaching_the_client_closes_it_and_says_whether_in_time(int secondsLate, bool overdue)
    {
        var at = Deadline.AddSeconds(secondsLate);
        Given(Requested).When(Attempt(reached: true, at)).Then(
            new CallbackAttempted("b1", Hanna, true, "no answer", at), new CallbackClosed("b1", Hanna, "reached", overdue, at));
    }

    [Fact]
    public void There_is_no_attempt_at_a_callback_that_is_closed_or_was_never_asked_for()
    {
        Given(Requested).After(Attempt(reached: true, Nine)).When(Attempt(reached: true, Nine)).ThenRefused("callback-closed");
        Given().When(Attempt(reached: true, Nine)).ThenRefused("callback-unknown");
    }

    private static Func<Callback, Decision> Attempt(bool reached, DateTimeOffset at) =>
        callback => Callback.Attempt(callback, "b1", Hanna, reached, "no answer", at);

    private static Given<Callback> Given(params IEvent[] events) => Scenario.Given(Callback.Stream, events);
}
