using System.Net;
using System.Threading.Channels;
using Intake.Application;
using Intake.Contracts;
using Intake.Domain;
using Intake.Domain.Callbacks;
using Intake.Domain.Staff;
using Intake.EventLog.Serialisation;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Intake.Host.Tests;

/// <summary>What the telephony says against what people have registered and reported.</summary>
[Collection(Hosted.Name)]
public sealed class CompletenessTests(HostFixture host)
{
    // So that no other test's calls are changed by the fact that this telephone system tells of answers.
    private const string Source = "completeness";

    [Fact]
    [Trait("Clause", "A.III.14")]
    public async Task A_call_that_somebody_answered_on_the_phone_and_nobody_took_is_listed_and_stands_on_the_wallboard()
    {
        await using var vera = await host.SignIn("vera");
        var before = (await vera.Get<Wallboard>("wallboard")).NotRegistered;
        var call = await Call(Guid.NewGuid().ToString(), "queued", "answered", "ended");

        var gap = Assert.Single(await Gaps(vera, call));
        Assert.Equal(("answeredNotRegistered", "101", null), (gap.Kind, gap.Extension, gap.Person));
        Assert.InRange((await vera.Get<Wallboard>("wallboard")).NotRegistered, before + 1, int.MaxValue);
        Assert.NotEmpty(await vera.Get<List<HistoryEvent>>($"history/{gap.Stream}"));
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public async Task A_call_that_was_taken_is_listed_from_its_end_until_it_is_closed()
    {
        await using var olga = await host.SignIn("olga");
        await using var vera = await host.SignIn("vera");
        var name = Guid.NewGuid().ToString();
        var call = await Call(name, "queued");
        await olga.Must($"calls/{call}/take");
        await Call(name, "answered");
        Assert.Empty(await Gaps(vera, call));
        await Call(name, "ended");
        Assert.Equal(("takenNotClosed", "olga"), Assert.Single(await Gaps(vera, call)) is var gap ? (gap.Kind, gap.Person?.Id) : default);
        var registered = (await Report(vera)).Registered;

        await olga.Must($"calls/{call}/purpose", new StatePurpose("referenceInformation", null));
        await olga.Must($"calls/{call}/close", new CloseCall("informationGiven", null));
        Assert.Empty(await Gaps(vera, call));
        Assert.InRange((await Report(vera)).Registered, registered + 1, int.MaxValue);
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public async Task A_call_that_nobody_took_is_on_the_desk_of_him_whose_phone_answered_it_until_somebody_registers_it()
    {
        await using var olga = await host.SignIn("olga");
        await using var roman = await host.SignIn("roman");
        await using var vera = await host.SignIn("vera");
        var changes = Channel.CreateUnbounded<QueueChange>();
        await using var hub = await olga.Connect(one => one.On<QueueChange>(nameof(ILiveDesk.QueueChanged), change => changes.Writer.TryWrite(change)));
        await hub.InvokeAsync<QueueSnapshot>(nameof(ILiveHub.JoinQueue));
        var call = await Call(Guid.NewGuid().ToString(), "queued", "answered", "ended");
        await host.CaughtUp();

        var snapshot = await olga.Get<QueueSnapshot>("queue");
        var owed = Assert.Single(snapshot.Calls, one => one.CallId == call);
        Assert.Equal(("unregistered", "101"), (owed.Phase, owed.Extension));
        Assert.Equal("101", snapshot.People.Single(person => person.StaffId == "olga").Extension);
        Assert.True(Assert.Single(await Gaps(vera, call)).MayBeRegistered);

        var registered = (await Report(vera)).Registered;
        var handled = (await vera.Get<Wallboard>("wallboard")).Today;
        await roman.Must($"calls/{call}/register", new RegisterAfterwards("referenceInformation", "informationGiven", null, null, "prices"));
        Assert.Empty(await Gaps(vera, call));
        Assert.InRange((await Report(vera)).Registered, registered + 1, int.MaxValue);
        Assert.DoesNotContain((await olga.Get<QueueSnapshot>("queue")).Calls, one => one.CallId == call);
        Assert.Equal(handled with { }, (await vera.Get<Wallboard>("wallboard")).Today);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await changes.Reader.ReadAsync(patience.Token)).Calls.All(one => one.CallId != call || one.Phase != "closed"))
        {
        }

        var history = await vera.Get<List<HistoryEvent>>($"history/call-{call}");
        Assert.Equal(("CallRegisteredAfterwards", "roman"), (history[^1].Type, history[^1].Actor.Id));
        var again = await olga.Send($"calls/{call}/register", new RegisterAfterwards("other", "wrongNumber", null, null, null));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "call-registered"), (again.Status, again.Word("reason")));
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public async Task Who_registers_a_call_afterwards_may_promise_another_one_and_the_promise_is_his()
    {
        await using var olga = await host.SignIn("olga");
        var call = await Call(Guid.NewGuid().ToString(), "queued", "answered", "ended");
        var agreed = new RegisterAfterwards("order", "callbackAgreed", null, null, null);
        Assert.Equal("call-not-registered", (await olga.Send($"calls/{call}/register", agreed)).Word("reason"));
        await olga.Must($"calls/{call}/callback", new PromiseCallback(null, null, null));
        await olga.Must($"calls/{call}/register", agreed);
        await host.Followed();
        await host.CaughtUp();
        Assert.Contains((await olga.Get<QueueSnapshot>("queue")).Callbacks, callback => callback.Digits.Contains("37369000000") && callback.Owner.Id == "olga");
    }

    [Theory]
    [InlineData("vera", "informationGiven", HttpStatusCode.Forbidden)]
    [InlineData("olga", "orderTaken", HttpStatusCode.UnprocessableEntity)]
    [InlineData("olga", "", HttpStatusCode.BadRequest)]
    [Trait("Clause", "A.III.14")]
    public async Task An_auditor_registers_nothing_and_nobody_an_order_or_no_result(string user, string result, HttpStatusCode status)
    {
        await using var person = await host.SignIn(user);
        var call = await Call(Guid.NewGuid().ToString(), "queued", "answered", "ended");
        Assert.Equal(status, (await person.Send($"calls/{call}/register", new RegisterAfterwards("other", result, null, null, null))).Status);
    }

    [Theory]
    [Trait("Clause", "A.III.14")]
    [InlineData("abandoned")]
    [InlineData("transferred")]
    public async Task A_call_that_left_the_queue_unanswered_is_missed_and_one_phone_that_rang_out_does_not_make_it_so(string left)
    {
        await using var vera = await host.SignIn("vera");
        var name = Guid.NewGuid().ToString();
        var call = await Call(name, "queued", "offered", "notAnswered");
        Assert.Empty(await Gaps(vera, call));
        await Call(name, left);
        Assert.Equal("missed", Assert.Single(await Gaps(vera, call)).Kind);
    }

    [Fact]
    [Trait("Clause", "B.V.5")]
    public async Task A_call_that_was_closed_as_talked_on_though_no_phone_was_answered_is_doubted_and_one_that_was_is_not()
    {
        await using var olga = await host.SignIn("olga");
        await using var vera = await host.SignIn("vera");
        var (name, honest) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var (call, other) = (await Call(name, "queued"), await Call(honest, "queued"));
        await Call(honest, "answered");
        foreach (var (id, said) in new[] { (call, name), (other, honest) })
        {
            await olga.Must($"calls/{id}/take");
            await olga.Must($"calls/{id}/purpose", new StatePurpose("referenceInformation", null));
            await olga.Must($"calls/{id}/close", new CloseCall("informationGiven", null));
            await Call(said, "ended");
        }

        var gap = Assert.Single(await Gaps(vera, call));
        Assert.Equal(("talkedWithoutAnswer", "olga", "informationGiven"), (gap.Kind, gap.Person?.Id, gap.Result));
        Assert.Empty(await Gaps(vera, other));
    }

    [Fact]
    [Trait("Clause", "B.V.5")]
    public async Task An_attempt_to_ring_back_is_doubted_where_no_call_went_out_to_that_number_around_that_time()
    {
        await using var vera = await host.SignIn("vera");
        var at = DateTimeOffset.UtcNow.AddMinutes(-40);
        var dialled = Guid.NewGuid().ToString();
        var digits = $"69{Random.Shared.Next(1_000_000, 9_999_999)}";
        await host.Signed("telephony/signals", new TelephonySignal(
            Source, dialled, null, "arrived", "outbound", "101", $"0{digits}", null, at.AddMinutes(-3), null));
        foreach (var (kind, minute) in new[] { ("answered", -2), ("ended", -1) })
        {
            await host.Signed("telephony/signals", new TelephonySignal(
                Source, dialled, null, kind, "outbound", "101", $"0{digits}", null, at.AddMinutes(minute), null));
        }

        var (supported, tooEarly, young) = (
            await Attempt($"+373 {digits}", at), await Attempt($"+373{digits}", at.AddMinutes(-20)), await Attempt("+37360999999", at.AddMinutes(39)));
        Assert.DoesNotContain((await Report(vera, at)).Gaps, one => one.Number == $"0{digits}");
        Assert.Empty(await Gaps(vera, supported, at));
        Assert.Empty(await Gaps(vera, young, at.AddMinutes(39)));
        var gap = Assert.Single(await Gaps(vera, tooEarly, at.AddMinutes(-20)));
        Assert.Equal(("attemptWithoutCall", "olga", "reached", "callback-" + tooEarly), (gap.Kind, gap.Person?.Id, gap.Result, gap.Stream));
    }

    [Theory]
    [Trait("Clause", "B.V.5")]
    [InlineData("paused", 0, 61, true)]
    [InlineData("unavailable", 0, 600, true)]
    [InlineData("paused", 0, 59, false)]
    [InlineData("available", 0, 600, false)]
    [InlineData("paused", -600, 61, true)]
    [InlineData("paused", 100, 40, false)]
    public async Task Who_says_that_he_is_ready_while_his_phone_takes_no_calls_is_doubted(string state, int pausedAfter, int forSeconds, bool doubted)
    {
        await using var vera = await host.SignIn("vera");
        var at = DateTimeOffset.UtcNow.AddMinutes(-30);
        var (id, phone) = (Guid.NewGuid().ToString("N"), $"9{Random.Shared.Next(1_000_000, 9_999_999)}");
        var person = new StaffRef(id, "Sorin");
        await Append(StaffMember.Stream, id, at.AddHours(-1), new StaffAppointed(id, "Sorin", StaffRole.Operator, "order desk", phone, ""));
        await Append(
            OperatorSession.Stream, id, at, new SessionOpened(person, StaffRole.Operator, at.AddMinutes(-1)), new BecameReady(person, StaffRole.Operator, at),
            new BecameNotReady(person, StaffRole.Operator, "Break", at.AddSeconds(Math.Max(0, pausedAfter) + forSeconds)));
        Assert.Empty(await Gaps(vera, id, at));
        await Presence(phone, state, at.AddSeconds(pausedAfter));
        await Presence(phone, "available", at.AddMinutes(20));

        var gaps = await Gaps(vera, id, at);
        Assert.Equal(doubted ? 1 : 0, gaps.Count);
        if (doubted)
        {
            Assert.Equal(
                ("readyWithoutPhone", id, phone, state, $"operatorSession-{id}"),
                (gaps[0].Kind, gaps[0].Person?.Id, gaps[0].Extension, gaps[0].Result, gaps[0].Stream));
            Assert.Equal(at, gaps[0].At, TimeSpan.FromMilliseconds(1));
        }

        Assert.True((await Report(vera, at)).PresenceTold);
    }

    [Fact]
    [Trait("Clause", "B.V.5")]
    public async Task Whose_phone_it_is_now_does_not_answer_for_what_it_was_when_it_was_anothers()
    {
        await using var vera = await host.SignIn("vera");
        var at = DateTimeOffset.UtcNow.AddMinutes(-30);
        var (id, phone) = (Guid.NewGuid().ToString("N"), $"9{Random.Shared.Next(1_000_000, 9_999_999)}");
        var person = new StaffRef(id, "Sorin");
        await Append(
            StaffMember.Stream, id, at.AddHours(-1), new StaffAppointed(id, "Sorin", StaffRole.Operator, "order desk", $"{phone}1", ""));
        await Append(OperatorSession.Stream, id, at, new BecameReady(person, StaffRole.Operator, at), new SessionClosed(person, StaffRole.Operator, at.AddMinutes(5)));
        await Append(StaffMember.Stream, id, at.AddMinutes(10), new StaffAppointed(id, "Sorin", StaffRole.Operator, "order desk", phone, ""));
        await Presence(phone, "paused", at.AddMinutes(-5));
        Assert.Empty(await Gaps(vera, id, at));
    }

    [Fact]
    [Trait("Clause", "B.V.5")]
    public async Task An_auditor_holds_the_telephonys_own_words_against_ours()
    {
        await using var vera = await host.SignIn("vera");
        var name = Guid.NewGuid().ToString();
        var words = $"1|{name}|main|NONE|ENTERQUEUE||\u041a\u0430\u0437\u0430|2";
        var said = await host.Signed("telephony/signals", new TelephonySignal(
            Source, name, null, "queued", null, "+37369000000", "100", "main", DateTimeOffset.UtcNow, null, Position: 2, Raw: words));
        var history = await vera.Get<List<HistoryEvent>>($"history/call-{said.Word("callId")}");
        Assert.Equal([("CallArrived", words), ("CallQueued", null)], history.Take(2).Select(e => (e.Type, e.Raw)));
        Assert.Equal(2, history[1].Data.GetProperty("position").GetInt32());

        var phone = await host.Signed("telephony/signals", new TelephonySignal(
            Source, null, null, "presence", null, null, null, null, DateTimeOffset.UtcNow, "DND", "101/\u0430", State: "paused", Raw: words));
        Assert.Equal("", phone.Word("callId"));
        var told = Assert.Single(await vera.Get<List<HistoryEvent>>($"history/phone-{phone.Word("phoneId")}"));
        Assert.Equal(("PhonePresenceReported", words, "DND"), (told.Type, told.Raw, told.Data.GetProperty("cause").GetString()));
    }

    [Theory]
    [InlineData("queued", 0, null, "101", "position")]
    [InlineData("presence", null, null, "101", "state")]
    [InlineData("presence", null, "asleep", "101", "state")]
    [InlineData("presence", null, "paused", null, "extension")]
    public async Task A_place_a_phone_or_a_state_that_is_none_is_not_understood(string kind, int? position, string? state, string? extension, string field)
    {
        var signal = new TelephonySignal(
            Source, Guid.NewGuid().ToString(), null, kind, null, null, null, null, DateTimeOffset.UtcNow, null, extension, position, state);
        var refused = await host.Signed("telephony/signals", signal);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True(refused.Body.GetProperty("errors").TryGetProperty(field, out _));
        var batch = await host.Signed("telephony/batches", new SignalBatch([signal, signal with { Kind = "presence", State = "available", Extension = "199" }]));
        Assert.Equal(
            [field, null], batch.Body.GetProperty("outcomes").EnumerateArray().Select(one => one.TryGetProperty("field", out var wrong) ? wrong.GetString() : null));
    }

    [Fact]
    public async Task Who_works_with_calls_does_not_read_who_is_doubted()
    {
        await using var olga = await host.SignIn("olga");
        using var refused = await olga.Http.GetAsync("completeness");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await using var vera = await host.SignIn("vera");
        using var wrong = await vera.Http.GetAsync("completeness?kind=everything");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(
            (await Report(vera)).Counts.Single(count => count.Kind == "missed").Count,
            (await vera.Get<CompletenessReport>("completeness?kind=missed&take=1000")).Gaps.Count);
    }

    private async Task<string> Attempt(string number, DateTimeOffset at)
    {
        var id = Guid.NewGuid().ToString("N");
        var olga = new StaffRef("olga", "Olga");
        var context = new CommandContext(Guid.NewGuid(), new Actor(olga, StaffRole.Operator), at, id, "desk");
        await host.Services.GetRequiredService<CommandRunner>().Run(
            Callback.Stream, id, context, _ => Decision.Accept(
                new CallbackRequested(id, id, number, "", "", olga, "A.III.19 another purpose", at.AddHours(-1), at.AddHours(1)),
                new CallbackAttempted(id, olga, 1, AttemptResult.Reached, "", at, null), new CallbackClosed(id, olga, "reached", Overdue: false, "", "", at)),
            CancellationToken.None);
        return id;
    }

    private Task<CommandResult> Append<TState>(Aggregate<TState> aggregate, string id, DateTimeOffset at, params IReadOnlyList<IEvent> events) =>
        host.Services.GetRequiredService<CommandRunner>().Run(
            aggregate, id, new CommandContext(Guid.NewGuid(), Actor.System, at, id, "test"), _ => Decision.Accept(events), CancellationToken.None);

    private async Task Presence(string phone, string state, DateTimeOffset at) => Assert.Equal(
        HttpStatusCode.OK,
        (await host.Signed("telephony/signals", new TelephonySignal(
            Source, null, null, "presence", null, null, null, null, at, null, phone, State: state))).Status);

    // The telephony tells so much of the call that has this name there.
    private async Task<string> Call(string name, params string[] kinds)
    {
        var id = string.Empty;
        foreach (var kind in kinds)
        {
            var said = await host.Signed("telephony/signals", new TelephonySignal(
                Source, name, null, kind, null, "+37369000000", "100", "main", DateTimeOffset.UtcNow, null, "101"));
            id = said.Word("callId")!;
        }

        return id;
    }

    private async Task<IReadOnlyList<Gap>> Gaps(Person person, string id, DateTimeOffset? at = null) =>
        [.. (await Report(person, at)).Gaps.Where(gap => gap.Stream.EndsWith(id, StringComparison.Ordinal))];

    private async Task<CompletenessReport> Report(Person person, DateTimeOffset? at = null)
    {
        await host.CaughtUp();
        var day = host.Services.GetRequiredService<Home>().DayOf(at ?? DateTimeOffset.UtcNow);
        return await person.Get<CompletenessReport>($"completeness?take=1000&day={day:yyyy-MM-dd}");
    }
}
