using Intake.Domain;
using Intake.Domain.Calls;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using static Intake.Application.Tests.Commands;

namespace Intake.Application.Tests;

public sealed class CommandRunnerTests(OpenedLog opened) : IClassFixture<OpenedLog>
{
    [Fact]
    public async Task Loads_decides_and_appends_with_the_envelope_of_the_command()
    {
        var id = await WaitingCall();
        var context = By(Anna) with { CausationId = "cause" };

        var result = await opened.Runner.Run(
            Call.Stream, id, context, call => CallDecisions.Take(call, Anna, Nine), CancellationToken.None, "routing-1");

        var stream = await opened.Stream(Call.Stream, id);
        Assert.Equal(["CallArrived", "CallQueued", "CallClaimed"], stream.Select(recorded => recorded.Type));
        Assert.Equal(new Done(2, Changed: true) { Position = stream[2].Position }, result);
        Assert.Equal(EventId.Of(context.CommandId, new StreamName("call", id), 0), stream[2].EventId);
        var envelope = EventCodec.DecodeEnvelope(stream[2]);
        Assert.Equal((context.CommandId, "call-1", "cause", Nine, context.Actor, "desk"), (
            envelope.CommandId, envelope.CorrelationId, envelope.CausationId, envelope.OccurredAt, envelope.Actor, envelope.Source));
        Assert.Equal(["routing-1"], envelope.PolicyVersions);

        var loaded = await opened.Runner.Load(Call.Stream, id, CancellationToken.None);
        Assert.Equal((Anna, 2L), (loaded.State.Assignee, loaded.Revision));
        Assert.Equal(-1, (await opened.Runner.Load(Call.Stream, NewId(), CancellationToken.None)).Revision);
    }

    [Fact]
    public async Task What_changes_nothing_is_done_and_written_nowhere()
    {
        var id = await WaitingCall();
        Assert.Equal(new Done(1, Changed: false), await Run(id, By(Anna), _ => Decision.Nothing));
        Assert.Equal(2, (await opened.Stream(Call.Stream, id)).Count);
    }

    [Fact]
    public async Task A_refusal_is_kept_and_answered()
    {
        var id = NewId();
        var refused = Assert.IsType<Refused>(await Take(id, Anna));
        Assert.Equal("call-unknown", refused.Refusal.Code);
        Assert.Equal("CommandRefused", Assert.Single(await opened.Types(Call.Stream, id)));
    }

    [Fact]
    public async Task A_lost_race_is_run_again_on_what_the_winner_left()
    {
        var id = await WaitingCall();
        var seen = new List<CallPhase>();
        var contested = new CommandRunner(
            new ContestedLog(opened.Log, (append, _) => append == 1 ? Take(id, Boris) : Task.CompletedTask), EventCodec.Default);

        var result = await contested.Run(
            Call.Stream, id, By(Anna), call =>
            {
                seen.Add(call.Phase);
                return CallDecisions.Take(call, Anna, Nine);
            },
            CancellationToken.None);

        Assert.Equal([CallPhase.Queued, CallPhase.Connected], seen);
        Assert.Equal(new CallAlreadyTaken(id, Boris, Anna), Assert.IsType<Refused>(result).Refusal);
        Assert.Equal(["CallArrived", "CallQueued", "CallClaimed", "CallAlreadyTaken"], await opened.Types(Call.Stream, id));
    }

    [Fact]
    public async Task Who_loses_every_race_learns_of_the_conflict()
    {
        var id = await WaitingCall();
        var contested = new CommandRunner(
            new ContestedLog(opened.Log, (append, _) => Run(id, By(Boris), _ => Decision.Accept(new CallHeld(id, Nine, $"{append}")))), EventCodec.Default);

        var result = Assert.IsType<Conflict>(await contested.Run(
            Call.Stream, id, By(Anna), _ => Decision.Accept(new CallHeld(id, Nine, "anna")), CancellationToken.None));

        Assert.Equal(result.Expected + 1, result.Actual);
        var stream = await opened.Stream(Call.Stream, id);
        Assert.Equal(result.Actual, stream[^1].Revision);
        Assert.Equal(result.Actual - 1, stream.Count(recorded => recorded.Type == "CallHeld"));
        Assert.DoesNotContain(stream, recorded => recorded.Type == "CallHeld" && EventCodec.DecodeEnvelope(recorded).Actor.Person == Anna);
    }

    [Fact]
    public async Task Of_many_who_take_a_call_at_once_one_has_it_and_each_other_learns_his_name()
    {
        var id = await WaitingCall();
        var people = Enumerable.Range(1, 12).Select(n => new StaffRef($"op{n}", $"Operator {n}")).ToList();

        var results = await Task.WhenAll(people.Select(person => Take(id, person)));

        Assert.Single(results.OfType<Done>());
        var refusals = results.OfType<Refused>().Select(refused => Assert.IsType<CallAlreadyTaken>(refused.Refusal)).ToList();
        Assert.Equal(11, refusals.Count);
        var winner = (await opened.Runner.Load(Call.Stream, id, CancellationToken.None)).State.ClaimedBy;
        Assert.All(refusals, refusal => Assert.Equal(winner, refusal.By));
    }

    [Fact]
    public async Task A_command_sent_again_is_answered_as_it_was_and_done_once()
    {
        var id = await WaitingCall();
        var context = By(Anna);
        var first = await Run(id, context, TwoEvents);
        await Take(id, Boris);

        Assert.Equal(first, await Run(id, context, TwoEvents));
        Assert.Equal(first, await Run(id, context with { ExpectedRevision = 1 }, TwoEvents));
        Assert.Equal(1, (await opened.Types(Call.Stream, id)).Count(type => type == "PurposeStated"));

        Decision TwoEvents(Call call) => Decision.Accept(
            new CallClaimed(id, Anna, "orders", Nine, Nine, 0), new PurposeStated(id, CallPurpose.Order, ""));
    }

    [Fact]
    public async Task A_refused_command_sent_again_is_refused_as_it_was_though_it_could_be_done_now()
    {
        var id = NewId();
        var context = By(Anna);
        var first = Assert.IsType<Refused>(await Run(id, context, call => CallDecisions.Take(call, Anna, Nine)));
        await Arrive(id);

        Assert.Equal(first, await Run(id, context, call => CallDecisions.Take(call, Anna, Nine)));
        Assert.Equal(["CommandRefused", "CallArrived", "CallQueued"], await opened.Types(Call.Stream, id));
    }

    [Fact]
    public async Task A_command_sent_twice_at_once_is_done_once()
    {
        var id = await WaitingCall();
        var context = By(Anna);
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Run(id, context, call => Decision.Accept(
            new PurposeStated(id, CallPurpose.Order, "")))));
        Assert.Single(results.Distinct());
        Assert.Equal(1, (await opened.Types(Call.Stream, id)).Count(type => type == "PurposeStated"));
    }

    [Fact]
    public async Task The_same_command_on_two_streams_is_two_appends()
    {
        var (one, other) = (await WaitingCall(), await WaitingCall());
        var context = By(Anna);
        Assert.Equal(new[] { true, true }, new[]
        {
            Assert.IsType<Done>(await Run(one, context, call => CallDecisions.Take(call, Anna, Nine))).Changed,
            Assert.IsType<Done>(await Run(other, context, call => CallDecisions.Take(call, Anna, Nine))).Changed,
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public async Task Who_has_seen_another_revision_learns_where_the_stream_is(long seen)
    {
        var id = await WaitingCall();
        Assert.Equal(new Conflict(seen, 1), await Run(id, By(Anna, seen), call => CallDecisions.Take(call, Anna, Nine)));
        Assert.Equal(2, (await opened.Stream(Call.Stream, id)).Count);
        Assert.IsType<Done>(await Run(id, By(Anna, 1), call => CallDecisions.Take(call, Anna, Nine)));
    }

    [Fact]
    public async Task Who_has_seen_a_revision_and_loses_the_race_is_not_run_again()
    {
        var id = await WaitingCall();
        var contested = new CommandRunner(
            new ContestedLog(opened.Log, (append, _) => append == 1 ? Take(id, Boris) : Task.CompletedTask), EventCodec.Default);
        Assert.Equal(
            new Conflict(1, 2),
            await contested.Run(Call.Stream, id, By(Anna, 1), call => CallDecisions.Take(call, Anna, Nine), CancellationToken.None));
    }

    [Fact]
    public void A_step_of_a_command_is_a_command_of_its_own_and_the_same_at_each_retry()
    {
        var context = By(Anna, 7);
        Assert.Equal(context.Step("slot"), context.Step("slot"));
        Assert.NotEqual(context.Step("slot").CommandId, context.Step("credit").CommandId);
        Assert.Equal((null, context.CommandId.ToString()), (context.Step("slot").ExpectedRevision, context.Step("slot").CausationId));
    }

    private async Task<string> WaitingCall()
    {
        var id = NewId();
        await Arrive(id);
        return id;
    }

    private Task Arrive(string id) => opened.Happened(
        Call.Stream, id, new CallArrived(id, "pbx", id, CallDirection.Inbound, "+37322555111", "100", Nine, "a"),
        new CallQueued(id, "orders", "+37322555111", Nine, "q"));

    private Task<CommandResult> Take(string id, StaffRef by) => Run(id, By(by), call => CallDecisions.Take(call, by, Nine));

    private Task<CommandResult> Run(string id, CommandContext context, Func<Call, Decision> decide) =>
        opened.Runner.Run(Call.Stream, id, context, decide, CancellationToken.None);
}
