using System.Globalization;
using Intake.EventLog;
using Intake.Projections.Engine;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Intake.Host.Hosting;

/// <summary>
/// Whether this host can serve: the log answers, and every read model is there, running, and not far behind. Two readings of
/// the head tell a busy system from a stuck one.
/// </summary>
public sealed class ReadyCheck(ProjectionEngine engine, IEventLog log, LogOrigin origin) : IHealthCheck
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FarBehind = TimeSpan.FromSeconds(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        within.CancelAfter(AnswersWithin);
        try
        {
            await log.Head(within.Token);
        }
#pragma warning disable CA1031 // Whatever keeps the log, or the database, from answering is what the check reports.
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(
                fault is EventLogException and not EventLogUnavailableException ? fault.Message : "The event log does not answer.");
        }

        try
        {
            if (IntakeServices.Say(await origin.Doubt(within.Token)) is { } doubt)
            {
                return HealthCheckResult.Unhealthy(doubt);
            }

            var lags = await engine.Lag(within.Token);
            var data = lags.ToDictionary(lag => lag.Name, lag => (object)lag, StringComparer.Ordinal);
            var sick = lags.Where(lag => lag.State != "running" || lag.SecondsBehind > FarBehind.TotalSeconds).ToList();
            return sick.Count == 0
                ? HealthCheckResult.Healthy("All read models are up to date.", data)
                : HealthCheckResult.Unhealthy(string.Join(' ', sick.Select(Say)), data: data);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return HealthCheckResult.Unhealthy($"The database does not answer: {fault.Message}");
        }
    }

    /// <summary>Writes the report as JSON.</summary>
    public static Task Write(HttpContext http, HealthReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return http.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            says = string.Join(' ', report.Entries.Values.Select(entry => entry.Description)),
            projections = report.Entries.Values.SelectMany(entry => entry.Data.Values).OfType<ProjectionLag>()
                .Select(lag => new { lag.Name, lag.State, position = lag.Position.Number, head = lag.Head.Number, lag.EventsBehind, lag.SecondsBehind, lag.Error }),
        });
    }

    private static string Say(ProjectionLag lag) => lag.State == "running"
        ? string.Create(CultureInfo.InvariantCulture, $"{lag.Name} is {lag.SecondsBehind:0} seconds behind.")
        : string.Create(CultureInfo.InvariantCulture, $"{lag.Name} is {lag.State}: {lag.Error}");
}
