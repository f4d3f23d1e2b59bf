using FsCheck.Xunit;
using Intake.Domain.Callbacks;
using static Intake.Domain.Tests.Callbacks.CallbackStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Callbacks;

/// <summary>
/// Random commands of many people on the promises to one number, time going on. What must hold is judged from the history of events, by
/// nothing of the code that decides.
/// </summary>
public sealed class CallbackModel
{
    private static readonly StaffRef[] People = [Anna, Boris, Kira, Hanna, Hugo];
    private static readonly StaffRole[] Roles =
        [StaffRole.Operator, StaffRole.Operator, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Supervisor];

    [Property(MaxTest = 2000, EndSize = 80)]
    [Trait("Clause", "A.III.1")]
    public void Nothing_ever_leaves_it_without_an_owner_a_deadline_and_one_hand_at_most(byte[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var given = Given();
        var now = Nine;
        var requests = 0;
        foreach (var step in steps)
        {
            now = now.AddMinutes(step % 7 * 4);
            given = Step(given, step, now, ref requests);
            Judge(given.History, given.State);
        }

        // Whatever was done to it, its owner can bring it to an end.
        if (given.State.Open is { } open)
        {
            given = given.After(Attempt(open.Owner, AttemptResult.Reached, now, id: open.CallbackId));
            Assert.Null(given.State.Open);
            Judge(given.History, given.State);
        }
    }

    private static Given<Callback> Step(Given<Callback> given, byte step, DateTimeOffset now, ref int requests)
    {
        var id = given.State.Open?.CallbackId ?? $"{Line}-{given.State.Rounds}";
        var who = step / 16 % People.Length;
        var window = new CallbackWindow(now.AddMinutes(step % 5 * 20), now.AddMinutes(60 + (step % 5 * 20)), "Europe/Chisinau");
        switch (step % 12)
        {
            case 0 or 1:
                return given.After(Ask(FromWeb with { RequestId = $"form-{requests++ % 9}", Window = window }, now));
            case 2:
                var call = $"call-{requests++}";
                return given.After(Ask(FromTransfer with { RequestId = call, CallbackId = call, CallId = call, Window = window }, now));
            case 3 or 4:
                return given.After(Lease(People[who], now, Roles[who], id));
            case 5:
                return given.After(callback => CallbackWork.GiveBack(callback, id, People[who], now));
            case 6:
                return given.After(callback => CallbackWork.Expire(callback, id, now));
            case 7 or 8:
                return given.After(Attempt(People[who], (AttemptResult)(step / 16 % 7), now, window, id));
            case 9:
                return given.After(callback => CallbackWork.Breach(callback, id, now));
            case 10:
                return given.After(callback => CallbackWork.Reassign(callback, id, Member(People[who], Roles[who]), Hanna, "busy", now));
            default:
                return given.After(Attempt(People[who], AttemptResult.NoAnswer, now, null, id));
        }
    }

    private static void Judge(IReadOnlyList<IEvent> history, Callback state)
    {
        string? open = null;
        var owner = string.Empty;
        var holder = string.Empty;
        DateTimeOffset deadline = default;
        DateTimeOffset heldUntil = default;
        var breached = false;
        var closed = new HashSet<string>();
        foreach (var e in history)
        {
            switch (e)
            {
                case CallbackRequested asked:
                    Assert.True(open is null, "one open for a number");
                    (open, owner, deadline, breached) = (asked.CallbackId, asked.Owner.Id, asked.Deadline, false);
                    break;
                case CallbackScheduled scheduled:
                    Assert.Equal(open, scheduled.CallbackId);
                    Assert.True(scheduled.Reason != "merged" || scheduled.Window.Until <= deadline, "merged, it is never later");
                    deadline = scheduled.Window.Until;
                    break;
                case CallbackMerged merged:
                    Assert.Equal(open, merged.CallbackId);
                    break;
                case CallbackLeased leased:
                    Assert.Equal((open, ""), (leased.CallbackId, holder));
                    (holder, heldUntil) = (leased.By.Id, leased.Until);
                    break;
                case CallbackLeaseEnded ended:
                    Assert.Equal(holder, ended.Of.Id);
                    Assert.True(ended.Why != LeaseEnd.Expired || ended.At >= heldUntil, "nobody's is taken from him before its time");
                    holder = string.Empty;
                    break;
                case CallbackAttempted attempted:
                    Assert.Equal(open, attempted.CallbackId);
                    Assert.True(attempted.By.Id == owner || attempted.By.Id == holder, "an attempt is the owner's or the holder's");
                    break;
                case CallbackEscalated escalated:
                    (owner, deadline) = (escalated.To.Id, escalated.Deadline);
                    break;
                case CallbackReassigned given:
                    owner = given.To.Id;
                    break;
                case CallbackBreached:
                    Assert.False(breached, "one alarm");
                    breached = true;
                    break;
                case CallbackClosed end:
                    Assert.Equal((open, ""), (end.CallbackId, holder));
                    Assert.Equal(breached || end.At > deadline, end.Overdue);
                    Assert.True(closed.Add(end.CallbackId), "closed once");
                    open = null;
                    break;
            }

            Assert.True(open is null || (owner.Length > 0 && deadline > Nine.AddDays(-1)), "always an owner and a deadline");
        }

        Assert.Equal((open, open is null ? null : owner), (state.Open?.CallbackId, state.Open?.Owner.Id));
        Assert.Equal(holder, state.Open?.Lease?.By.Id ?? "");
        Assert.Equal(open is null ? default : deadline, state.Open?.Window.Until ?? default);
    }
}
