using Npgsql;

namespace Intake.EventLog.Postgres;

/// <summary>
/// The log's one writer in this process: commits the appends that wait together, answers each by itself, and outlasts a restart of
/// the server. Trying again is safe, since event ids make an append that had been committed recognisable.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int HeaviestGroup = 4 * 1024 * 1024;

    private readonly AppendStatement statement;
    private readonly Groups<PendingAppend> groups;
    private readonly Action<long> committed;
    private readonly TimeSpan patience;

    /// <param name="committed">Told the last position of each group that wrote something.</param>
    public GroupCommit(NpgsqlDataSource source, PostgresEventLogOptions options, SeenRevisions seen, Action<long> committed)
    {
        (statement, this.committed, patience) = (new AppendStatement(source, seen), committed, options.GiveUpAfter);
        groups = new Groups<PendingAppend>([Commit], options.GroupLimit, append => append.Weight, HeaviestGroup);
    }

    public void Add(PendingAppend append) => groups.Add(append);

    public async ValueTask DisposeAsync()
    {
        await groups.DisposeAsync();
        await statement.DisposeAsync();
    }

    private async Task Commit(IReadOnlyList<PendingAppend> group)
    {
        for (var tries = 1; group.Count > 0; tries++)
        {
            try
            {
                Answer(group, await statement.Execute(group));
                return;
            }
            catch (Exception fault) when (Outage.IsOutage(fault))
            {
                await statement.DisposeAsync();
                group = GiveUpOld(group, fault);
            }
            catch (Exception fault)
            {
                await statement.DisposeAsync();
                await CommitAlone(group, fault);
                return;
            }

            if (group.Count > 0)
                await Task.Delay(Patience.Pause(tries));
        }
    }

    private void Answer(IReadOnlyList<PendingAppend> group, IReadOnlyList<AppendOutcome?> outcomes)
    {
        EventLogTelemetry.GroupSize.Record(group.Count);
        var written = outcomes.OfType<Appended>().Where(appended => !appended.AlreadyThere).Select(appended => appended.Position.Number);
        if (written.DefaultIfEmpty().Max() is > 0 and var last)
            committed(last);

        for (var i = 0; i < group.Count; i++)
        {
            if (outcomes[i] is { } outcome)
                group[i].TrySetResult(outcome);
            else
                group[i].TrySetException(Reused(group[i]));
        }
    }

    private static EventIdsReusedException Reused(PendingAppend append) => new(
        $"Event ids of an append to {append.Stream} (first {append.Events[0].EventId}) are in the log already, but not as this append.");

    private IReadOnlyList<PendingAppend> GiveUpOld(IReadOnlyList<PendingAppend> group, Exception fault)
    {
        foreach (var old in group.Where(append => append.Age > patience))
        {
            old.TrySetException(new EventLogUnavailableException(
                $"PostgreSQL did not answer the append to {old.Stream} for {patience}; retry with the same event ids: {fault.Message}", fault));
        }

        return [.. group.Where(append => append.Age <= patience)];
    }

    // The server refused the group for a reason that stays. One append may be at fault; the others must not suffer for it.
    private async Task CommitAlone(IReadOnlyList<PendingAppend> group, Exception fault)
    {
        if (group is [var only])
        {
            only.TrySetException(new EventLogUnavailableException($"The append to {only.Stream} was refused: {fault.Message}", fault));
            return;
        }

        foreach (var append in group)
            await Commit([append]);
    }
}
