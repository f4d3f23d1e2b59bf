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
}
