using Intake.Application;
using Intake.EventLog;
using Intake.Host.Hosting;
using Intake.Import.Demo;

namespace Intake.Host.Cli;

/// <summary>The demo company, loaded into a system that is empty.</summary>
public static class DemoStart
{
    private const string Loaded = "demo-loaded";

    /// <summary>Loads it when nothing is in the log, or when an earlier start was cut off while it loaded.</summary>
    public static async Task LoadIntoEmpty(IServiceProvider services, TextWriter says, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(says);
        var settings = services.GetRequiredService<HostSettings>();
        var begun = new FileInfo(Path.Combine(settings.Data.Path, "demo-loading"));
        var empty = await services.GetRequiredService<IEventLog>().Head(cancel) == LogPosition.Start;
        if (!empty && !begun.Exists)
        {
            return;
        }

        // The day of the first start, so that a second attempt loads the same company.
        var home = services.GetRequiredService<Home>();
        if (!begun.Exists)
        {
            await File.WriteAllTextAsync(begun.FullName, home.DayOf(DateTimeOffset.UtcNow).ToString("O", null), cancel);
        }

        var today = DateOnly.Parse(await File.ReadAllTextAsync(begun.FullName, cancel), System.Globalization.CultureInfo.InvariantCulture);
        await says.WriteLineAsync("Loading the demo company ...");
        var company = DemoCompany.On(today);
        var refused = await ActivatorUtilities.CreateInstance<CompanyLoader>(services).Load(company, new Progress(says), cancel);
        if (refused.Count > 0)
        {
            throw new UsageException($"The demo company was not taken whole: {refused[0].Table} {refused[0].Key}: {refused[0].Reason}");
        }

        await File.WriteAllTextAsync(
            Path.Combine(settings.Data.Path, Loaded),
            string.Join('\n', company.Staff.Select(person => $"{person.StaffId}\t{Http.Wire.Word(person.Role)}\t{person.Name}")), cancel);
        begun.Delete();
    }

    /// <summary>The accounts of the demo company, to be printed at each start; nothing where it is not loaded.</summary>
    public static async Task<IReadOnlyList<string>> Accounts(DataFolder data, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(data);
        var file = Path.Combine(data.Path, Loaded);
        return File.Exists(file) ? await File.ReadAllLinesAsync(file, cancel) : [];
    }
}
