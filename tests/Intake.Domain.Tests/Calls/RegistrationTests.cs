using Intake.Domain.Callbacks;
using Intake.Domain.Calls;
using Intake.Domain.Clients;
using static Intake.Domain.Tests.Calls.CallStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>A call that somebody answered on the phone and nobody took here is registered afterwards.</summary>
public sealed class RegistrationTests
{
    private static readonly Given<Call> Unregistered = Given(Waiting).After(call => CallSignals.Hear(
        call, Id, Signal(SignalKind.Answered, 9, extension: "101"), Signal(SignalKind.Ended, 70)));

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void It_is_registered_with_who_called_why_and_what_came_of_it_and_is_closed_by_that()
    {
        var registered = Unregistered.After(call => Registration.Afterwards(call, Anna, Report(), At(300)));
        Assert.Equal(
            new CallRegisteredAfterwards(
                Id, Anna, CallPurpose.ReferenceInformation, CallResult.InformationGiven, "c1", "Casa Verde", ClientType.Retail, "Ion", "prices", At(2),
                At(300)),
            registered.History[^1]);
        Assert.Equal((CallPhase.Closed, "c1"), (registered.State.Phase, registered.State.ClientId));
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void It_counts_in_no_figure_otherwise_than_before() => Assert.Equal(
        Unregistered.State.Count, Unregistered.After(call => Registration.Afterwards(call, Anna, Report(), At(300))).State.Count);

    [Fact]
    public void The_same_said_again_by_the_same_person_changes_nothing_and_anything_else_learns_who_registered_it()
    {
        var registered = Unregistered.After(call => Registration.Afterwards(call, Anna, Report(), At(300)));
        registered.When(call => Registration.Afterwards(call, Anna, Report(), At(301))).ThenNothing();
        registered.When(call => Registration.Afterwards(call, Anna, Report() with { Result = CallResult.WrongNumber }, At(301)))
            .ThenRefused("call-registered");
        var refusal = registered.When(call => Registration.Afterwards(call, Boris, Report(), At(301))).ThenRefused("call-registered");
        Assert.Contains(Anna.Name, refusal.Reason, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Others() => new()
    {
        { "nothing", "call-unknown" }, { "waiting", "call-runs" }, { "answered", "call-runs" }, { "in hand", "call-of-another" },
        { "wrap-up", "call-of-another" }, { "closed", "call-registered" }, { "missed", "call-not-answered" }, { "callback", "call-promised" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    [Trait("Clause", "A.III.14")]
    public void Only_what_is_over_and_nobody_took_is_registered_so_and_the_refusal_says_what_to_do(string story, string code)
    {
        var given = story switch
        {
            "nothing" => Given(),
            "waiting" => Given(Waiting),
            "answered" => Given([.. Waiting, new PhoneAnswered(Id, "101", At(9), "answered")]),
            "in hand" => Given(InHand),
            "wrap-up" => Given([.. WithPurpose(), new CallEnded(Id, At(60), 48_000, "normal", "ended")]),
            "closed" => Given([.. WithPurpose(), new CallClosed(Id, Anna, CallPurpose.Order, CallResult.OrderTaken, "", "c1", At(70), At(2), 58_000)]),
            "missed" => Given([.. Waiting, new CallAbandoned(Id, "orders", At(2), At(9), 7_000, "gone")]),
            _ => Given([.. Waiting, new CallConvertedToCallback(Id, Id, Hugo, Deadline)]),
        };
        var refusal = given.When(call => Registration.Afterwards(call, Boris, Report(), At(300))).ThenRefused(code);
        Assert.Equal(story is "in hand" or "wrap-up" or "closed", refusal.Reason.Contains(Anna.Name, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void An_order_exists_only_where_it_was_taken_here() =>
        Unregistered.When(call => Registration.Afterwards(call, Anna, Report() with { Result = CallResult.OrderTaken }, At(300)))
            .ThenRefused("order-not-here");

    [Theory]
    [InlineData(CallResult.HandedOver, "client")]
    [InlineData(CallResult.OrderNotTaken, null)]
    [InlineData(CallResult.InformationGiven, null)]
    [InlineData(CallResult.ComplaintRecorded, null)]
    [InlineData(CallResult.WrongNumber, null)]
    [InlineData(CallResult.CallbackAgreed, "callback")]
    [Trait("Clause", "A.III.14")]
    public void A_result_needs_what_it_needs_when_a_call_is_closed(CallResult result, string? missing)
    {
        var registering = Unregistered.When(call => Registration.Afterwards(call, Anna, Report() with { Result = result, Client = null }, At(300)));
        if (missing is null)
            Assert.Equal(("", null), registering.ThenOne<CallRegisteredAfterwards>() is var said ? (said.ClientId, said.ClientType) : default);
        else
            Assert.Equal([missing], Assert.IsType<CloseRefused>(registering.ThenRefused("call-not-registered")).Missing);
    }

    [Fact]
    public void A_client_that_there_is_not_has_not_called() =>
        Unregistered.When(call => Registration.Afterwards(call, Anna, Report() with { Client = Client.Stream.Initial }, At(300)))
            .ThenRefused("client-unknown");

    [Fact]
    [Trait("Clause", "A.III.1")]
    public void Whoever_registers_it_may_promise_another_call()
    {
        var promised = Unregistered.After(call => CallPromises.Promise(call, Boris, Number, new CallbackWindow(Nine, Deadline, ""), "", At(200)));
        Assert.IsType<CallbackPromised>(promised.History[^1]);
        promised.When(call => Registration.Afterwards(call, Boris, Report() with { Result = CallResult.CallbackAgreed }, At(300)))
            .ThenOne<CallRegisteredAfterwards>();
    }

    [Fact]
    public void A_late_signal_does_not_open_it_again()
    {
        var late = Unregistered.After(call => Registration.Afterwards(call, Anna, Report(), At(300)))
            .After(call => CallSignals.Hear(call, Id, Signal(SignalKind.Answered, 5, extension: "102"), Signal(SignalKind.Ended, 66)));
        Assert.Equal(CallPhase.Closed, late.State.Phase);
    }

    private static CallReport Report() => new(
        CallPurpose.ReferenceInformation, CallResult.InformationGiven,
        Client.Stream.Initial with { Id = "c1", Name = "Casa Verde", Type = ClientType.Retail }, "Ion", "prices");
}
