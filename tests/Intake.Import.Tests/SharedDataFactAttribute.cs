namespace Intake.Import.Tests;

/// <summary>A test on real data that is not part of the repository; skipped where the data is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute() => Skip = Folder is null
        ? "The folder shared/data is not beside the repository, and INTAKE_SHARED_DATA does not name it."
        : null;

    /// <summary>The dump of Northwind.</summary>
    public static string Northwind => Path.Combine(Folder!, "northwind", "northwind.sql");

    private static string? Folder { get; } = Environment.GetEnvironmentVariable("INTAKE_SHARED_DATA") is { Length: > 0 } named
        ? named
        : Above(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, "shared", "data")).FirstOrDefault(Directory.Exists);

    private static IEnumerable<string> Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
