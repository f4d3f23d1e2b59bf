using System.Collections.Concurrent;
using Intake.Contracts;

namespace Intake.Host.Simulation;

/// <summary>
/// The people of a simulated shift, each at his desk: operators take what waits, the others take over what is offered to them. What the
/// client on a call wants is known to whoever talks to him.
/// </summary>
public sealed class Shift(IReadOnlyList<Desk> desks, Telephone telephone, Tally tally, Pace pace, Func<string, string> declineReason)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Wish>> _wishes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _reachedFor = new(StringComparer.Ordinal);

    /// <summary>A client rings.</summary>
    public async Task<string> Ring(Wish wish, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var callId = await telephone.Ring(wish.Number, wish.Phone, cancel);
        Of(callId).SetResult(wish);
        tally.Call();
        return callId;
    }

    /// <summary>Everybody signs on and works until cancelled; the first fault of anybody ends it.</summary>
    public async Task Work(CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = desks.Select(desk => Work(desk, end.Token)).ToList();
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
        foreach (var desk in desks)
        {
            await desk.Post("presence", new ChangePresence("ready", null), cancel);
            await desk.Watch(cancel);
        }
    }

    /// <summary>Everybody goes home.</summary>
    public async Task SignOff(CancellationToken cancel)
    {
        foreach (var desk in desks)
        {
            await desk.Post("presence", new ChangePresence("offline", null), cancel);
        }
    }

    private async Task Work(Desk desk, CancellationToken cancel)
    {
        var me = desk.Person.StaffId;
        var conversation = new Conversation(desk, telephone, tally, pace, declineReason);
        while (true)
        {
            var call = await desk.Next(
                call => (desk.Person.Role == "operator" && call.Phase == "queued" && !_reachedFor.ContainsKey(call.CallId))
                    || (call.AskedNow?.Id == me && !_reachedFor.ContainsKey(call.CallId + me)),
                cancel);
            if (call.AskedNow?.Id == me)
            {
                _reachedFor[call.CallId + me] = true;
                await conversation.TakeOver(call.CallId, await Of(call.CallId).Task.WaitAsync(cancel), cancel);
            }
            else if (_reachedFor.TryAdd(call.CallId, true))
            {
                await pace.Think(cancel);
                if ((await desk.Post($"calls/{call.CallId}/take", null, cancel)).Done)
                {
                    await conversation.Answer(call.CallId, await Of(call.CallId).Task.WaitAsync(cancel), cancel);
                }
            }
        }
    }

    private TaskCompletionSource<Wish> Of(string callId) =>
        _wishes.GetOrAdd(callId, _ => new TaskCompletionSource<Wish>(TaskCreationOptions.RunContinuationsAsynchronously));
}
