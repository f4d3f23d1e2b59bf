using Intake.Projections.Engine;

namespace Intake.Host.Hosting;

/// <summary>Runs the projection engine as long as the host runs.</summary>
public sealed class ProjectionService(ProjectionEngine engine) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => engine.Run(stoppingToken);
}
