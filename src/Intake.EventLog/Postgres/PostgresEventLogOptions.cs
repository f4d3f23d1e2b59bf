namespace Intake.EventLog.Postgres;

/// <summary>How the PostgreSQL engine reaches and uses its database.</summary>
/// <param name="ConnectionString">Of Npgsql. The role must be admitted by <c>log.admit_host</c>, or own the schema.</param>
public sealed record PostgresEventLogOptions(string ConnectionString)
{
    /// <summary>Events in a page of the whole log; at least 1.</summary>
    public int PageSize { get; init; } = 2_000;

    /// <summary>Events in a page of one stream; at least 1.</summary>
    public int StreamPageSize { get; init; } = 500;

    /// <summary>How often the head is looked at when no notice of an append has come.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a call tries again when PostgreSQL is away, before it throws <see cref="EventLogUnavailableException"/>.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Appends in one commit at most.</summary>
    public int GroupLimit { get; init; } = 512;
}
