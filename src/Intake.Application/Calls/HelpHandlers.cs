using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using MediatR;

namespace Intake.Application.Calls;

/// <summary>Asks the colleagues to help with the call that one has (A.III.22).</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance)]
public sealed record AskForHelp(string CallId, string Words) : Command;

/// <summary>Asks no more.</summary>
[For(StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance)]
public sealed record TakeHelpBack(string CallId) : Command;

/// <summary>Joins a colleague's call to help; one's own session is engaged first, as for any call.</summary>
[For(
    StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance, StaffRole.Supervisor)]
public sealed record JoinToHelp(string CallId) : Command;

/// <summary>Ends one's own help, or a colleague's with one's own call.</summary>
[For(
    StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance, StaffRole.Supervisor)]
public sealed record EndHelp(string CallId, string HelperId) : Command;

/// <summary>Ends the help that is over with its call; a policy's.</summary>
[For]
public sealed record SettleHelp(string CallId) : Command;

/// <summary>Carries out what is commanded about helping each other (A.III.22).</summary>
public sealed class HelpHandlers(CommandRunner runner, Engagements engagements, IMediator mediator) :
    IRequestHandler<AskForHelp, CommandResult>,
    IRequestHandler<TakeHelpBack, CommandResult>,
    IRequestHandler<JoinToHelp, CommandResult>,
    IRequestHandler<EndHelp, CommandResult>,
    IRequestHandler<SettleHelp, CommandResult>
{
    public Task<CommandResult> Handle(AskForHelp request, CancellationToken cancellationToken) => runner.Run(
        Call.Stream, request.CallId, request.Context,
        call => Help.Ask(call, request.Context.By, request.Words, request.Context.Now), cancellationToken);

    public Task<CommandResult> Handle(TakeHelpBack request, CancellationToken cancellationToken) => runner.Run(
        Call.Stream, request.CallId, request.Context, call => Help.TakeBack(call, request.Context.By, request.Context.Now), cancellationToken);

    public async Task<CommandResult> Handle(JoinToHelp request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        var joined = await engagements.Get(
            request.CallId, context, (call, attempt) => Help.Join(call, context.By, context.Role, context.Now, attempt), cancellationToken);
        if (joined is Done { Changed: true })
        {
            // The client may have hung up already.
            await mediator.Send(new BeginWrapUp(request.CallId) { Context = context.Step("wrap-up") }, cancellationToken);
        }

        return joined;
    }

    public async Task<CommandResult> Handle(EndHelp request, CancellationToken cancellationToken)
    {
        var ended = await runner.Run(
            Call.Stream, request.CallId, request.Context,
            call => Help.End(call, request.HelperId, request.Context.By, request.Context.Now), cancellationToken);
        if (ended is Done { Changed: true })
        {
            await engagements.End(
                request.HelperId, request.CallId, attempt: null, EngagementEnd.HelpOver, request.Context.Step("free"), cancellationToken);
        }

        return ended;
    }

    // Who helped is freed by what follows from his help's end.
    public Task<CommandResult> Handle(SettleHelp request, CancellationToken cancellationToken) => runner.Run(
        Call.Stream, request.CallId, request.Context, call => Help.Settle(call, request.Context.Now), cancellationToken);
}
