using System.Net;
using Intake.Contracts;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using OrderCoverage = Intake.Contracts.OrderCoverage;

namespace Intake.Host.Tests;

/// <summary>Decisions are due within a second.</summary>
public sealed class UrgentDecisions : IFloorTimes
{
    public static FloorPolicy Policy => FloorPolicy.Default with { AnswerEscalationWithin = TimeSpan.FromSeconds(1) };
}

/// <summary>Who decides: questions to the head (A.III.11), and people who stand in for others (A.I.6).</summary>
public sealed class AuthorityTests(FloorFixture<UrgentDecisions> host) : IClassFixture<FloorFixture<UrgentDecisions>>
{
    [Fact]
    [Trait("Clause", "A.III.11")]
    public async Task A_question_to_the_head_parks_the_order_until_he_has_answered_and_his_answer_is_in_its_history()
    {
        await using var olga = await host.SignIn("olga");
        var orderId = await Draft(olga, "+74990000031");
        var changes = 0;
        await using var hub = await olga.Connect(hub => hub.On<DecisionsChange>(nameof(ILiveDesk.DecisionsChanged), _ => Interlocked.Increment(ref changes)));
        await hub.InvokeAsync<DecisionsSnapshot>(nameof(ILiveHub.JoinDecisions));

        await olga.Must($"orders/{orderId}/consult", new RequestConsult("Wants to pay in 60 days."));
        var refused = await olga.Send($"orders/{orderId}/submit");
        Assert.Equal("consult", refused.Body.GetProperty("gates")[0].GetProperty("gate").GetString());
        await host.Followed();
        await host.CaughtUp();
        var owed = Assert.Single((await olga.Get<DecisionsSnapshot>("decisions")).Escalations, one => one.OrderId == orderId);
        Assert.Equal(("nonStandard", "Wants to pay in 60 days.", "olga"), (owed.Kind, owed.Question, owed.RaisedBy.Id));
        await Eventually.Holds(async () => (await Owed(olga, orderId)) is { Overdue: true }, "the alarm is raised when the answer is late");

        var own = await olga.Send($"orders/{orderId}/consult/{owed.EscalationId}/decide", new DecideConsult(true, "Yes."));
        Assert.Equal(HttpStatusCode.Forbidden, own.Status);
        await using var head = await host.SignIn(owed.Owner.Id);
        await head.Must($"orders/{orderId}/consult/{owed.EscalationId}/decide", new DecideConsult(true, "Once, until March."));
        var pad = await olga.Get<OrderPad>($"orders/{orderId}");
        Assert.Equal((true, "Once, until March.", owed.Owner.Id), (pad.Consult?.Approved, pad.Consult?.Answer, pad.Consult?.By?.Id));
        await olga.Must($"orders/{orderId}/submit");
        await host.Followed();
        await host.CaughtUp();
        Assert.Null(await Owed(olga, orderId));
        await using var vera = await host.SignIn("vera");
        Assert.Contains(await vera.Get<List<HistoryEvent>>($"history/order-{orderId}"), one => one.Type == "ConsultDecided" && one.Actor.Id == owed.Owner.Id);
        await Eventually.Holds(() => Volatile.Read(ref changes) >= 2, "the desks heard of it");
        await Close(olga, pad.CallId, "orderTaken");
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public async Task A_stand_in_has_the_rights_inside_the_window_only_and_every_event_names_both()
    {
        await using var olga = await host.SignIn("olga");
        await using var ion = await host.SignIn("ion");
        await using var supervisor = await host.SignIn("roman");
        var orderId = await Draft(olga, "+74990000032");
        await olga.Must($"orders/{orderId}/consult", new RequestConsult("Half a pallet."));
        await host.Followed();
        await host.CaughtUp();
        var owed = (await Owed(olga, orderId))!;
        var answer = new DecideConsult(true, "As I was told on leaving.");
        var decide = $"orders/{orderId}/consult/{owed.EscalationId}/decide";
        Assert.Equal(HttpStatusCode.Forbidden, (await ion.Send(decide, answer)).Status);

        var coverage = new OrderCoverage(
            Guid.NewGuid().ToString(), owed.Owner.Id, "ion", DateTimeOffset.UtcNow.AddSeconds(-1), DateTimeOffset.UtcNow.AddHours(1), "leave", "order 12");
        await supervisor.Must("absences", coverage);
        await host.Followed();
        await host.CaughtUp();
        Assert.Equal("ion", (await Owed(olga, orderId))?.Owner.Id);
        Assert.Equal([owed.Owner.Id], (await ion.Get<Me>("session")).StandsInFor!.Select(one => one.StaffId));
        Assert.Equal(HttpStatusCode.OK, (await ion.Http.GetAsync(new Uri($"history/order-{orderId}", UriKind.Relative))).StatusCode);

        await ion.Must(decide, answer);
        await using var vera = await host.SignIn("vera");
        var decided = (await vera.Get<List<HistoryEvent>>($"history/order-{orderId}")).Single(one => one.Type == "ConsultDecided");
        Assert.Equal(("ion", owed.Owner.Id), (decided.Actor.Id, decided.OnBehalfOf?.Id));

        await supervisor.Must($"absences/{coverage.AbsentId}/{coverage.CoverageId}/end", new Because("came back"));
        await host.Followed();
        await host.CaughtUp();
        Assert.Empty((await ion.Get<Me>("session")).StandsInFor!);
        Assert.Equal(HttpStatusCode.Forbidden, (await ion.Send(decide, answer)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ion.Http.GetAsync(new Uri($"history/order-{orderId}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await ion.Send(decide, answer, onBehalfOf: coverage.AbsentId)).Status);
        await Close(olga, (await olga.Get<OrderPad>($"orders/{orderId}")).CallId, "orderNotTaken");
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public async Task What_is_open_goes_to_the_stand_in_when_the_window_begins_and_back_when_it_ends_by_itself()
    {
        await using var olga = await host.SignIn("olga");
        await using var supervisor = await host.SignIn("roman");
        var before = await Draft(olga, "+74990000033");
        await olga.Must($"orders/{before}/consult", new RequestConsult("Before."));
        await host.Followed();
        await host.CaughtUp();
        var head = (await Owed(olga, before))!.Owner.Id;
        await Close(olga, (await olga.Get<OrderPad>($"orders/{before}")).CallId, "orderNotTaken");
        var coverage = new OrderCoverage(
            Guid.NewGuid().ToString(), head, "ion", DateTimeOffset.UtcNow.AddSeconds(1), DateTimeOffset.UtcNow.AddSeconds(6), "a journey", "order 13");
        await supervisor.Must("absences", coverage);
        await Eventually.Holds(async () => (await Owed(olga, before))?.Owner.Id == "ion", "what was open is the stand-in's");

        var meanwhile = await Draft(olga, "+74990000034");
        await olga.Must($"orders/{meanwhile}/consult", new RequestConsult("Meanwhile."));
        await Eventually.Holds(
            async () => (await Owed(olga, before))?.Owner.Id == head && (await Owed(olga, meanwhile))?.Owner.Id == head,
            "both are the head's again", TimeSpan.FromSeconds(30));
        var handed = (await Coverage(head)).OfType<OpenWorkHandedOver>().Where(one => one.CoverageId == coverage.CoverageId).ToList();
        Assert.Equal(["ion", head], handed.Select(one => one.To.Id));
        Assert.Contains((await Owed(olga, before))!.EscalationId, handed[0].Escalations);
        Assert.Contains((await Owed(olga, before))!.EscalationId, handed[1].Escalations);
        await Close(olga, (await olga.Get<OrderPad>($"orders/{meanwhile}")).CallId, "orderNotTaken");
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    [Trait("Clause", "A.III.4")]
    public async Task A_key_clients_call_goes_to_who_stands_in_for_his_manager_and_the_managers_promised_calls_too()
    {
        await using var olga = await host.AtWork("olga");
        await using var standIn = await host.AtWork("maria");
        await using var supervisor = await host.SignIn("roman");
        var client = await Job.Client(olga, card => card is { Type: "key", DebtVerdict: "clear" });
        await using var manager = await host.SignIn(client.Manager!.Id);
        var promised = await Promise(manager, olga, client);

        var coverage = new OrderCoverage(
            Guid.NewGuid().ToString(), client.Manager.Id, "maria", DateTimeOffset.UtcNow.AddSeconds(-1), DateTimeOffset.UtcNow.AddHours(1), "leave", "order 14");
        await supervisor.Must("absences", coverage);
        await Eventually.Holds(async () => (await Callback(olga, promised)).Owner.Id == "maria", "the promised call is the stand-in's");

        // Taken before she is ready, or it would ring at her first: she is an operator too.
        var callId = await host.Ring(client.Phones[0]);
        await olga.Must($"calls/{callId}/take");
        await standIn.Must("presence", new ChangePresence("ready", null));
        await host.CaughtUp();
        await olga.Must($"calls/{callId}/identify", new IdentifyCaller(client.ClientId, "the owner"));
        await olga.Must($"calls/{callId}/purpose", new StatePurpose("order", null));
        await olga.Must($"calls/{callId}/route");
        await host.CaughtUp();
        Assert.Equal("maria", (await olga.Get<QueueCall>($"calls/{callId}")).AskedNow?.Id);
        await standIn.Must($"calls/{callId}/transfer/accept");
        await host.CaughtUp();
        Assert.Equal(("maria", client.Manager.Id), ((await olga.Get<QueueCall>($"calls/{callId}")).Assignee?.Id, (await olga.Get<QueueCall>($"calls/{callId}")).ActingFor?.Id));
        var orderId = await Job.Draft(standIn, callId, client.ClientId);
        await standIn.Must($"orders/{orderId}/submit");
        await standIn.Must($"calls/{callId}/close", new CloseCall("orderTaken", null));
        await using var vera = await host.SignIn("vera");
        var accepted = (await vera.Get<List<HistoryEvent>>($"history/call-{callId}")).Single(one => one.Type == "TransferAccepted");
        Assert.Equal(("maria", client.Manager.Id), (accepted.Actor.Id, accepted.OnBehalfOf?.Id));

        await supervisor.Must($"absences/{coverage.AbsentId}/{coverage.CoverageId}/end", new Because("came back"));
        await Eventually.Holds(async () => (await Callback(olga, promised)).Owner.Id == client.Manager.Id, "the promised call is the manager's again");
        await standIn.Must("presence", new ChangePresence("offline", null));
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public async Task What_a_head_was_asked_in_the_place_of_another_goes_back_to_that_one_and_what_he_was_asked_himself_stays_his()
    {
        await using var olga = await host.AtWork("olga");
        await using var supervisor = await host.SignIn("roman");
        var coverage = new OrderCoverage(
            Guid.NewGuid().ToString(), "pavel", "tatiana", DateTimeOffset.UtcNow.AddSeconds(-1), DateTimeOffset.UtcNow.AddHours(1), "leave", "order 15");
        await supervisor.Must("absences", coverage);
        await host.Followed();
        await host.CaughtUp();
        var orderId = await Draft(olga, "+74990000036");
        await olga.Must($"orders/{orderId}/consult", new RequestConsult("For the head who is away."));
        var own = $"own-{Guid.NewGuid():N}";
        Assert.IsType<Application.Done>(await host.Services.GetRequiredService<MediatR.IMediator>().Send(new Application.Escalations.RaiseEscalation(
            new Domain.Escalations.EscalationRaised(
                own, Domain.Escalations.EscalationKind.NonStandard, "A.III.11 non-standard order", "", "c", "C", Domain.Clients.ClientType.Retail,
                new Domain.StaffRef("olga", "Olga"), new Domain.StaffRef("tatiana", "Tatiana Ursu"), Domain.StaffRole.Head, DateTimeOffset.UtcNow,
                DateTimeOffset.UtcNow.AddHours(1)))
        {
            Context = new Application.CommandContext(Guid.NewGuid(), Actor.System, DateTimeOffset.UtcNow, "", "test"),
        }));
        await host.Followed();
        await host.CaughtUp();
        Assert.Equal(("tatiana", "tatiana"), ((await Owed(olga, orderId))?.Owner.Id, await OwnerOf(olga, own)));

        await supervisor.Must($"absences/{coverage.AbsentId}/{coverage.CoverageId}/end", new Because("came back"));
        await host.Followed();
        await host.CaughtUp();
        Assert.Equal(("pavel", "tatiana"), ((await Owed(olga, orderId))?.Owner.Id, await OwnerOf(olga, own)));
        await Close(olga, (await olga.Get<OrderPad>($"orders/{orderId}")).CallId, "orderNotTaken");
    }

    [Fact]
    [Trait("Clause", "A.I.3")]
    [Trait("Clause", "A.III.14")]
    public async Task Whoever_is_dismissed_in_the_middle_of_a_call_keeps_neither_it_nor_what_he_promised_nor_what_he_has_not_registered()
    {
        await using var admin = await host.SignIn("anton");
        await using var roman = await host.SignIn("roman");
        await using var ion = await host.AtWork("ion");
        await using var dmitri = await host.AtWork("dmitri");
        var (unregistered, inTalk) = (await host.Ring("+74990000051"), await host.Ring("+74990000052"));
        await dmitri.Must($"calls/{unregistered}/take");
        await host.HangUp(unregistered);
        await host.Followed();
        await roman.Must("staff/dmitri/wrap-up/end", new Because("the queue is long"));
        await dmitri.Must($"calls/{inTalk}/take");
        await dmitri.Must($"calls/{inTalk}/callback", new Contracts.PromiseCallback("+37369000052", null, "asked for it"));
        await host.Followed();
        await host.CaughtUp();
        Assert.Equal("dmitri", (await ion.Get<List<CallbackRow>>("callbacks")).Single(one => one.CallId == inTalk).Owner.Id);

        await admin.Must("staff/dmitri/dismiss", new Contracts.DismissStaff("18 of 25.11.2026", "left"));
        await host.Followed();
        await host.CaughtUp();
        var (talk, owed) = (await ion.Get<QueueCall>($"calls/{inTalk}"), await ion.Get<QueueCall>($"calls/{unregistered}"));
        Assert.Equal(("answered", null, "unregistered", null), (talk.Phase, talk.Assignee, owed.Phase, owed.Assignee));
        Assert.Contains(
            (await ion.Get<List<CallbackRow>>("callbacks")).Single(one => one.CallId == inTalk).Owner.Id, (IReadOnlyList<string>)["pavel", "tatiana"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await dmitri.Send($"calls/{inTalk}/close", new CloseCall("informationGiven", null))).Status);

        await ion.Must($"calls/{inTalk}/take");
        await host.CaughtUp();
        Assert.Equal(("connected", "ion"), ((await ion.Get<QueueCall>($"calls/{inTalk}")).Phase, (await ion.Get<QueueCall>($"calls/{inTalk}")).Assignee?.Id));
        await Job.Register(ion, inTalk);
        await using var vera = await host.SignIn("vera");
        Assert.Equal(
            ["CallClaimed", "CallbackPromised", "CallLeft", "CallTakenUp", "PurposeStated", "CallClosed"],
            (await vera.Get<List<HistoryEvent>>($"history/call-{inTalk}")).Select(one => one.Type).SkipWhile(type => type != "CallClaimed")
                .Where(type => type != "CallerCandidatesFound"));
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public async Task Nobody_gives_himself_the_rights_of_another_over_the_wire()
    {
        await using var supervisor = await host.SignIn("roman");
        var refused = await supervisor.Send("absences", new OrderCoverage(
            Guid.NewGuid().ToString(), "olga", "roman", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1), "leave", "mine"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "own-coverage"), (refused.Status, refused.Word("reason")));
        await using var olga = await host.SignIn("olga");
        Assert.Equal(HttpStatusCode.Forbidden, (await olga.Send("absences", new OrderCoverage(
            Guid.NewGuid().ToString(), "ion", "olga", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1), "leave", "mine"))).Status);
    }

    private async Task<string> Draft(Person person, string number)
    {
        var client = await Job.CleanClient(person, skip: int.Parse(number[^1..], System.Globalization.CultureInfo.InvariantCulture) + 3);
        var callId = await host.Ring(number);
        await Job.Answer(person, callId, client.ClientId);
        return await Job.Draft(person, callId, client.ClientId);
    }

    private static async Task Close(Person person, string callId, string result) => await person.Must($"calls/{callId}/close", new CloseCall(result, null));

    private static async Task<string?> OwnerOf(Person person, string escalationId) =>
        (await person.Get<DecisionsSnapshot>("decisions")).Escalations.SingleOrDefault(one => one.EscalationId == escalationId)?.Owner.Id;

    private static async Task<EscalationRow?> Owed(Person person, string orderId) =>
        (await person.Get<DecisionsSnapshot>("decisions")).Escalations.SingleOrDefault(one => one.OrderId == orderId);

    // Nobody of the chain is there, so the call becomes a callback; a head gives it to the manager.
    private async Task<string> Promise(Person manager, Person operatorAtWork, ClientCard client)
    {
        await manager.Must("presence", new ChangePresence("offline", null));
        await host.CaughtUp();
        var callId = await host.Ring("+74990000041");
        await Job.Answer(operatorAtWork, callId, client.ClientId, "other");
        await host.Followed();
        await host.CaughtUp();
        var open = (await operatorAtWork.Get<List<CallbackRow>>("callbacks")).Single(one => one.CallId == callId);
        await using var head = await host.SignIn("pavel");
        await head.Must($"callbacks/{open.CallbackId}/reassign", new Contracts.ReassignCallback(client.Manager!.Id, "his client"));
        await host.CaughtUp();
        return open.CallbackId;
    }

    private static async Task<CallbackRow> Callback(Person person, string callbackId) =>
        (await person.Get<List<CallbackRow>>("callbacks")).Single(one => one.CallbackId == callbackId);

    private async Task<List<Domain.IEvent>> Coverage(string absentId)
    {
        var events = new List<Domain.IEvent>();
        await foreach (var recorded in host.Log.ReadStream(new StreamName("coverage", absentId)))
        {
            events.Add(EventCodec.Default.DecodeEvent(recorded));
        }

        return events;
    }
}
