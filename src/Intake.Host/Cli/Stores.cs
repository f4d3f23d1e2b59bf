using System.CommandLine;
using Intake.Host.Hosting;

namespace Intake.Host.Cli;

/// <summary>The program's parts over the stores of a data folder, for sub-commands that need no running host.</summary>
public sealed class Stores : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private Stores(ServiceProvider provider) => _provider = provider;

    /// <summary>The parts.</summary>
    public IServiceProvider Services => _provider;

    /// <summary>Opens the stores that the command line names, up to date.</summary>
    public static async Task<Stores> Open(ParseResult parsed, CancellationToken cancel)
    {
        var settings = IntakeCommand.Settings(parsed);
        await IntakeServices.Migrate(settings, cancel);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddIntakeConsole());
        services.AddIntake(settings);
        return new Stores(services.BuildServiceProvider());
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
