using System.Collections.Concurrent;
using Intake.Contracts;

namespace Intake.Host.Simulation;

/// <summary>
/// The people of a simulated shift, each at his seat: operators take what waits, the others take over what is offered to them. What the
/// client on a call wants is known to whoever talks to him.
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
        foreach (var seat in seats)
        {
            await seat.Post("presence", new ChangePresence("ready", null), cancel);
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

        foreach (var seat in seats)
        {
            await seat.Post("presence", new ChangePresence("offline", null), cancel);
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
                    && ((seat.Person.Role == "operator" && call.Phase == "queued" && !_reachedFor.ContainsKey(call.CallId))
                        || (call.AskedNow?.Id == me && !_reachedFor.ContainsKey(call.CallId + me))),
                cancel);
            var wish = _wishes[call.CallId];
            if (call.AskedNow?.Id == me)
            {
                _reachedFor[call.CallId + me] = true;
                await conversation.TakeOver(call.CallId, wish, cancel);
            }
            else if (_reachedFor.TryAdd(call.CallId, true))
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
}
