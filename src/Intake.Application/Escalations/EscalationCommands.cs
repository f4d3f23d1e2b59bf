using Intake.Domain;
using Intake.Domain.Callbacks;
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

/// <summary>Promises to ring back; a policy's, when a call became a callback.</summary>
[For]
public sealed record RequestCallback(CallbackRequested Request) : Command;

/// <summary>Writes down an attempt to ring back.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance)]
public sealed record RecordAttempt(string CallbackId, bool Reached, string Note) : Command;

/// <summary>Carries out what is commanded about escalations and callbacks.</summary>
public sealed class EscalationHandlers(CommandRunner runner) :
    IRequestHandler<RaiseEscalation, CommandResult>,
    IRequestHandler<AcceptEscalation, CommandResult>,
    IRequestHandler<DecideEscalation, CommandResult>,
    IRequestHandler<RequestCallback, CommandResult>,
    IRequestHandler<RecordAttempt, CommandResult>
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

    public Task<CommandResult> Handle(RequestCallback request, CancellationToken cancellationToken) => runner.Run(
        Callback.Stream, request.Request.CallbackId, request.Context,
        callback => Callback.Request(callback, request.Request), cancellationToken);

    public Task<CommandResult> Handle(RecordAttempt request, CancellationToken cancellationToken) => runner.Run(
        Callback.Stream, request.CallbackId, request.Context,
        callback => Callback.Attempt(
            callback, request.CallbackId, request.Context.By, request.Reached, request.Note, request.Context.Now),
        cancellationToken);
}
