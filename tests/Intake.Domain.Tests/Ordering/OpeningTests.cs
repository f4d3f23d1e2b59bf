using Intake.Domain.Calls;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using Intake.Domain.Tests.Calls;
using static Intake.Domain.Tests.Floor;
using static Intake.Domain.Tests.Ordering.OrderStory;

namespace Intake.Domain.Tests.Ordering;

public sealed class OpeningTests
{
    private static readonly OpeningFacts Standard = new(
        CallStory.Given(CallStory.RoutedToAnna()).State, Client(), Clear, Anna, StaffRole.Operator, [List, Ten, Fifteen, Twenty], 3,
        Nine, Today);

    [Fact]
    [Trait("Clause", "A.III.3")]
    [Trait("Clause", "A.III.5")]
    [Trait("Clause", "A.III.10")]
    public void A_standard_order_opens_with_its_credit_check_and_its_price_column() => Open(Standard).Then(
        new OrderOpened(Id, CallStory.Id, "c1", "Casa Verde", ClientType.Retail, Mara, Anna, StaffRole.Operator, Nine),
        new ReceivablesChecked(Id, CheckMoment.Opening, Clear),
        new PriceColumnDetermined(Id, Ten, Fifteen, "client-terms", 3));

    [Fact]
    [Trait("Clause", "A.III.3")]
    [Trait("Clause", "A.III.4")]
    public void No_operator_opens_an_order_for_a_key_client() =>
        Refused(Standard with { Client = Client(ClientType.Key) }, "key-client");

    [Fact]
    [Trait("Clause", "A.III.4")]
    public void A_key_account_manager_opens_an_order_for_a_key_client_transferred_to_him()
    {
        var call = Standard.Call with
        {
            Assignee = Kira,
            Route = Standard.Call.Route! with
            {
                Destination = RoutingDestination.Transfer,
                Chain = [Here(Kira, StaffRole.KeyAccountManager)],
            },
        };
        var facts = Standard with { Client = Client(ClientType.Key), Call = call, By = Kira, Role = StaffRole.KeyAccountManager };
        Open(facts).ThenOne<OrderOpened>();
    }

    [Fact]
    [Trait("Clause", "A.III.15")]
    public void A_client_without_a_manager_orders_nothing() =>
        Refused(Standard with { Client = Client() with { Manager = null } }, "new-client");

    [Fact]
    [Trait("Clause", "A.III.2")]
    public void A_client_of_unknown_type_orders_nothing() =>
        Refused(Standard with { Client = Client(ClientType.Unknown) }, "not-classified");

    [Fact]
    [Trait("Clause", "A.III.2")]
    public void Nobody_orders_before_it_is_known_who_calls()
    {
        Refused(Standard with { Call = Standard.Call with { ClientId = null } }, "not-identified");
        Refused(Standard with { Client = Domain.Clients.Client.Stream.Initial }, "not-identified");
    }

    [Theory]
    [InlineData(CreditVerdict.Overdue, "debt-overdue")]
    [InlineData(CreditVerdict.Excess, "debt-excess")]
    [Trait("Clause", "A.III.5")]
    [Trait("Clause", "A.III.6")]
    public void A_debtor_orders_nothing_and_the_check_is_kept(CreditVerdict verdict, string code) =>
        Refused(Standard with { Credit = Clear with { Verdict = verdict } }, code);

    [Fact]
    [Trait("Clause", "A.III.5")]
    public void The_companys_own_outlet_orders_whatever_it_owes() =>
        Open(Standard with { Credit = Clear with { Verdict = CreditVerdict.Exempt } }).ThenOne<OrderOpened>();

    [Fact]
    [Trait("Clause", "A.I.4.2")]
    public void Without_a_supply_contract_in_force_nothing_is_ordered()
    {
        var contract = Client().Contract!;
        Open(Standard with { Client = Client() with { Contract = contract with { ValidFrom = Today, ValidTo = Today } } }).ThenOne<OrderOpened>();
        Refused(Standard with { Client = Client() with { Contract = null } }, "no-contract");
        Refused(Standard with { Client = Client() with { Contract = contract with { ValidTo = Today.AddDays(-1) } } }, "no-contract");
        Refused(Standard with { Client = Client() with { Contract = contract with { ValidFrom = Today.AddDays(1), ValidTo = Today.AddDays(9) } } }, "no-contract");
    }

    [Fact]
    [Trait("Clause", "A.III.19")]
    public void Nothing_is_ordered_on_a_call_for_another_purpose() => Refused(
        Standard with { Call = Standard.Call with { Purpose = CallPurpose.ReferenceInformation } }, "purpose-not-order");

    [Fact]
    public void An_order_needs_a_call_in_hand_that_was_routed_to_who_takes_it()
    {
        Refused(Standard with { Call = CallStory.Given(CallStory.Waiting).State }, "call-not-in-hand");
        Refused(Standard with { Call = Standard.Call with { Route = null } }, "not-routed");
        Refused(Standard with { By = Boris }, "not-routed");
    }

    [Fact]
    public void Opening_the_same_order_again_changes_nothing_and_its_id_opens_no_other()
    {
        var opened = Given(Opened());
        opened.When(order => Opening.Open(order, Id, Standard)).ThenNothing();
        opened.When(order => Opening.Open(order, Id, Standard with { Call = Standard.Call with { Id = "call-2" } })).ThenRefused("order-exists");
        Given([.. Opened(), new OrderCancelled(Id, null, "c1", Anna, "changed his mind")])
            .When(order => Opening.Open(order, Id, Standard)).ThenRefused("order-exists");
    }

    [Fact]
    public void A_refused_order_is_no_order()
    {
        var refused = Given(new OrderRefused(Id, CallStory.Id, "c1", "Casa Verde", ClientType.Retail, Anna, "debt-overdue", "Owes."));
        Assert.Equal(OrderPhase.Refused, refused.State.Phase);
        refused.When(order => Lines.Add(order, Anna, "tea", Tea, 1, null)).ThenRefused("order-unknown");
        refused.When(order => Opening.Open(order, Id, Standard)).ThenRefused("order-exists");
    }

    [Theory]
    [InlineData("C10", "C15", "C10", "C15", "client-terms")]
    [InlineData("C10", "C0", "C10", "C10", "client-terms")]
    [InlineData("C10", "none", "C10", "C10", "client-terms")]
    [InlineData("none", "none", "C0", "C0", "list-price")]
    [InlineData("", "C20", "C0", "C20", "list-price")]
    [Trait("Clause", "A.III.10")]
    public void The_column_is_that_of_the_clients_terms_and_else_the_lists_highest_price(
        string agreed, string deepest, string column, string lowest, string rule)
    {
        var determined = Open(Standard with { Client = Client() with { Column = agreed, DeepestColumn = deepest } })
            .ThenOne<PriceColumnDetermined>();
        Assert.Equal((column, lowest, rule, 3), (determined.Column.Code, determined.Deepest.Code, determined.Rule, determined.PriceListVersion));
    }

    [Fact]
    [Trait("Clause", "A.III.10")]
    public void Without_a_price_list_the_list_price_stands()
    {
        var determined = Open(Standard with { Columns = [] }).ThenOne<PriceColumnDetermined>();
        Assert.Equal((new PriceColumn("LIST", 0), "list-price"), (determined.Column, determined.Rule));
    }

    private static Outcome Open(OpeningFacts facts) => Given().When(order => Opening.Open(order, Id, facts));

    private static void Refused(OpeningFacts facts, string code)
    {
        var opening = Open(facts);
        opening.ThenRefusedInTheEnd(code);
        Assert.Equal([typeof(ReceivablesChecked), typeof(OrderRefused)], opening.Decision.Events.Select(e => e.GetType()));
    }
}
