using System.Text.Json;

namespace Intake.Ops.Tests;

public sealed class IntakeTests : IAsyncLifetime
{
    private readonly string folder = Scripts.NewFolder();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("verify --help")]
    [InlineData("copy-log --help")]
    [InlineData("import csv --help")]
    public async Task Help_needs_no_system(string arguments)
    {
        var help = await Scripts.Run("ops/intake", $"{arguments} --data {folder}");
        Assert.Equal(0, help.Code);
        Assert.Contains("--json", help.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("verfy")]
    [InlineData("verify")]
    [InlineData("")]
    public async Task A_command_that_cannot_run_fails_and_leaves_no_folder(string command)
    {
        var failed = await Scripts.Run("ops/intake", $"{command} --data {folder}");
        Assert.NotEqual(0, failed.Code);
        Assert.NotEmpty(failed.Messages);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_companys_own_data_makes_a_system_that_does_not_stay_running()
    {
        var first = await Scripts.Run("ops/intake", $"import csv docs/examples/csv --json --data {folder}");
        Assert.True(first.Code == 0, first.Messages);
        var taken = JsonDocument.Parse(first.Output).RootElement;
        Assert.Equal(Rows("clients.csv"), taken.GetProperty("clients").GetInt32());
        Assert.Equal(Rows("products.csv"), taken.GetProperty("products").GetInt32());
        Assert.Equal(Rows("staff.csv"), taken.GetProperty("staff").GetInt32());
        Assert.Equal(0, taken.GetProperty("rejected").GetArrayLength());
        Assert.Equal(1, (await Scripts.Run("ops/postgres", $"status {folder}/postgres")).Code);

        var once = await Events();
        Assert.Equal(0, (await Scripts.Run("ops/intake", $"import csv docs/examples/csv --json --data {folder}")).Code);
        Assert.Equal(once, await Events());
    }

    private async Task<long> Events()
    {
        var verified = await Scripts.Run("ops/intake", $"verify --json --data={folder}");
        var events = JsonDocument.Parse(verified.Output).RootElement.GetProperty("events").GetInt64();
        Assert.True(events > 0);
        return events;
    }

    private static int Rows(string file) =>
        File.ReadLines(Path.Combine(Scripts.Repository, "docs/examples/csv", file)).Count(line => line.Length > 0) - 1;
}
