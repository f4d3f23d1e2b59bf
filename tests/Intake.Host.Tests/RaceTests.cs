using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Intake.Application;
using Intake.Application.Staff;
using Intake.Contracts;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Testing;
using MediatR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Intake.Host.Tests;

/// <summary>A floor of 160 people, half of whom let calls come to them and half of whom reach for what waits.</summary>
[Trait("Clause", "A.III.1")]
[Trait("Clause", "A.III.14")]
public sealed class RaceTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const int Operators = 160;
    private const int Calls = 2000;
    private const int GivenUp = 100;
    private readonly ConcurrentDictionary<string, Channel<string>> _rung = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _shown = new(StringComparer.Ordinal);
    private readonly Channel<string> _waiting = Channel.CreateUnbounded<string>();
    private int _seenWaiting;

    [Fact]
    public async Task Of_2000_calls_none_is_taken_twice_and_none_is_lost_and_none_of_160_operators_ever_has_two()
    {
        var people = await Everybody();
        await using var roman = await host.SignIn("roman");
        await using var hub = await roman.Connect(one => one.On<QueueChange>(nameof(ILiveDesk.QueueChanged), Shown));
        await hub.InvokeAsync<QueueSnapshot>(nameof(ILiveHub.JoinQueue));
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(240));

        var work = people.Select((person, index) => index % 2 == 0 ? Ready(person, end.Token) : ByHand(person, end.Token)).ToList();
        var rung = await Ring();
        await await Task.WhenAny([Eventually.Holds(async () => await Over() == Calls, "all calls are over", TimeSpan.FromSeconds(240)), .. work]);
        await end.CancelAsync();
        await Task.WhenAll(work);
        await host.Followed();
        await host.CaughtUp();

        var log = await Log();
        Prove(log, rung);
        Assert.InRange(log.Count(e => e is AnotherCallInHand), 1, Calls);
        Assert.InRange(log.Count(e => e is CallAlreadyTaken or CommandRefused { Code: "call-rings-at-another" }), 1, 3 * Calls);
        var offered = log.OfType<CallOfferedToOperator>().Select(e => e.CallId).ToHashSet();
        var (byRing, byHand) = (
            log.OfType<CallClaimed>().Count(e => offered.Contains(e.CallId)), log.OfType<CallClaimed>().Count(e => !offered.Contains(e.CallId)));
        Assert.InRange(byRing, 200, Calls);
        Assert.InRange(byHand, 200, Calls);
        var staff = (await roman.Get<List<FloorPerson>>("staff")).Where(person => person.StaffId.StartsWith("race-", StringComparison.Ordinal)).ToList();
        Assert.Equal(Operators, staff.Count);
        Assert.DoesNotContain(staff, person => person.CallId.Length > 0);
        foreach (var person in people)
        {
            await person.Seat.DisposeAsync();
        }
    }

    // From the log alone, event by event.
    private static void Prove(IReadOnlyList<IEvent> log, IReadOnlyCollection<string> rung)
    {
        var has = new Dictionary<string, string>(StringComparer.Ordinal);
        var ended = new Dictionary<string, int>(StringComparer.Ordinal);
        var claimed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var e in log)
        {
            switch (e)
            {
                case CallClaimed taken:
                    Assert.True(claimed.Add(taken.CallId), $"{taken.CallId} was taken twice.");
                    Assert.True(has.TryAdd(taken.By.Id, taken.CallId), $"{taken.By.Id} has {has.GetValueOrDefault(taken.By.Id)} and took {taken.CallId}.");
                    break;
                case CallClosed closed:
                    Assert.True(has.Remove(closed.By.Id, out var call) && call == closed.CallId, $"{closed.By.Id} closed {closed.CallId}, which he did not have.");
                    ended[closed.CallId] = ended.GetValueOrDefault(closed.CallId) + 1;
                    break;
                case CallAbandoned abandoned:
                    Assert.DoesNotContain(abandoned.CallId, claimed);
                    ended[abandoned.CallId] = ended.GetValueOrDefault(abandoned.CallId) + 1;
                    break;
            }
        }

        Assert.Equal(Calls, rung.Count);
        Assert.Equal(rung.Order(StringComparer.Ordinal), ended.Keys.Order(StringComparer.Ordinal));
        Assert.All(ended.Values, times => Assert.Equal(1, times));
        Assert.Empty(has);
        Assert.Equal(Calls, claimed.Count + log.OfType<CallAbandoned>().Count());
        Assert.Equal(claimed.Count, log.OfType<EngagementEnded>().Count(e => e.Cause == EngagementEnd.Registered));
    }

    private async Task Ready((Person Seat, string Id) me, CancellationToken cancel)
    {
        try
        {
            await me.Seat.Must("presence", new Contracts.ChangePresence("ready", null));
            await foreach (var callId in _rung[me.Id].Reader.ReadAllAsync(cancel))
            {
                if (callId.Length == 0)
                {
                    // The machine was slower than a ring is long.
                    await me.Seat.Send("presence", new Contracts.ChangePresence("ready", null));
                }
                else if ((await me.Seat.Send($"calls/{callId}/take")).Status == HttpStatusCode.OK)
                {
                    await Serve(me.Seat, callId);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // All calls are over.
        }
    }

    private async Task ByHand((Person Seat, string Id) me, CancellationToken cancel)
    {
        try
        {
            var taken = 0;
            await foreach (var callId in _waiting.Reader.ReadAllAsync(cancel))
            {
                if ((await me.Seat.Send($"calls/{callId}/take")).Status != HttpStatusCode.OK)
                {
                    continue;
                }

                // Now and then he reaches for a second one.
                if (++taken % 4 == 0 && _waiting.Reader.TryRead(out var second))
                {
                    Assert.NotEqual(HttpStatusCode.OK, (await me.Seat.Send($"calls/{second}/take")).Status);
                }

                await Serve(me.Seat, callId);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // All calls are over.
        }
    }

    private async Task Serve(Person seat, string callId)
    {
        await seat.Must($"calls/{callId}/purpose", new Contracts.StatePurpose("referenceInformation", null));
        await host.HangUp(callId);
        await seat.Must($"calls/{callId}/close", new Contracts.CloseCall("informationGiven", null));
    }

    private async Task<IReadOnlyCollection<string>> Ring()
    {
        var rung = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Calls), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var callId = await host.Ring(string.Create(CultureInfo.InvariantCulture, $"+7499{number:0000000}"));
            rung.Add(callId);
            if (number % (Calls / GivenUp) == 0)
            {
                // Gives up at once, unless somebody was faster; then it is a talk that the caller ends.
                await host.HangUp(callId);
            }
        });
        return rung;
    }

    private void Shown(QueueChange change)
    {
        foreach (var call in change.Calls)
        {
            if (call is { Phase: "queued", OfferedTo: { } at } && _rung.TryGetValue(at.Id, out var seat)
                && _shown.TryAdd($"{call.CallId} {call.Attempt}", at.Id))
            {
                seat.Writer.TryWrite(call.CallId);
            }
            else if (call is { Phase: "queued", OfferedTo: null } && _shown.TryAdd($"{call.CallId} waits", string.Empty))
            {
                // Three reach for every second one, beside whom it may ring at.
                var hands = ++_seenWaiting % 2 == 0 ? 3 : 0;
                for (var hand = 0; hand < hands; hand++)
                {
                    _waiting.Writer.TryWrite(call.CallId);
                }
            }
        }

        foreach (var person in change.People.Where(person => person.Reason == OperatorSession.RingNoAnswer))
        {
            if (_rung.TryGetValue(person.StaffId, out var seat))
            {
                seat.Writer.TryWrite(string.Empty);
            }
        }
    }

    // Appointed, with the accounts of the system's first password, and signed in: from several addresses, as the limit on sign-ins is
    // by address.
    private async Task<IReadOnlyList<(Person Seat, string Id)>> Everybody()
    {
        var ids = Enumerable.Range(0, Operators).Select(number => string.Create(CultureInfo.InvariantCulture, $"race-{number:000}")).ToList();
        var mediator = host.Services.GetRequiredService<IMediator>();
        await Parallel.ForEachAsync(ids, async (id, cancel) => Assert.IsType<Done>(await mediator.Send(
            new Application.Staff.AppointStaff(new StaffAppointed(id, $"Operator {id}", StaffRole.Operator, "order desk", "", ""))
            {
                Context = new CommandContext(Guid.NewGuid(), Actor.System, DateTimeOffset.UtcNow, "", "test"),
            },
            cancel)));
        await using var accounts = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            """
            insert into accounts.account (user_name, staff_id, password_hash)
            select id, id, password_hash from accounts.account, unnest($1) id where user_name = 'olga'
            """);
        accounts.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids] });
        Assert.Equal(Operators, await accounts.ExecuteNonQueryAsync());
        var people = new ConcurrentBag<(Person, string)>();
        await Parallel.ForEachAsync(ids.Index(), async (one, _) =>
        {
            _rung[one.Item] = Channel.CreateUnbounded<string>();
            people.Add((await host.SignIn(one.Item, new IPAddress([127, 0, 0, (byte)(2 + (one.Index / 40))])), one.Item));
        });
        return [.. people];
    }

    // A desk is not told of a call that came and went between two of its changes; the rows know them all.
    private async Task<long> Over()
    {
        await using var query = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select count(*) from operator_queue.call where is_over");
        return (long)(await query.ExecuteScalarAsync())!;
    }

    private async Task<IReadOnlyList<IEvent>> Log()
    {
        var events = new List<IEvent>();
        await foreach (var recorded in host.Log.ReadAll(LogPosition.Start))
        {
            events.Add(EventCodec.Default.DecodeEvent(recorded));
        }

        return events;
    }
}
