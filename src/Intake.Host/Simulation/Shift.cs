using System.Collections.Concurrent;
using Intake.Contracts;

namespace Intake.Host.Simulation;

/// <summary>
/// The people of a simulated shift, each at his seat: operators take what rings at them, the others take over what is offered to them.
/// What the client on a call wants is known to whoever talks to him.
/// </summary>
public sealed class Shift(IReadOnlyList<Seat> seats, Telephone telephone, Tally tally, Pace pace, Func<string, string> declineReason)
{
    // What the client of each call wants; other calls in the queue are other people's.
    private readonly ConcurrentDictionary<string, Wish> _wishes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _reachedFor = new(StringComparer.Ordinal);

    /// <summary>A client rings.</summary>
    public async Task<string> Ring(Wish wish, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var callId = await telephone.Ring(wish.Number, wish.Phone, cancel);
        _wishes[callId] = wish;
        tally.Call();
        foreach (var seat in seats)
        {
            seat.LookAgain();
        }

        return callId;
    }

    /// <summary>Everybody signs on and works until cancelled; the first fault of anybody ends it.</summary>
    public async Task Work(CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = seats.Select(seat => Work(seat, end.Token)).ToList();
        await Task.WhenAny(work);
        await end.CancelAsync();
        try
        {
            await Task.WhenAll(work);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The shift is over.
        }
    }

    /// <summary>Everybody is ready to work.</summary>
    public async Task SignOn(CancellationToken cancel)
    {
        await Register(cancel);
        foreach (var seat in seats)
        {
            // Whoever is marked absent though he is here says that he is here.
            seat.WhenShown = me =>
            {
                if (me is { State: "notReady", Reason: "RingNoAnswer" or "ConnectionLost" })
                {
                    _ = Ready(seat, cancel);
                }
            };
            await Ready(seat, cancel);
            await seat.Watch(cancel);
        }
    }

    /// <summary>Whoever still waits hangs up, and everybody goes home.</summary>
    public async Task SignOff(CancellationToken cancel)
    {
        foreach (var wish in _wishes.Where(wish => seats[0].Count(call => call.CallId == wish.Key && call.Phase == "queued") > 0))
        {
            await telephone.HangUp(wish.Value.Number, cancel);
        }

        await Register(cancel);
        foreach (var seat in seats)
        {
            await seat.Post("presence", new ChangePresence("offline", null), cancel);
        }
    }

    private static Task<Outcome> Ready(Seat seat, CancellationToken cancel) => seat.Post("presence", new ChangePresence("ready", null), cancel);

    // Calls that somebody was cut off in, in this shift or in one before, are registered: nobody could take another one else.
    private async Task Register(CancellationToken cancel)
    {
        var people = (await seats[0].Get<List<FloorPerson>>("staff", cancel)).ToDictionary(person => person.StaffId);
        foreach (var seat in seats)
        {
            if (people.GetValueOrDefault(seat.Person.StaffId) is { State: "onCall" or "wrapUp", CallId: var callId })
            {
                await seat.Post($"calls/{callId}/purpose", new StatePurpose("other", "the simulation ended"), cancel);
                await seat.Post($"calls/{callId}/close", new CloseCall("informationGiven", "the simulation ended"), cancel);
            }
        }
    }

    private async Task Work(Seat seat, CancellationToken cancel)
    {
        var me = seat.Person.StaffId;
        var conversation = new Conversation(seat, telephone, tally, pace, declineReason);
        while (true)
        {
            var call = await seat.Next(
                call => _wishes.ContainsKey(call.CallId)
                    && ((call.Phase == "queued" && call.OfferedTo?.Id == me && !_reachedFor.ContainsKey(RingOf(call)))
                        || (call.AskedNow?.Id == me && !_reachedFor.ContainsKey(call.CallId + me))),
                cancel);
            var wish = _wishes[call.CallId];
            if (call.AskedNow?.Id == me)
            {
                _reachedFor[call.CallId + me] = true;
                await conversation.TakeOver(call.CallId, wish, cancel);
            }
            else if (_reachedFor.TryAdd(RingOf(call), true))
            {
                await pace.Think(cancel);
                if ((await seat.Post($"calls/{call.CallId}/take", null, cancel)).Done)
                {
                    await telephone.Answer(wish.Number, me, cancel);
                    await conversation.Answer(call.CallId, wish, cancel);
                }
            }
        }
    }

    private static string RingOf(QueueCall call) => $"{call.CallId} {call.Attempt}";
}
