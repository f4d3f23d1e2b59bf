using Intake.Domain;
using Intake.Domain.Catalogue;
using Intake.Domain.Clients;
using Intake.Domain.Ordering;
using Intake.Domain.Receivables;
using Intake.Domain.Staff;

namespace Intake.Import;

/// <summary>
/// A company as some source describes it: people, assortment, prices, clients, history. Complete in itself: every id that a
/// part names is the id of another part. Reading it changes nothing; whoever takes it over turns it into commands, in the
/// order of the members.
/// </summary>
/// <param name="Source">Where it comes from: <c>northwind</c>, <c>csv</c>, <c>demo</c>.</param>
/// <param name="PriceLists">Versions in their order, numbered from 1; each names only the prices that it changes.</param>
/// <param name="Orders">Orders before this system, oldest first.</param>
/// <param name="Rejected">Rows that could not be taken; all others are here.</param>
/// <param name="Notes">Rows that were taken with something put right or left open.</param>
public sealed record CompanyData(
    string Source,
    IReadOnlyList<StaffAppointed> Staff,
    IReadOnlyList<ImportedProduct> Products,
    IReadOnlyList<PriceListPublished> PriceLists,
    IReadOnlyList<FocusListPublished> FocusLists,
    IReadOnlyList<ImportedClient> Clients,
    IReadOnlyList<ImportedOrder> Orders,
    IReadOnlyList<RowRemark> Rejected,
    IReadOnlyList<RowRemark> Notes)
{
    /// <summary>The id of the price list and of the focus list: a company has one of each.</summary>
    public const string ListId = "main";
}

/// <summary>A product, and whether it is still sold.</summary>
/// <param name="DiscontinuedBecause">The reason why it is no longer sold, or null while it is.</param>
public sealed record ImportedProduct(ProductListed Card, string? DiscontinuedBecause);

/// <summary>A client with everything that a source may say about him; null where it says nothing.</summary>
/// <param name="Type"><see cref="ClientType.Unknown"/> where it is still to be established (A.III.2).</param>
/// <param name="Manager">Null for a new client: the head assigns one (A.III.15).</param>
public sealed record ImportedClient(
    ClientRegistered Card,
    ClientType Type,
    string TypeReason,
    StaffRef? Manager,
    string ManagerReason,
    PriceTermsAgreed? PriceTerms,
    ContractSigned? Contract,
    IReadOnlyList<ReceiverAuthorised> Receivers,
    CreditTermsSet? CreditTerms,
    LedgerReported? Ledger)
{
    /// <summary>The client's id.</summary>
    public string Id => Card.ClientId;
}

/// <summary>An order before this system.</summary>
/// <param name="PriceListVersion">The version of the price list that was in force for it.</param>
public sealed record ImportedOrder(PastOrderImported Order, int PriceListVersion);

/// <summary>Something to say about a row of the source.</summary>
/// <param name="Table">Table or file.</param>
/// <param name="Line">Line in the source, from 1, at which the row begins.</param>
/// <param name="Key">The row's own key as far as it can be read; may be empty.</param>
/// <param name="Reason">What is wrong, with which value.</param>
public sealed record RowRemark(string Table, int Line, string Key, string Reason);
