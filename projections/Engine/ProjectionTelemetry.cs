using System.Diagnostics;
using System.Diagnostics.Metrics;
using Intake.EventLog.Serialisation;

namespace Intake.Projections.Engine;

/// <summary>What the projections tell about themselves: the meter and the activity source are both named <c>Intake.Projections</c>.</summary>
public static class ProjectionTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Intake.Projections";

    private const int MostLinks = 32;

    internal static readonly ActivitySource Spans = new(Name);

    internal static readonly Meter Meter = new(Name);

    internal static readonly Histogram<int> BatchSize =
        Meter.CreateHistogram<int>("intake.projections.batch.size", "{event}", "Events in one transaction of a projection.");

    internal static readonly Histogram<double> BatchDuration =
        Meter.CreateHistogram<double>("intake.projections.batch.duration", "s", "From a page's arrival to its commit.");

    /// <summary>A span for a page, linked to the commands that caused its events; nothing is read of them where nobody listens.</summary>
    internal static Activity? Batch(string projection, DecodedPage page)
    {
        if (!Spans.HasListeners() || page.Events.Count == 0)
            return null;
        var links = page.Events
            .Select(TraceOf)
            .Where(parent => parent is not null)
            .Distinct()
            .Take(MostLinks)
            .Select(parent => ActivityContext.TryParse(parent, null, out var context) ? new ActivityLink(context) : (ActivityLink?)null)
            .OfType<ActivityLink>();
        return Spans.StartActivity("project", ActivityKind.Consumer, parentContext: default, links: links)
            ?.SetTag("projection", projection).SetTag("events", page.Count).SetTag("position", page.Last.ToString());
    }

    private static string? TraceOf(EventInLog occurred)
    {
        try
        {
            return occurred.Envelope.TraceParent;
        }
        catch (UnknownEventException)
        {
            return null;
        }
    }
}
