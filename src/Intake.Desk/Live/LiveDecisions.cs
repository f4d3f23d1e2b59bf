using Intake.Contracts;

namespace Intake.Desk.Live;

/// <summary>
/// Decisions owed and absences, as this desk knows them. A change brings every row that moved after its beginning, whole: it is applied
/// where that lies at or before what is here, and asks for a snapshot where it lies beyond.
/// </summary>
public sealed class LiveDecisions
{
    private readonly Dictionary<string, EscalationRow> escalations = [];
    private readonly Dictionary<string, CoverageRow> absences = [];

    /// <summary>Of the projection that the rows came from; 0 before the first snapshot.</summary>
    public int Version { get; private set; }

    /// <summary>Log position that these rows stand at.</summary>
    public long Position { get; private set; }

    /// <summary>Every decision that is owed, the most urgent first.</summary>
    public IReadOnlyList<EscalationRow> Owed => [.. escalations.Values.OrderBy(one => one.Deadline ?? one.RaisedAt).ThenBy(one => one.EscalationId)];

    /// <summary>Absences that are not over, by their beginning.</summary>
    public IReadOnlyList<CoverageRow> Absences => [.. absences.Values.OrderBy(one => one.Begins).ThenBy(one => one.CoverageId)];

    /// <summary>The ids of those for whom a person stands in now.</summary>
    public IReadOnlySet<string> RepresentedBy(string staffId) =>
        absences.Values.Where(one => one.Phase == "started" && one.StandIn.Id == staffId).Select(one => one.Absent.Id).ToHashSet();

    /// <summary>What one person owes.</summary>
    public IReadOnlyList<EscalationRow> OwedBy(string staffId) => [.. Owed.Where(one => one.Owner.Id == staffId)];

    /// <summary>Replaces everything by the snapshot.</summary>
    public void Apply(DecisionsSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        escalations.Clear();
        absences.Clear();
        Put(snapshot.Escalations, snapshot.Absences);
        (Version, Position) = (snapshot.Version, snapshot.Position);
    }

    /// <summary>Applies what changed; false when something between is missing.</summary>
    public bool Apply(DecisionsChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Version == Version && change.To <= Position)
        {
            return true;
        }

        if (change.Version != Version || change.From > Position)
        {
            return false;
        }

        Put(change.Escalations, change.Absences);
        Position = change.To;
        return true;
    }

    private void Put(IReadOnlyList<EscalationRow> owed, IReadOnlyList<CoverageRow> away)
    {
        foreach (var row in owed)
        {
            if (row.Decided)
            {
                escalations.Remove(row.EscalationId);
            }
            else
            {
                escalations[row.EscalationId] = row;
            }
        }

        foreach (var row in away)
        {
            if (row.Phase == "ended")
            {
                absences.Remove(row.CoverageId);
            }
            else
            {
                absences[row.CoverageId] = row;
            }
        }
    }
}
