using Microsoft.Extensions.Logging.Console;

namespace Intake.Host.Hosting;

/// <summary>Where the program's logs go.</summary>
public static class Logs
{
    /// <summary>One line an entry on standard error; standard output belongs to results.</summary>
    public static ILoggingBuilder AddIntakeConsole(this ILoggingBuilder logging)
    {
        ArgumentNullException.ThrowIfNull(logging);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging.AddSimpleConsole(console => console.SingleLine = true);
    }
}
