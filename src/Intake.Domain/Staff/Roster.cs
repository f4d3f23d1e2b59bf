using System.Collections.Immutable;
using System.Globalization;

namespace Intake.Domain.Staff;

/// <summary>A shift as it is planned now.</summary>
public sealed record PlannedShift(DateTimeOffset From, DateTimeOffset Until, bool Cancelled)
{
    /// <summary>The two have a moment in common, and this one is to be.</summary>
    public bool Overlaps(DateTimeOffset from, DateTimeOffset until) => !Cancelled && From < until && from < Until;
}

/// <summary>A person's shifts that begin in one month, and when they may be planned otherwise (B.V.7).</summary>
public sealed record Roster(ImmutableDictionary<string, PlannedShift> Shifts)
{
    /// <summary>No shift is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(16);

    /// <summary>Roster streams, one for a person and month, and how their events become this state.</summary>
    public static readonly Aggregate<Roster> Stream = new(
        "roster", new Roster(ImmutableDictionary<string, PlannedShift>.Empty), (roster, @event) => @event switch
        {
            ShiftPlanned e => roster.With(e.ShiftId, new PlannedShift(e.From, e.Until, Cancelled: false)),
            ShiftMoved e => roster.With(e.ShiftId, new PlannedShift(e.From, e.Until, Cancelled: false)),
            ShiftCancelled e => roster.With(e.ShiftId, roster.Shifts[e.ShiftId] with { Cancelled = true }),
            _ => roster,
        });

    /// <summary>The id of the stream for a shift of this person that begins on this day: <c>olga:2026-11</c>.</summary>
    public static string IdOf(string staffId, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{staffId}:{day:yyyy-MM}");

    /// <summary>
    /// Plans a shift; the same again changes nothing. Refused where it ends before it begins, is longer than <see cref="Longest"/>, overlaps
    /// another of the person's shifts in this stream, or where somebody plans for himself. A shift that has begun may be planned: it was not known then.
    /// </summary>
    public static Decision Plan(Roster roster, ShiftPlanned shift)
    {
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(shift);
        return roster.Shifts.TryGetValue(shift.ShiftId, out var there)
            ? there == new PlannedShift(shift.From, shift.Until, Cancelled: false)
                ? Decision.Nothing
                : Refuse("PlanShift", "shift-exists", "A shift with this id is planned already; move that one.")
            : roster.Objection("PlanShift", shift.ShiftId, shift.Person, shift.From, shift.Until, shift.By) ?? Decision.Accept(shift);
    }

    /// <summary>Moves a shift; the same time again changes nothing. Refused as planning is, and without a reason.</summary>
    public static Decision Move(Roster roster, ShiftMoved shift)
    {
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(shift);
        return roster.Shifts.GetValueOrDefault(shift.ShiftId) switch
        {
            null => Unknown("MoveShift", shift.ShiftId),
            { Cancelled: true } => Refuse("MoveShift", "shift-cancelled", "This shift was cancelled; plan another one."),
            { } there when there == new PlannedShift(shift.From, shift.Until, Cancelled: false) => Decision.Nothing,
            _ when string.IsNullOrWhiteSpace(shift.Reason) => Refuse("MoveShift", "reason-missing", "Say why the shift is moved."),
            _ => roster.Objection("MoveShift", shift.ShiftId, shift.Person, shift.From, shift.Until, shift.By) ?? Decision.Accept(shift),
        };
    }

    /// <summary>Cancels a shift, with the reason; a second time changes nothing.</summary>
    public static Decision Cancel(Roster roster, ShiftCancelled shift)
    {
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(shift);
        return roster.Shifts.GetValueOrDefault(shift.ShiftId) switch
        {
            null => Unknown("CancelShift", shift.ShiftId),
            { Cancelled: true } => Decision.Nothing,
            _ when shift.By.Id == shift.Person.Id => Own("CancelShift"),
            _ when string.IsNullOrWhiteSpace(shift.Reason) => Refuse("CancelShift", "reason-missing", "Say why the shift is cancelled."),
            _ => Decision.Accept(shift),
        };
    }

    private Decision? Objection(string command, string shiftId, StaffRef person, DateTimeOffset from, DateTimeOffset until, StaffRef by) => this switch
    {
        _ when by.Id == person.Id => Own(command),
        _ when until <= from => Refuse(command, "window-empty", "The shift ends before it begins; give a later end."),
        _ when until - from > Longest => Refuse(
            command, "shift-too-long", string.Create(CultureInfo.InvariantCulture, $"A shift has {Longest.TotalHours:0} hours at most; plan two.")),
        _ when Shifts.Any(one => one.Key != shiftId && one.Value.Overlaps(from, until)) =>
            Refuse(command, "shift-overlaps", $"{person.Name} is planned already for a part of this time; move that shift instead."),
        _ => null,
    };

    private Roster With(string id, PlannedShift shift) => new(Shifts.SetItem(id, shift));

    private static Decision Own(string command) => Refuse(command, "own-shift", "Nobody plans his own working time; let somebody else in charge do it.");

    private static Decision Unknown(string command, string shiftId) => Refuse(command, "shift-unknown", $"There is no shift '{shiftId}' of this person in this month.");

    private static Decision Refuse(string command, string code, string reason) => Decision.Refuse(command, code, reason);
}
