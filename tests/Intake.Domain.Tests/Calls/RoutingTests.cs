using Intake.Domain.Calls;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using static Intake.Domain.Tests.Calls.CallStory;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Calls;

/// <summary>Every row of the routing table: who takes calls handles them, or sends them where they belong.</summary>
[Trait("Clause", "C5")]
public sealed class RoutingTests
{
    private static readonly RoutingHop Own = Here(Mara, StaffRole.Manager);
    private static readonly RoutingHop Key = Here(Kira, StaffRole.KeyAccountManager);
    private static readonly RoutingHop OtherKey = Here(Lev, StaffRole.KeyAccountManager);
    private static readonly RoutingHop Head = Here(Hanna, StaffRole.Head);
    private static readonly RoutingHop Money = Here(Fyodor, StaffRole.Finance);
    private static readonly RoutingPeople Everybody = new(Own, [Key, OtherKey], [Head], [Money]);

    [Theory]
    [MemberData(nameof(TypesAndDebts))]
    [Trait("Clause", "A.III.18")]
    public void Reference_information_is_the_operators_whoever_asks(ClientType type, DebtStanding debt, bool hasManager) =>
        Assert.Equal(
            (RoutingDestination.Operator, "A.III.18 reference information", ""),
            Decide(CallPurpose.ReferenceInformation, type, debt, hasManager));

    [Theory]
    [MemberData(nameof(TypesAndDebts))]
    [Trait("Clause", "A.III.20")]
    public void A_complaint_is_owned_by_the_department_concerned(ClientType type, DebtStanding debt, bool hasManager) =>
        Assert.Equal(
            (RoutingDestination.Department, "A.III.20 complaint", "hanna"),
            Decide(CallPurpose.Complaint, type, debt, hasManager));

    [Theory]
    [MemberData(nameof(TypesAndDebts))]
    [Trait("Clause", "A.III.19")]
    public void Anything_else_goes_to_the_manager_and_else_to_the_head(ClientType type, DebtStanding debt, bool hasManager) =>
        Assert.Equal(
            (RoutingDestination.Transfer, "A.III.19 another purpose", hasManager ? "mara hanna" : "hanna"),
            Decide(CallPurpose.Other, type, debt, hasManager));

    [Theory]
    [MemberData(nameof(TypesAndDebts))]
    [Trait("Clause", "A.III.3")]
    [Trait("Clause", "A.III.4")]
    [Trait("Clause", "A.III.6")]
    [Trait("Clause", "A.III.15")]
    public void An_order_goes_where_client_and_debt_send_it(ClientType type, DebtStanding debt, bool hasManager)
    {
        (RoutingDestination, string, string) expected = (type, debt, hasManager) switch
        {
            (_, _, false) => (RoutingDestination.Transfer, "A.III.15 new client", "hanna"),
            (ClientType.Key, _, _) => (RoutingDestination.Transfer, "A.III.4 key client", "mara kira lev hanna"),
            (_, DebtStanding.Overdue or DebtStanding.Excess, _) => (RoutingDestination.Transfer, "A.III.6 debtor", "mara fyodor"),
            _ => (RoutingDestination.Operator, "A.III.3 standard order", ""),
        };
        Assert.Equal(expected, Decide(CallPurpose.Order, type, debt, hasManager));
    }

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void A_key_clients_own_manager_is_asked_once_though_he_is_among_the_others()
    {
        var people = Everybody with { OwnManager = Key };
        var route = RoutingTable.Decide(new RoutingInputs(CallPurpose.Order, ClientType.Key, true, DebtStanding.Clean), people);
        Assert.Equal(["kira", "lev", "hanna"], route.Chain.Select(hop => hop.Person.Id));
    }

    [Fact]
    public void The_decision_is_recorded_with_version_row_inputs_and_chain_and_the_absent_are_in_it()
    {
        var people = Everybody with { OwnManager = Away(Mara, StaffRole.Manager) };
        Route(CallPurpose.Order, ClientType.Retail, DebtStanding.Excess, people).Then(
            new RoutingDecided(
                Id, "routing-1", "A.III.6 debtor",
                new RoutingInputs(CallPurpose.Order, ClientType.Retail, HasManager: true, DebtStanding.Excess),
                RoutingDestination.Transfer, [Away(Mara, StaffRole.Manager), Money]),
            new TransferPassedOver(Id, Mara, StaffRole.Manager, null, At(20)),
            new TransferOffered(Id, Fyodor, StaffRole.Finance, $"{Id}-1", At(20)));
    }

    [Fact]
    [Trait("Clause", "A.III.3")]
    public void A_standard_order_stays_with_who_took_the_call()
    {
        Route(CallPurpose.Order, ClientType.Retail, DebtStanding.Clean, Everybody).ThenOne<RoutingDecided>();
        Assert.Equal(Anna, Opening.RoutedTo(Given(RoutedToAnna()).State));
    }

    [Fact]
    public void Nothing_is_routed_before_its_purpose_is_known() =>
        Given(Identified()).When(call => Apply(call, ClientType.Retail, DebtStanding.Clean, Everybody)).ThenRefused("purpose-unknown");

    [Fact]
    public void No_order_is_routed_before_it_is_known_who_calls() =>
        Given([.. InHand, new PurposeStated(Id, CallPurpose.Order, "")])
            .When(call => Apply(call, ClientType.Unknown, DebtStanding.Clean, Everybody)).ThenRefused("caller-unknown");

    [Fact]
    [Trait("Clause", "A.III.18")]
    public void A_prospect_need_not_say_who_he_is_to_be_informed() =>
        Given([.. InHand, new PurposeStated(Id, CallPurpose.ReferenceInformation, "")])
            .When(call => Apply(call, ClientType.Unknown, DebtStanding.NotAsked, Everybody)).ThenOne<RoutingDecided>();

    public static TheoryData<ClientType, DebtStanding, bool> TypesAndDebts()
    {
        var rows = new TheoryData<ClientType, DebtStanding, bool>();
        foreach (var type in Enum.GetValues<ClientType>())
            foreach (var debt in Enum.GetValues<DebtStanding>())
                foreach (var hasManager in new[] { true, false })
                    rows.Add(type, debt, hasManager);
        return rows;
    }

    private static (RoutingDestination Destination, string Rule, string Chain) Decide(
        CallPurpose purpose, ClientType type, DebtStanding debt, bool hasManager)
    {
        var people = hasManager ? Everybody : Everybody with { OwnManager = null };
        var route = RoutingTable.Decide(new RoutingInputs(purpose, type, hasManager, debt), people);
        return (route.Destination, route.Rule, string.Join(" ", route.Chain.Select(hop => hop.Person.Id)));
    }

    private static Outcome Route(CallPurpose purpose, ClientType type, DebtStanding debt, RoutingPeople people) =>
        Given(WithPurpose(purpose, type)).When(call => Apply(call, type, debt, people));

    private static Decision Apply(Call call, ClientType type, DebtStanding debt, RoutingPeople people) =>
        CallDecisions.Route(call, Anna, type, people.OwnManager is not null, debt, people, At(20), Deadline);
}
