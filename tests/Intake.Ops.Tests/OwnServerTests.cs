using Intake.Testing;
using Npgsql;

namespace Intake.Ops.Tests;

/// <summary>On a PostgreSQL that is there already, by a role that does not own the log.</summary>
public sealed class OwnServerTests : IAsyncLifetime
{
    private readonly string folder = Scripts.NewFolder();
    private PostgresCluster cluster = null!;

    public async Task InitializeAsync() => cluster = await PostgresCluster.StartNew();

    public async Task DisposeAsync()
    {
        await cluster.DisposeAsync();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_host_that_does_not_own_the_log_works_and_cannot_change_an_event()
    {
        var owner = await cluster.CreateDatabase("own");
        var database = new NpgsqlConnectionStringBuilder(owner).Database;
        await Execute(owner, $"create role intake_host login; grant create, temporary on database \"{database}\" to intake_host");
        var host = new NpgsqlConnectionStringBuilder(owner) { Username = "intake_host" }.ConnectionString;
        (string, string)[] server = [("INTAKE_POSTGRES", host), ("INTAKE_POSTGRES_OWNER", owner)];

        var imported = await Scripts.Run("ops/intake", $"import csv docs/examples/csv --data {folder}", server);
        var rebuilt = await Scripts.Run("ops/intake", $"rebuild --data {folder}", server);
        var verified = await Scripts.Run("ops/intake", $"verify --data {folder}", server);

        Assert.True(imported.Code == 0, imported.Messages);
        Assert.True(rebuilt.Code == 0, rebuilt.Messages);
        Assert.True(verified.Code == 0, verified.Output + verified.Messages);
        Assert.False(Directory.Exists(Path.Combine(folder, "postgres")));
        string[] changes =
        [
            "update log.events set data = ''", "delete from log.events", "truncate log.events", "drop table log.events",
            "alter table log.events disable trigger events_only_grow", "alter function log.refuse_change() owner to intake_host",
        ];
        foreach (var change in changes)
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => Execute(host, change));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    private static async Task Execute(string connection, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
