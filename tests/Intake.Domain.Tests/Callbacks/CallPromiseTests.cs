using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using static Intake.Domain.Tests.Calls.CallStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Callbacks;

/// <summary>How a call ends in a promise to ring back.</summary>
public sealed class CallPromiseTests
{
    private static readonly CallbackWindow Window = new(Nine, Deadline, "Europe/Moscow");

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void A_caller_who_asks_for_it_in_the_queue_leaves_it_without_having_been_abandoned()
    {
        Given(Waiting).When(call => CallSignals.Hear(call, Id, Signal(SignalKind.CallbackAsked, 20)))
            .Then(new CallbackAsked(Id, At(20), Signal(SignalKind.CallbackAsked, 20).Identity));
        var left = Given(Waiting).After(call => CallPromises.LeaveQueue(call, Hugo, Deadline));
        Assert.Equal(new CallConvertedToCallback(Id, Id, Hugo, Deadline), left.History[^1]);
        Assert.Equal(CallPhase.ConvertedToCallback, left.State.Phase);
        left.When(call => CallPromises.LeaveQueue(call, Hugo, Deadline)).ThenNothing();

        // He hangs up then, and that is no abandoned call.
        left.When(call => CallSignals.Hear(call, Id, Signal(SignalKind.Abandoned, 30))).ThenOne<LateSignalRecorded>();
        left.When(call => CallDecisions.Take(call, Anna, At(31))).ThenRefused("call-over");
    }

    [Fact]
    public void A_call_that_somebody_has_does_not_leave_the_queue_and_who_withholds_his_number_cannot_be_rung()
    {
        Given(InHand).When(call => CallPromises.LeaveQueue(call, Hugo, Deadline)).ThenRefused("call-not-waiting");
        Given(InHand).When(call => CallSignals.Hear(call, Id, Signal(SignalKind.CallbackAsked, 20))).ThenOne<LateSignalRecorded>();
        Given().When(call => CallPromises.LeaveQueue(call, Hugo, Deadline)).ThenRefused("call-unknown");
        Given(Arrived with { FromNumber = "" }).When(call => CallPromises.LeaveQueue(call, Hugo, Deadline)).ThenRefused("number-withheld");
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void No_call_closes_as_callback_agreed_without_one()
    {
        var refused = Assert.IsType<CloseRefused>(
            Given(WithPurpose()).When(call => CallDecisions.Close(call, Anna, CallResult.CallbackAgreed, "", At(60))).ThenRefused("call-not-registered"));
        Assert.Equal(["callback"], refused.Missing);

        var promised = Given(WithPurpose()).After(call => CallPromises.Promise(call, Anna, Number, Window, "prices", At(50)));
        Assert.Equal(new CallbackPromised(Id, Number, Window, "prices", Anna, At(50)), promised.History[^1]);
        promised.When(call => CallDecisions.Close(call, Anna, CallResult.CallbackAgreed, "", At(60))).ThenOne<CallClosed>();
    }

    [Fact]
    public void Only_who_talks_with_the_client_promises_and_a_number_is_needed()
    {
        Given(InHand).When(call => CallPromises.Promise(call, Boris, Number, Window, "", At(50))).ThenRefused("call-of-another");
        Given(Waiting).When(call => CallPromises.Promise(call, Anna, Number, Window, "", At(50))).ThenRefused("call-not-in-hand");
        Given(InHand).When(call => CallPromises.Promise(call, Anna, "", Window, "", At(50))).ThenRefused("number-missing");
    }
}
