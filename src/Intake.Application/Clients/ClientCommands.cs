using Intake.Domain;
using Intake.Domain.Clients;
using MediatR;

namespace Intake.Application.Clients;

/// <summary>Writes a client into the base.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Administrator)]
public sealed record RegisterClient(ClientRegistered Card) : Command;

/// <summary>Establishes the type (A.III.2).</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Administrator)]
public sealed record ClassifyClient(string ClientId, ClientType Type, string Reason) : Command;

/// <summary>Gives the client a manager (A.III.15).</summary>
[For(StaffRole.Head, StaffRole.Administrator)]
public sealed record AssignManager(string ClientId, string StaffId, string Reason) : Command;

/// <summary>Agrees the price columns (A.III.10).</summary>
[For(StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Administrator)]
public sealed record AgreePriceTerms(string ClientId, string Column, string DeepestColumn, string Reason) : Command;

/// <summary>Records a supply contract (A.I.4.2).</summary>
[For(StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Administrator)]
public sealed record SignContract(string ClientId, string Number, DateOnly ValidFrom, DateOnly ValidTo) : Command;

/// <summary>Names somebody who may take the client's goods (A.III.12).</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Administrator)]
public sealed record AuthoriseReceiver(string ClientId, string Name, string Phone, string Document) : Command;

/// <summary>Carries out what is commanded about clients.</summary>
public sealed class ClientHandlers(CommandRunner runner) :
    IRequestHandler<RegisterClient, CommandResult>,
    IRequestHandler<ClassifyClient, CommandResult>,
    IRequestHandler<AssignManager, CommandResult>,
    IRequestHandler<AgreePriceTerms, CommandResult>,
    IRequestHandler<SignContract, CommandResult>,
    IRequestHandler<AuthoriseReceiver, CommandResult>
{
    public Task<CommandResult> Handle(RegisterClient request, CancellationToken cancellationToken) =>
        On(request, request.Card.ClientId, client => ClientDecisions.Register(client, request.Card), cancellationToken);

    public Task<CommandResult> Handle(ClassifyClient request, CancellationToken cancellationToken) =>
        On(request, request.ClientId, client => ClientDecisions.Classify(client, request.Type, request.Reason), cancellationToken);

    public async Task<CommandResult> Handle(AssignManager request, CancellationToken cancellationToken)
    {
        var manager = (await runner.Load(Domain.Staff.StaffMember.Stream, request.StaffId, cancellationToken)).State;
        return await On(
            request, request.ClientId, client => ClientDecisions.AssignManager(client, manager, request.Reason), cancellationToken);
    }

    public Task<CommandResult> Handle(AgreePriceTerms request, CancellationToken cancellationToken) => On(
        request, request.ClientId,
        client => ClientDecisions.AgreePriceTerms(client, request.Column, request.DeepestColumn, request.Reason), cancellationToken);

    public Task<CommandResult> Handle(SignContract request, CancellationToken cancellationToken) => On(
        request, request.ClientId,
        client => ClientDecisions.SignContract(client, request.Number, request.ValidFrom, request.ValidTo), cancellationToken);

    public Task<CommandResult> Handle(AuthoriseReceiver request, CancellationToken cancellationToken) => On(
        request, request.ClientId,
        client => ClientDecisions.AuthoriseReceiver(client, request.Name, request.Phone, request.Document), cancellationToken);

    private Task<CommandResult> On(Command command, string clientId, Func<Client, Decision> decide, CancellationToken cancel) =>
        runner.Run(Client.Stream, clientId, command.Context, decide, cancel);
}
