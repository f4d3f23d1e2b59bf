using Intake.EventLog;

namespace Intake.Projections.Engine;

/// <summary>How far a projection is behind the log. Whether the head moves, two readings tell.</summary>
/// <param name="Version">Of the live rows.</param>
/// <param name="Position">Every event up to here is in the live rows.</param>
/// <param name="Head">The last event of the log.</param>
/// <param name="EventsBehind">Events not yet in the rows; where the log's positions do not count events, 10,000 stands for that many or more.</param>
/// <param name="SecondsBehind">Age of the oldest of them; 0 when there are none.</param>
/// <param name="State"><c>running</c>, <c>stopped</c> by an event, or <c>absent</c> where no host has projected it yet.</param>
/// <param name="Error">Why it stopped.</param>
/// <param name="ErrorPosition">The event that stopped it.</param>
public sealed record ProjectionLag(
    string Name, int Version, LogPosition Position, LogPosition Head, long EventsBehind, double SecondsBehind, string State, string? Error,
    long? ErrorPosition)
{
    private const int MostCounted = 10_000;

    internal static async Task<ProjectionLag> Of(IEventLog log, Checkpoint live, LogPosition head, CancellationToken cancel)
    {
        var (events, seconds) = (0L, 0.0);
        if (live.Position < head)
        {
            await foreach (var waiting in log.ReadAll(live.Position, cancel))
            {
                if (events == 0)
                    seconds = Math.Max(0, (TimeProvider.System.GetUtcNow() - waiting.RecordedAt).TotalSeconds);
                if (++events == MostCounted || log.PositionsCountEvents)
                    break;
            }
        }

        if (log.PositionsCountEvents)
            events = Math.Max(0, head.Number - live.Position.Number);
        return new ProjectionLag(
            live.Name, live.Version, live.Position, head, events, seconds, live.State, live.Error, live.ErrorPosition);
    }

    internal static ProjectionLag Absent(string name, LogPosition head) =>
        new(name, 0, LogPosition.Start, head, head.Number, 0, "absent", null, null);
}
