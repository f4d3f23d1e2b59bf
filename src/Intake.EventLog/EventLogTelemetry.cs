using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Intake.EventLog;

/// <summary>What the event log tells about itself: the meter and the activity source are both named <c>Intake.EventLog</c>.</summary>
public static class EventLogTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Intake.EventLog";

    internal static readonly ActivitySource Spans = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>From the call of an append to its answer, in seconds.</summary>
    internal static readonly Histogram<double> AppendDuration =
        Meter.CreateHistogram<double>("intake.eventlog.append.duration", "s", "From the call of an append to its answer.");

    /// <summary>How many appends one commit carried.</summary>
    internal static readonly Histogram<int> GroupSize =
        Meter.CreateHistogram<int>("intake.eventlog.group.size", "{append}", "Appends in one commit.");

    /// <summary>Appends answered, whatever the outcome; the tag <c>outcome</c> says which.</summary>
    internal static readonly Counter<long> Appends =
        Meter.CreateCounter<long>("intake.eventlog.appends", "{append}", "Appends answered.");

    /// <summary>Appends that found their stream elsewhere than expected.</summary>
    internal static readonly Counter<long> Conflicts =
        Meter.CreateCounter<long>("intake.eventlog.conflicts", "{append}", "Appends with a wrong expected revision.");

    /// <summary>An append of any engine: its span, its duration, its outcome.</summary>
    internal static async Task<AppendOutcome> Measured(StreamName stream, IReadOnlyList<NewEvent> events, Func<Task<AppendOutcome>> append)
    {
        using var span = Spans.StartActivity("append", ActivityKind.Client);
        span?.SetTag("stream.category", stream.Category).SetTag("events", events.Count);
        var begun = Stopwatch.GetTimestamp();
        var outcome = await append();
        AppendDuration.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        Appends.Add(1);
        if (outcome is WrongExpectedRevision)
            Conflicts.Add(1);
        span?.SetTag("outcome", outcome.GetType().Name);
        return outcome;
    }
}
