using Intake.Application.Callbacks;
using Intake.Application.Calls;
using Intake.Application.Escalations;
using Intake.Application.LookUps;
using Intake.Application.Ordering;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using MediatR;

namespace Intake.Application.Staff;

/// <summary>
/// Nobody keeps work from which he was dismissed (A.I.3). Rows say what he has, and each stream whether it is so still; whoever is appointed
/// again by then keeps it.
/// </summary>
public sealed class DismissalHandlers(
    CommandRunner runner, Transfers transfers, IMediator mediator, OpenWork work, AccountablePeople accountable) :
    IRequestHandler<TakeOpenWorkFrom, CommandResult>
{
    /// <summary>Why he has it no more, as the record says it.</summary>
    internal const string Why = "Dismissed";

    public async Task<CommandResult> Handle(TakeOpenWorkFrom request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        if (!(await runner.Load(StaffMember.Stream, request.StaffId, cancellationToken)).State.Dismissed)
        {
            return new Done(-1, Changed: false);
        }

        await work.Reaches(request.After, cancellationToken);
        var results = new List<CommandResult>();
        foreach (var call in await work.CallsOf(request.StaffId, cancellationToken))
        {
            results.Add(await transfers.Ask(
                call, context.Step($"call {call}"), (one, _) => CallDecisions.Leave(one, request.StaffId, Why, context.Now), cancellationToken));
        }

        var to = await accountable.ForEscalations(cancellationToken);
        foreach (var callback in await work.CallbacksOf(request.StaffId, cancellationToken))
        {
            results.Add(await mediator.Send(
                new ReassignCallback(callback, to.Id, Why) { Context = context.Step($"callback {callback}") }, cancellationToken));
        }

        foreach (var helped in await work.CallsHelpedBy(request.StaffId, cancellationToken))
        {
            results.Add(await runner.Run(
                Call.Stream, helped, context.Step($"help {helped}"), call => Help.Bar(call, request.StaffId, context.Now), cancellationToken));
        }

        var from = new StaffRef(request.StaffId, request.StaffId);
        foreach (var draft in await work.DraftsOf(request.StaffId, talking: true, cancellationToken))
        {
            results.Add(await mediator.Send(
                new HandOverOrder(draft, from, to, Why) { Context = context.Step($"order {draft}") }, cancellationToken));
        }

        // What he owed on a call is settled with the call.
        foreach (var question in await work.QuestionsTo(request.StaffId, cancellationToken))
        {
            results.Add(await mediator.Send(
                new ReassignEscalation(question, to.Id, Why) { Context = context.Step($"escalation {question}") }, cancellationToken));
        }

        // One that lost a race to others' commands is sent again by whoever sent this.
        return results.OfType<Conflict>().FirstOrDefault() as CommandResult ?? new Done(-1, results.Count > 0);
    }
}
