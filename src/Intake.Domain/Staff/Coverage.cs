using System.Collections.Immutable;

namespace Intake.Domain.Staff;

/// <summary>How far an absence has come.</summary>
public enum CoveragePhase
{
    /// <summary>Ordered; the window has not begun.</summary>
    Ordered,

    /// <summary>The stand-in acts.</summary>
    Started,

    /// <summary>Over, or called off.</summary>
    Ended,
}

/// <summary>One absence.</summary>
/// <param name="HandedOver">What the stand-in was given when it began; goes back when it ends.</param>
public sealed record Coverage(CoverageOrdered Ordered, CoveragePhase Phase, OpenWorkHandedOver? HandedOver)
{
    /// <summary>
    /// The stand-in has the rights at this moment. The window's own end counts, however late the timer that ends it.
    /// </summary>
    public bool IsInForce(DateTimeOffset now) => Phase == CoveragePhase.Started && now >= Ordered.From && now < Ordered.Until;

    /// <summary>The windows have a moment in common, and this one is not over.</summary>
    public bool Overlaps(DateTimeOffset from, DateTimeOffset until) =>
        Phase != CoveragePhase.Ended && Ordered.From < until && from < Ordered.Until;
}

/// <summary>All absences of one person.</summary>
public sealed record Absences(ImmutableDictionary<string, Coverage> All)
{
    /// <summary>Coverage streams, one for each absent person, and how their events become this state.</summary>
    public static readonly Aggregate<Absences> Stream = new(
        "coverage", new Absences(ImmutableDictionary<string, Coverage>.Empty), (absences, @event) => @event switch
        {
            CoverageOrdered e => absences.With(e.CoverageId, new Coverage(e, CoveragePhase.Ordered, null)),
            CoverageStarted e => absences.With(e.CoverageId, absences.All[e.CoverageId] with { Phase = CoveragePhase.Started }),
            OpenWorkHandedOver e when absences.All[e.CoverageId] is { HandedOver: null } coverage =>
                absences.With(e.CoverageId, coverage with { HandedOver = e }),
            CoverageEnded e => absences.With(e.CoverageId, absences.All[e.CoverageId] with { Phase = CoveragePhase.Ended }),
            _ => absences,
        });

    /// <summary>The absence in whose window this moment lies; null where the person is not covered now.</summary>
    public Coverage? InForce(DateTimeOffset now) => All.Values.FirstOrDefault(coverage => coverage.IsInForce(now));

    private Absences With(string id, Coverage coverage) => new(All.SetItem(id, coverage));
}

/// <summary>What ordering an absence looks at besides the absences of the person, looked up at this moment.</summary>
/// <param name="Absent">The appointment of who will be absent; null where nobody has that id, or he was dismissed.</param>
/// <param name="StandIn">Likewise of who will stand in.</param>
/// <param name="StandInsOwn">The absences of who will stand in.</param>
public sealed record CoverageFacts(StaffAppointed? Absent, StaffAppointed? StandIn, Absences StandInsOwn);

/// <summary>Who may stand in for whom, and when rights begin and end (A.I.6).</summary>
public static class CoverageDecisions
{
    private static readonly ImmutableHashSet<StaffRole> Covered =
        [StaffRole.Operator, StaffRole.Manager, StaffRole.KeyAccountManager, StaffRole.Head, StaffRole.Finance];

    /// <summary>
    /// Orders an absence; one whose window has begun already starts at once. Refused where somebody would give rights to himself, where
    /// the person is covered already in a part of the window, and where the stand-in will be absent himself.
    /// </summary>
    public static Decision Order(Absences absences, CoverageOrdered order, CoverageFacts facts)
    {
        ArgumentNullException.ThrowIfNull(absences);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(facts);
        if (absences.All.ContainsKey(order.CoverageId))
        {
            return Decision.Nothing;
        }

        if (Objection(absences, order, facts) is var (code, reason))
        {
            return Decision.Refuse("OrderCoverage", code, reason);
        }

        var named = order with
        {
            Absent = new StaffRef(facts.Absent!.StaffId, facts.Absent.Name),
            AbsentRole = facts.Absent.Role,
            StandIn = new StaffRef(facts.StandIn!.StaffId, facts.StandIn.Name),
        };
        return named.From <= named.At ? Decision.Accept(named, Started(named, named.At)) : Decision.Accept(named);
    }

    /// <summary>The window begins; nothing where it has begun, is called off, or is not there yet.</summary>
    public static Decision Start(Absences absences, string coverageId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(absences);
        return absences.All.GetValueOrDefault(coverageId) is { Phase: CoveragePhase.Ordered, Ordered: var order } && now >= order.From
            ? Decision.Accept(Started(order, now))
            : Decision.Nothing;
    }

    /// <summary>Ends it, or calls it off before it has begun.</summary>
    public static Decision End(Absences absences, string coverageId, StaffRef by, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(absences);
        return absences.All.GetValueOrDefault(coverageId) switch
        {
            null => Decision.Refuse("EndCoverage", "coverage-unknown", $"There is no absence '{coverageId}' of this person."),
            { Phase: CoveragePhase.Ended } => Decision.Nothing,
            _ when string.IsNullOrWhiteSpace(reason) => Decision.Refuse("EndCoverage", "reason-missing", "Say why the absence ends early."),
            { Ordered: var order } => Decision.Accept(
                new CoverageEnded(coverageId, order.Absent, order.AbsentRole, order.StandIn, reason, by, now)),
        };
    }

    /// <summary>Writes down what was handed over; nothing where that is written already.</summary>
    public static Decision HandOver(Absences absences, OpenWorkHandedOver handed)
    {
        ArgumentNullException.ThrowIfNull(absences);
        ArgumentNullException.ThrowIfNull(handed);
        return absences.All.ContainsKey(handed.CoverageId) && handed.Escalations.Count + handed.Callbacks.Count + (handed.Orders?.Count ?? 0) > 0
            ? Decision.Accept(handed)
            : Decision.Nothing;
    }

    private static CoverageStarted Started(CoverageOrdered order, DateTimeOffset now) =>
        new(order.CoverageId, order.Absent, order.AbsentRole, order.StandIn, order.Until, now);

    private static (string Code, string Reason)? Objection(Absences absences, CoverageOrdered order, CoverageFacts facts) => facts switch
    {
        { Absent: null } => ("absent-unknown", $"Nobody here is called '{order.Absent.Id}', or he does not work here any more."),
        { StandIn: null } => ("stand-in-unknown", $"Nobody here is called '{order.StandIn.Id}', or he does not work here any more."),
        { Absent: var absent, StandIn: var standIn } when absent.StaffId == standIn.StaffId =>
            ("stand-in-self", $"{absent.Name} cannot stand in for himself."),
        { Absent: var absent } when !Covered.Contains(absent.Role) =>
            ("role-not-covered", $"Nobody stands in for a person who is {absent.Role}; appoint another one."),
        { StandIn: var standIn } when standIn.StaffId == order.OrderedBy.Id =>
            ("own-coverage", "Nobody gives himself the rights of another; let somebody else order it."),
        _ when order.Until <= order.From => ("window-empty", "The absence ends before it begins; give a later end."),
        _ when order.Until <= order.At => ("window-past", "The absence is over already; give a later end."),
        _ when string.IsNullOrWhiteSpace(order.Reason) => ("reason-missing", "Say why the person is absent."),
        _ when string.IsNullOrWhiteSpace(order.Order) => ("order-missing", "Name the order by which he is represented: its number, or who gave it."),
        _ when absences.All.Values.FirstOrDefault(one => one.Overlaps(order.From, order.Until)) is { } there => (
            "covered-already",
            $"{facts.Absent.Name} is represented by {there.Ordered.StandIn.Name} in a part of this time already; end that, or choose another time."),
        _ when facts.StandInsOwn.All.Values.Any(one => one.Overlaps(order.From, order.Until)) =>
            ("stand-in-away", $"{facts.StandIn.Name} is absent himself in a part of this time; choose somebody else."),
        _ => null,
    };
}
