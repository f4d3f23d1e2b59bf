using System.Text;
using System.Text.Json;
using Intake.EventLog;
using Intake.Testing;
using Npgsql;

namespace Intake.Host.Tests;

/// <summary><c>intake copy-log</c>, as an operator runs it.</summary>
public sealed class CopyLogTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("intake-copy-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_copied_log_has_the_digest_that_verify_shows_of_either()
    {
        var (source, target) = (await Database(), await Database());
        await Write(source, 40);
        var copied = await Executable.Run(new Place(source), "copy-log", "--to", target, "--json");
        Assert.True(copied.Code == 0, copied.Messages);
        Assert.Equal((true, 0, 40), (
            copied.Json.GetProperty("equal").GetBoolean(), copied.Json.GetProperty("compared").GetInt32(), copied.Json.GetProperty("copied").GetInt32()));
        Assert.Equal(Digest(copied.Json, "from"), Digest(copied.Json, "to"));

        foreach (var log in (string[])[source, target])
        {
            var verified = await Executable.Run(new Place(log), "verify", "--json", "--data", _data.FullName);
            Assert.Equal(
                Digest(copied.Json, "from"), (verified.Json.GetProperty("events").GetInt64(), verified.Json.GetProperty("logSha256").GetString()!));
        }
    }

    [Fact]
    public async Task A_copy_that_was_killed_is_simply_run_again()
    {
        var (source, target) = (await Database(), await Database());
        await Write(source, 3_000);
        await EventLogs.Prepare(target);
        await using var half = EventLogs.Open(target);
        using (var killed = Executable.Start(new Place(source), "copy-log", "--to", target))
        {
            await Eventually.Holds(async () => (await half.Head()).Number > 50, "some events are copied", TimeSpan.FromMinutes(1));
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        Assert.InRange((await half.Head()).Number, 51, 2_999);
        var again = await Executable.Run(new Place(source), "copy-log", "--to", target);
        Assert.True(again.Code == 0, again.Messages);
        Assert.EndsWith($"equal{Environment.NewLine}", again.Output, StringComparison.Ordinal);
        Assert.Equal(3_000, (await half.Head()).Number);
    }

    [Fact]
    public async Task A_target_with_events_of_its_own_is_refused()
    {
        var (source, target) = (await Database(), await Database());
        await Write(source, 2);
        await Write(target, 1);
        var refused = await Executable.Run(new Place(source), "copy-log", "--to", target);
        Assert.Equal((1, ""), (refused.Code, refused.Output));
        Assert.Contains("intake: The target holds something else at its position 1:", refused.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_connection_strings_are_explained_and_no_password_is_repeated()
    {
        var source = await Database();
        foreach (var wrong in (string[])["esdb://intake:secret@node:port", "Host=db;Port=secret", "postgres://intake:secret@db/sales"])
        {
            var refused = await Executable.Run(new Place(source), "copy-log", "--to", wrong);
            Assert.Equal((2, ""), (refused.Code, refused.Output));
            Assert.Contains("connection string", refused.Messages, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", refused.Messages, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await Executable.Run(new Place(source), "copy-log", "--to", source)).Code);
    }

    [Fact]
    public async Task A_source_without_a_log_is_named()
    {
        var (source, target) = (await Database(), await Database());
        var refused = await Executable.Run(new Place(source), "copy-log", "--to", target);
        Assert.Equal((2, ""), (refused.Code, refused.Output));
        Assert.Contains("There is no log in PostgreSQL", refused.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_are_not_shown()
    {
        var (source, target) = (await Database(), await Database());
        await Write(source, 2);
        var copied = await Executable.Run(new Place(""), "copy-log", "--from", source, "--to", target);
        Assert.True(copied.Code == 0, copied.Messages);
        Assert.DoesNotContain(new NpgsqlConnectionStringBuilder(source).Password!, copied.Output + copied.Messages, StringComparison.Ordinal);
        Assert.Contains($"/{new NpgsqlConnectionStringBuilder(source).Database}: 2 events", copied.Output, StringComparison.Ordinal);
    }

    private static (long Events, string Sha256) Digest(JsonElement copied, string side) =>
        (copied.GetProperty(side).GetProperty("events").GetInt64(), copied.GetProperty(side).GetProperty("sha256").GetString()!);

    // A server that trusts its own machine takes any password.
    private static async Task<string> Database()
    {
        var database = new NpgsqlConnectionStringBuilder(await (await PostgresCluster.Shared()).CreateDatabase("copy"));
        database.Password ??= "unasked-for-password";
        return database.ConnectionString;
    }

    private static async Task Write(string database, int events)
    {
        await EventLogs.Prepare(database);
        await using var log = EventLogs.Open(database);
        await Parallel.ForAsync(0, events, async (n, cancel) => await log.Append(
            new StreamName("order", Guid.NewGuid().ToString()), ExpectedRevision.NoStream,
            [new NewEvent(Guid.NewGuid(), "OrderOpened", Encoding.UTF8.GetBytes($$"""{"n":{{n}}}"""), "{}"u8.ToArray())], cancel));
    }
}
