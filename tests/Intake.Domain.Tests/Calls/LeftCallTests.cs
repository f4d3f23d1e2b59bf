using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Staff;
using static Intake.Domain.Tests.Calls.CallStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>Whoever is dismissed in the middle of a call does not keep it, and the call is not lost.</summary>
[Trait("Clause", "A.I.3")]
public sealed class LeftCallTests
{
    private static readonly Given<Call> Left = Given(WithPurpose()).After(Leave);

    [Fact]
    public void A_call_in_talk_whose_person_is_dismissed_is_nobodys()
    {
        Given(WithPurpose()).When(Leave).Then(new CallLeft(Id, Anna, "Dismissed", At(30)));
        Assert.Equal((CallPhase.Answered, null, false, "c1"), (Left.State.Phase, Left.State.Assignee, Left.State.IsOver, Left.State.ClientId));
        Left.When(call => CallDecisions.Close(call, Anna, CallResult.OrderNotTaken, "", At(40))).ThenRefused("call-not-in-hand");
        Left.When(Leave).ThenNothing();
    }

    [Fact]
    public void Somebody_else_takes_it_up_and_goes_on_with_what_is_known()
    {
        var taken = Left.After(Take(Boris));
        Assert.Equal(new CallTakenUp(Id, Boris, At(35)), taken.History[^1]);
        Assert.Equal(
            (CallPhase.Connected, Boris, "c1", CallPurpose.Order), (taken.State.Phase, taken.State.Assignee, taken.State.ClientId, taken.State.Purpose));
        taken.When(Take(Boris)).ThenNothing();
        Assert.Equal(new CallAlreadyTaken(Id, Boris, Lev), taken.When(Take(Lev)).ThenRefused("call-already-taken"));
        taken.When(call => CallDecisions.Close(call, Boris, CallResult.OrderNotTaken, "", At(60))).ThenOne<CallClosed>();
    }

    [Fact]
    public void An_attempt_to_take_it_up_that_was_given_up_fails() =>
        Left.After(call => CallDecisions.GiveUp(call, Boris, "a1")).When(Take(Boris, "a1")).ThenRefused("attempt-lapsed");

    [Fact]
    public void One_that_is_taken_up_is_counted_as_answered_once_and_since_it_first_was()
    {
        var ended = Left.After(Take(Boris)).After(call => CallSignals.Hear(call, Id, Signal(SignalKind.Ended, 90)));
        Assert.Single(ended.History.OfType<CallClaimed>());
        Assert.Equal(new CallCount(At(2), CallOutcome.Answered, 10_000, At(90), 78_000), ended.State.Count);
        Assert.Empty(ended.History.OfType<CallRecounted>());
        Assert.Equal(CallPhase.WrapUp, ended.State.Phase);
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void One_that_is_hung_up_before_anybody_takes_it_up_is_owed_a_registration_and_counts_as_talked()
    {
        var ended = Left.After(call => CallSignals.Hear(call, Id, Signal(SignalKind.Answered, 12), Signal(SignalKind.Ended, 90)));
        ended.History.Skip(Left.History.Count).OfType<CallEnded>().Told().Then(new CallEnded(Id, At(90), 78_000, "normal", ended.History.OfType<CallEnded>().Single().Signal));
        Assert.Equal((CallPhase.Unregistered, true), (ended.State.Phase, ended.State.IsOver));
        Assert.Equal(new CallCount(At(2), CallOutcome.Answered, 10_000, At(90), 78_000), ended.State.Count);
        ended.When(Take(Boris)).ThenRefused("call-over");
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void One_in_wrap_up_is_owed_a_registration()
    {
        var left = Given(WithPurpose()).After(call => CallSignals.Hear(call, Id, Signal(SignalKind.Ended, 25))).After(Leave);
        Assert.Equal((CallPhase.Unregistered, true, null), (left.State.Phase, left.State.IsOver, left.State.Assignee));
        left.When(Take(Boris)).ThenRefused("call-over");
        Assert.Equal(CallOutcome.Answered, left.State.Count.Outcome);
    }

    [Fact]
    public void Nobody_is_asked_any_more_to_take_it_over()
    {
        var people = new RoutingPeople(Here(Kira, StaffRole.KeyAccountManager), [], [], []);
        var asked = Given(WithPurpose(CallPurpose.Order, ClientType.Key))
            .After(call => CallDecisions.Route(call, Anna, ClientType.Key, true, DebtStanding.Clean, people, At(20), Deadline));
        asked.When(Leave).Then(new TransferWithdrawn(Id, Kira, $"{Id}-1", At(30)), new CallLeft(Id, Anna, "Dismissed", At(30)));
        Assert.Null(asked.After(Leave).State.AskedNow);
    }

    [Fact]
    public void Who_has_the_call_no_more_leaves_nothing() => Assert.All(
        new[]
        {
            Given(Waiting), Left,
            Given([.. WithPurpose(), new TransferAccepted(Id, Kira, StaffRole.Head, At(20))]),
            Given([.. WithPurpose(), new CallClosed(Id, Anna, CallPurpose.Order, CallResult.OrderNotTaken, "", "c1", At(20), At(2), 1)]),
        },
        given => given.When(Leave).ThenNothing());

    private static Decision Leave(Call call) => CallDecisions.Leave(call, "anna", "Dismissed", At(30));

    private static Func<Call, Decision> Take(StaffRef by, string attempt = "") =>
        call => CallDecisions.Take(call, by, At(35), Skills.All, attempt);
}
