namespace Intake.Domain.Staff;

/// <summary>Who leads whom, and who may therefore give orders about whom (A.I.5).</summary>
public static class ReportingLine
{
    /// <summary>
    /// A head orders about those who report to him, and about those of whom nobody is named. In his place does who stands in for him, as long as he is
    /// absent. A supervisor and an administrator order about everybody.
    /// </summary>
    /// <param name="about">The appointment of the person about whom something is ordered.</param>
    /// <param name="role">In which it is ordered.</param>
    /// <param name="inRightOf">Who has that role: who commands, or whom he stands in for.</param>
    /// <returns>The refusal; null where the order may be given.</returns>
    public static Decision? Objection(string command, StaffAppointed about, StaffRole role, StaffRef inRightOf)
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(inRightOf);
        return role == StaffRole.Head && about.ReportsTo is { } superior && superior.Id != inRightOf.Id
            ? Decision.Refuse(command, "not-your-people", $"{about.Name} reports to {superior.Name}; ask there, or whoever stands in there.")
            : null;
    }

    /// <summary>Whom an appointment may name: a head whose own appointment is in force, and nobody himself.</summary>
    /// <param name="superior">The appointment in force of who is named; null where there is none.</param>
    /// <returns>The refusal; null where he may be named, or nobody is.</returns>
    public static Decision? Objection(string command, StaffAppointed appointment, StaffAppointed? superior)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        return (appointment.ReportsTo, superior) switch
        {
            (null, _) => null,
            ({ } named, _) when named.Id == appointment.StaffId => Decision.Refuse(command, "superior-self", "Nobody reports to himself; name another head, or nobody."),
            ({ } named, null) => Decision.Refuse(command, "superior-unknown", $"Nobody here is called '{named.Id}', or he does not work here any more."),
            (_, { Role: not StaffRole.Head }) => Decision.Refuse(command, "superior-no-head", $"{superior.Name} is {superior.Role} and leads nobody; name a head."),
            _ => null,
        };
    }
}
