using System.Diagnostics;

namespace Intake.Testing.EventStoreDb;

/// <summary>
/// The server that a test of the engine uses: a node of its own in this process, or the real one that <see cref="Variable"/> names.
/// A real one keeps what other tests wrote, so each test has a prefix for its streams.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    /// <summary>Names a real server, by a connection string.</summary>
    public const string Variable = "INTAKE_TEST_EVENTSTORE";

    /// <summary>Shell command that kills the real server by SIGKILL; without it the tests that kill use a node.</summary>
    public const string KillVariable = "INTAKE_TEST_EVENTSTORE_KILL";

    /// <summary>Shell command that starts it again on the same data, and returns when it serves.</summary>
    public const string StartVariable = "INTAKE_TEST_EVENTSTORE_START";

    private readonly EventStoreNode? node;

    private TestServer(EventStoreNode? node, string connectionString) => (this.node, ConnectionString) = (node, connectionString);

    /// <summary>The real server, or null when there is none to test with.</summary>
    public static string? Named => Given(Variable);

    /// <summary>How the server is reached.</summary>
    public string ConnectionString { get; }

    /// <summary>Before the streams of this test; nobody else has it.</summary>
    public string Prefix { get; } = $"t{Guid.NewGuid():N}.";

    /// <summary>The real server where one is named, else a node.</summary>
    public static async Task<TestServer> Start() => Named is { } real ? new TestServer(null, real) : await OfNode();

    /// <summary>The same, if the real one may be killed, else a node.</summary>
    public static async Task<TestServer> StartKillable() =>
        Named is { } real && Given(KillVariable) is not null && Given(StartVariable) is not null ? new TestServer(null, real) : await OfNode();

    /// <summary>A node that the test already has.</summary>
    public static TestServer Of(EventStoreNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return new TestServer(node, node.ConnectionString);
    }

    /// <summary>Kills the server's process, or as good as.</summary>
    public Task Kill() => node?.Kill() ?? Run(KillVariable);

    /// <summary>Starts it again with everything that it had.</summary>
    public Task Restart() => node?.Start() ?? Run(StartVariable);

    public ValueTask DisposeAsync() => node?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<TestServer> OfNode()
    {
        return Of(await EventStoreNode.Started());
    }

    private static string? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? given : null;

    private static async Task Run(string variable)
    {
        using var command = Process.Start(new ProcessStartInfo("bash", ["-c", Given(variable)!]))!;
        await command.WaitForExitAsync();
        if (command.ExitCode != 0)
            throw new InvalidOperationException($"The command of {variable} ended with {command.ExitCode}.");
    }
}
