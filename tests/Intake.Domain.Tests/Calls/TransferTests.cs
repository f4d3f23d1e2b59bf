using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using static Intake.Domain.Tests.Calls.CallStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>Each hop of a chain: present, absent, declined, accepted; and how a chain ends.</summary>
public sealed class TransferTests
{
    [Theory]
    [InlineData(true, true, true, "kira")]
    [InlineData(false, true, true, "lev")]
    [InlineData(false, false, true, "hanna")]
    [InlineData(true, false, false, "kira")]
    [Trait("Clause", "A.III.4")]
    public void A_key_client_is_offered_to_the_first_of_the_chain_who_is_present(bool own, bool other, bool head, string asked) =>
        Assert.Equal(asked, KeyClient(own, other, head).State.AskedNow?.To.Id);

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void Where_nobody_of_the_chain_is_present_the_last_owes_a_callback_by_a_deadline()
    {
        var routed = KeyClient(own: false, other: false, head: false);
        Assert.Equal(new CallConvertedToCallback(Id, Id, Hanna, Deadline), routed.History[^1]);
        Assert.Equal(CallPhase.ConvertedToCallback, routed.State.Phase);
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void Whoever_declines_is_passed_over_and_the_next_is_asked_until_the_last_owes_a_callback()
    {
        var first = KeyClient(own: true, other: true, head: true);
        var second = Decline(first, Kira);
        Assert.Equal(
            [
                new TransferDeclined(Id, Kira, "in a meeting", $"{Id}-1", At(30)),
                new TransferOffered(Id, Lev, StaffRole.KeyAccountManager, $"{Id}-2", At(30)),
            ],
            second.History.TakeLast(2));
        var third = Decline(second, Lev);
        Assert.Equal(new TransferOffered(Id, Hanna, StaffRole.Head, $"{Id}-3", At(30)), third.History[^1]);
        Assert.Equal(new CallConvertedToCallback(Id, Id, Hanna, Deadline), Decline(third, Hanna).History[^1]);
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void Whoever_does_not_answer_in_time_is_passed_over_and_the_next_is_asked_until_the_last_owes_a_callback()
    {
        var second = NoAnswer(KeyClient(own: true, other: true, head: true), 1);
        Assert.Equal(
            [
                new TransferTimedOut(Id, Kira, $"{Id}-1", At(90)),
                new TransferOffered(Id, Lev, StaffRole.KeyAccountManager, $"{Id}-2", At(90)),
            ],
            second.History.TakeLast(2));
        var third = NoAnswer(second, 2);
        Assert.Equal(new TransferOffered(Id, Hanna, StaffRole.Head, $"{Id}-3", At(90)), third.History[^1]);
        Assert.Equal(new CallConvertedToCallback(Id, Id, Hanna, Deadline), NoAnswer(third, 3).History[^1]);
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void Each_person_of_the_chain_who_is_absent_is_passed_over_by_an_event_of_his_own()
    {
        KeyClient(own: false, other: false, head: false).History.Skip(WithPurpose().Count + 1).Told().Then(
            new TransferPassedOver(Id, Kira, StaffRole.KeyAccountManager, null, At(20)),
            new TransferPassedOver(Id, Lev, StaffRole.KeyAccountManager, null, At(20)),
            new TransferPassedOver(Id, Hanna, StaffRole.Head, null, At(20)),
            new CallConvertedToCallback(Id, Id, Hanna, Deadline));
        KeyClient(own: false, other: true, head: true).History.Skip(WithPurpose().Count + 1).Told().Then(
            new TransferPassedOver(Id, Kira, StaffRole.KeyAccountManager, null, At(20)),
            new TransferOffered(Id, Lev, StaffRole.KeyAccountManager, $"{Id}-1", At(20)));
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void Who_turns_out_not_to_be_ready_is_passed_over_though_he_seemed_to_be()
    {
        var people = People(own: true, other: true, head: true);
        Given(WithPurpose(CallPurpose.Order, ClientType.Key))
            .When(call => CallDecisions.Route(
                call, Anna, ClientType.Key, true, DebtStanding.Clean, people, At(20), Deadline, notReady: new HashSet<string> { "kira", "lev" }))
            .Decision.Events.Skip(1).Told().Then(
                new TransferPassedOver(Id, Kira, StaffRole.KeyAccountManager, null, At(20)),
                new TransferPassedOver(Id, Lev, StaffRole.KeyAccountManager, null, At(20)),
                new TransferOffered(Id, Hanna, StaffRole.Head, $"{Id}-1", At(20)));
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void After_an_answer_the_next_is_asked_by_what_he_is_now_and_not_by_what_he_was_when_the_call_was_routed()
    {
        var asked = KeyClient(own: true, other: false, head: true);
        Assert.Equal(Lev, asked.When(call => CallDecisions.DeclineTransfer(call, Kira, "busy", At(30), Deadline)).ThenOne<TransferOffered>().To);
        var notReady = new HashSet<string> { "lev" };
        asked.When(call => CallDecisions.DeclineTransfer(call, Kira, "busy", At(30), Deadline, notReady)).Then(
            new TransferDeclined(Id, Kira, "busy", $"{Id}-1", At(30)),
            new TransferPassedOver(Id, Lev, StaffRole.KeyAccountManager, null, At(30)),
            new TransferOffered(Id, Hanna, StaffRole.Head, $"{Id}-2", At(30)));
        asked.When(call => CallDecisions.TimeOutTransfer(call, $"{Id}-1", At(90), Deadline, notReady)).Then(
            new TransferTimedOut(Id, Kira, $"{Id}-1", At(90)),
            new TransferPassedOver(Id, Lev, StaffRole.KeyAccountManager, null, At(90)),
            new TransferOffered(Id, Hanna, StaffRole.Head, $"{Id}-2", At(90)));
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void Who_is_asked_is_asked_no_more_when_the_call_is_routed_or_its_caller_or_purpose_is_known_anew()
    {
        var asked = KeyClient(own: true, other: true, head: true);
        var again = People(own: false, other: true, head: true);
        Func<Call, Decision>[] anew =
        [
            call => CallDecisions.Identify(call, Anna, Client.Stream.Initial with { Id = "c9", Name = "Nine" }, "", At(50)),
            call => CallDecisions.StatePurpose(call, Anna, CallPurpose.Complaint, "", At(50)),
            call => CallDecisions.Route(call, Anna, ClientType.Key, true, DebtStanding.Clean, again, At(50), Deadline),
            call => CallDecisions.Route(call, Anna, ClientType.Retail, true, DebtStanding.Clean, again, At(50), Deadline),
        ];
        Assert.All(anew, decide =>
        {
            Assert.Equal(new TransferWithdrawn(Id, Kira, $"{Id}-1", At(50)), asked.When(decide).ThenOne<TransferWithdrawn>());
            asked.After(decide).When(call => CallDecisions.AcceptTransfer(call, Kira, At(51))).ThenRefused("not-asked");
            asked.After(decide).When(call => CallDecisions.TimeOutTransfer(call, $"{Id}-1", At(90), Deadline)).ThenNothing();
        });
        Assert.All(anew.Take(2), decide => Assert.Null(asked.After(decide).State.AskedNow));
    }

    [Fact]
    [Trait("Clause", "A.I.6")]
    public void Who_is_asked_in_the_place_of_an_absent_person_has_the_call_for_him_and_each_step_says_so()
    {
        var people = new RoutingPeople(
            new RoutingHop(Lev, StaffRole.KeyAccountManager, Present: true, For: Kira), [], [Here(Hanna, StaffRole.Head)], []);
        var asked = Route(ClientType.Key, DebtStanding.Clean, people);
        Assert.Equal(Kira, Assert.IsType<TransferOffered>(asked.History[^1]).For);
        var accepted = asked.After(call => CallDecisions.AcceptTransfer(call, Lev, At(40)));
        Assert.Equal(new TransferAccepted(Id, Lev, StaffRole.KeyAccountManager, At(40), Kira), accepted.History[^1]);
        Assert.Equal((Lev, Kira), (accepted.State.Assignee, accepted.State.AssigneeFor));

        var away = Route(ClientType.Key, DebtStanding.Clean, people with { OwnManager = people.OwnManager! with { Present = false } });
        Assert.Equal(new TransferPassedOver(Id, Lev, StaffRole.KeyAccountManager, Kira, At(20)), Assert.Single(away.History.OfType<TransferPassedOver>()));
        Assert.Null(away.After(call => CallDecisions.AcceptTransfer(call, Hanna, At(40))).State.AssigneeFor);
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void An_offer_that_was_answered_meanwhile_does_not_time_out()
    {
        var asked = KeyClient(own: true, other: true, head: true);
        Given<Call>[] answered =
        [
            asked.After(call => CallDecisions.AcceptTransfer(call, Kira, At(40))),
            Decline(asked, Kira),
            NoAnswer(asked, 1),
        ];
        Assert.All(answered, one => one.When(call => CallDecisions.TimeOutTransfer(call, $"{Id}-1", At(90), Deadline)).ThenNothing());
    }

    [Fact]
    [Trait("Clause", "A.III.15")]
    public void A_new_clients_call_goes_to_the_head_of_the_department()
    {
        var people = new RoutingPeople(null, [], [Away(Hanna, StaffRole.Head), Here(Hugo, StaffRole.Head)], []);
        var routed = Route(ClientType.Retail, DebtStanding.Clean, people);
        Assert.Equal("hugo", routed.State.AskedNow?.To.Id);
    }

    [Fact]
    [Trait("Clause", "A.III.6")]
    public void A_debtors_manager_who_declines_leaves_him_to_finance()
    {
        var people = new RoutingPeople(Here(Mara, StaffRole.Manager), [], [Here(Hanna, StaffRole.Head)], [Here(Fyodor, StaffRole.Finance)]);
        var asked = Route(ClientType.Retail, DebtStanding.Overdue, people);
        Assert.Equal("mara", asked.State.AskedNow?.To.Id);
        Assert.Equal("fyodor", Decline(asked, Mara).State.AskedNow?.To.Id);
    }

    [Fact]
    [Trait("Clause", "A.III.15")]
    public void Where_there_is_nobody_to_ask_at_all_the_callback_is_his_who_has_the_call()
    {
        var routed = Route(ClientType.Retail, DebtStanding.Clean, new RoutingPeople(null, [], [], []));
        Assert.Equal(new CallConvertedToCallback(Id, Id, Anna, Deadline), routed.History[^1]);
    }

    [Fact]
    public void Who_accepts_has_the_call_with_his_role_and_the_order_is_routed_to_him()
    {
        var accepted = KeyClient(own: true, other: true, head: true).After(call => CallDecisions.AcceptTransfer(call, Kira, At(40)));
        Assert.Equal(new TransferAccepted(Id, Kira, StaffRole.KeyAccountManager, At(40)), accepted.History[^1]);
        Assert.Equal((Kira, StaffRole.KeyAccountManager, $"{Id}-1"), (accepted.State.Assignee, accepted.State.AssigneeRole, accepted.State.EscalationId));
        Assert.Equal(Kira, Opening.RoutedTo(accepted.State));
        accepted.When(call => CallDecisions.AcceptTransfer(call, Kira, At(41))).ThenNothing();
        accepted.When(call => CallDecisions.Close(call, Anna, CallResult.HandedOver, "", At(50))).ThenRefused("call-of-another");
        accepted.When(call => CallDecisions.Close(call, Kira, CallResult.OrderTaken, "", At(50))).ThenOne<CallClosed>();
    }

    [Fact]
    public void While_somebody_is_asked_the_call_is_routed_to_nobody() =>
        Assert.Null(Opening.RoutedTo(KeyClient(own: true, other: true, head: true).State));

    [Fact]
    public void While_another_is_asked_the_call_is_not_routed_to_who_has_it_though_he_is_of_the_chain()
    {
        var handedOn = KeyClient(own: true, other: true, head: true)
            .After(call => CallDecisions.AcceptTransfer(call, Kira, At(40)))
            .After(call => CallDecisions.Route(
                call, Kira, ClientType.Key, true, DebtStanding.Clean, People(own: false, other: true, head: true), At(50), Deadline));
        Assert.Equal(("kira", "lev"), (handedOn.State.Assignee?.Id, handedOn.State.AskedNow?.To.Id));
        Assert.Null(Opening.RoutedTo(handedOn.State));
    }

    [Fact]
    public void Only_who_is_asked_may_accept_or_decline()
    {
        var asked = KeyClient(own: true, other: true, head: true);
        asked.When(call => CallDecisions.AcceptTransfer(call, Lev, At(30))).ThenRefused("not-asked");
        asked.When(call => CallDecisions.DeclineTransfer(call, Lev, "", At(30), Deadline)).ThenRefused("not-asked");
        var declined = Decline(asked, Kira);
        declined.When(call => CallDecisions.AcceptTransfer(call, Kira, At(30))).ThenRefused("not-asked");
        declined.When(call => CallDecisions.DeclineTransfer(call, Kira, "", At(30), Deadline)).ThenRefused("not-asked");
    }

    [Fact]
    public void A_caller_who_hangs_up_meanwhile_can_still_be_taken_over()
    {
        var hungUp = KeyClient(own: true, other: true, head: true)
            .After(call => CallSignals.Hear(call, Id, Signal(SignalKind.Ended, 35)));
        hungUp.When(call => CallDecisions.AcceptTransfer(call, Kira, At(40))).ThenOne<TransferAccepted>();
    }

    [Fact]
    public void A_call_that_is_over_is_nobodys_to_accept_or_decline()
    {
        var over = Scenario.Given(
            Call.Stream,
            [.. KeyClient(own: true, other: true, head: true).History, new CallClosed(
                Id, Anna, CallPurpose.Order, CallResult.OrderNotTaken, "", "c1", At(50), At(2), 1)]);
        over.When(call => CallDecisions.AcceptTransfer(call, Kira, At(60))).ThenRefused("not-asked");
        over.When(call => CallDecisions.DeclineTransfer(call, Kira, "", At(60), Deadline)).ThenRefused("not-asked");
    }

    [Fact]
    public void Each_offer_of_a_call_is_an_escalation_of_its_own_though_it_is_routed_again()
    {
        var people = People(own: true, other: true, head: true);
        var again = Decline(KeyClient(own: true, other: true, head: true), Kira)
            .After(call => CallDecisions.Route(call, Anna, ClientType.Key, true, DebtStanding.Clean, people, At(50), Deadline));
        Assert.Equal([$"{Id}-1", $"{Id}-2", $"{Id}-3"], again.History.OfType<TransferOffered>().Select(offered => offered.EscalationId));
    }

    private static Given<Call> NoAnswer(Given<Call> asked, int offer) =>
        asked.After(call => CallDecisions.TimeOutTransfer(call, $"{Id}-{offer}", At(90), Deadline));

    private static Given<Call> KeyClient(bool own, bool other, bool head) =>
        Route(ClientType.Key, DebtStanding.Overdue, People(own, other, head));

    private static RoutingPeople People(bool own, bool other, bool head) => new(
        new RoutingHop(Kira, StaffRole.KeyAccountManager, own), [new RoutingHop(Lev, StaffRole.KeyAccountManager, other)],
        [new RoutingHop(Hanna, StaffRole.Head, head)], [Here(Fyodor, StaffRole.Finance)]);

    private static Given<Call> Route(ClientType type, DebtStanding debt, RoutingPeople people) =>
        Given(WithPurpose(CallPurpose.Order, type)).After(call => CallDecisions.Route(
            call, Anna, type, people.OwnManager is not null, debt, people, At(20), Deadline));

    private static Given<Call> Decline(Given<Call> asked, StaffRef by) =>
        asked.After(call => CallDecisions.DeclineTransfer(call, by, "in a meeting", At(30), Deadline));
}
