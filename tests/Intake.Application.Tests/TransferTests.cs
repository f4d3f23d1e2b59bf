using Intake.Application.Calls;
using Intake.Application.Policies;
using Intake.Application.Staff;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;
using static Intake.Application.Tests.Commands;

namespace Intake.Application.Tests;

/// <summary>Asking people to take a call over crosses their sessions and the call: nobody is asked twice at once.</summary>
[Trait("Clause", "A.III.4")]
public sealed class TransferTests(OpenedLog opened) : IClassFixture<OpenedLog>
{
    private static readonly DateTimeOffset Deadline = Nine.AddHours(1);
    private static readonly StaffRef Operator = new("olga", "Olga");

    [Fact]
    public async Task Who_is_asked_is_reserved_and_neither_a_call_rings_at_him_nor_another_one_is_offered_to_him()
    {
        var (manager, head, call, waiting) = (await Ready(), await Ready(), await CallInHand(), NewId());
        await Route(call, manager, head);
        Assert.Equal((Presence.Reserved, new Reservation(call, $"{call}-1")), await Session(manager));

        await opened.Happened(Call.Stream, waiting, new CallArrived(waiting, "pbx", waiting, CallDirection.Inbound, "", "", Nine, "a"), new CallQueued(waiting, "main", "", Nine, "q"));
        await opened.Host.Distribution.Handle(new OfferCall(waiting, manager) { Context = By(StaffRef.System) }, default);
        Assert.Null((await State(waiting)).Ringing);

        var second = await CallInHand();
        await Route(second, manager, head);
        Assert.Equal((manager.Id, head.Id), ((await State(call)).AskedNow?.To.Id, (await State(second)).AskedNow?.To.Id));
        Assert.Equal(manager.Id, Assert.Single(await Told<TransferPassedOver>(second)).Person.Id);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [Trait("Clause", "A.III.15")]
    public async Task Of_calls_routed_at_once_to_one_person_one_asks_him_and_each_other_goes_on_to_the_next_of_the_chain(int calls)
    {
        var chain = await Task.WhenAll(Enumerable.Range(0, calls - 1).Select(_ => Ready()));
        var routed = await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => CallInHand()));
        var results = await Task.WhenAll(routed.Select(call => Route(call, chain)));
        Assert.All(results, result => Assert.True(Assert.IsType<Done>(result).Changed));
        var states = await Task.WhenAll(routed.Select(State));
        Assert.Equal(
            chain.Select(person => person.Id).Order(), states.Select(state => state.AskedNow?.To.Id).OfType<string>().Order());
        Assert.Equal(CallPhase.ConvertedToCallback, Assert.Single(states, state => state.AskedNow is null).Phase);
        foreach (var person in chain)
        {
            var (presence, reservation) = await Session(person);
            Assert.Equal(Presence.Reserved, presence);
            Assert.Equal(reservation!.OfferId, Assert.Single(states, state => state.AskedNow?.To.Id == person.Id).AskedNow!.EscalationId);
        }
    }

    [Fact]
    public async Task Who_declines_is_ready_again_and_the_next_who_is_ready_now_is_asked()
    {
        var (manager, other, head, call) = (await Ready(), await Ready(), await Ready(), await CallInHand());
        await Route(call, manager, other, head);
        await Become(other, Presence.NotReady);
        await Decline(call, manager);
        Assert.Equal((Presence.Ready, null), await Session(manager));
        Assert.Equal(head.Id, (await State(call)).AskedNow?.To.Id);
        Assert.Equal(Presence.Reserved, (await Session(head)).Presence);
        Assert.Equal(other.Id, Assert.Single(await Told<TransferPassedOver>(call)).Person.Id);
    }

    [Fact]
    public async Task Who_does_not_answer_is_not_ready_and_whoever_had_the_call_is_free_where_nobody_is_left()
    {
        var (had, manager) = (new StaffRef(NewId(), "Had"), await Ready());
        var call = await CallInHand(had);
        await opened.Happened(
            OperatorSession.Stream, had.Id, new SessionOpened(had, StaffRole.Operator, Nine), new CallEngaged(had, StaffRole.Operator, call, "a", Nine));
        await Route(call, manager);
        var late = By(StaffRef.System);
        await TimeOut(call, late);
        await TimeOut(call, late);
        Assert.Equal(OperatorSession.RingNoAnswer, (await opened.Host.Shifts.Load(manager.Id, default)).Reason);
        Assert.Equal(CallPhase.ConvertedToCallback, (await State(call)).Phase);
        Assert.Single(await Told<TransferTimedOut>(call));
        Assert.Null((await opened.Host.Shifts.Load(had.Id, default)).Engagement);
    }

    [Fact]
    public async Task Who_takes_the_call_over_is_engaged_and_not_reserved()
    {
        var (manager, call) = (await Ready(), await CallInHand());
        await Route(call, manager);
        await opened.Host.Engagements.Get(
            call, By(manager), (state, attempt) => CallDecisions.AcceptTransfer(state, manager, Nine, attempt), default);
        Assert.Equal((Presence.OnCall, null), await Session(manager));
        Assert.Equal(manager.Id, (await State(call)).Assignee?.Id);
    }

    [Fact]
    public async Task Who_says_that_he_is_not_ready_while_he_is_asked_leaves_the_call_to_the_next()
    {
        var (manager, head, call) = (await Ready(), await Ready(), await CallInHand());
        await Route(call, manager, head);
        await Become(manager, Presence.NotReady);
        Assert.Equal(head.Id, (await State(call)).AskedNow?.To.Id);
        Assert.Equal((manager, "Break"), (await Told<TransferDeclined>(call)).Select(declined => (declined.By, declined.Reason)).Single());
        Assert.Equal(Presence.NotReady, (await Session(manager)).Presence);
    }

    [Fact]
    public async Task A_call_routed_again_to_who_is_asked_asks_him_again_and_to_another_frees_him()
    {
        var (manager, head, call) = (await Ready(), await Ready(), await CallInHand());
        await Route(call, manager, head);
        await Route(call, manager, head);
        Assert.Equal(($"{call}-2", manager.Id), ((await State(call)).AskedNow?.EscalationId, (await State(call)).AskedNow?.To.Id));
        Assert.Equal((Presence.Reserved, new Reservation(call, $"{call}-2")), await Session(manager));

        await Route(call, head);
        Assert.Equal(head.Id, (await State(call)).AskedNow?.To.Id);
        Assert.Equal((Presence.Ready, null), await Session(manager));
        Assert.Equal([$"{call}-1", $"{call}-2"], (await Told<TransferWithdrawn>(call)).Select(withdrawn => withdrawn.EscalationId));
    }

    [Fact]
    public async Task A_route_sent_again_asks_and_reserves_nobody_else()
    {
        var (manager, head, call, context) = (await Ready(), await Ready(), await CallInHand(), By(Operator));
        var first = await Route(opened.Host, call, context, manager, head);
        Assert.Equal(first, await Route(opened.Host, call, context with { Now = Nine.AddMinutes(1) }, manager, head));
        Assert.Equal(Presence.Ready, (await Session(head)).Presence);
        Assert.Single(await Told<TransferOffered>(call));
    }

    [Fact]
    public async Task Who_is_reserved_for_a_call_that_is_closed_before_it_asks_him_is_ready_again()
    {
        var (manager, call, closed) = (await Ready(), await CallInHand(), false);
        var contested = new OneHost(new ContestedLog(opened.Log, async (_, stream) =>
        {
            if (stream.Category == "call" && !closed)
            {
                closed = true;
                await opened.Happened(Call.Stream, call, new CallClosed(call, Operator, CallPurpose.Order, CallResult.OrderNotTaken, "", "k", Nine, Nine, 0));
            }
        }));
        Assert.IsType<Refused>(await Route(contested, call, By(Operator), manager));
        Assert.True(closed);
        Assert.Equal((Presence.Ready, null), await Session(manager));
    }

    [Fact]
    public async Task Who_is_reserved_for_a_call_that_never_asked_him_is_freed_when_a_ring_would_have_been_over_and_who_is_asked_is_not()
    {
        var (manager, call, context) = (await Ready(), await CallInHand(), By(Operator));
        await Assert.ThrowsAsync<IOException>(() => Route(opened.DyingHost, call, context, manager));
        Assert.Equal((Presence.Reserved, new Reservation(call, $"{call}-1")), await Session(manager));
        await RungOut(call, manager, $"{call}-1");
        Assert.Equal(Presence.Ready, (await Session(manager)).Presence);

        await Route(opened.Host, call, context with { Now = Nine.AddMinutes(1) }, manager);
        await RungOut(call, manager, $"{call}-1");
        Assert.Equal((Presence.Reserved, manager.Id), ((await Session(manager)).Presence, (await State(call)).AskedNow?.To.Id));
    }

    [Fact]
    public async Task A_route_that_was_cut_off_is_carried_out_when_it_is_sent_again_with_the_person_who_was_reserved()
    {
        var (manager, head, call, context) = (await Ready(), await Ready(), await CallInHand(), By(Operator));
        await Assert.ThrowsAsync<IOException>(() => Route(opened.DyingHost, call, context, manager, head));
        await Route(opened.Host, call, context with { Now = Nine.AddMinutes(1) }, manager, head);
        Assert.Equal((manager.Id, Presence.Ready), ((await State(call)).AskedNow?.To.Id, (await Session(head)).Presence));
    }

    [Fact]
    public async Task Who_was_asked_by_a_host_that_died_before_it_freed_him_is_freed_by_what_follows()
    {
        var (declined, silent, withdrawn, call) = (await Ready(), await Ready(), await Ready(), await CallInHand());
        foreach (var person in new[] { declined, silent, withdrawn })
        {
            await opened.Happened(
                OperatorSession.Stream, person.Id, new SessionReserved(person, StaffRole.Head, call, $"offer {person.Id}", Nine));
        }

        await opened.Happened(
            Call.Stream, call, new TransferDeclined(call, declined, "busy", $"offer {declined.Id}", Nine),
            new TransferTimedOut(call, silent, $"offer {silent.Id}", Nine), new TransferWithdrawn(call, withdrawn, $"offer {withdrawn.Id}", Nine));
        var host = opened.Host;
        foreach (var recorded in (await opened.Stream(Call.Stream, call)).TakeLast(3))
        {
            var commands = await new FollowUps(host.Runner, FloorPolicy.Default, TimeProvider.System).Of(EventCodec.Default.Decode(recorded), default);
            var settle = Assert.Single(commands.OfType<SettleTransfer>());
            await host.Transfers.Free(settle.StaffId, settle.CallId, settle.EscalationId, settle.InVain, settle.Context, default);
        }

        Assert.Equal(
            [Presence.Ready, Presence.NotReady, Presence.Ready],
            new[] { await Session(declined), await Session(silent), await Session(withdrawn) }.Select(session => session.Presence));
    }

    private Task<CommandResult> Route(string call, params StaffRef[] chain) => Route(opened.Host, call, By(Operator), chain);

    private static Task<CommandResult> Route(OneHost host, string call, CommandContext context, params StaffRef[] chain) => host.Transfers.Ask(
        call, context,
        (state, notReady) => CallDecisions.Route(
            state, state.Assignee!, ClientType.Key, true, DebtStanding.Clean,
            new RoutingPeople(null, [.. chain.Select(person => new RoutingHop(person, StaffRole.KeyAccountManager, Present: true))], [], []),
            Nine, Deadline, notReady),
        default);

    private Task<CommandResult> Decline(string call, StaffRef person) => opened.Host.Transfers.Ask(
        call, By(person), (state, notReady) => CallDecisions.DeclineTransfer(state, person, "busy", Nine, Deadline, notReady), default);

    private Task<CommandResult> TimeOut(string call, CommandContext context) => opened.Host.Transfers.Ask(
        call, context, (state, notReady) => CallDecisions.TimeOutTransfer(state, $"{call}-1", Nine, Deadline, notReady), default);

    private Task<CommandResult> RungOut(string call, StaffRef person, string offer) => opened.Host.Distribution.Handle(
        new TimeOutOffer(call, person.Id, offer) { Context = By(StaffRef.System) }, default);

    private Task<CommandResult> Become(StaffRef person, Presence presence) => opened.Host.Staff.Handle(
        new ChangePresence(presence, "Break") { Context = By(person) }, default);

    private async Task<(Presence Presence, Reservation? Reservation)> Session(StaffRef person)
    {
        var session = await opened.Host.Shifts.Load(person.Id, default);
        return (session.Presence, session.Reservation);
    }

    private async Task<Call> State(string call) => (await opened.Runner.Load(Call.Stream, call, default)).State;

    private async Task<IReadOnlyList<TEvent>> Told<TEvent>(string call) =>
        [.. (await opened.Stream(Call.Stream, call)).Select(recorded => EventCodec.Default.DecodeEvent(recorded)).OfType<TEvent>()];

    private async Task<StaffRef> Ready()
    {
        var person = new StaffRef(NewId(), "Somebody");
        await opened.Happened(
            OperatorSession.Stream, person.Id, new SessionOpened(person, StaffRole.Head, Nine), new BecameReady(person, StaffRole.Head, Nine));
        return person;
    }

    private async Task<string> CallInHand(StaffRef? by = null)
    {
        var id = NewId();
        await opened.Happened(
            Call.Stream, id, new CallArrived(id, "pbx", id, CallDirection.Inbound, "+37322555111", "100", Nine, "a"),
            new CallQueued(id, "orders", "+37322555111", Nine, "q"), new CallClaimed(id, by ?? Operator, "orders", Nine, Nine, 0),
            new CallerIdentified(id, "k", "K", ClientType.Key, "", false), new PurposeStated(id, CallPurpose.Order, ""));
        return id;
    }
}
