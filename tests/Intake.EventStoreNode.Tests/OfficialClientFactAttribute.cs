namespace Intake.Testing.EventStoreDb.Tests;

/// <summary>A test that needs Node.js and npm. With INTAKE_TEST_ALL=1 it runs, and fails, without them too.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OfficialClientFactAttribute : FactAttribute
{
    public OfficialClientFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("INTAKE_TEST_ALL") == "1") return;
        var missing = new[] { "node", "npm" }.Where(tool => !OnPath(tool)).ToList();
        if (missing.Count > 0) Skip = $"EventStoreDB's own client runs on Node.js, and there is no {string.Join(" and no ", missing)} on PATH.";
    }

    private static bool OnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
}
