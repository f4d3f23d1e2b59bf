namespace Intake.Architecture.Tests;

/// <summary>The repository's own files: what is built or fetched is not among them.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = [".git", "bin", "obj", ".intake", "TestResults", "artifacts", ".vs", ".idea", "node_modules", "__mismatch__"];

    public static string Root { get; } = Above(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Paths from the root, with slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Under(Root).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order()];

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static IEnumerable<string> Under(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(inner => !NotOurs.Contains(Path.GetFileName(inner))).SelectMany(Under));

    private static string Above(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException($"No Intake.sln above {AppContext.BaseDirectory}."),
        _ when File.Exists(Path.Combine(folder.FullName, "Intake.sln")) => folder.FullName,
        _ => Above(folder.Parent),
    };
}
