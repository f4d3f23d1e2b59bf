using Intake.Domain.Calls;
using static Intake.Domain.Tests.Calls.CallStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>Colleagues help with a call; it stays his whose it is, and both are credited (A.III.22).</summary>
[Trait("Clause", "A.III.22")]
public sealed class HelpTests
{
    private const string First = $"{Id}-help-1";
    private static readonly HelpAsked Asked = new(Id, First, Anna, "customs papers", At(20));
    private static readonly HelpJoined Joined = new(Id, First, Anna, Boris, StaffRole.Operator, At(30));
    private static readonly IReadOnlyList<IEvent> Asking = [.. InHand, Asked];
    private static readonly IReadOnlyList<IEvent> Helped = [.. Asking, Joined];

    [Fact]
    public void Who_has_the_call_asks_once_until_somebody_comes()
    {
        Given(InHand).When(Ask(Anna)).Then(Asked);
        Given(Asking).When(Ask(Anna)).ThenNothing();
        Given(Helped).When(Ask(Anna)).ThenOne<HelpAsked>();
        Given(InHand).When(Ask(Boris)).ThenRefused("call-of-another");
        Given(Waiting).When(Ask(Anna)).ThenRefused("call-not-in-hand");
    }

    [Fact]
    public void Who_asked_can_take_it_back_until_somebody_comes()
    {
        Given(Asking).When(call => Help.TakeBack(call, Anna, At(25))).Then(new HelpNoLongerAsked(Id, First, Anna, At(25)));
        Given(Helped).When(call => Help.TakeBack(call, Anna, At(35))).ThenNothing();
        Given(Asking).When(call => Help.TakeBack(call, Boris, At(25))).ThenRefused("call-of-another");
        Assert.Null(Given([.. Asking, new HelpNoLongerAsked(Id, First, Anna, At(25))]).State.HelpWanted);
    }

    [Fact]
    public void The_first_who_comes_joins_and_the_next_learns_who_was_first()
    {
        Given(Asking).When(Join(Boris)).Then(Joined);
        Given(Helped).When(Join(Boris)).ThenNothing();
        Assert.Contains("Boris", Given(Helped).When(Join(Lev)).ThenRefused("help-there-already").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StaffRole.Operator, false)]
    [InlineData(StaffRole.Manager, false)]
    [InlineData(StaffRole.Supervisor, true)]
    [InlineData(StaffRole.Head, true)]
    public void Unasked_only_a_supervisor_or_head_comes(StaffRole role, bool comes)
    {
        var outcome = Given(InHand).When(call => Help.Join(call, Boris, role, At(30)));
        if (comes)
        {
            Assert.Equal(Anna, outcome.ThenOne<HelpJoined>().Helped);
        }
        else
        {
            outcome.ThenRefused("help-not-asked");
        }
    }

    [Fact]
    public void Nobody_helps_with_his_own_call_or_with_one_that_nobody_has()
    {
        Given(Asking).When(Join(Anna)).ThenRefused("own-call");
        Given(Waiting).When(Join(Boris)).ThenRefused("call-not-in-hand");
        Given([.. Helped, Closed]).When(Join(Lev)).ThenRefused("call-not-in-hand");
    }

    [Fact]
    public void An_attempt_that_was_given_up_joins_no_more() =>
        Given([.. Asking, new AttemptLapsed(Id, Boris, "slow")]).When(call => Help.Join(call, Boris, StaffRole.Operator, At(30), "slow"))
            .ThenRefused("attempt-lapsed");

    [Fact]
    public void The_helper_leaves_or_is_thanked_and_both_are_credited_with_the_time()
    {
        Given(Helped).When(call => Help.End(call, Boris.Id, Boris, At(90)))
            .Then(new HelpEnded(Id, First, Anna, Boris, HelpEnd.Left, 60_000, At(90)));
        Given(Helped).When(call => Help.End(call, Boris.Id, Anna, At(90)))
            .Then(new HelpEnded(Id, First, Anna, Boris, HelpEnd.NoLongerNeeded, 60_000, At(90)));
        Given(Helped).When(call => Help.End(call, Boris.Id, Lev, At(90))).ThenRefused("help-of-others");
        Given(Asking).When(call => Help.End(call, Boris.Id, Boris, At(90))).ThenNothing();
    }

    [Fact]
    public void The_call_stays_his_whose_it_is_and_only_he_registers_it()
    {
        Assert.Equal(Anna, Given(Helped).State.Assignee);
        Given(Helped).When(call => CallDecisions.Close(call, Boris, CallResult.InformationGiven, "", At(90))).ThenRefused("call-of-another");
        Given(Helped).When(call => CallDecisions.StatePurpose(call, Boris, CallPurpose.Order, "", At(90))).ThenRefused("call-of-another");
    }

    [Fact]
    public void Whoever_helps_is_busy_with_the_call_until_the_help_or_the_call_ends()
    {
        Assert.True(Given(Helped).State.Occupies(Boris.Id));
        Assert.True(Given(Helped).State.Occupies(Anna.Id));
        Assert.False(Given([.. Helped, Ended(HelpEnd.Left)]).State.Occupies(Boris.Id));
        Assert.False(Given([.. Helped, Closed]).State.Occupies(Boris.Id));
        Given(Helped).When(call => CallDecisions.GiveUp(call, Boris, "attempt")).ThenNothing();
        Given(Asking).When(call => CallDecisions.GiveUp(call, Boris, "attempt")).ThenOne<AttemptLapsed>();
    }

    [Fact]
    public void Help_ends_with_the_call_and_when_the_call_becomes_anothers()
    {
        Given(Helped).When(call => Help.Settle(call, At(90))).ThenNothing();
        Given([.. Helped, Closed]).When(call => Help.Settle(call, At(90))).Then(Ended(HelpEnd.CallOver));
        Given([.. Asking, Closed]).When(call => Help.Settle(call, At(90))).Then(new HelpNoLongerAsked(Id, First, Anna, At(90)));
        Given([.. Helped, new TransferAccepted(Id, Kira, StaffRole.KeyAccountManager, At(80))]).When(call => Help.Settle(call, At(90)))
            .Then(Ended(HelpEnd.CallOver));
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public void Whose_appointment_ends_helps_no_longer()
    {
        Given(Helped).When(call => Help.Bar(call, Boris.Id, At(90))).Then(Ended(HelpEnd.Dismissed));
        Given(Asking).When(call => Help.Bar(call, Boris.Id, At(90))).ThenNothing();
    }

    private static readonly CallClosed Closed = new(
        Id, Anna, CallPurpose.Other, CallResult.InformationGiven, "", "", At(80), At(2), 68_000);

    private static HelpEnded Ended(HelpEnd cause) => new(Id, First, Anna, Boris, cause, 60_000, At(90));

    private static Func<Call, Decision> Ask(StaffRef by) => call => Help.Ask(call, by, "customs papers", At(20));

    private static Func<Call, Decision> Join(StaffRef by) => call => Help.Join(call, by, StaffRole.Operator, At(30));
}
