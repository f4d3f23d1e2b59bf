using Intake.Domain.Clients;
using Intake.Domain.Staff;

namespace Intake.Domain.Calls;

/// <summary>What people may do with a call.</summary>
public static class CallDecisions
{
    /// <summary>
    /// Takes the call that waits. Of several who reach for it one wins, the others learn his name (<see cref="CallAlreadyTaken"/>).
    /// Taking one's own call again changes nothing. While it rings at one person no other takes it. One that was left may be taken up.
    /// </summary>
    /// <param name="skills">Whose calls he may take; every queue's where nothing is said.</param>
    /// <param name="attemptId">The attempt by which his session is engaged; refused where it was given up meanwhile.</param>
    public static Decision Take(Call call, StaffRef by, DateTimeOffset now, Skills? skills = null, string attemptId = "")
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(by);
        return call switch
        {
            { Phase: CallPhase.Queued, Ringing.To: { } other } when other.Id != by.Id => Decision.Refuse(
                "TakeCall", "call-rings-at-another", $"This call rings at {other.Name}. Take the next one from the queue."),
            { Phase: CallPhase.Queued or CallPhase.Arrived or CallPhase.Answered } when call.Lapsed.Contains(attemptId) => AttemptGivenUp("TakeCall"),
            { Phase: CallPhase.Queued } when skills?.Cover(call.Queue) == false => Decision.Refuse(
                "TakeCall", "skill-missing",
                $"Calls of the queue '{call.Queue}' are not among your skills. Take another one, or ask the administrator."),
            { Phase: CallPhase.Answered, ClaimedBy: not null } => Decision.Accept(new CallTakenUp(call.Id, by, now)),
            { Phase: CallPhase.Queued or CallPhase.Arrived or CallPhase.Answered } => Decision.Accept(new CallClaimed(
                call.Id, by, call.Queue, QueuedAt(call, now), now, Elapsed.Ms(QueuedAt(call, now), call.AnsweredBy(now)))),
            { Assignee: { } owner, IsInHand: true } when owner.Id == by.Id => Decision.Nothing,
            { Assignee: { } owner } => Decision.Refuse(new CallAlreadyTaken(call.Id, owner, by)),
            { Phase: CallPhase.Unknown } => Decision.Refuse("TakeCall", "call-unknown", "There is no such call."),
            _ => Decision.Refuse("TakeCall", "call-over", "The caller has hung up. Take the next call from the queue."),
        };
    }

    /// <summary>Writes down which clients the number suggests.</summary>
    public static Decision Suggest(Call call, IReadOnlyList<CallerCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Decision.Accept(new CallerCandidatesFound(call.Id, call.FromNumber, candidates));
    }

    /// <summary>The caller has said who he is (A.III.2). What was decided on another identity falls, and who is asked is asked no more.</summary>
    public static Decision Identify(Call call, StaffRef by, Client client, string contact, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(client);
        return InHandOf(call, by, "IdentifyCaller") switch
        {
            { } refused => refused,
            _ when !client.Exists => Decision.Refuse("IdentifyCaller", "client-unknown", "There is no such client. Search, or register a new one."),
            _ when call.ClientId == client.Id && call.ClientType == client.Type => Decision.Nothing,
            _ => Decision.Accept(
            [
                .. Withdrawn(call, now),
                new CallerIdentified(call.Id, client.Id, client.Name, client.Type, contact, call.Candidates.Contains(client.Id)),
            ]),
        };
    }

    /// <summary>Writes down why the client calls. What was decided on another purpose falls, and who is asked is asked no more.</summary>
    public static Decision StatePurpose(Call call, StaffRef by, CallPurpose purpose, string note, DateTimeOffset now) =>
        InHandOf(call, by, "StatePurpose") ?? Decision.Accept([.. Withdrawn(call, now), new PurposeStated(call.Id, purpose, note)]);

    /// <summary>
    /// Applies the routing table. A transfer is offered to the first person of the chain who is present; where nobody
    /// is, the call becomes a callback that the last of the chain owns. No call ends in nobody. Who was asked before is asked no more.
    /// </summary>
    /// <param name="debt">What the receivables say now.</param>
    /// <param name="hasManager">From the client's card.</param>
    /// <param name="people">Who could be asked, with their presence.</param>
    /// <param name="callbackDeadline">Until when the owner of a callback has to ring back.</param>
    /// <param name="notReady">Ids of people who turned out not to be ready when their sessions were to be reserved.</param>
    public static Decision Route(
        Call call, StaffRef by, ClientType type, bool hasManager, DebtStanding debt, RoutingPeople people,
        DateTimeOffset now, DateTimeOffset callbackDeadline, IReadOnlySet<string>? notReady = null)
    {
        if (InHandOf(call, by, "RouteCall") is { } refused)
        {
            return refused;
        }

        if (call.Purpose is not { } purpose)
        {
            return Decision.Refuse("RouteCall", "purpose-unknown", "Ask why the client calls before routing the call.");
        }

        if (call.ClientId is null && purpose == CallPurpose.Order)
        {
            return Decision.Refuse("RouteCall", "caller-unknown", "Establish who calls before routing an order.");
        }

        var inputs = new RoutingInputs(purpose, type, hasManager, debt);
        var route = RoutingTable.Decide(inputs, people);
        var decided = new RoutingDecided(call.Id, RoutingTable.Version, route.Rule, inputs, route.Destination, route.Chain);
        return route.Destination == RoutingDestination.Transfer
            ? Decision.Accept(
            [
                .. Withdrawn(call, now), decided,
                .. Next(call, route.Chain, [], hop => hop.Present && !Is(notReady, hop), now, callbackDeadline),
            ])
            : Decision.Accept([.. Withdrawn(call, now), decided]);
    }

    /// <summary>The person asked takes the call over, with all that is known.</summary>
    /// <param name="attemptId">The attempt by which his session is engaged; refused where it was given up meanwhile.</param>
    public static Decision AcceptTransfer(Call call, StaffRef by, DateTimeOffset now, string attemptId = "")
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(by);
        return call switch
        {
            { IsOver: false, AskedNow: { } asked } when asked.To.Id == by.Id && call.Lapsed.Contains(attemptId) => AttemptGivenUp("AcceptTransfer"),
            { AskedNow: { } asked } when asked.To.Id == by.Id && !call.IsOver =>
                Decision.Accept(new TransferAccepted(call.Id, by, asked.Role, now, asked.For)),
            { Assignee: { } assignee } when assignee.Id == by.Id => Decision.Nothing,
            _ => Decision.Refuse("AcceptTransfer", "not-asked", "This call is not offered to you."),
        };
    }

    /// <summary>
    /// The person asked declines; the next of the chain who is ready now is asked, whatever he was when the call was routed, or the call
    /// becomes a callback.
    /// </summary>
    /// <param name="notReady">Ids of people who turned out not to be ready when their sessions were to be reserved.</param>
    public static Decision DeclineTransfer(
        Call call, StaffRef by, string reason, DateTimeOffset now, DateTimeOffset callbackDeadline, IReadOnlySet<string>? notReady = null)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(by);
        if (call is not { AskedNow: { } asked, Route: { } route, IsOver: false } || asked.To.Id != by.Id)
        {
            return Decision.Refuse("DeclineTransfer", "not-asked", "This call is not offered to you.");
        }

        return Decision.Accept(
        [
            new TransferDeclined(call.Id, by, reason, asked.EscalationId, now),
            .. Next(call, route.Chain, [.. call.Declined, by.Id], hop => !Is(notReady, hop), now, callbackDeadline),
        ]);
    }

    /// <summary>The person asked has not answered; the next who is ready now is asked, or the call becomes a callback (A.III.4).</summary>
    /// <param name="escalationId">Of the offer whose time is over; one that was answered meanwhile is left alone.</param>
    /// <param name="notReady">Ids of people who turned out not to be ready when their sessions were to be reserved.</param>
    public static Decision TimeOutTransfer(
        Call call, string escalationId, DateTimeOffset now, DateTimeOffset callbackDeadline, IReadOnlySet<string>? notReady = null)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call is { AskedNow: { } asked, Route: { } route, IsOver: false } && asked.EscalationId == escalationId
            ? Decision.Accept(
            [
                new TransferTimedOut(call.Id, asked.To, escalationId, now),
                .. Next(call, route.Chain, [.. call.Declined, asked.To.Id], hop => !Is(notReady, hop), now, callbackDeadline),
            ])
            : Decision.Nothing;
    }

    /// <summary>
    /// Closes the call. It has to be registered first (A.III.14): a purpose, a result, and nobody still being asked to take it.
    /// </summary>
    public static Decision Close(Call call, StaffRef by, CallResult result, string note, DateTimeOffset now)
    {
        if (call is { Phase: CallPhase.Closed, Assignee: { } assignee } && assignee.Id == by?.Id)
        {
            return Decision.Nothing;
        }

        if (InHandOf(call, by, "CloseCall") is { } refused)
        {
            return refused;
        }

        IReadOnlyList<string> missing =
        [
            .. Registration.Owed(call.Purpose, call.ClientId, result, call.OwesCallback),
            .. call.AskedNow is null ? Array.Empty<string>() : ["transfer"],
        ];
        return missing.Count > 0
            ? Decision.Refuse(new CloseRefused(call.Id, missing))
            : Decision.Accept(new CallClosed(
                call.Id, by!, call.Purpose!.Value, result, note, call.ClientId ?? string.Empty, now, call.QueuedAt,
                Elapsed.Ms(call.AnsweredAt, now)));
    }

    /// <summary>
    /// Whoever has the call works here no more (A.I.3): nobody has it, and nobody is asked to take it over. Nothing where he does not have it.
    /// </summary>
    public static Decision Leave(Call call, string staffId, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(call);
        return !call.IsOver && call.Assignee is { } has && has.Id == staffId
            ? Decision.Accept([.. Withdrawn(call, now), new CallLeft(call.Id, has, reason, now)])
            : Decision.Nothing;
    }

    /// <summary>
    /// Gives up a person's attempt to get the call, because his host died before it was decided. Nothing where he has the call by now, or
    /// nobody can get it any more; else that attempt, should it come yet, is refused.
    /// </summary>
    public static Decision GiveUp(Call call, StaffRef person, string attemptId)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(person);
        return call.IsOver || call.Occupies(person.Id) || call.Lapsed.Contains(attemptId)
            ? Decision.Nothing
            : Decision.Accept(new AttemptLapsed(call.Id, person, attemptId));
    }

    internal static Decision AttemptGivenUp(string command) => Decision.Refuse(
        command, "attempt-lapsed", "This took too long and was given up. Look at the queue, then reach for the call again.");

    // Where there is nobody to ask at all, the callback is his who has the call: it never belongs to nobody.
    private static IReadOnlyList<IEvent> Next(
        Call call, IReadOnlyList<RoutingHop> chain, HashSet<string> passed, Func<RoutingHop, bool> isReady, DateTimeOffset now,
        DateTimeOffset deadline)
    {
        var events = new List<IEvent>();
        foreach (var hop in chain.Where(hop => passed.Add(hop.Person.Id)))
        {
            if (isReady(hop))
            {
                return [.. events, new TransferOffered(call.Id, hop.Person, hop.Role, $"{call.Id}-{call.TimesOffered + 1}", now, hop.For)];
            }

            events.Add(new TransferPassedOver(call.Id, hop.Person, hop.Role, hop.For, now));
        }

        return [.. events, new CallConvertedToCallback(call.Id, call.Id, chain.Count > 0 ? chain[^1].Person : call.Assignee!, deadline)];
    }

    private static bool Is(IReadOnlySet<string>? people, RoutingHop hop) => people?.Contains(hop.Person.Id) == true;

    private static IReadOnlyList<IEvent> Withdrawn(Call call, DateTimeOffset now) =>
        call.AskedNow is { } asked ? [new TransferWithdrawn(call.Id, asked.To, asked.EscalationId, now)] : [];

    private static DateTimeOffset QueuedAt(Call call, DateTimeOffset now) => call.Queue.Length > 0 || call.Phase == CallPhase.Queued ? call.QueuedAt : now;

    /// <summary>Null where this person has the call and it is in hand; else the refusal.</summary>
    internal static Decision? InHandOf(Call call, StaffRef? by, string command)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(by);
        return call switch
        {
            { IsInHand: false } => Decision.Refuse(command, "call-not-in-hand", "Take the call first; nobody is talking on it."),
            { Assignee: { } assignee } when assignee.Id != by.Id =>
                Decision.Refuse(command, "call-of-another", $"{assignee.Name} has this call."),
            _ => null,
        };
    }
}
