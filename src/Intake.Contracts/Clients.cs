namespace Intake.Contracts;

/// <summary>A client's card as the desk shows it.</summary>
/// <param name="DebtVerdict">clear, overdue, excess, exempt; what an operator may know.</param>
/// <param name="DebtInWords">The verdict as a sentence.</param>
/// <param name="Ledger">The figures behind it; null for those who may not read them.</param>
/// <param name="Usual">What the client buys most often, most often first.</param>
public sealed record ClientCard(
    string ClientId, string Name, string Type, string Country, string City, string Address, string Language, string Route,
    Person? Manager, string ManagerState, IReadOnlyList<string> Phones, IReadOnlyList<ContactPerson> Contacts,
    IReadOnlyList<Receiver> Receivers, string Column, string DeepestColumn, string ContractNumber, DateOnly? ContractUntil,
    string DebtVerdict, string DebtInWords, Ledger? Ledger, IReadOnlyList<UsualProduct> Usual, IReadOnlyList<PastOrder> LastOrders,
    long ChangedAt);

/// <summary>Somebody who speaks for a client.</summary>
public sealed record ContactPerson(string Name, string Position, string Phone);

/// <summary>Somebody who may take a client's goods.</summary>
public sealed record Receiver(string Name, string Phone, string Document);

/// <summary>What the client owes.</summary>
public sealed record Ledger(
    decimal Balance, decimal Overdue, int OverdueDays, decimal? Limit, decimal Unbilled, decimal Reserved, decimal Exposure,
    DateTimeOffset? AsOf);

/// <summary>A product that the client buys often.</summary>
public sealed record UsualProduct(string ProductId, string Name, int Orders, decimal LastQuantity);

/// <summary>An order of the past.</summary>
public sealed record PastOrder(string OrderId, DateOnly Date, decimal Total, int Lines);

/// <summary>A client as a search finds him.</summary>
public sealed record ClientFound(string ClientId, string Name, string City, string Type, Person? Manager, string Phone);

/// <summary>A client who calls for the first time.</summary>
public sealed record RegisterClient(
    string ClientId, string Name, string? Country, string? City, string? Address, string? Language, string? Phone, string? Contact);

/// <summary>Establishing the type, with the reason.</summary>
public sealed record ClassifyClient(string Type, string Reason);

/// <summary>Giving the client a manager.</summary>
public sealed record AssignManager(string StaffId, string Reason);

/// <summary>Agreeing the columns.</summary>
public sealed record AgreePriceTerms(string Column, string DeepestColumn, string Reason);

/// <summary>A supply contract.</summary>
public sealed record SignContract(string Number, DateOnly ValidFrom, DateOnly ValidTo);

/// <summary>Finance's report of a ledger.</summary>
public sealed record ReportLedger(
    DateTimeOffset AsOf, decimal Balance, IReadOnlyList<OpenInvoice> Invoices, IReadOnlyList<string> BilledOrders);

/// <summary>An invoice not paid in full.</summary>
public sealed record OpenInvoice(string Number, DateOnly Due, decimal Open);

/// <summary>Finance's terms.</summary>
public sealed record SetCreditTerms(decimal? Limit, bool Exempt, string Reason);
