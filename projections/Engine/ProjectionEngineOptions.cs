namespace Intake.Projections.Engine;

/// <summary>How the projections reach their database and use memory.</summary>
/// <param name="ConnectionString">Of Npgsql. The role must be admitted by <c>projections.admit_host</c>, or own the database.</param>
public sealed record ProjectionEngineOptions(string ConnectionString)
{
    /// <summary>Rows of one projection kept in memory between batches; beyond it all are let go and loaded again when touched.</summary>
    public int RowsInMemory { get; init; } = 20_000;

    /// <summary>Rows of one projection that a rebuild folds in memory before it writes; some 0.5 to 1 kB each.</summary>
    public int RowsInMemoryOfRebuild { get; init; } = 400_000;

    /// <summary>How often a host that stands by asks for the lock, and one that is interrupted or stopped looks again.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Within which time events that touch no row move the stored checkpoint; events that do move it with their rows.</summary>
    public TimeSpan CheckpointWithin { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often the lag is read for the metrics, and the positions, should a notice be lost.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(2);
}
