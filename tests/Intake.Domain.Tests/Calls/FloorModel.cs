using FsCheck.Xunit;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Staff;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>
/// Three people, three calls, and random steps of what the application does with them, cut off anywhere between two appends. Whether
/// somebody has two calls is judged from the calls' own events.
/// </summary>
public sealed class FloorModel
{
    private static readonly StaffRef[] People = [Anna, Boris, Kira];
    private static readonly string[] Calls = ["c0", "c1", "c2"];

    [Property(MaxTest = 1000, EndSize = 120)]
    [Trait("Clause", "A.III.14")]
    [Trait("Clause", "A.III.22")]
    public void Nobody_ever_has_two_calls_or_helps_with_another_and_no_call_has_two_people(byte[] steps)
    {
        var world = new World();
        foreach (var step in steps)
        {
            world.Step(step);
            world.Judge();
        }

        world.SettleAll();
        world.Judge();
        world.JudgeSessions();
    }

    private enum Way
    {
        Take,
        Transfer,
        Help,
    }

    private sealed class World
    {
        private readonly Dictionary<string, OperatorSession> sessions = People.ToDictionary(person => person.Id, _ => OperatorSession.Stream.Initial);
        private readonly Dictionary<string, Call> calls = Calls.ToDictionary(id => id, id => Domain.Calls.Call.Stream.Fold(
            [new CallArrived(id, "pbx", id, CallDirection.Inbound, "", "", At(0), "a"), new CallQueued(id, "main", "", At(0), "q")]));

        // Attempts that reached for a call and whose call is still to be decided, or was never.
        private readonly List<(StaffRef Person, string Call, string Attempt, Way Way)> undecided = [];
        private readonly Dictionary<string, int> claimed = [];
        private int step;

        public void Step(byte one)
        {
            step++;
            Do(one % 17, People[one / 17 % 3], Calls[one / 51 % 3]);
        }

        // Whatever was cut off is settled in the end.
        public void SettleAll()
        {
            foreach (var call in Calls)
            {
                OnCall(call, state => Help.Settle(state, At(step)));
            }

            foreach (var (person, call) in People.SelectMany(person => Calls.Select(call => (person, call))))
            {
                Settle(person, call);
            }
        }

        // Then sessions and calls tell the same story.
        public void JudgeSessions() => Assert.All(People, person =>
        {
            var engaged = Session(person).Engagement?.CallId;
            Assert.True(engaged is null || Call(engaged).Occupies(person.Id), $"{person.Id} {engaged}");
        });

        private void Do(int what, StaffRef person, string call)
        {
            switch (what)
            {
                case 0 or 1:
                    Engage(person, call, Way.Take);
                    break;
                case 2:
                    Engage(person, call, Way.Transfer);
                    break;
                case 14:
                    OnCall(call, state => state.Assignee is { } owner ? Help.Ask(state, owner, "", At(step)) : Decision.Nothing);
                    Engage(person, call, Way.Help);
                    break;
                case 15:
                    if (OnCall(call, state => Help.End(state, person.Id, person, At(step))) && step % 2 == 0)
                    {
                        OnSession(person, session => OperatorSession.End(session, call, null, EngagementEnd.HelpOver, At(step)));
                    }

                    break;
                case 16:
                    OnCall(call, state => Help.Settle(state, At(step)));
                    break;
                case 3 or 4 or 5 when undecided.Count > 0:
                    Decide(undecided[step % undecided.Count]);
                    break;
                case 6:
                    Settle(person, call);
                    break;
                case 7:
                    OnSession(person, session => OperatorSession.Become(session, person, StaffRole.Operator, Presence.Ready, "", At(step)));
                    break;
                case 8:
                    Offer(person, call);
                    break;
                case 9 when Call(call).Ringing is { } rings:
                    OnCall(call, state => Ringing.TimeOut(state, rings.OfferId, At(step)));
                    OnSession(rings.To, session => OperatorSession.LetRing(session, rings.OfferId, At(step)));
                    break;
                case 10:
                    OnCall(call, state => CallDecisions.StatePurpose(state, person, CallPurpose.Order, "", At(step)));
                    OnCall(call, state => CallDecisions.Identify(state, person, Client.Stream.Initial with { Id = "k", Name = "K", Type = ClientType.Key }, "", At(step)));
                    Route(person, call, People[step % 3]);
                    break;
                case 11:
                    OnCall(call, state => CallDecisions.StatePurpose(state, person, CallPurpose.Order, "", At(step)));
                    if (OnCall(call, state => CallDecisions.Close(state, person, CallResult.OrderNotTaken, "", At(step))) && step % 2 == 0)
                    {
                        OnSession(person, session => OperatorSession.End(session, call, null, EngagementEnd.Registered, At(step)));
                    }

                    break;
                case 12:
                    OnCall(call, state => CallSignals.Hear(state, call, new CallSignal(
                        "pbx", call, "", SignalKind.Ended, CallDirection.Inbound, "", "", "", At(step), "")));
                    OnSession(person, session => OperatorSession.BeginWrapUp(session, call, At(step)));
                    break;
                default:
                    var rang = Session(person).Reservation;
                    var presence = step % 3 == 0 ? Presence.Offline : Presence.NotReady;
                    if (OnSession(person, session => OperatorSession.Become(session, person, StaffRole.Operator, presence, "Break", At(step)))
                        && rang is not null)
                    {
                        OnCall(rang.CallId, state => state.AskedNow?.EscalationId == rang.OfferId
                            ? CallDecisions.DeclineTransfer(state, person, "Break", At(step), Deadline)
                            : Ringing.Withdraw(state, rang.OfferId, "Break", At(step)));
                    }

                    break;
            }
        }

        // The first half of getting a call; the second may come at once, late, or never.
        private void Engage(StaffRef person, string call, Way way)
        {
            var attempt = $"a{step}";
            if (Claim(person, attempt, way)(Call(call)) is { Refusal: null, Events.Count: > 0 }
                && OnSession(person, session => OperatorSession.Engage(session, person, StaffRole.Operator, call, attempt, At(step))))
            {
                undecided.Add((person, call, attempt, way));
            }
        }

        private void Decide((StaffRef Person, string Call, string Attempt, Way Way) one)
        {
            undecided.Remove(one);
            var before = Call(one.Call).Assignee;
            var attemptBefore = before is null ? null : Session(before).Engagement is { } held && held.CallId == one.Call ? held.AttemptId : null;
            if (!OnCall(one.Call, Claim(one.Person, one.Attempt, one.Way)))
            {
                OnSession(one.Person, session => OperatorSession.End(session, one.Call, one.Attempt, EngagementEnd.NotObtained, At(step)));
            }
            else if (one.Way == Way.Transfer && before is not null && before.Id != one.Person.Id && attemptBefore is not null && step % 2 == 0)
            {
                OnSession(before, session => OperatorSession.End(session, one.Call, attemptBefore, EngagementEnd.TakenOver, At(step)));
            }
        }

        private Func<Call, Decision> Claim(StaffRef person, string attempt, Way way) => call => way switch
        {
            Way.Take => CallDecisions.Take(call, person, At(step), Skills.All, attempt),
            Way.Transfer => CallDecisions.AcceptTransfer(call, person, At(step), attempt),
            _ => Help.Join(call, person, StaffRole.Operator, At(step), attempt),
        };

        private void Settle(StaffRef person, string call)
        {
            if (Session(person).Engagement is { } held && held.CallId == call)
            {
                OnCall(call, state => CallDecisions.GiveUp(state, person, held.AttemptId));
                if (!Call(call).Occupies(person.Id))
                {
                    OnSession(person, session => OperatorSession.End(session, call, held.AttemptId, EngagementEnd.NotObtained, At(step)));
                }
            }
        }

        // Asked is who is reserved for it; whoever is not ready is passed over. Who was asked before is free.
        private void Route(StaffRef person, string call, StaffRef manager)
        {
            var before = Call(call).AskedNow;
            var offer = $"{call}-{Call(call).TimesOffered + 1}";
            var reserved = Decide(Call(call), here: true).Events.OfType<TransferOffered>().Any()
                && OnSession(manager, session => OperatorSession.Reserve(session, call, offer, At(step), before?.EscalationId));
            OnCall(call, state => Decide(state, reserved));
            if (before is not null && Call(call).AskedNow != before)
            {
                OnSession(before.To, session => OperatorSession.Release(session, before.EscalationId, At(step)));
            }

            Decision Decide(Call state, bool here) => CallDecisions.Route(
                state, person, ClientType.Key, true, DebtStanding.Clean,
                new RoutingPeople(new RoutingHop(manager, StaffRole.KeyAccountManager, here), [], [], []), At(step), Deadline);
        }

        private void Offer(StaffRef person, string call)
        {
            if (OnSession(person, session => OperatorSession.Reserve(session, call, $"o{step}", At(step)))
                && !OnCall(call, state => Ringing.Offer(state, person, $"o{step}", At(step))))
            {
                OnSession(person, session => OperatorSession.Release(session, $"o{step}", At(step)));
            }
        }

        public void Judge()
        {
            var busy = Calls.Select(Call).Where(call => call.IsInHand).SelectMany(call => call.Helpers.Keys.Append(call.Assignee!.Id)).ToList();
            Assert.Equal(busy.Count, busy.Distinct().Count());
            Assert.All(claimed.Values, times => Assert.Equal(1, times));
            var rung = Calls.Where(id => Call(id) is { Phase: CallPhase.Queued, Ringing: not null }).Select(id => Call(id).Ringing!.To.Id).ToList();
            Assert.Equal(rung.Count, rung.Distinct().Count());

            // Where an attempt was given up its person is free, and his call asks him until his time is over.
            var asked = Calls.Where(id => Call(id).Lapsed.IsEmpty).Select(id => Call(id).AskedNow?.To.Id).OfType<string>().ToList();
            Assert.Equal(asked.Count, asked.Distinct().Count());
        }

        // The shift that is not over: he goes on from one to the next.
        private OperatorSession Session(StaffRef person) =>
            sessions[person.Id] is { IsOver: false } session ? session : OperatorSession.Stream.Initial;

        private Call Call(string id) => calls[id];

        private bool OnSession(StaffRef person, Func<OperatorSession, Decision> decide)
        {
            var decision = decide(Session(person));
            sessions[person.Id] = decision.Events.Aggregate(Session(person), OperatorSession.Stream.Evolve);
            return decision.Refusal is null && decision.Events.Count > 0;
        }

        private bool OnCall(string id, Func<Call, Decision> decide)
        {
            var decision = decide(calls[id]);
            calls[id] = decision.Events.Aggregate(calls[id], Domain.Calls.Call.Stream.Evolve);
            foreach (var _ in decision.Events.OfType<CallClaimed>())
            {
                claimed[id] = claimed.GetValueOrDefault(id) + 1;
            }

            return decision.Refusal is null && decision.Events.Count > 0;
        }
    }
}
