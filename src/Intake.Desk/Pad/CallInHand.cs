using Intake.Contracts;
using Intake.Desk.Api;
using Intake.Desk.Live;
using Intake.Desk.Shell;
using Intake.Desk.Text;
using Answer = System.Threading.Tasks.Task<Intake.Desk.Api.Outcome<Intake.Contracts.CommandAnswer>>;

namespace Intake.Desk.Pad;

/// <summary>The call that the person at this desk has: who calls, the order on it, and what was refused where.</summary>
public sealed class CallInHand
{
    private readonly IntakeApi api;
    private readonly Session session;
    private readonly LiveFeed live;
    private readonly Notices notices;
    private readonly Lexicon words;
    private readonly Dictionary<string, Problem> problems = [];
    private readonly CardOnShow card;
    private long position;

    public CallInHand(IntakeApi api, Session session, LiveFeed live, Notices notices, Lexicon words)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(live);
        (this.api, this.session, this.live, this.notices, this.words) = (api, session, live, notices, words);
        card = new CardOnShow(api);
        card.Changed += () => Changed?.Invoke();
        Sending.Changed += () => Changed?.Invoke();
        live.CallsMoved += OnCallsMoved;
        live.OrderMoved += (order, at) => _ = OnOrderMoved(order, at);
        live.DecisionsMoved += () => _ = OnDecisionsMoved();
        session.Changed += OnSessionChanged;
    }

    /// <summary>Null while there is none.</summary>
    public QueueCall? Call { get; private set; }

    /// <summary>The client, or the one that is looked at before he is confirmed.</summary>
    public ClientCard? Client => card.Card;

    /// <summary>The order being taken, as the host has it.</summary>
    public OrderPad? Order { get; private set; }

    /// <summary>Positions not confirmed yet.</summary>
    public LinesOnTheirWay Sending { get; } = new();

    /// <summary>A command is under way.</summary>
    public bool Busy { get; private set; }

    /// <summary>What this person is to the call and its order.</summary>
    public Part Part => new(Call, Order, MyId);

    /// <summary>What to do next.</summary>
    public Step Step => Part.Step;

    public event Action? Changed;

    /// <summary>What was refused at a place of the pad: take, identify, route, open, lines, offers, delivery, readBack, submit, close.</summary>
    public Problem? ProblemAt(string place) => problems.GetValueOrDefault(place);

    /// <summary>Takes what rings at this person, else a call offered to him, else what has waited longest.</summary>
    public Task TakeNext() => (live.Queue.RingingAt(MyId), live.Queue.OfferedTo(MyId), live.Queue.WaitingFor(MyId)) switch
    {
        _ when Call is not null && !IsFree => Tell("desk.finishFirst"),
        ({ } rings, _, _) => Take(rings.CallId),
        (_, [var offered, ..], _) => AcceptTransfer(offered.CallId),
        (_, _, [var waiting, ..]) => Take(waiting.CallId),
        _ => Tell("queue.nobodyWaits"),
    };

    /// <summary>Takes a waiting call; whoever was slower learns at once who was first.</summary>
    public Task Take(string callId) => Begin(callId, () => api.Take(callId));

    /// <summary>Takes over a call offered to this person.</summary>
    public Task AcceptTransfer(string callId) => Begin(callId, () => api.AcceptTransfer(callId));

    /// <summary>Joins a colleague's call to help.</summary>
    public Task Join(string callId) => Call is not null && !IsFree ? Tell("desk.finishFirst") : Begin(callId, () => api.JoinToHelp(callId));

    /// <summary>Carries out a command about the help with this call; what is refused is said at "help".</summary>
    public Task<bool> Help(Func<string, Answer> command) => Call is { } call ? Try("help", () => command(call.CallId)) : Task.FromResult(false);

    /// <summary>Helps no longer.</summary>
    public async Task Leave()
    {
        if (await Help(call => api.EndHelp(call, MyId)))
        {
            Clear();
        }
    }

    /// <summary>Goes on with an order that was given to this person, after its call.</summary>
    public async Task Finish(string orderId, string callId)
    {
        if (Call is not null && !IsFree)
        {
            await Tell("desk.finishFirst");
        }
        else if ((await api.Call(callId, position)).Value is { } call)
        {
            Clear();
            Call = call;
            await Look(call.ClientId);
            await Reload(orderId);
        }
    }

    /// <summary>Declines a call offered to this person; the next of the chain is asked.</summary>
    public Task DeclineTransfer(string callId, string reason) => Try("take", () => api.DeclineTransfer(callId, reason));

    /// <summary>Shows a client's card before he is confirmed.</summary>
    public Task Look(string clientId) => card.Look(clientId);

    /// <summary>States who calls and why, asks where the call belongs, and opens the order where it is this person's.</summary>
    public async Task Confirm(string clientId, string contact, string purpose, string? note)
    {
        if (Call is not { } call)
        {
            return;
        }

        var known = clientId.Length == 0 || clientId == call.ClientId
            || await Try("identify", () => Acting.Identify(call.CallId, clientId, contact));
        if (known && await Try("identify", () => Acting.StatePurpose(call.CallId, purpose, note)))
        {
            await Route();
        }
    }

    /// <summary>Asks the routing table.</summary>
    public async Task Route()
    {
        if (Call is { } call && await Try("route", () => Acting.Route(call.CallId)))
        {
            await Refresh();
            if (Step == Step.Open)
            {
                await Open();
            }
        }
    }

    /// <summary>Opens an order on the call.</summary>
    public async Task Open()
    {
        var id = Guid.NewGuid().ToString();
        if (Call is { } call && await Try("open", () => Acting.OpenOrder(id, call.CallId)))
        {
            await Reload(id);
        }
    }

    /// <summary>Adds a position, or changes the quantity of the one that is there; typing goes on meanwhile.</summary>
    public Task Put(string productId, string productName, decimal quantity)
    {
        if (Order is not { } order)
        {
            return Task.CompletedTask;
        }

        var present = order.Lines.FirstOrDefault(line => line.ProductId == productId);
        return Sending.Send(
            Acting, order.OrderId, new LineOnItsWay(productId, productName, quantity, present?.Number, null), () => Reload(order.OrderId));
    }

    /// <summary>Carries out a command on the order and reads it anew; a refusal is shown at the place.</summary>
    public async Task<bool> Change(string place, Func<IntakeApi, string, Answer> command)
    {
        if (Order is not { } order)
        {
            return false;
        }

        var done = await Try(place, () => command(Acting, order.OrderId));
        await Reload(order.OrderId);
        return done;
    }

    /// <summary>Closes the call with its result; an order given up is cancelled first, and a callback agreed is promised first.</summary>
    /// <param name="again">When to ring, for a callback; null for as soon as may be.</param>
    public async Task<bool> Close(string result, string? note, CallbackTime? again = null)
    {
        if (Call is not { } call)
        {
            return false;
        }

        var reason = string.IsNullOrWhiteSpace(note) ? words[$"result.{result}"] : note;
        var ready = (call.Purpose.Length > 0 || await Try("close", () => Acting.StatePurpose(call.CallId, "other", note)))
            && (!Part.TakesOrder || Order is not { } order || await Try("close", () => Acting.Cancel(order.OrderId, reason)))
            && (result != "callbackAgreed" || await Try("close", () => Acting.PromiseCallback(call.CallId, new PromiseCallback(null, again, note))));
        if (!ready || !await Try("close", () => Acting.Close(call.CallId, result, note)))
        {
            return false;
        }

        Clear();
        return true;
    }

    /// <summary>Lets go of a call that has become a callback, or puts an order aside that is to be finished.</summary>
    public void LetGo() => Clear();

    /// <summary>Reads the card again, after it was changed.</summary>
    public Task ReloadClient(long after) => card.Reload(after);

    // A call that became a callback is nobody's, and one whose wrap-up was ended by a supervisor may wait.
    private bool IsFree => Call is { Phase: "convertedToCallback" } || Part.Finishes
        || (Call is { Phase: "wrapUp" } owed && live.Queue.Person(MyId) is { } me && me.CallId != owed.CallId);

    // In the right of the absent person in whose place the call was taken over, as long as he is absent (A.I.6).
    private IntakeApi Acting => api.InPlaceOf(session.InPlaceOf(Call?.ActingFor));

    private string MyId => session.Me?.StaffId ?? string.Empty;

    private async Task Begin(string callId, Func<Answer> command)
    {
        if (Call is not null && IsFree)
        {
            Clear();
        }

        if (!await Try("take", command))
        {
            notices.Say(words.Of(problems["take"]), Tone.Bad);
            return;
        }

        if ((await api.Call(callId, position)).Value is { } call)
        {
            await Adopt(call);
        }
    }

    private async Task Adopt(QueueCall call)
    {
        Call = call;
        var client = call.ClientId.Length > 0 ? call.ClientId : call.Candidates is [var only] ? only.ClientId : string.Empty;
        await Look(client);
        if (call.OrderId.Length > 0)
        {
            await Reload(call.OrderId);
        }
        else if (!Part.Helps && Step == Step.Open && call.Destination == "transfer" && call.ClientType is not ("" or "unknown"))
        {
            await Open();
        }
    }

    private async Task Refresh()
    {
        if (Call is { } before && (await api.Call(before.CallId, position)).Value is { } call)
        {
            Call = call;
            await Look(call.ClientId);
        }
    }

    private async Task Reload(string orderId)
    {
        await live.Watch(orderId);
        Order = (await api.Order(orderId)).Value ?? Order;
        Changed?.Invoke();
    }

    // Somebody else works on the order too: what he did is shown without being asked for.
    private async Task OnOrderMoved(string orderId, long at)
    {
        if (Order?.OrderId == orderId && at > position)
        {
            position = at;
            await Reload(orderId);
        }
    }

    // The head has answered about this order: the pad shows it without being asked.
    private async Task OnDecisionsMoved()
    {
        if (Order is { Phase: "draft", Consult: { Approved: null } asked } order
            && live.Decisions.Owed.All(row => row.EscalationId != asked.EscalationId))
        {
            await Reload(order.OrderId);
            if (Order?.Consult is { By: { } by } said && said.EscalationId == asked.EscalationId)
            {
                notices.Say(
                    words.Say(said.Approved == true ? "consult.yes" : "consult.no", ("name", by.Name), ("answer", said.Answer)),
                    said.Approved == true ? Tone.Good : Tone.Bad);
            }
        }
    }

    private void OnCallsMoved(IReadOnlyList<QueueCall> moved)
    {
        if (Call is null)
        {
            if (!Busy && moved.FirstOrDefault(call => new Part(call, null, MyId).IsOnCall) is { } mine)
            {
                _ = Adopt(mine);
            }

            return;
        }

        if (moved.FirstOrDefault(call => call.CallId == Call.CallId && call.ChangedAt > Call.ChangedAt) is not { } now)
        {
            return;
        }

        if (now.Phase is "closed" && Part.TakesOrder)
        {
            // The order was given to this person, who finishes it after the call.
            Call = now;
            Changed?.Invoke();
        }
        else if (now.Assignee is { } assignee && assignee.Id != MyId && !(Part with { Call = now }).Helps)
        {
            notices.Say(words.Say(Part.Helps ? "help.over" : "pad.takenOver", ("name", assignee.Name)), Tone.Good);
            Clear();
        }
        else if (now.Phase is "closed" or "abandoned")
        {
            Clear();
        }
        else
        {
            Call = now;
            _ = FollowTheOwner(now);
            Changed?.Invoke();
        }
    }

    // Who helps sees the client and the order as soon as the owner of the call has them.
    private async Task FollowTheOwner(QueueCall now)
    {
        if (Part.Helps)
        {
            await Look(now.ClientId);
            if (now.OrderId.Length > 0 && now.OrderId != Order?.OrderId)
            {
                await Reload(now.OrderId);
            }
        }
    }

    private void OnSessionChanged()
    {
        if (session.Me is null)
        {
            Clear();
        }
    }

    private void Clear()
    {
        (Call, Order) = (null, null);
        card.Clear();
        _ = live.Watch(string.Empty);
        Sending.Clear();
        problems.Clear();
        Changed?.Invoke();
    }

    private Task Tell(string key)
    {
        notices.Say(words[key]);
        return Task.CompletedTask;
    }

    private async Task<bool> Try(string place, Func<Answer> command)
    {
        problems.Remove(place);
        Busy = true;
        Changed?.Invoke();
        var outcome = await command();
        Busy = false;
        position = Math.Max(position, outcome.Value?.Position ?? 0);
        if (outcome.Problem is { } problem)
        {
            problems[place] = problem;
        }

        Changed?.Invoke();
        return outcome.Done;
    }
}
