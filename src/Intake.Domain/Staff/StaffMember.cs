using System.Collections.Immutable;

namespace Intake.Domain.Staff;

/// <summary>The queues whose calls a person may take.</summary>
/// <param name="Queues">None means every queue.</param>
public sealed record Skills(ImmutableHashSet<string> Queues)
{
    public static readonly Skills All = new([]);

    /// <summary>Whether he may take a call of this queue.</summary>
    public bool Cover(string queue) => Queues.Count == 0 || Queues.Contains(queue);
}

/// <summary>A person's appointment, and what he can do.</summary>
public sealed record StaffMember(StaffAppointed? Appointment, bool Dismissed)
{
    /// <summary>Staff streams, and how their events become this state.</summary>
    public static readonly Aggregate<StaffMember> Stream = new(
        "staff", new StaffMember(null, false), (member, @event) => @event switch
        {
            StaffAppointed e => member with { Appointment = e, Dismissed = false },
            StaffDismissed => member with { Dismissed = true },
            SkillsSet e => member with { Skills = new Skills([.. e.Queues]) },
            _ => member,
        });

    /// <summary>The appointment by which he works here; null where there is none, or it has ended.</summary>
    public StaffAppointed? InForce => Dismissed ? null : Appointment;

    /// <summary>Whose calls he may take.</summary>
    public Skills Skills { get; private init; } = Skills.All;

    /// <summary>Appoints a person by an order of the General Director (A.I.3): his first appointment, another one, or one after a dismissal.</summary>
    public static Decision AppointByOrder(StaffMember member, StaffAppointed appointment)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        return string.IsNullOrWhiteSpace(appointment.Order)
            ? Refuse(
                "AppointByOrder", "order-missing", "Name the General Director's order by which the person is appointed: number and date.")
            : Appoint(member, appointment);
    }

    /// <summary>Appoints a person as the company's records say; the same appointment again changes nothing, whatever its order.</summary>
    public static Decision Appoint(StaffMember member, StaffAppointed appointment)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(appointment);
        return appointment switch
        {
            _ when member.InForce is { } present && present with { Order = appointment.Order } == appointment => Decision.Nothing,
            { StaffId: var id } when id == StaffRef.System.Id =>
                Refuse("AppointStaff", "id-reserved", $"'{id}' is what acts by itself; nobody is appointed under it."),
            { StaffId: var id } when id.Contains(ShiftStream.Separator, StringComparison.Ordinal) => Refuse(
                "AppointStaff", "id-has-colon", $"'{id}' has a colon, which stands between an id and the number of a shift; choose another id."),
            _ when string.IsNullOrWhiteSpace(appointment.Name) => Refuse("AppointStaff", "name-missing", "A member of staff needs a name."),
            _ => Decision.Accept(appointment),
        };
    }

    /// <summary>Ends an appointment by an order (A.I.3); a dismissal again changes nothing.</summary>
    public static Decision Dismiss(StaffMember member, StaffDismissed dismissal)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(dismissal);
        return member switch
        {
            { Appointment: null } => Unknown("DismissStaff", dismissal.StaffId),
            { Dismissed: true } => Decision.Nothing,
            _ when string.IsNullOrWhiteSpace(dismissal.Order) => Refuse(
                "DismissStaff", "order-missing", "Name the General Director's order by which the person is dismissed: number and date."),
            _ when string.IsNullOrWhiteSpace(dismissal.Reason) => Refuse("DismissStaff", "reason-missing", "Say why the person is dismissed."),
            _ => Decision.Accept(dismissal),
        };
    }

    /// <summary>Says whose calls the person may take; the same again changes nothing.</summary>
    public static Decision SetSkills(StaffMember member, SkillsSet skills)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(skills);
        return member switch
        {
            { Appointment: null } => Unknown("SetSkills", skills.StaffId),
            _ when member.Skills.Queues.SetEquals(skills.Queues) => Decision.Nothing,
            _ when skills.Queues.Any(string.IsNullOrWhiteSpace) => Refuse(
                "SetSkills", "queue-missing", "A skill is the name of a queue; leave the list empty for every queue."),
            _ => Decision.Accept(skills),
        };
    }

    /// <summary>Refuses what is commanded of somebody who was never appointed.</summary>
    public static Decision Unknown(string command, string staffId) =>
        Refuse(command, "staff-unknown", $"Nobody is appointed under '{staffId}'.");

    private static Decision Refuse(string command, string code, string reason) => Decision.Refuse(command, code, reason);
}
