using Intake.Application.Callbacks;
using Intake.Application.LookUps;
using Intake.Application.Ordering;
using Intake.Domain;
using Intake.Domain.Escalations;
using Intake.Domain.Staff;
using Intake.EventLog;
using MediatR;

namespace Intake.Application.Staff;

/// <summary>Orders who stands in for whom (A.I.6).</summary>
/// <param name="CoverageId">Chosen by the sender.</param>
[For(StaffRole.Head, StaffRole.Supervisor, StaffRole.Administrator)]
public sealed record OrderCoverage(
    string CoverageId, string AbsentId, string StandInId, DateTimeOffset From, DateTimeOffset Until, string Reason, string Order) : Command;

/// <summary>Ends an absence early, or calls it off.</summary>
[For(StaffRole.Head, StaffRole.Supervisor, StaffRole.Administrator)]
public sealed record EndCoverage(string AbsentId, string CoverageId, string Reason) : Command;

/// <summary>The window begins; a timer's.</summary>
[For]
public sealed record StartCoverage(string AbsentId, string CoverageId) : Command;

/// <summary>Hands over what is open: to the stand-in when the window begins, back when it has ended; a policy's.</summary>
/// <param name="After">The position from which on new work finds its owner by itself.</param>
[For]
public sealed record HandOverOpenWork(string AbsentId, string CoverageId, LogPosition After) : Command;

/// <summary>Carries out what is commanded about absences.</summary>
public sealed class CoverageHandlers(CommandRunner runner, IMediator mediator, OpenWork work) :
    IRequestHandler<OrderCoverage, CommandResult>,
    IRequestHandler<EndCoverage, CommandResult>,
    IRequestHandler<StartCoverage, CommandResult>,
    IRequestHandler<HandOverOpenWork, CommandResult>
{
    public async Task<CommandResult> Handle(OrderCoverage request, CancellationToken cancellationToken)
    {
        var facts = new CoverageFacts(
            await Appointed(request.AbsentId, cancellationToken), await Appointed(request.StandInId, cancellationToken),
            (await runner.Load(Absences.Stream, request.StandInId, cancellationToken)).State);
        var order = new CoverageOrdered(
            request.CoverageId, new StaffRef(request.AbsentId, request.AbsentId), StaffRole.Operator,
            new StaffRef(request.StandInId, request.StandInId), request.From, request.Until, request.Reason, request.Order,
            request.Context.By, request.Context.Now);
        var objection = facts.Absent is { } absent
            ? ReportingLine.Objection("OrderCoverage", absent, request.Context.Role, request.Context.InRightOf)
            : null;
        return await runner.Run(
            Absences.Stream, request.AbsentId, request.Context, absences => objection ?? CoverageDecisions.Order(absences, order, facts),
            cancellationToken);
    }

    public Task<CommandResult> Handle(EndCoverage request, CancellationToken cancellationToken) => runner.Run(
        Absences.Stream, request.AbsentId, request.Context,
        absences => CoverageDecisions.End(absences, request.CoverageId, request.Context.By, request.Reason, request.Context.Now),
        cancellationToken);

    public Task<CommandResult> Handle(StartCoverage request, CancellationToken cancellationToken) => runner.Run(
        Absences.Stream, request.AbsentId, request.Context,
        absences => CoverageDecisions.Start(absences, request.CoverageId, request.Context.Now), cancellationToken);

    public async Task<CommandResult> Handle(HandOverOpenWork request, CancellationToken cancellationToken)
    {
        var absences = (await runner.Load(Absences.Stream, request.AbsentId, cancellationToken)).State;
        if (absences.All.GetValueOrDefault(request.CoverageId) is not { Ordered: var order } coverage)
        {
            return new Done(-1, Changed: false);
        }

        await work.Reaches(request.After, cancellationToken);
        var isBack = coverage.Phase == CoveragePhase.Ended;
        var (from, to) = isBack ? (order.StandIn, order.Absent) : (order.Absent, order.StandIn);
        var owed = isBack
            ? await work.EscalationsHeldFor(
                order.Absent.Id, by: order.StandIn.Id, coverage.HandedOver?.Escalations ?? [], cancellationToken)
            : await work.EscalationsOf(order.Absent.Id, cancellationToken);
        var why = isBack ? $"{order.Absent.Name} is back" : WhyAbsent(order);
        var handed = await Changed(owed, escalation => runner.Run(
            Escalation.Stream, escalation, request.Context.Step($"escalation {escalation}"),
            one => Escalation.Reassign(one, escalation, to, order.AbsentRole, why, request.Context.Now), cancellationToken));
        var promised = await work.CallbacksOf(from.Id, cancellationToken);
        var passedOn = await Changed(
            isBack ? promised.Where(id => coverage.HandedOver?.Callbacks.Contains(id) == true) : promised,
            callback => mediator.Send(
                new ReassignCallback(callback, to.Id, why) { Context = request.Context.Step($"callback {callback}") }, cancellationToken));
        var drafts = await work.DraftsOf(from.Id, talking: false, cancellationToken);
        var given = await Changed(
            isBack ? drafts.Where(id => coverage.HandedOver?.Orders?.Contains(id) == true) : drafts,
            draft => mediator.Send(
                new HandOverOrder(draft, from, to, why) { Context = request.Context.Step($"order {draft}") }, cancellationToken));
        return await runner.Run(
            Absences.Stream, request.AbsentId, request.Context,
            there => CoverageDecisions.HandOver(
                there, new OpenWorkHandedOver(request.CoverageId, from, to, handed, passedOn, request.Context.Now, given)),
            cancellationToken);
    }

    /// <summary>Why somebody else owes it, as the record says it.</summary>
    internal static string WhyAbsent(CoverageOrdered order) => $"{order.Absent.Name} is absent: {order.Reason}; {order.Order}";

    // One after another; the ids of those for which it made a difference.
    private static async Task<IReadOnlyList<string>> Changed(IEnumerable<string> ids, Func<string, Task<CommandResult>> command)
    {
        var changed = new List<string>();
        foreach (var id in ids)
        {
            if (await command(id) is Done { Changed: true })
            {
                changed.Add(id);
            }
        }

        return changed;
    }

    private async Task<StaffAppointed?> Appointed(string staffId, CancellationToken cancel) =>
        (await runner.Load(StaffMember.Stream, staffId, cancel)).State.InForce;
}
