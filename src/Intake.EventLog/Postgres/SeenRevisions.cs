using System.Collections.Concurrent;

namespace Intake.EventLog.Postgres;

/// <summary>
/// The highest revision that this process has seen of recent streams. What was once seen in the log stays there, so an append
/// right after it need not ask the server whether it is there. Bounded: the streams not met lately are forgotten.
/// </summary>
internal sealed class SeenRevisions
{
    private const int Generation = 50_000;

    private ConcurrentDictionary<string, long> young = new();
    private ConcurrentDictionary<string, long> old = new();
    private long sights;

    /// <summary>True when the stream is empty by expectation, or this revision is the highest that was seen of it.</summary>
    public bool Proves(string stream, long expected) =>
        expected < 0 || ((young.TryGetValue(stream, out var seen) || old.TryGetValue(stream, out seen)) && seen == expected);

    public void See(string stream, long revision)
    {
        // Not by the dictionary's own count, which takes all of its locks.
        if (Interlocked.Increment(ref sights) % Generation == 0)
            (old, young) = (young, new ConcurrentDictionary<string, long>());
        young.AddOrUpdate(stream, static (_, now) => now, static (_, before, now) => Math.Max(before, now), revision);
    }

    /// <summary>After an outage the server may be another one, restored from a backup.</summary>
    public void Forget() => (old, young) = (new ConcurrentDictionary<string, long>(), new ConcurrentDictionary<string, long>());
}
