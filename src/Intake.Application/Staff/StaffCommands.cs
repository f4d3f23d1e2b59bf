using Intake.Domain;
using Intake.Domain.Staff;
using MediatR;

namespace Intake.Application.Staff;

/// <summary>Appoints a person to a role (A.I.3).</summary>
[For(StaffRole.Administrator)]
public sealed record AppointStaff(StaffAppointed Appointment) : Command;

/// <summary>Says whether one can be asked.</summary>
[For(
    StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance, StaffRole.Supervisor,
    StaffRole.Administrator)]
public sealed record ChangePresence(Presence Presence, string Reason) : Command;

/// <summary>Carries out what is commanded about the people of the floor.</summary>
public sealed class StaffHandlers(CommandRunner runner) :
    IRequestHandler<AppointStaff, CommandResult>,
    IRequestHandler<ChangePresence, CommandResult>
{
    public Task<CommandResult> Handle(AppointStaff request, CancellationToken cancellationToken) => runner.Run(
        StaffMember.Stream, request.Appointment.StaffId, request.Context,
        member => StaffMember.Appoint(member, request.Appointment), cancellationToken);

    public Task<CommandResult> Handle(ChangePresence request, CancellationToken cancellationToken) => runner.Run(
        OperatorSession.Stream, request.Context.By.Id, request.Context,
        session => OperatorSession.Become(
            session, request.Context.By, request.Context.Actor.Role, request.Presence, request.Reason, request.Context.Now),
        cancellationToken);
}
