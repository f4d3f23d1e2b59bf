using Intake.Application.Calls;
using Intake.Domain;
using Intake.Domain.Calls;
using Intake.Domain.Staff;
using MediatR;

namespace Intake.Application.Staff;

/// <summary>Carries out what is commanded about the people of the floor.</summary>
public sealed class StaffHandlers(
    CommandRunner runner, Shifts shifts, Transfers transfers, EndedAppointments ended, FloorPolicy floorPolicy) :
    IRequestHandler<AppointByOrder, CommandResult>,
    IRequestHandler<AppointStaff, CommandResult>,
    IRequestHandler<DismissStaff, CommandResult>,
    IRequestHandler<BarSession, CommandResult>,
    IRequestHandler<SetSkills, CommandResult>,
    IRequestHandler<ChangePresence, CommandResult>,
    IRequestHandler<ForceWrapUp, CommandResult>,
    IRequestHandler<LoseConnection, CommandResult>
{
    public Task<CommandResult> Handle(AppointByOrder request, CancellationToken cancellationToken) =>
        Appoint(request.Appointment, request.Context, StaffMember.AppointByOrder, cancellationToken);

    public Task<CommandResult> Handle(AppointStaff request, CancellationToken cancellationToken) =>
        Appoint(request.Appointment, request.Context, StaffMember.Appoint, cancellationToken);

    public async Task<CommandResult> Handle(DismissStaff request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        var dismissed = await runner.Run(
            StaffMember.Stream, request.StaffId, context,
            member => StaffMember.Dismiss(member, new StaffDismissed(request.StaffId, request.Order, request.Reason)), cancellationToken);
        if (dismissed is Done)
        {
            await Handle(new BarSession(request.StaffId) { Context = context.Step("session") }, cancellationToken);
        }

        return dismissed;
    }

    public async Task<CommandResult> Handle(BarSession request, CancellationToken cancellationToken)
    {
        ended.Remember(request.StaffId);

        // What followed late must not close the session of who was appointed again meanwhile.
        var member = (await runner.Load(StaffMember.Stream, request.StaffId, cancellationToken)).State;
        return member.Dismissed ? await Bar(request.StaffId, request.Context, cancellationToken) : new Done(-1, Changed: false);
    }

    public Task<CommandResult> Handle(SetSkills request, CancellationToken cancellationToken) => runner.Run(
        StaffMember.Stream, request.StaffId, request.Context,
        member => StaffMember.SetSkills(member, new SkillsSet(request.StaffId, request.Queues)), cancellationToken);

    public Task<CommandResult> Handle(ChangePresence request, CancellationToken cancellationToken) => OnSession(
        request.Context.By.Id, request.Context, request.Presence == Presence.NotReady ? request.Reason : request.Presence.ToString(),
        session => OperatorSession.Become(
            session, request.Context.By, request.Context.Actor.Role, request.Presence, request.Reason, request.Context.Now),
        cancellationToken);

    public async Task<CommandResult> Handle(ForceWrapUp request, CancellationToken cancellationToken)
    {
        // An id that is nobody's may be the name of a shift that is over.
        var member = (await runner.Load(StaffMember.Stream, request.StaffId, cancellationToken)).State;
        return member.Appointment is null
            ? await runner.Run(
                StaffMember.Stream, request.StaffId, request.Context, _ => StaffMember.Unknown("ForceWrapUp", request.StaffId), cancellationToken)
            : await shifts.Run(
                request.StaffId, request.Context,
                session => ReportingLine.Objection("ForceWrapUp", member.Appointment, request.Context.Role, request.Context.InRightOf)
                    ?? OperatorSession.ForceWrapUp(session, request.Context.By, request.Reason, request.Context.Now),
                cancellationToken);
    }

    public Task<CommandResult> Handle(LoseConnection request, CancellationToken cancellationToken) => OnSession(
        request.StaffId, request.Context, OperatorSession.ConnectionLost,
        session => OperatorSession.LoseConnection(session, request.Context.Now), cancellationToken);

    private async Task<CommandResult> Appoint(
        StaffAppointed appointment, CommandContext context, Func<StaffMember, StaffAppointed, Decision> decide, CancellationToken cancel)
    {
        var superior = appointment.ReportsTo is { } named ? (await runner.Load(StaffMember.Stream, named.Id, cancel)).State.InForce : null;
        var known = superior is null ? appointment : appointment with { ReportsTo = new StaffRef(superior.StaffId, superior.Name) };
        var appointed = await runner.Run(
            StaffMember.Stream, appointment.StaffId, context,
            member => ReportingLine.Objection("AppointStaff", known, superior) ?? decide(member, known), cancel);
        if (appointed is Done)
        {
            await shifts.Run(
                appointment.StaffId, context.Step("session"),
                session => OperatorSession.Unbar(session, appointment.StaffId, context.Now), cancel);
        }

        return appointed;
    }

    // Should the call that he reached for be undecided, it is not his when that comes.
    private async Task<CommandResult> Bar(string staffId, CommandContext context, CancellationToken cancel)
    {
        OperatorSession? before = null;
        var barred = await OnSession(
            staffId, context, DismissalHandlers.Why,
            session =>
            {
                before = session;
                return OperatorSession.Bar(session, staffId, context.Now);
            },
            cancel);
        if (barred is Done { Changed: true } && before is { Engagement: { } held, Person: var person })
        {
            await transfers.Ask(
                held.CallId, context.Step("leave"),
                (call, _) => CallDecisions.Leave(call, staffId, DismissalHandlers.Why, context.Now) is { Events.Count: > 0 } left
                    ? left
                    : CallDecisions.GiveUp(call, person, held.AttemptId),
                cancel);
        }

        return barred;
    }

    // A call that rang at him, or that he was asked to take over, goes on to others at once. Should the host die before that, it does when
    // its time is over.
    private async Task<CommandResult> OnSession(
        string staffId, CommandContext context, string became, Func<OperatorSession, Decision> decide, CancellationToken cancel)
    {
        Reservation? rang = null;
        var result = await shifts.Run(
            staffId, context,
            session =>
            {
                rang = session.Reservation;
                return decide(session);
            },
            cancel);
        if (result is Done { Changed: true } && rang is not null)
        {
            await transfers.Ask(
                rang.CallId, context.Step("withdraw"),
                (call, notReady) => call.AskedNow is { } asked && asked.EscalationId == rang.OfferId
                    ? CallDecisions.DeclineTransfer(
                        call, asked.To, became, context.Now, context.Now + floorPolicy.CallBackWithin, notReady)
                    : Ringing.Withdraw(call, rang.OfferId, became, context.Now),
                cancel);
        }

        return result;
    }
}
