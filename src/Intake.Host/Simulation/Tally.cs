using System.Collections.Concurrent;

namespace Intake.Host.Simulation;

/// <summary>What happened in a simulation.</summary>
public sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _refused = new(StringComparer.Ordinal);
    private int _calls;
    private int _submitted;
    private int _escalated;
    private int _accepted;
    private int _declined;
    private int _differ;
    private int _answeredWithoutOrder;

    public int Calls => _calls;

    public int Submitted => _submitted;

    public int Escalated => _escalated;

    public int OffersAccepted => _accepted;

    public int OffersDeclined => _declined;

    /// <summary>Orders whose lines or totals are not what they had to be.</summary>
    public int TotalsDiffer => _differ;

    /// <summary>Calls that wanted no order.</summary>
    public int AnsweredWithoutOrder => _answeredWithoutOrder;

    /// <summary>Orders that did not come about, by the domain's reason.</summary>
    public IReadOnlyDictionary<string, int> Refused => new SortedDictionary<string, int>(_refused, StringComparer.Ordinal);

    public void Call() => Interlocked.Increment(ref _calls);

    public void Submit() => Interlocked.Increment(ref _submitted);

    public void Escalate() => Interlocked.Increment(ref _escalated);

    public void Accept() => Interlocked.Increment(ref _accepted);

    public void Decline() => Interlocked.Increment(ref _declined);

    public void Differ() => Interlocked.Increment(ref _differ);

    public void AnswerWithoutOrder() => Interlocked.Increment(ref _answeredWithoutOrder);

    public void Refuse(string reason) => _refused.AddOrUpdate(reason, 1, (_, count) => count + 1);

    /// <summary>The value below which a share of the values lie.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : Math.Round(sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)], 2);
    }
}
