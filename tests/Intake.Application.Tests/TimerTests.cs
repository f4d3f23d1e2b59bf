using Intake.Application.Callbacks;
using Intake.Application.Calls;
using Intake.Application.Policies;
using Intake.Application.Timers;
using Intake.Domain.Callbacks;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Testing;
using Npgsql;
using Timer = Intake.Application.Timers.Timer;

namespace Intake.Application.Tests;

/// <summary>Timers: rows that send a command when due.</summary>
public sealed class TimerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Nine = Commands.Nine;
    private NpgsqlDataSource database = null!;

    public async Task InitializeAsync()
    {
        database = NpgsqlDataSource.Create(await (await PostgresCluster.Shared()).CreateDatabase("timers"));
        await FollowUpService.Migrate(database, default);
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Only_what_is_due_is_due_the_longest_due_first()
    {
        var rows = new TimerRows(database);
        await rows.Change([Set("later", 3), Set("second", 2), Set("first", 1)], default);
        Assert.Equal(["first", "second"], Subjects(await rows.DueAt(Nine.AddSeconds(2), 10, default)));
        Assert.Equal(["first"], Subjects(await rows.DueAt(Nine.AddSeconds(9), 1, default)));
    }

    [Fact]
    public async Task A_timer_that_is_set_again_moves_and_one_that_is_cleared_is_gone()
    {
        var rows = new TimerRows(database);
        await rows.Change([Set("moved", 1), Set("moved", 5), Set("cleared", 1), new TimerChange.Clear(TimerKind.TransferUnanswered, "cleared")], default);
        Assert.Empty(await rows.DueAt(Nine.AddSeconds(4), 10, default));
        Assert.Equal(["moved"], Subjects(await rows.DueAt(Nine.AddSeconds(5), 10, default)));
    }

    [Fact]
    public async Task What_was_carried_out_is_not_due_again_but_what_was_set_anew_meanwhile_is()
    {
        var rows = new TimerRows(database);
        // Finer than a row can keep: it must still be found to be done with.
        await rows.Change([Set("done", 1, ticks: 7), Set("anew", 1)], default);
        var due = await rows.DueAt(Nine.AddSeconds(2), 10, default);
        Assert.Equal(2, due.Count);
        await rows.Change([Set("anew", 2)], default);
        foreach (var timer in due)
            await rows.Done(timer, default);
        Assert.Equal(["anew"], Subjects(await rows.DueAt(Nine.AddSeconds(9), 10, default)));
    }

    [Fact]
    public async Task Read_anew_the_log_sets_the_same_timers_with_the_same_commands()
    {
        var rows = new TimerRows(database);
        await rows.Change([Set("one", 1)], default);
        var before = Assert.Single(await rows.DueAt(Nine.AddSeconds(2), 10, default));
        await FollowUpService.StartOver(database, default);
        Assert.Empty(await rows.DueAt(Nine.AddSeconds(2), 10, default));
        await rows.Change([Set("one", 1)], default);
        var again = Assert.Single(await rows.DueAt(Nine.AddSeconds(2), 10, default));
        Assert.Equal(before, again);
        Assert.Equal(Timetable.Due(before, Nine).Context.CommandId, Timetable.Due(again, Nine.AddDays(1)).Context.CommandId);
    }

    [Fact]
    public void Each_kind_of_timer_has_its_command()
    {
        var commands = Enum.GetValues<TimerKind>().Select(kind => Timetable.Due(new Timer(kind, "subject", "stream", Nine, "call"), Nine)).ToList();
        Assert.NotEmpty(commands);
        Assert.Equal(commands.Count, commands.Select(command => command.Context.CommandId).Distinct().Count());
        Assert.All(commands, command => Assert.Equal(("call", "timer", Actor.System), (command.Context.CorrelationId, command.Context.Source, command.Context.Actor)));
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void An_offer_of_a_call_sets_a_timer_that_its_answer_clears()
    {
        var timetable = new Timetable(FloorPolicy.Default, DistributionPolicy.Default);
        var offered = new TransferOffered("call-7", Commands.Boris, Domain.StaffRole.Head, "call-7-1", Nine);
        Assert.Equal(
            [new TimerChange.Set(new Timer(
                TimerKind.TransferUnanswered, "call-7-1", "call-7", Nine + FloorPolicy.Default.AnswerTransferWithin, "correlation"))],
            timetable.Of(Occurred(offered)));
        Assert.Equal(
            [new TimerChange.Clear(TimerKind.TransferUnanswered, "call-7-1")],
            timetable.Of(Occurred(new TransferDeclined("call-7", Commands.Boris, "lunch", "call-7-1", Nine))));
        Assert.Equal(
            [new TimerChange.Clear(TimerKind.TransferUnanswered, "call-7-1")],
            timetable.Of(Occurred(new TransferWithdrawn("call-7", Commands.Boris, "call-7-1", Nine))));
    }

    [Fact]
    public void A_ring_sets_a_timer_that_what_ends_it_clears()
    {
        var timetable = new Timetable(FloorPolicy.Default, DistributionPolicy.Default);
        var timer = new Timer(TimerKind.OfferUnanswered, "boris o1", "call-7", Nine + DistributionPolicy.Default.RingFor, "correlation");
        Assert.Equal([new TimerChange.Set(timer)], timetable.Of(Occurred(new SessionReserved(Commands.Boris, StaffRole.Operator, "call-7", "o1", Nine))));
        Assert.All(
            [
                (Domain.IEvent)new ReservationReleased(Commands.Boris, StaffRole.Operator, "call-7", "o1", Nine),
                new OfferWithdrawn("call-7", Commands.Boris, "o1", "Break", Nine),
            ],
            end => Assert.Equal([new TimerChange.Clear(TimerKind.OfferUnanswered, "boris o1")], timetable.Of(Occurred(end))));
        var due = Assert.IsType<TimeOutOffer>(Timetable.Due(timer, Nine));
        Assert.Equal(("call-7", "boris", "o1"), (due.CallId, due.StaffId, due.OfferId));
    }

    [Fact]
    public void An_attempt_to_get_a_call_sets_a_timer_that_its_end_clears()
    {
        var timetable = new Timetable(FloorPolicy.Default, DistributionPolicy.Default);
        var timer = new Timer(
            TimerKind.AttemptUndecided, "boris call-7", "call-7", Nine + FloorPolicy.Default.DecideAttemptWithin, "correlation");
        Assert.Equal([new TimerChange.Set(timer)], timetable.Of(Occurred(new CallEngaged(Commands.Boris, StaffRole.Operator, "call-7", "a", Nine))));
        Assert.All(
            [
                (Domain.IEvent)new CallClaimed("call-7", Commands.Boris, "main", Nine, Nine, 0),
                new TransferAccepted("call-7", Commands.Boris, StaffRole.Head, Nine),
                new CallTakenUp("call-7", Commands.Boris, Nine),
                new EngagementEnded(Commands.Boris, StaffRole.Operator, "call-7", EngagementEnd.NotObtained, Nine),
            ],
            end => Assert.Contains(new TimerChange.Clear(TimerKind.AttemptUndecided, "boris call-7"), timetable.Of(Occurred(end))));
        var due = Assert.IsType<SettleEngagement>(Timetable.Due(timer, Nine));
        Assert.Equal(("call-7", "boris"), (due.CallId, due.StaffId));
    }

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void A_callback_has_a_timer_for_its_deadline_and_one_for_whoever_has_it_in_hand()
    {
        var timetable = new Timetable(FloorPolicy.Default, DistributionPolicy.Default);
        var window = new CallbackWindow(Nine, Nine.AddHours(1), "Europe/Moscow");
        Assert.Equal([Of(TimerKind.CallbackMissed, Nine.AddHours(1))], timetable.Of(Occurred(new CallbackScheduled("b1", window, "asked", Nine))));
        Assert.Equal(
            [Of(TimerKind.CallbackMissed, Nine.AddHours(2))],
            timetable.Of(Occurred(new CallbackEscalated("b1", Commands.Anna, Commands.Boris, 4, Nine, Nine.AddHours(2)))));
        Assert.Equal(
            [Of(TimerKind.CallbackLeaseOver, Nine.AddMinutes(10))],
            timetable.Of(Occurred(new CallbackLeased("b1", 1, Commands.Anna, Nine, Nine.AddMinutes(10)))));
        Assert.Equal(
            [new TimerChange.Clear(TimerKind.CallbackLeaseOver, "b1")],
            timetable.Of(Occurred(new CallbackLeaseEnded("b1", 1, Commands.Anna, LeaseEnd.GivenBack, Nine))));
        Assert.Equal(
            [new TimerChange.Clear(TimerKind.CallbackMissed, "b1"), new TimerChange.Clear(TimerKind.CallbackLeaseOver, "b1")],
            timetable.Of(Occurred(new CallbackClosed("b1", Commands.Anna, "reached", false, "", "", Nine))));
        Assert.IsType<BreachCallback>(Timetable.Due(new Timer(TimerKind.CallbackMissed, "b1", "call7", Nine, ""), Nine));
        Assert.IsType<ExpireLease>(Timetable.Due(new Timer(TimerKind.CallbackLeaseOver, "b1", "call7", Nine, ""), Nine));

        static TimerChange Of(TimerKind kind, DateTimeOffset due) => new TimerChange.Set(new Timer(kind, "b1", "call7", due, "correlation"));
    }

    [Fact]
    public void A_call_that_is_heard_of_is_waited_for_by_our_own_clock_until_it_is_over()
    {
        var timetable = new Timetable(FloorPolicy.Default, DistributionPolicy.Default);
        var yesterday = Nine.AddDays(-1);
        Assert.Equal(
            [new TimerChange.Set(new Timer(
                TimerKind.CallSilent, "call7", "call7", Nine + FloorPolicy.Default.PresumeEndedAfter, "correlation"))],
            timetable.Of(Occurred(new PhoneAnswered("call7", "101", yesterday, "answered"))));
        Assert.Equal(
            [new TimerChange.Clear(TimerKind.CallSilent, "call7")],
            timetable.Of(Occurred(new CallEnded("call7", yesterday, 1000, "", "ended"))));
    }

    [Theory]
    [InlineData("telephony", 1)]
    [InlineData("import", 0)]
    public async Task Who_may_be_calling_is_looked_up_for_a_call_that_waits_now_and_not_for_one_of_a_feed_taken_over_later(string source, int commands)
    {
        var queued = Occurred(new CallQueued("call7", "orders", "+37369123456", Nine, "queued"), source);
        // The event needs nothing from the log.
        Assert.Equal(commands, (await new FollowUps(null!, FloorPolicy.Default, TimeProvider.System).Of(queued, default)).Count);
    }

    [Fact]
    public async Task Of_several_changes_to_one_timer_at_once_the_last_counts()
    {
        var rows = new TimerRows(database);
        await rows.Change([Set("set", 9), new TimerChange.Clear(TimerKind.TransferUnanswered, "set"), Set("set", 1)], default);
        await rows.Change([Set("cleared", 1), new TimerChange.Clear(TimerKind.TransferUnanswered, "cleared")], default);
        Assert.Equal(["set"], Subjects(await rows.DueAt(Nine.AddSeconds(2), 10, default)));
    }

    private static TimerChange.Set Set(string subject, int seconds, long ticks = 0) => new(
        new Timer(TimerKind.TransferUnanswered, subject, "stream", Nine.AddSeconds(seconds).AddTicks(ticks), "call"));

    private static IEnumerable<string> Subjects(IEnumerable<Timer> timers) => timers.Select(timer => timer.Subject);

    private static EventInLog Occurred(Domain.IEvent e, string source = "desk")
    {
        var envelope = new Envelope(Guid.NewGuid(), "correlation", "", Nine, Actor.System, null, [], source, null);
        var stored = EventCodec.Default.Encode(Guid.NewGuid(), e, envelope);
        return EventCodec.Default.Decode(new RecordedEvent(
            LogPosition.Of(1), new StreamName("call", "call7"), 0, stored.EventId, stored.Type, stored.Data, stored.Metadata, Nine));
    }
}
