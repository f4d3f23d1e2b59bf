using Intake.Domain;
using Intake.Domain.Receivables;
using MediatR;

namespace Intake.Application.Finance;

/// <summary>Sets a client's credit terms.</summary>
[For(StaffRole.Finance, StaffRole.Administrator)]
public sealed record SetCreditTerms(string ClientId, decimal? Limit, bool Exempt, string Reason) : Command;

/// <summary>Reports a client's ledger as it stands at a moment.</summary>
[For(StaffRole.Finance, StaffRole.Administrator)]
public sealed record ReportLedger(LedgerReported Report) : Command;

/// <summary>The order is submitted: what it costs is owed from now on; a policy's.</summary>
[For]
public sealed record ChargeOrder(string ClientId, string OrderId, decimal Amount) : Command;

/// <summary>The order will not be: what was set aside for it is free; a policy's.</summary>
[For]
public sealed record ReleaseCredit(string ClientId, string OrderId, string Why) : Command;

/// <summary>Carries out what is commanded about receivables.</summary>
public sealed class FinanceHandlers(CommandRunner runner) :
    IRequestHandler<SetCreditTerms, CommandResult>,
    IRequestHandler<ReportLedger, CommandResult>,
    IRequestHandler<ChargeOrder, CommandResult>,
    IRequestHandler<ReleaseCredit, CommandResult>
{
    public Task<CommandResult> Handle(SetCreditTerms request, CancellationToken cancellationToken) => On(
        request, request.ClientId,
        owed => ReceivablesDecisions.SetTerms(owed, request.ClientId, request.Limit, request.Exempt, request.Reason), cancellationToken);

    public Task<CommandResult> Handle(ReportLedger request, CancellationToken cancellationToken) => On(
        request, request.Report.ClientId, owed => ReceivablesDecisions.Report(owed, request.Report), cancellationToken);

    public Task<CommandResult> Handle(ChargeOrder request, CancellationToken cancellationToken) => On(
        request, request.ClientId,
        owed => ReceivablesDecisions.Charge(owed, request.ClientId, request.OrderId, request.Amount), cancellationToken);

    public Task<CommandResult> Handle(ReleaseCredit request, CancellationToken cancellationToken) => On(
        request, request.ClientId, owed => ReceivablesDecisions.Release(owed, request.OrderId, request.Why), cancellationToken);

    private Task<CommandResult> On(
        Command command, string clientId, Func<ClientReceivables, Decision> decide, CancellationToken cancel) =>
        runner.Run(ClientReceivables.Stream, clientId, command.Context, decide, cancel);
}
