using System.Runtime.CompilerServices;
using Intake.Application.LookUps;
using Intake.Application.Staff;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Npgsql;
using static Intake.Application.Tests.Commands;

namespace Intake.Application.Tests;

/// <summary>Each shift of a person is a stream of its own, and one is open at a time, on however many hosts.</summary>
public sealed class ShiftTests(OpenedLog opened) : IClassFixture<OpenedLog>
{
    private readonly StaffRef person = new(NewId(), "Somebody");

    [Fact]
    public async Task Two_shifts_are_two_streams()
    {
        var shifts = OnAHost();
        await Become(shifts, Presence.Ready);
        await Become(shifts, Presence.Offline);
        await Become(shifts, Presence.NotReady);
        Assert.Equal(["SessionOpened", "BecameReady", "SessionClosed"], await Shift(0));
        Assert.Equal(["SessionOpened", "BecameNotReady"], await Shift(1));
        Assert.Equal(Presence.NotReady, (await OnAHost().Load(person.Id, default)).Presence);
        Assert.Equal(Presence.NotReady, (await shifts.Load(person.Id, default)).Presence);
    }

    [Fact]
    public async Task What_was_kept_before_each_shift_had_a_stream_is_the_first_however_many_it_holds()
    {
        await opened.Happened(
            OperatorSession.Stream, person.Id, new SessionOpened(person, StaffRole.Operator, Nine), new SessionClosed(person, StaffRole.Operator, Nine),
            new SessionOpened(person, StaffRole.Operator, Nine), new BecameReady(person, StaffRole.Operator, Nine));
        var shifts = OnAHost();
        Assert.Equal(Presence.Ready, (await shifts.Load(person.Id, default)).Presence);
        await Become(shifts, Presence.Offline);
        await Become(shifts, Presence.Ready);
        Assert.Equal(["SessionOpened", "SessionClosed", "SessionOpened", "BecameReady", "SessionClosed"], await Shift(0));
        Assert.Equal(["SessionOpened", "BecameReady"], await Shift(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_command_that_opened_or_closed_a_shift_is_recognised_when_it_comes_again_after_the_next_began(bool onTheSameHost)
    {
        var shifts = OnAHost();
        var (opening, closing, next) = (By(person), By(person), By(person));
        var opened0 = await Become(shifts, Presence.Ready, opening);
        var closed0 = await Become(shifts, Presence.Offline, closing);
        var opened1 = await Become(shifts, Presence.Ready, next);

        var again = onTheSameHost ? shifts : new Shifts(opened.Runner, await Rows(shift: 1));
        Assert.Equal([opened0, closed0, opened1], [await Become(again, Presence.Ready, opening), await Become(again, Presence.Offline, closing), await Become(again, Presence.Ready, next)]);
        Assert.Equal(Presence.Ready, (await again.Load(person.Id, default)).Presence);
        Assert.Equal((3, 2, 0), ((await Shift(0)).Count, (await Shift(1)).Count, (await Shift(2)).Count));
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public async Task Who_is_dismissed_opens_no_shift_and_who_is_appointed_again_opens_the_next()
    {
        var host = opened.Host;
        var (shifts, handlers) = (host.Shifts, host.Staff);
        var appointment = new StaffAppointed(person.Id, person.Name, StaffRole.Operator, "Sales", "", "");
        await handlers.Handle(new AppointStaff(appointment) { Context = By(Boris) }, default);
        await Become(shifts, Presence.Ready);
        await handlers.Handle(new DismissStaff(person.Id, "17 of 24.11.2026", "left") { Context = By(Boris) }, default);
        Assert.Equal("not-appointed", Assert.IsType<Refused>(await Become(shifts, Presence.Ready)).Refusal.Code);
        Assert.Empty(await Shift(1));

        await handlers.Handle(new AppointStaff(appointment) { Context = By(Boris) }, default);
        await Become(shifts, Presence.Ready);
        Assert.Equal(
            ["SessionOpened", "BecameReady", "SessionClosed", "SessionBarred", "CommandRefused", "SessionUnbarred"], await Shift(0));
        Assert.Equal(["SessionOpened", "BecameReady"], await Shift(1));
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    public async Task Who_is_dismissed_while_he_is_signed_off_opens_no_shift()
    {
        var shifts = OnAHost();
        await Become(shifts, Presence.Ready);
        await Become(shifts, Presence.Offline);
        await shifts.Run(person.Id, By(Boris), session => OperatorSession.Bar(session, person.Id, Nine), default);
        Assert.Equal("not-appointed", Assert.IsType<Refused>(await Become(OnAHost(), Presence.Ready)).Refusal.Code);
        Assert.Equal(["SessionBarred", "CommandRefused"], await Shift(1));
        await shifts.Run(person.Id, By(Boris), session => OperatorSession.Unbar(session, person.Id, Nine), default);
        Assert.IsType<Done>(await Become(shifts, Presence.Ready));
        Assert.Equal(["SessionBarred", "CommandRefused", "SessionUnbarred", "SessionOpened", "BecameReady"], await Shift(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Of_many_desks_that_open_a_shift_at_once_one_does_and_the_others_find_it_open(int before)
    {
        await After(before);
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(desk => Become(OnAHost(), desk % 2 == 0 ? Presence.Ready : Presence.NotReady)));
        Assert.All(results, result => Assert.IsType<Done>(result));
        Assert.Single(await Shift(before), type => type == "SessionOpened");
        Assert.Empty(await Shift(before + 1));
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public async Task Of_two_calls_reached_for_at_once_on_two_hosts_after_a_shift_a_person_gets_one()
    {
        await After(1);
        var results = await Task.WhenAll(new[] { "c1", "c2" }.Select(call => OnAHost().Run(
            person.Id, By(person), session => OperatorSession.Engage(session, person, StaffRole.Operator, call, call, Nine), default)));
        Assert.Single(results.OfType<Done>());
        Assert.IsType<AnotherCallInHand>(Assert.Single(results.OfType<Refused>()).Refusal);
    }

    [Fact]
    public async Task Who_has_seen_the_end_of_a_shift_opens_the_next_and_who_has_seen_less_learns_it()
    {
        var shifts = OnAHost();
        await Become(shifts, Presence.Ready);
        var closed = Assert.IsType<Done>(await Become(shifts, Presence.Offline));
        Assert.Equal(new Conflict(1, 2), await Become(shifts, Presence.Ready, By(person, expected: 1)));
        Assert.IsType<Done>(await Become(OnAHost(), Presence.Ready, By(person, closed.Revision)));
        Assert.Equal(["SessionOpened", "BecameReady"], await Shift(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_command_reads_does_not_grow_with_the_shifts_before(bool onTheSameHost)
    {
        var counted = new CountingLog(opened.Log);
        var runner = new CommandRunner(counted, EventCodec.Default);
        var host = new Shifts(runner);
        var costs = new List<int>();
        foreach (var before in new[] { 2, 12 })
        {
            await After(before, host);
            var asked = onTheSameHost ? host : new Shifts(runner, await Rows(before - 1));
            counted.Read = 0;
            await asked.Run(person.Id, By(person), session => OperatorSession.Become(session, person, StaffRole.Operator, Presence.Offline, "", Nine), default);
            costs.Add(counted.Read);
        }

        Assert.Equal(costs[0], costs[1]);
        Assert.InRange(costs[0], 1, 9);
    }

    private Shifts OnAHost() => new(opened.Runner);

    // So many shifts of three events, begun and ended.
    private async Task After(int shifts, Shifts? host = null)
    {
        host ??= OnAHost();
        for (var shift = await Begun(); shift < shifts; shift++)
        {
            await Become(host, Presence.Ready);
            await Become(host, Presence.Offline);
        }
    }

    private async Task<int> Begun()
    {
        var begun = 0;
        while ((await Shift(begun)).Count > 0)
            begun++;
        return begun;
    }

    private async Task<LastShifts> Rows(int shift)
    {
        var database = NpgsqlDataSource.Create(opened.Connection);
        await using var create = database.CreateCommand(
            """
            create schema if not exists operator_queue;
            create table if not exists operator_queue.person (key text primary key, shift integer not null);
            """);
        await create.ExecuteNonQueryAsync();
        await using var insert = database.CreateCommand(
            "insert into operator_queue.person values ($1, $2) on conflict (key) do update set shift = excluded.shift");
        insert.Parameters.Add(new NpgsqlParameter { Value = person.Id });
        insert.Parameters.Add(new NpgsqlParameter { Value = shift });
        await insert.ExecuteNonQueryAsync();
        return new LastShifts(database);
    }

    private Task<IReadOnlyList<string>> Shift(int shift) => opened.Types(OperatorSession.Stream, ShiftStream.Id(person.Id, shift));

    private Task<CommandResult> Become(Shifts shifts, Presence presence, CommandContext? context = null) => shifts.Run(
        person.Id, context ?? By(person),
        session => OperatorSession.Become(session, person, StaffRole.Operator, presence, "Break", Nine), default);

    /// <summary>A log that counts the events that are read of streams.</summary>
    private sealed class CountingLog(IEventLog log) : IEventLog
    {
        public int Read { get; set; }

        public Task<AppendOutcome> Append(
            StreamName stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken cancel = default) =>
            log.Append(stream, expected, events, cancel);

        public async IAsyncEnumerable<RecordedEvent> ReadStream(
            StreamName stream, long fromRevision = 0, [EnumeratorCancellation] CancellationToken cancel = default)
        {
            await foreach (var recorded in log.ReadStream(stream, fromRevision, cancel))
            {
                Read++;
                yield return recorded;
            }
        }

        public IAsyncEnumerable<RecordedEvent> ReadAll(LogPosition after, CancellationToken cancel = default) => log.ReadAll(after, cancel);

        public IAsyncEnumerable<LogMessage> Subscribe(LogPosition after, CancellationToken cancel = default) => log.Subscribe(after, cancel);

        public Task<LogPosition> Head(CancellationToken cancel = default) => log.Head(cancel);
    }
}
