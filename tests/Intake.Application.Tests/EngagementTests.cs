using Intake.Application.Calls;
using Intake.Application.Policies;
using Intake.Application.Staff;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using static Intake.Application.Tests.Commands;

namespace Intake.Application.Tests;

/// <summary>Getting a call crosses two streams: what holds where another comes first, or the host dies in between.</summary>
[Trait("Clause", "A.III.14")]
public sealed class EngagementTests(OpenedLog opened) : IClassFixture<OpenedLog>
{
    [Fact]
    public async Task Who_gets_a_call_is_engaged_first()
    {
        var (person, call) = (Somebody(), await WaitingCall());
        Assert.IsType<Done>(await Take(call, By(person)));
        Assert.Equal(["SessionOpened", "CallEngaged"], await opened.Types(OperatorSession.Stream, person.Id));
        Assert.Equal(["CallArrived", "CallQueued", "CallClaimed"], await opened.Types(Call.Stream, call));
    }

    [Fact]
    public async Task Of_two_calls_reached_for_at_once_a_person_gets_one_and_the_other_waits_on()
    {
        var (person, one, other) = (Somebody(), await WaitingCall(), await WaitingCall());
        var results = await Task.WhenAll(Take(one, By(person)), Take(other, By(person)));
        Assert.Single(results.OfType<Done>());
        Assert.IsType<AnotherCallInHand>(Assert.Single(results.OfType<Refused>()).Refusal);
        var states = new[] { await State(Call.Stream, one), await State(Call.Stream, other) };
        Assert.Equal([CallPhase.Queued, CallPhase.Connected], states.Select(state => state.Phase).Order());
    }

    [Fact]
    public async Task Who_loses_the_race_for_a_call_is_free_for_the_next()
    {
        var (winner, loser, call) = (Somebody(), Somebody(), await WaitingCall());
        var late = new OneHost(
            new ContestedLog(opened.Log, (_, stream) => stream.Category == "call" ? Take(call, By(winner)) : Task.CompletedTask)).Engagements;
        var refused = Assert.IsType<Refused>(await Take(call, By(loser), late));
        Assert.Equal(winner, Assert.IsType<CallAlreadyTaken>(refused.Refusal).By);
        Assert.Equal(
            ["SessionOpened", "CallEngaged", "EngagementEnded", "BecameNotReady"], await opened.Types(OperatorSession.Stream, loser.Id));
        Assert.IsType<Done>(await Take(await WaitingCall(), By(loser)));
    }

    [Fact]
    public async Task Who_cannot_get_a_call_anyhow_leaves_no_trace_in_his_session()
    {
        var (winner, loser, call) = (Somebody(), Somebody(), await WaitingCall());
        await Take(call, By(winner));
        Assert.IsType<Refused>(await Take(call, By(loser)));
        Assert.Empty(await opened.Types(OperatorSession.Stream, loser.Id));
    }

    [Fact]
    public async Task A_retry_is_answered_as_the_first_time_whatever_has_happened_since()
    {
        var (person, call, other) = (Somebody(), await WaitingCall(), await WaitingCall());
        var (taking, second) = (By(person), By(person));
        var taken = await Take(call, taking);
        var refused = Assert.IsType<Refused>(await Take(other, second));
        Assert.Equal(taken, await Take(call, taking));
        await Take(other, By(Somebody()));
        await opened.Happened(Call.Stream, call, new CallClosed(call, person, CallPurpose.Order, CallResult.OrderNotTaken, "", "", Nine, Nine, 0));
        Assert.Equal(taken, await Take(call, taking));
        Assert.Equal(refused.Refusal, Assert.IsType<Refused>(await Take(other, second)).Refusal);
    }

    [Fact]
    public async Task A_person_whose_host_died_before_the_call_was_decided_is_freed_and_the_late_attempt_fails()
    {
        var (person, call) = (Somebody(), await WaitingCall());
        var dying = opened.DyingHost.Engagements;
        var context = By(person);
        await Assert.ThrowsAsync<IOException>(() => Take(call, context, dying));
        Assert.Equal(call, (await State(OperatorSession.Stream, person.Id)).Engagement?.CallId);

        Assert.IsType<Done>(await New.Settle(call, person.Id, By(person), default));

        Assert.Null((await State(OperatorSession.Stream, person.Id)).Engagement);
        Assert.Equal("attempt-lapsed", Assert.IsType<Refused>(await Take(call, context)).Refusal.Code);
        Assert.IsType<Done>(await Take(call, By(person)));
    }

    [Fact]
    public async Task Who_has_the_call_is_left_alone_and_who_has_it_no_more_is_freed()
    {
        var (person, call) = (Somebody(), await WaitingCall());
        await Take(call, By(person));
        await New.Settle(call, person.Id, By(person), default);
        Assert.Equal(call, (await State(OperatorSession.Stream, person.Id)).Engagement?.CallId);

        await opened.Happened(Call.Stream, call, new CallClosed(call, person, CallPurpose.Order, CallResult.OrderNotTaken, "", "", Nine, Nine, 0));
        await New.Settle(call, person.Id, By(person), default);
        Assert.Null((await State(OperatorSession.Stream, person.Id)).Engagement);
        Assert.Equal(["CallArrived", "CallQueued", "CallClaimed", "CallClosed"], await opened.Types(Call.Stream, call));
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public async Task Whose_call_was_taken_over_by_a_host_that_died_before_it_freed_him_is_freed_by_what_follows()
    {
        var (before, after, call) = (Somebody(), Somebody(), await WaitingCall());
        await Take(call, By(before));
        await opened.Happened(Call.Stream, call, new TransferOffered(call, after, StaffRole.Head, "e1", Nine));
        await New.Get(call, By(after), (state, attempt) => CallDecisions.AcceptTransfer(state, after, Nine, attempt), default);
        var accepted = (await opened.Stream(Call.Stream, call))[^1];
        Assert.Equal("TransferAccepted", accepted.Type);

        var commands = await new FollowUps(opened.Runner, FloorPolicy.Default, TimeProvider.System).Of(EventCodec.Default.Decode(accepted), default);
        var settle = Assert.Single(commands.OfType<SettleEngagement>());
        Assert.Equal((call, before.Id), (settle.CallId, settle.StaffId));
        await New.Settle(settle.CallId, settle.StaffId, settle.Context, default);
        await New.Settle(settle.CallId, after.Id, By(after), default);

        Assert.Null((await State(OperatorSession.Stream, before.Id)).Engagement);
        Assert.Equal(call, (await State(OperatorSession.Stream, after.Id)).Engagement?.CallId);
        var ended = (await opened.Stream(OperatorSession.Stream, before.Id)).Select(recorded => EventCodec.Default.DecodeEvent(recorded));
        Assert.Equal(EngagementEnd.TakenOver, Assert.Single(ended.OfType<EngagementEnded>()).Cause);
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public async Task A_call_that_was_left_is_taken_up_by_one_of_those_who_reach_for_it()
    {
        var (before, call) = (Somebody(), await WaitingCall());
        await Take(call, By(before));
        await opened.Happened(Call.Stream, call, new CallLeft(call, before, "Dismissed", Nine));
        var people = Enumerable.Range(0, 6).Select(_ => Somebody()).ToList();
        var results = await Task.WhenAll(people.Select(person => Take(call, By(person))));
        Assert.Single(results.OfType<Done>());
        Assert.All(results.OfType<Refused>(), refused => Assert.Equal("call-already-taken", refused.Refusal.Code));
        var has = (await State(Call.Stream, call)).Assignee!;
        foreach (var person in people)
            Assert.Equal(person.Id == has.Id, (await State(OperatorSession.Stream, person.Id)).Engagement?.CallId == call);
        Assert.Equal(["CallArrived", "CallQueued", "CallClaimed", "CallLeft", "CallTakenUp"], (await opened.Types(Call.Stream, call)).Where(type => type != "CallAlreadyTaken"));
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public async Task Who_is_dismissed_while_his_claim_is_on_its_way_does_not_get_the_call_and_another_does()
    {
        var (person, call, dismissed) = (Somebody(), await WaitingCall(), false);
        var late = new OneHost(new ContestedLog(opened.Log, async (_, stream) =>
        {
            if (stream.Category == "call" && !dismissed)
            {
                dismissed = true;
                await Dismiss(person);
            }
        })).Engagements;
        Assert.Equal("attempt-lapsed", Assert.IsType<Refused>(await Take(call, By(person), late)).Refusal.Code);
        Assert.True((await State(OperatorSession.Stream, person.Id)).Barred);
        Assert.Equal(CallPhase.Queued, (await State(Call.Stream, call)).Phase);
        Assert.IsType<Done>(await Take(call, By(Somebody())));
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public async Task The_call_of_who_is_dismissed_is_nobodys_at_once()
    {
        var (person, call) = (Somebody(), await WaitingCall());
        await Take(call, By(person));
        await Dismiss(person);
        Assert.Equal((CallPhase.Answered, null), ((await State(Call.Stream, call)).Phase, (await State(Call.Stream, call)).Assignee));
        Assert.Null((await State(OperatorSession.Stream, person.Id)).Engagement);
    }

    private async Task Dismiss(StaffRef person)
    {
        var staff = opened.Host.Staff;
        await staff.Handle(new AppointStaff(new StaffAppointed(person.Id, person.Name, StaffRole.Operator, "", "", "")) { Context = By(StaffRef.System) }, default);
        await staff.Handle(new DismissStaff(person.Id, "17 of 24.11.2026", "left") { Context = By(StaffRef.System) }, default);
    }

    private Engagements New => opened.Host.Engagements;

    private static StaffRef Somebody() => new(NewId(), "Somebody");

    private Task<CommandResult> Take(string call, CommandContext context, Engagements? engagements = null) => (engagements ?? New).Get(
        call, context, (state, attempt) => CallDecisions.Take(state, context.By, context.Now, Skills.All, attempt), default);

    private async Task<TState> State<TState>(Aggregate<TState> aggregate, string id) => (await opened.Runner.Load(aggregate, id, default)).State;

    private async Task<string> WaitingCall()
    {
        var id = NewId();
        await opened.Happened(
            Call.Stream, id, new CallArrived(id, "pbx", id, CallDirection.Inbound, "+37322555111", "100", Nine, "a"),
            new CallQueued(id, "orders", "+37322555111", Nine, "q"));
        return id;
    }
}
