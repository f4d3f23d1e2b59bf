using Intake.Application.Calls;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using static Intake.Application.Tests.Commands;

namespace Intake.Application.Tests;

/// <summary>Letting a call ring crosses two streams, on rows that may be stale.</summary>
[Trait("Clause", "A.III.1")]
public sealed class RingingTests(OpenedLog opened) : IClassFixture<OpenedLog>
{
    [Fact]
    public async Task A_call_rings_at_who_is_reserved_for_it()
    {
        var (person, call) = (await ReadyOperator(), await WaitingCall());
        var offered = await Offer(call, person);
        Assert.IsType<Done>(offered.Result);
        var (session, state) = (await State(OperatorSession.Stream, person.Id), await State(Call.Stream, call));
        Assert.Equal((Presence.Reserved, new Reservation(call, offered.OfferId)), (session.Presence, session.Reservation));
        Assert.Equal((person, offered.OfferId, 1), (state.Ringing!.To, state.Ringing.OfferId, state.Ringing.Attempt));
    }

    [Fact]
    public async Task Two_calls_offered_at_once_to_one_operator_end_with_one_that_rings()
    {
        var (person, one, other) = (await ReadyOperator(), await WaitingCall(), await WaitingCall());
        await Task.WhenAll(Offer(one, person), Offer(other, person));
        var ringing = new[] { await State(Call.Stream, one), await State(Call.Stream, other) }.Where(call => call.Ringing is not null);
        Assert.Equal((await State(OperatorSession.Stream, person.Id)).Reservation?.CallId, Assert.Single(ringing).Id);
    }

    [Fact]
    public async Task One_call_offered_at_once_to_two_operators_rings_at_one_and_the_other_is_ready()
    {
        var (one, other, call) = (await ReadyOperator(), await ReadyOperator(), await WaitingCall());
        await Task.WhenAll(Offer(call, one), Offer(call, other));
        var at = (await State(Call.Stream, call)).Ringing!.To;
        var sessions = new[] { await State(OperatorSession.Stream, one.Id), await State(OperatorSession.Stream, other.Id) };
        Assert.Equal([Presence.Ready, Presence.Reserved], sessions.Select(session => session.Presence).Order());
        Assert.Equal(Presence.Reserved, (await State(OperatorSession.Stream, at.Id)).Presence);
    }

    [Fact]
    public async Task What_was_ready_or_waited_when_the_rows_were_read_and_is_not_any_more_changes_nothing()
    {
        var (person, call) = (await ReadyOperator(), await WaitingCall());
        await opened.Happened(OperatorSession.Stream, person.Id, new BecameNotReady(person, StaffRole.Operator, "Break", Nine));
        await Offer(call, person);
        Assert.Equal(["CallArrived", "CallQueued"], await opened.Types(Call.Stream, call));

        var ready = await ReadyOperator();
        await opened.Happened(Call.Stream, call, new CallAbandoned(call, "orders", Nine, Nine, 0, "gone"));
        await Offer(call, ready);
        Assert.Equal(Presence.Ready, (await State(OperatorSession.Stream, ready.Id)).Presence);
        Assert.Equal(["CallArrived", "CallQueued", "CallAbandoned"], await opened.Types(Call.Stream, call));
    }

    [Fact]
    public async Task Who_is_reserved_for_a_call_that_never_rang_is_ready_again_when_it_would_have_rung_out()
    {
        var (person, call) = (await ReadyOperator(), await WaitingCall());
        var dying = opened.DyingHost.Distribution;
        var context = By(StaffRef.System);
        await Assert.ThrowsAsync<IOException>(() => dying.Handle(new OfferCall(call, person) { Context = context }, default));
        Assert.Equal(Presence.Reserved, (await State(OperatorSession.Stream, person.Id)).Presence);

        await Handlers.Handle(new TimeOutOffer(call, person.Id, context.CommandId.ToString("N")) { Context = By(StaffRef.System) }, default);

        Assert.Equal(Presence.Ready, (await State(OperatorSession.Stream, person.Id)).Presence);
    }

    [Fact]
    public async Task A_ring_that_is_answered_in_time_ends_in_nothing_when_its_time_is_over()
    {
        var (person, call) = (await ReadyOperator(), await WaitingCall());
        var (_, offerId) = await Offer(call, person);
        await opened.Host.Engagements.Get(
            call, By(person), (state, attempt) => CallDecisions.Take(state, person, Nine, Skills.All, attempt), default);
        await Handlers.Handle(new TimeOutOffer(call, person.Id, offerId) { Context = By(StaffRef.System) }, default);
        Assert.Equal(Presence.OnCall, (await State(OperatorSession.Stream, person.Id)).Presence);
        Assert.Equal(["CallArrived", "CallQueued", "CallOfferedToOperator", "CallClaimed"], await opened.Types(Call.Stream, call));
    }

    [Fact]
    public async Task A_ring_that_is_over_carried_out_twice_is_carried_out_once()
    {
        var (person, call) = (await ReadyOperator(), await WaitingCall());
        var (_, offerId) = await Offer(call, person);
        var late = new TimeOutOffer(call, person.Id, offerId) { Context = By(StaffRef.System) };
        await Handlers.Handle(late, default);
        await Handlers.Handle(late, default);
        Assert.Equal(OperatorSession.RingNoAnswer, (await State(OperatorSession.Stream, person.Id)).Reason);
        Assert.Equal(["CallArrived", "CallQueued", "CallOfferedToOperator", "OfferNotAnswered"], await opened.Types(Call.Stream, call));
    }

    private DistributionHandlers Handlers => opened.Host.Distribution;

    private async Task<(CommandResult Result, string OfferId)> Offer(string call, StaffRef person)
    {
        var context = By(StaffRef.System);
        return (await Handlers.Handle(new OfferCall(call, person) { Context = context }, default), context.CommandId.ToString("N"));
    }

    private async Task<TState> State<TState>(Aggregate<TState> aggregate, string id) => (await opened.Runner.Load(aggregate, id, default)).State;

    private async Task<StaffRef> ReadyOperator()
    {
        var person = new StaffRef(NewId(), "Somebody");
        await opened.Happened(
            OperatorSession.Stream, person.Id, new SessionOpened(person, StaffRole.Operator, Nine), new BecameReady(person, StaffRole.Operator, Nine));
        return person;
    }

    private async Task<string> WaitingCall()
    {
        var id = NewId();
        await opened.Happened(
            Call.Stream, id, new CallArrived(id, "pbx", id, CallDirection.Inbound, "+37322555111", "100", Nine, "a"),
            new CallQueued(id, "orders", "+37322555111", Nine, "q"));
        return id;
    }
}
