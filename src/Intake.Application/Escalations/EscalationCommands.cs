using Intake.Domain;
using Intake.Domain.Escalations;
using Intake.Domain.Staff;
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

/// <summary>Hands it to another person; a head's or a supervisor's, or a policy's where somebody stands in.</summary>
/// <param name="As">The role in which he owes it: that of the person for whom he stands in; null for his own.</param>
[For(StaffRole.Head, StaffRole.Supervisor)]
public sealed record ReassignEscalation(string EscalationId, string To, string Reason, StaffRole? As = null) : Command;

/// <summary>Says that its deadline has passed; a timer's.</summary>
[For]
public sealed record ExpireEscalation(string EscalationId) : Command;

/// <summary>Carries out what is commanded about escalations.</summary>
public sealed class EscalationHandlers(CommandRunner runner) :
    IRequestHandler<RaiseEscalation, CommandResult>,
    IRequestHandler<AcceptEscalation, CommandResult>,
    IRequestHandler<DecideEscalation, CommandResult>,
    IRequestHandler<ReassignEscalation, CommandResult>,
    IRequestHandler<ExpireEscalation, CommandResult>
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

    public async Task<CommandResult> Handle(ReassignEscalation request, CancellationToken cancellationToken)
    {
        var member = (await runner.Load(StaffMember.Stream, request.To, cancellationToken)).State;
        return await runner.Run(
            Escalation.Stream, request.EscalationId, request.Context,
            escalation => member.InForce is { } appointment
                ? Escalation.Reassign(
                    escalation, request.EscalationId, new StaffRef(appointment.StaffId, appointment.Name), request.As ?? appointment.Role, request.Reason,
                    request.Context.Now)
                : Decision.Refuse("ReassignEscalation", "staff-unknown", $"Nobody here is called '{request.To}'."),
            cancellationToken);
    }

    public Task<CommandResult> Handle(ExpireEscalation request, CancellationToken cancellationToken) => runner.Run(
        Escalation.Stream, request.EscalationId, request.Context,
        escalation => Escalation.Expire(escalation, request.EscalationId, request.Context.Now), cancellationToken);
}
