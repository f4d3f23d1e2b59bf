using Intake.Application.Calls;
using Intake.Application.Ordering;
using Intake.Application.Policies;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;
using static Intake.Application.Tests.Commands;

namespace Intake.Application.Tests;

/// <summary>Helping crosses the helper's session, the call and its order (A.III.22).</summary>
[Trait("Clause", "A.III.22")]
public sealed class HelpTests(OpenedLog opened) : IClassFixture<OpenedLog>
{
    [Fact]
    public async Task Of_many_who_come_to_help_one_joins_and_the_others_are_free_for_a_call()
    {
        var (owner, call) = await CallAskingForHelp();
        var colleagues = Enumerable.Range(0, 12).Select(_ => Somebody()).ToList();
        var results = await Task.WhenAll(colleagues.Select(one => Join(call, one)));

        Assert.Single(results.OfType<Done>());
        Assert.Equal(11, results.OfType<Refused>().Count());
        var helper = Assert.Single((await Load(Call.Stream, call)).Helpers).Key;
        var engaged = new List<string>();
        foreach (var one in colleagues.Append(owner))
        {
            if ((await Load(OperatorSession.Stream, one.Id)).Engagement?.CallId == call)
            {
                engaged.Add(one.Id);
            }
        }

        Assert.Equal(new[] { helper, owner.Id }.Order(), engaged.Order());
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public async Task Who_has_a_call_of_his_own_does_not_help_with_another()
    {
        var (_, call) = await CallAskingForHelp();
        var (busy, _) = await CallAskingForHelp();
        Assert.IsType<AnotherCallInHand>(Assert.IsType<Refused>(await Join(call, busy)).Refusal);
        Assert.Empty((await Load(Call.Stream, call)).Helpers);
    }

    [Fact]
    public async Task Who_helps_is_freed_by_what_follows_when_the_call_is_closed_and_his_host_is_gone()
    {
        var (owner, call) = await CallAskingForHelp();
        var helper = Somebody();
        Assert.IsType<Done>(await Join(call, helper));
        await opened.Happened(
            Call.Stream, call, new CallClosed(call, owner, CallPurpose.Other, CallResult.InformationGiven, "", "", Nine.AddMinutes(1), Nine, 60_000));

        var settle = Assert.Single((await Following(call)).OfType<SettleHelp>());
        Assert.IsType<Done>(await Help.Handle(settle, default));
        var ended = EventCodec.Default.DecodeEvent((await opened.Stream(Call.Stream, call))[^1]);
        Assert.Equal((HelpEnd.CallOver, helper), (Assert.IsType<HelpEnded>(ended).Cause, ((HelpEnded)ended).Helper));
        var free = Assert.Single((await Following(call)).OfType<SettleEngagement>());
        await opened.Host.Engagements.Settle(free.CallId, free.StaffId, free.Context, default);

        Assert.Null((await Load(OperatorSession.Stream, helper.Id)).Engagement);
        var session = (await opened.Stream(OperatorSession.Stream, helper.Id)).Select(recorded => EventCodec.Default.DecodeEvent(recorded));
        Assert.Equal(EngagementEnd.HelpOver, Assert.Single(session.OfType<EngagementEnded>()).Cause);
    }

    [Fact]
    public async Task A_look_into_an_attempt_leaves_who_joined_where_he_is()
    {
        var (_, call) = await CallAskingForHelp();
        var helper = Somebody();
        await Join(call, helper);
        await opened.Host.Engagements.Settle(call, helper.Id, By(helper), default);
        Assert.Equal(call, (await Load(OperatorSession.Stream, helper.Id)).Engagement?.CallId);
    }

    [Fact]
    public async Task Who_helps_works_on_the_order_of_the_call_and_no_longer_when_the_help_has_ended()
    {
        var (owner, call) = await CallAskingForHelp();
        var helper = Somebody();
        var order = NewId();
        await opened.Happened(
            Order.Stream, order, new OrderOpened(order, call, "c1", "Casa Verde", ClientType.Retail, Boris, owner, StaffRole.Operator, Nine));
        Assert.Equal("order-of-another", await ReadBack(order, helper));
        await Join(call, helper);
        Assert.Equal("no-lines", await ReadBack(order, helper));
        Assert.IsType<Done>(await Help.Handle(new EndHelp(call, helper.Id) { Context = By(helper) }, default));
        Assert.Equal("order-of-another", await ReadBack(order, helper));
        Assert.Null((await Load(OperatorSession.Stream, helper.Id)).Engagement);
    }

    private HelpHandlers Help => new(opened.Runner, opened.Host.Engagements, null!);

    private async Task<string?> ReadBack(string order, StaffRef by) => (await new OrderRunner(opened.Runner).Run(
        order, By(by), state => Drafts.ReadBack(state, by), default) as Refused)?.Refusal.Code;

    private async Task<IReadOnlyList<Command>> Following(string call) => await new FollowUps(opened.Runner, FloorPolicy.Default, TimeProvider.System)
        .Of(EventCodec.Default.Decode((await opened.Stream(Call.Stream, call))[^1]), default);

    private Task<CommandResult> Join(string call, StaffRef helper)
    {
        var context = By(helper);
        return opened.Host.Engagements.Get(
            call, context, (state, attempt) => Domain.Calls.Help.Join(state, helper, StaffRole.Operator, context.Now, attempt), default);
    }

    private static StaffRef Somebody() => new(NewId(), "Somebody");

    private async Task<TState> Load<TState>(Aggregate<TState> aggregate, string id) => (await opened.Runner.Load(aggregate, id, default)).State;

    private async Task<(StaffRef Owner, string Call)> CallAskingForHelp()
    {
        var (owner, call) = (Somebody(), NewId());
        await opened.Happened(
            Call.Stream, call, new CallArrived(call, "pbx", call, CallDirection.Inbound, "+37322555111", "100", Nine, "a"),
            new CallQueued(call, "orders", "+37322555111", Nine, "q"));
        await opened.Host.Engagements.Get(
            call, By(owner), (state, attempt) => CallDecisions.Take(state, owner, Nine, Skills.All, attempt), default);
        Assert.IsType<Done>(await Help.Handle(new AskForHelp(call, "customs papers") { Context = By(owner) }, default));
        return (owner, call);
    }
}
