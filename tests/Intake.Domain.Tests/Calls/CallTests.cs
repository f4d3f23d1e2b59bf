using Intake.Domain.Calls;
using Intake.Domain.Clients;
using static Intake.Domain.Tests.Calls.CallStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>Taking, identifying, the purpose, and closing.</summary>
public sealed class CallTests
{
    [Fact]
    public void The_first_who_reaches_for_a_waiting_call_has_it() =>
        Given(Waiting).When(call => CallDecisions.Take(call, Anna, At(12))).Then(new CallClaimed(Id, Anna, "orders", At(2), At(12), 10_000));

    [Fact]
    public void A_call_that_rings_and_waits_in_no_queue_can_be_taken() =>
        Given(Arrived).When(call => CallDecisions.Take(call, Anna, At(5))).Then(new CallClaimed(Id, Anna, "", At(5), At(5), 0));

    [Fact]
    public void The_loser_of_a_race_learns_who_won()
    {
        var refusal = Given(InHand).When(call => CallDecisions.Take(call, Boris, At(12))).ThenRefused("call-already-taken");
        Assert.Equal(new CallAlreadyTaken(Id, Anna, Boris), refusal);
        Assert.Contains(Anna.Name, refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Taking_ones_own_call_again_changes_nothing() =>
        Given(InHand).When(call => CallDecisions.Take(call, Anna, At(13))).ThenNothing();

    [Fact]
    public void Nobody_takes_a_call_whose_caller_has_hung_up() =>
        Given([.. Waiting, new CallAbandoned(Id, "orders", At(2), At(9), 7_000, "gone")])
            .When(call => CallDecisions.Take(call, Anna, At(10))).ThenRefused("call-over");

    [Fact]
    public void Nobody_takes_a_call_that_there_is_not() =>
        Given().When(call => CallDecisions.Take(call, Anna, Nine)).ThenRefused("call-unknown");

    [Fact]
    public void The_number_suggests_and_the_operator_confirms()
    {
        CallerCandidate[] candidates = [new("c1", "Casa Verde", "Ion"), new("c2", "Bistro", "")];
        var suggested = Given(Waiting).After(call => CallDecisions.Suggest(call, candidates));
        Assert.Equal(new CallerCandidatesFound(Id, Number, candidates), suggested.History[^1]);
        Assert.Null(suggested.State.ClientId);

        var taken = suggested.After(call => CallDecisions.Take(call, Anna, At(12)));
        Assert.True(taken.When(call => CallDecisions.Identify(call, Anna, Client("c1"), "Ion", At(20))).ThenOne<CallerIdentified>().ByNumber);
        Assert.False(taken.When(call => CallDecisions.Identify(call, Anna, Client("c3"), "Ion", At(20))).ThenOne<CallerIdentified>().ByNumber);
    }

    [Fact]
    [Trait("Clause", "A.III.2")]
    public void Identifying_the_caller_brings_his_type_to_the_call() =>
        Given(InHand).When(call => CallDecisions.Identify(call, Anna, Client("c1", ClientType.Key), "Ion", At(20)))
            .Then(new CallerIdentified(Id, "c1", "Client c1", ClientType.Key, "Ion", ByNumber: false));

    [Fact]
    public void The_same_identity_again_changes_nothing_and_a_new_type_is_news()
    {
        Given(Identified()).When(call => CallDecisions.Identify(call, Anna, Client("c1"), "Ion", At(20))).ThenNothing();
        Given(Identified()).When(call => CallDecisions.Identify(call, Anna, Client("c1", ClientType.Key), "Ion", At(20)))
            .ThenOne<CallerIdentified>();
    }

    [Fact]
    public void Nobody_is_identified_as_a_client_that_there_is_not() =>
        Given(InHand).When(call => CallDecisions.Identify(call, Anna, Domain.Clients.Client.Stream.Initial, "Ion", At(20)))
            .ThenRefused("client-unknown");

    [Fact]
    public void Another_identity_or_another_purpose_undoes_the_routing()
    {
        Assert.NotNull(Given(RoutedToAnna()).State.Route);
        Assert.Null(Given(RoutedToAnna()).After(call => CallDecisions.Identify(call, Anna, Client("c2"), "", At(20))).State.Route);
        Assert.Null(Given(RoutedToAnna()).After(call => CallDecisions.StatePurpose(call, Anna, CallPurpose.Other, "", At(20))).State.Route);
    }

    [Fact]
    [Trait("Clause", "A.III.19")]
    public void The_purpose_is_written_down() =>
        Given(Identified()).When(call => CallDecisions.StatePurpose(call, Anna, CallPurpose.Other, "asks for the director", At(20)))
            .Then(new PurposeStated(Id, CallPurpose.Other, "asks for the director"));

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void No_call_closes_without_a_purpose()
    {
        var refusal = Given(Identified()).When(call => CallDecisions.Close(call, Anna, CallResult.WrongNumber, "", At(60)))
            .ThenRefused("call-not-registered");
        Assert.Equal("purpose", Assert.Single(Assert.IsType<CloseRefused>(refusal).Missing));
    }

    [Theory]
    [InlineData(CallResult.OrderTaken, true)]
    [InlineData(CallResult.HandedOver, true)]
    [InlineData(CallResult.OrderNotTaken, false)]
    [InlineData(CallResult.InformationGiven, false)]
    [InlineData(CallResult.ComplaintRecorded, false)]
    [InlineData(CallResult.WrongNumber, false)]
    [Trait("Clause", "A.III.14")]
    public void An_order_and_a_hand_over_have_a_client(CallResult result, bool needsClient)
    {
        var closing = Given([.. InHand, new PurposeStated(Id, CallPurpose.Other, "")])
            .When(call => CallDecisions.Close(call, Anna, result, "", At(60)));
        if (needsClient)
            Assert.Equal("client", Assert.Single(Assert.IsType<CloseRefused>(closing.ThenRefused("call-not-registered")).Missing));
        else
            closing.ThenOne<CallClosed>();
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void No_call_closes_while_somebody_is_being_asked_to_take_it()
    {
        var refusal = Given([.. WithPurpose(), new TransferOffered(Id, Mara, StaffRole.Manager, "e1", At(20))])
            .When(call => CallDecisions.Close(call, Anna, CallResult.OrderNotTaken, "", At(60))).ThenRefused("call-not-registered");
        Assert.Equal("transfer", Assert.Single(Assert.IsType<CloseRefused>(refusal).Missing));
    }

    [Fact]
    [Trait("Clause", "A.III.14")]
    public void A_registered_call_closes_with_purpose_result_and_time() =>
        Given(WithPurpose()).When(call => CallDecisions.Close(call, Anna, CallResult.OrderTaken, "as usual", At(72)))
            .Then(new CallClosed(Id, Anna, CallPurpose.Order, CallResult.OrderTaken, "as usual", "c1", At(72), At(2), 60_000));

    [Fact]
    public void Closing_a_closed_call_again_changes_nothing_for_who_closed_it()
    {
        var closed = Given(WithPurpose()).After(call => CallDecisions.Close(call, Anna, CallResult.OrderTaken, "", At(72)));
        closed.When(call => CallDecisions.Close(call, Anna, CallResult.WrongNumber, "", At(80))).ThenNothing();
        closed.When(call => CallDecisions.Close(call, Boris, CallResult.WrongNumber, "", At(80))).ThenRefused("call-not-in-hand");
    }

    [Fact]
    public void Only_who_has_the_call_deals_with_it()
    {
        Func<Call, StaffRef, Decision>[] deeds =
        [
            (call, by) => CallDecisions.Identify(call, by, Client("c9"), "", At(20)),
            (call, by) => CallDecisions.StatePurpose(call, by, CallPurpose.Order, "", At(20)),
            (call, by) => CallDecisions.Route(call, by, ClientType.Retail, true, DebtStanding.Clean, Nobody, At(20), Deadline),
            (call, by) => CallDecisions.Close(call, by, CallResult.OrderTaken, "", At(60)),
        ];
        Assert.All(deeds, deed =>
        {
            var refusal = Given(WithPurpose()).When(call => deed(call, Boris)).ThenRefused("call-of-another");
            Assert.Contains(Anna.Name, refusal.Reason, StringComparison.Ordinal);
            Given(Waiting).When(call => deed(call, Anna)).ThenRefused("call-not-in-hand");
        });
    }

    [Fact]
    public void Registering_goes_on_after_the_caller_has_hung_up() =>
        Given([.. WithPurpose(), new CallEnded(Id, At(60), 48_000, "normal", "ended")])
            .When(call => CallDecisions.Close(call, Anna, CallResult.OrderTaken, "", At(80))).ThenOne<CallClosed>();

    private static readonly RoutingPeople Nobody = new(null, [], [], []);

    private static Client Client(string id, ClientType type = ClientType.Retail) =>
        Domain.Clients.Client.Stream.Initial with { Id = id, Name = $"Client {id}", Type = type };
}
