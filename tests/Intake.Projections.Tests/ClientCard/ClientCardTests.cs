using System.Text.Json;
using Intake.Domain;
using Intake.Domain.Clients;
using Intake.Domain.Receivables;
using Intake.Projections.ClientCard;
using static Intake.Projections.Tests.Fold;

namespace Intake.Projections.Tests.ClientCard;

public sealed class ClientCardTests
{
    private static readonly StaffRef Mihai = new("mihai", "Mihai");
    private static readonly DateOnly Today = new(2026, 11, 24);

    private static readonly ClientRegistered Registered = new(
        "r2", "Băcănia «Ёлка» SRL", "MD", "Chișinău", "str. Teilor 4", "ro", "north", ["+373 22 11-22-33", "n/a"],
        [new Contact("Ion Țurcanu", "buyer", "0037369123456"), new Contact("Office", "desk", "+37322112233")], "import");

    private static readonly IEvent[] Agreed =
    [
        new ClientClassified("r2", ClientType.Unknown, ClientType.Retail, "shop"),
        new ManagerAssigned("r2", null, Mihai, "route"),
        new PriceTermsAgreed("r2", "C10", "C15", "terms"),
        new ContractSigned("r2", "17/26", new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)),
        new ReceiverAuthorised("r2", "Olga", "+37369000001", "PA 1"),
        new ReceiverAuthorised("r2", "Olga", "+37369000001", "PA 2"),
        new CreditTermsSet("r2", 1000, false, "finance"),
        new LedgerReported("r2", Nine, 700, [new OpenInvoice("17", new DateOnly(2026, 11, 10), 200)], []),
    ];

    [Fact]
    public void The_card_holds_what_was_agreed_in_whatever_order_it_became_known()
    {
        var rows = new IEvent[][] { [Registered, .. Agreed], [.. Agreed, Registered] }.Select(Card).ToList();

        Assert.Equal(2, rows.Count);
        Assert.All(rows, card =>
        {
            Assert.Equal(
                (Registered.Name, ClientType.Retail, Mihai, "C10", "C15", "17/26", new DateOnly(2026, 12, 31)),
                (card.Name, card.Type, card.Manager, card.PriceColumn, card.DeepestColumn, card.ContractNumber, card.ContractUntil));
            Assert.Equal(new AuthorisedReceiver("Olga", "+37369000001", "PA 2"), Assert.Single(card.Receivers));
            Assert.Equal((1000m, 700m, Nine), (card.Owed.Limit, card.Owed.Balance, card.Owed.AsOf));
        });
    }

    [Fact]
    public void Credit_is_judged_from_the_card_by_the_formula_that_orders_are_judged_by()
    {
        var assessment = CreditPolicy.Default.Assess(
            Card([Registered, .. Agreed, new OrderCharged("r2", "o1", 50)]).Owed, string.Empty, 0, Nine, Today);

        Assert.Equal(
            (CreditVerdict.Overdue, 200m, 14, 50m, 750m),
            (assessment.Verdict, assessment.Overdue, assessment.OverdueDays, assessment.Unbilled, assessment.Exposure));
    }

    [Fact]
    public void Credit_set_aside_stands_on_the_card_until_it_is_charged_and_the_charge_until_it_is_billed()
    {
        var assessment = CreditPolicy.Default.Assess(ClientReceivables.Stream.Initial, "o1", 50, Nine, Today);
        IEvent[] reserved = [.. Agreed, new CreditReserved("r2", "o1", 50, Nine.AddMinutes(30), assessment)];
        IEvent[] charged = [.. reserved, new OrderCharged("r2", "o1", 50)];
        IEvent[] billed = [.. charged, new LedgerReported("r2", Nine.AddDays(1), 750, [], ["o1"])];

        Assert.Equal((1, 0), Counts(Card(reserved)));
        Assert.Equal((0, 0), Counts(Card([.. reserved, new CreditReservationReleased("r2", "o1", "cancelled")])));
        Assert.Equal((0, 1), Counts(Card(charged)));
        Assert.Equal((0, 0), Counts(Card(billed)));
    }

    [Fact]
    public void What_a_client_owes_survives_its_column()
    {
        var assessment = CreditPolicy.Default.Assess(ClientReceivables.Stream.Initial, "o2", 50, Nine, Today);
        var owed = Card(
            [.. Agreed, new OrderCharged("r2", "o1", 50), new CreditReserved("r2", "o2", 7, Nine.AddMinutes(30), assessment)]).Owed;
        var stored = JsonSerializer.Serialize(owed, JsonSerializerOptions.Web);
        var read = JsonSerializer.Deserialize<ClientReceivables>(stored, JsonSerializerOptions.Web);

        Assert.Equivalent(owed, read, strict: true);
    }

    [Theory]
    [InlineData("елка")]
    [InlineData("Ёлка")]
    [InlineData("BACANIA  elka", false)]
    [InlineData("băcănia елка")]
    [InlineData("chisinau")]
    [InlineData("TURCANU")]
    public void A_client_is_found_whatever_the_case_accents_and_punctuation(string typed, bool found = true) =>
        Assert.Equal(found, Card([Registered]).SearchText.Contains(SearchText.Fold(typed), StringComparison.Ordinal));

    [Fact]
    public void Each_number_is_found_by_its_digits_once_with_the_person_at_it()
    {
        var phones = All(ClientCardProjection.Definition, Registered).Of<ClientPhoneRow>("client_phone");

        Assert.Equal(2, phones.Count);
        Assert.Equal(new ClientPhoneRow("37369123456", "r2", Registered.Name, "Ion Țurcanu"), phones["37369123456|r2"]);
        Assert.Equal(new ClientPhoneRow("37322112233", "r2", Registered.Name, "Office"), phones["37322112233|r2"]);
    }

    [Theory]
    [InlineData("+373 69 12-34-56", "37369123456")]
    [InlineData("0037369123456", "37369123456")]
    [InlineData("(069) 123 456", "069123456")]
    [InlineData("anonymous", "")]
    [InlineData("", "")]
    public void Numbers_are_compared_by_their_digits(string number, string digits) => Assert.Equal(digits, PhoneDigits.Of(number));

    private static (int Reserved, int Unbilled) Counts(ClientRow card) => (card.Owed.Reserved.Count, card.Owed.Unbilled.Count);

    private static ClientRow Card(IReadOnlyList<IEvent> events) => All(ClientCardProjection.Definition, events).Only<ClientRow>("client");
}
