using Intake.Domain.Clients;
using Intake.Domain.Staff;
using static Intake.Domain.Tests.Floor;

namespace Intake.Domain.Tests.Clients;

public sealed class ClientTests
{
    private static readonly ClientRegistered Card = new(
        "c1", "Casa Verde", "Moldova", "Chișinău", "Str. Lungă 4", "ro", "north", ["+37322555111"], [], "desk");

    [Fact]
    public void A_client_is_registered_once_under_a_name()
    {
        Given().When(client => ClientDecisions.Register(client, Card)).Then(Card);
        Given(Card).When(client => ClientDecisions.Register(client, Card)).ThenNothing();
        Given(Card).When(client => ClientDecisions.Register(client, Card with { Name = "Bistro" })).ThenRefused("client-exists");
        Given().When(client => ClientDecisions.Register(client, Card with { Name = " " })).ThenRefused("name-missing");
    }

    [Fact]
    [Trait("Clause", "A.III.2")]
    public void The_type_is_established_and_changed_with_a_reason()
    {
        Given(Card).When(client => ClientDecisions.Classify(client, ClientType.Retail, "runs a shop"))
            .Then(new ClientClassified("c1", ClientType.Unknown, ClientType.Retail, "runs a shop"));
        var retail = Given(Card, new ClientClassified("c1", ClientType.Unknown, ClientType.Retail, "runs a shop"));
        retail.When(client => ClientDecisions.Classify(client, ClientType.Key, "has become a chain"))
            .Then(new ClientClassified("c1", ClientType.Retail, ClientType.Key, "has become a chain"));
        retail.When(client => ClientDecisions.Classify(client, ClientType.Retail, "")).ThenNothing();
        retail.When(client => ClientDecisions.Classify(client, ClientType.Key, "")).ThenRefused("reason-missing");
        retail.When(client => ClientDecisions.Classify(client, ClientType.Unknown, "forgotten")).ThenRefused("type-missing");
    }

    [Theory]
    [InlineData(StaffRole.Manager)]
    [InlineData(StaffRole.KeyAccountManager)]
    [InlineData(StaffRole.Head)]
    [Trait("Clause", "A.III.15")]
    public void A_manager_is_assigned_with_a_reason(StaffRole role)
    {
        Given(Card).When(client => ClientDecisions.AssignManager(client, Member("mara", role), "new client"))
            .Then(new ManagerAssigned("c1", null, new StaffRef("mara", "Name of mara"), "new client"));
        Given(Card).When(client => ClientDecisions.AssignManager(client, Member("mara", role), " ")).ThenRefused("reason-missing");
    }

    [Theory]
    [InlineData(StaffRole.Operator)]
    [InlineData(StaffRole.Finance)]
    [InlineData(StaffRole.Supervisor)]
    [InlineData(StaffRole.Auditor)]
    [InlineData(StaffRole.Administrator)]
    [Trait("Clause", "A.III.15")]
    public void Nobody_else_owns_clients(StaffRole role) =>
        Given(Card).When(client => ClientDecisions.AssignManager(client, Member("anna", role), "why not")).ThenRefused("not-a-manager");

    [Fact]
    [Trait("Clause", "A.III.15")]
    public void A_manager_works_here_and_takes_over_from_the_one_before()
    {
        var owned = Given(Card, new ManagerAssigned("c1", null, new StaffRef("mara", "Mara"), "new client"));
        owned.When(client => ClientDecisions.AssignManager(client, Member("lev", StaffRole.Manager), "Mara left"))
            .Then(new ManagerAssigned("c1", new StaffRef("mara", "Mara"), new StaffRef("lev", "Name of lev"), "Mara left"));
        owned.When(client => ClientDecisions.AssignManager(client, Member("mara", StaffRole.Manager), "again")).ThenNothing();
        owned.When(client => ClientDecisions.AssignManager(client, StaffMember.Stream.Initial, "who?")).ThenRefused("staff-unknown");
        owned.When(client => ClientDecisions.AssignManager(client, Member("lev", StaffRole.Manager) with { Dismissed = true }, "gone")).ThenRefused("staff-unknown");
    }

    [Fact]
    [Trait("Clause", "A.III.10")]
    public void Price_terms_are_agreed_and_agreed_anew()
    {
        var agreed = Given(Card).After(client => ClientDecisions.AgreePriceTerms(client, "C10", "C15", "volume"));
        Assert.Equal(new PriceTermsAgreed("c1", "C10", "C15", "volume"), agreed.History[^1]);
        agreed.When(client => ClientDecisions.AgreePriceTerms(client, "C10", "C15", "again")).ThenNothing();
        agreed.When(client => ClientDecisions.AgreePriceTerms(client, "C10", "C20", "more volume")).ThenOne<PriceTermsAgreed>();
    }

    [Fact]
    [Trait("Clause", "A.I.4.2")]
    public void A_contract_is_in_force_from_its_first_day_to_its_last()
    {
        var signed = Given(Card).After(client => ClientDecisions.SignContract(client, "77/26", Today, Today.AddDays(2)));
        Assert.Equal(new ContractSigned("c1", "77/26", Today, Today.AddDays(2)), signed.History[^1]);
        Assert.Equal(
            [false, true, true, true, false],
            Enumerable.Range(-1, 5).Select(day => signed.State.HasContractOn(Today.AddDays(day))));
        Assert.False(Given(Card).State.HasContractOn(Today));
        signed.When(client => ClientDecisions.SignContract(client, "77/26", Today, Today.AddDays(2))).ThenNothing();
        signed.When(client => ClientDecisions.SignContract(client, "77/26", Today, Today.AddDays(3))).ThenOne<ContractSigned>();
        signed.When(client => ClientDecisions.SignContract(client, "78/26", Today, Today.AddDays(-1))).ThenRefused("dates-reversed");
    }

    [Fact]
    [Trait("Clause", "A.III.12")]
    public void Receivers_are_authorised_by_name()
    {
        var authorised = Given(Card).After(client => ClientDecisions.AuthoriseReceiver(client, "Vasile", "1", "PoA 1"));
        Assert.Equal(new ReceiverAuthorised("c1", "Vasile", "1", "PoA 1"), authorised.History[^1]);
        authorised.When(client => ClientDecisions.AuthoriseReceiver(client, "Vasile", "1", "PoA 1")).ThenNothing();
        var renewed = authorised.After(client => ClientDecisions.AuthoriseReceiver(client, "Vasile", "1", "PoA 2"));
        Assert.Equal("PoA 2", Assert.Single(renewed.State.Receivers).Document);
    }

    [Fact]
    public void Nothing_is_agreed_with_a_client_that_there_is_not()
    {
        Func<Client, Decision>[] deeds =
        [
            client => ClientDecisions.Classify(client, ClientType.Retail, "why"),
            client => ClientDecisions.AssignManager(client, Member("mara", StaffRole.Manager), "why"),
            client => ClientDecisions.AgreePriceTerms(client, "C10", "C10", "why"),
            client => ClientDecisions.SignContract(client, "1", Today, Today),
            client => ClientDecisions.AuthoriseReceiver(client, "Vasile", "1", ""),
        ];
        Assert.All(deeds, deed => Given().When(deed).ThenRefused("client-unknown"));
    }

    private static Given<Client> Given(params IEvent[] events) => Scenario.Given(Client.Stream, events);

    private static StaffMember Member(string id, StaffRole role) => new(new StaffAppointed(id, $"Name of {id}", role, "Sales", "12", ""), false);
}
