using Intake.Domain;
using Intake.Domain.Staff;
using MediatR;

namespace Intake.Application.Staff;

/// <summary>Plans a shift of somebody else (B.V.7).</summary>
/// <param name="ShiftId">Chosen by the sender.</param>
[For(StaffRole.Head, StaffRole.Supervisor, StaffRole.Administrator)]
public sealed record PlanShift(string ShiftId, string StaffId, DateTimeOffset From, DateTimeOffset Until) : Command;

/// <summary>Moves a planned shift.</summary>
/// <param name="Month">A day of the month in which it was planned to begin: it stays in that month's stream.</param>
[For(StaffRole.Head, StaffRole.Supervisor, StaffRole.Administrator)]
public sealed record MoveShift(
    string ShiftId, string StaffId, DateOnly Month, DateTimeOffset From, DateTimeOffset Until, string Reason) : Command;

/// <summary>Cancels a planned shift.</summary>
/// <param name="Month">As for <see cref="MoveShift"/>.</param>
[For(StaffRole.Head, StaffRole.Supervisor, StaffRole.Administrator)]
public sealed record CancelShift(string ShiftId, string StaffId, DateOnly Month, string Reason) : Command;

/// <summary>Carries out what is commanded about working times.</summary>
public sealed class RosterHandlers(CommandRunner runner, Home home) :
    IRequestHandler<PlanShift, CommandResult>,
    IRequestHandler<MoveShift, CommandResult>,
    IRequestHandler<CancelShift, CommandResult>
{
    public Task<CommandResult> Handle(PlanShift request, CancellationToken cancellationToken) => On(
        request, request.StaffId, home.DayOf(request.From),
        (roster, person) => Roster.Plan(
            roster, new ShiftPlanned(request.ShiftId, person, request.From, request.Until, request.Context.By, request.Context.Now)),
        cancellationToken);

    public Task<CommandResult> Handle(MoveShift request, CancellationToken cancellationToken) => On(
        request, request.StaffId, request.Month,
        (roster, person) => OtherMonth(request) ?? Roster.Move(
            roster, new ShiftMoved(request.ShiftId, person, request.From, request.Until, request.Reason, request.Context.By, request.Context.Now)),
        cancellationToken);

    public Task<CommandResult> Handle(CancelShift request, CancellationToken cancellationToken) => On(
        request, request.StaffId, request.Month,
        (roster, person) => Roster.Cancel(
            roster, new ShiftCancelled(request.ShiftId, person, request.Reason, request.Context.By, request.Context.Now)),
        cancellationToken);

    // Only within a month's stream can be seen what a shift overlaps.
    private Decision? OtherMonth(MoveShift request)
    {
        var day = home.DayOf(request.From);
        return (day.Year, day.Month) == (request.Month.Year, request.Month.Month) ? null : Decision.Refuse(
            "MoveShift", "shift-other-month", "A shift is moved within its month only; cancel it, and plan another one.");
    }

    private async Task<CommandResult> On(
        Command command, string staffId, DateOnly day, Func<Roster, StaffRef, Decision> decide, CancellationToken cancel)
    {
        var member = (await runner.Load(StaffMember.Stream, staffId, cancel)).State;
        return await runner.Run(
            Roster.Stream, Roster.IdOf(staffId, day), command.Context,
            roster => member.InForce is { } appointment
                ? ReportingLine.Objection(command.GetType().Name, appointment, command.Context.Role, command.Context.InRightOf)
                    ?? decide(roster, new StaffRef(staffId, appointment.Name))
                : Decision.Refuse(command.GetType().Name, "staff-unknown", $"Nobody here is called '{staffId}', or he does not work here any more."),
            cancel);
    }
}
