namespace Intake.Ops.Tests;

public sealed class MissingToolsTests : IDisposable
{
    private readonly string tools = Directory.CreateDirectory(Scripts.NewFolder()).FullName;
    private readonly string folder = Scripts.NewFolder();

    public void Dispose()
    {
        Directory.Delete(tools, recursive: true);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_missing_SDK_is_said_so()
    {
        foreach (var tool in Directory.EnumerateFiles("/usr/bin").Concat(Directory.EnumerateFiles("/bin")).DistinctBy(Path.GetFileName))
        {
            if (Path.GetFileName(tool) != "dotnet")
            {
                File.CreateSymbolicLink(Path.Combine(tools, Path.GetFileName(tool)), tool);
            }
        }

        var refused = await Scripts.Run("ops/up", $"--data {folder}", tools);

        Assert.Equal(3, refused.Code);
        Assert.Contains("the .NET SDK is missing", refused.Messages, StringComparison.Ordinal);
        Assert.Contains("10.0.100", refused.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_SDK_that_is_too_old_is_named()
    {
        var dotnet = Path.Combine(tools, "dotnet");
        await File.WriteAllTextAsync(dotnet, "#!/bin/sh\nif [ \"$1\" = --list-sdks ]; then echo '8.0.100 [/usr/share/dotnet/sdk]'; else exit 145; fi\n");
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var refused = await Scripts.Run("ops/up", $"--data {folder}", $"{tools}:{Environment.GetEnvironmentVariable("PATH")}");

        Assert.Equal(3, refused.Code);
        Assert.Contains("too old", refused.Messages, StringComparison.Ordinal);
        Assert.Contains("8.0.100", refused.Messages, StringComparison.Ordinal);
    }
}
