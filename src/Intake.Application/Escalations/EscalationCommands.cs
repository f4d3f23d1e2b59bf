using Intake.Domain;
using Intake.Domain.Escalations;
using MediatR;

namespace Intake.Application.Escalations;

/// <summary>Hands a call to somebody with more authority; a policy's, when a transfer is offered.</summary>
[For]
public sealed record RaiseEscalation(EscalationRaised Raised) : Command;

/// <summary>The owner took it on; a policy's, when the transfer is accepted.</summary>
[For]
public sealed record AcceptEscalation(string EscalationId, StaffRef By) : Command;

/// <summary>It is settled; a policy's, when the transfer is declined or the call is closed.</summary>
[For]
public sealed record DecideEscalation(string EscalationId, StaffRef By, string Outcome) : Command;

/// <summary>Carries out what is commanded about escalations.</summary>
public sealed class EscalationHandlers(CommandRunner runner) :
    IRequestHandler<RaiseEscalation, CommandResult>,
    IRequestHandler<AcceptEscalation, CommandResult>,
    IRequestHandler<DecideEscalation, CommandResult>
{
    public Task<CommandResult> Handle(RaiseEscalation request, CancellationToken cancellationToken) => runner.Run(
        Escalation.Stream, request.Raised.EscalationId, request.Context,
        escalation => Escalation.Raise(escalation, request.Raised), cancellationToken);

    public Task<CommandResult> Handle(AcceptEscalation request, CancellationToken cancellationToken) => runner.Run(
        Escalation.Stream, request.EscalationId, request.Context,
        escalation => Escalation.Accept(escalation, request.EscalationId, request.By, request.Context.Now), cancellationToken);

    public Task<CommandResult> Handle(DecideEscalation request, CancellationToken cancellationToken) => runner.Run(
        Escalation.Stream, request.EscalationId, request.Context,
        escalation => Escalation.Decide(escalation, request.EscalationId, request.By, request.Outcome, request.Context.Now),
        cancellationToken);
}
