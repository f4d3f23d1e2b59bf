using Intake.Application;
using Intake.Application.LookUps;
using Intake.Application.Staff;
using Intake.Domain.Calls;
using Intake.EventLog.Serialisation;
using MediatR;
using Npgsql;

namespace Intake.Host.Live;

/// <summary>
/// Who has a desk open, over all hosts: each host touches the rows of those who are connected to it. Whose row has not been touched for
/// longer than the policy says is gone, and not ready any more. Who never opened a desk has no row, and is left alone.
/// </summary>
public sealed class DeskPresence(
    NpgsqlDataSource database, FloorPolicy policy, IServiceScopeFactory scopes, TimeProvider clock, ILogger<DeskPresence> logger) :
    BackgroundService
{
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Creates the table.</summary>
    public static async Task Migrate(NpgsqlDataSource database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var create = database.CreateCommand(
            """
            create schema if not exists presence;
            create table if not exists presence.desk (staff_id text primary key, seen_at timestamptz not null);
            """);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>A desk of this person was opened on this host.</summary>
    public void Opened(string staffId)
    {
        lock (_gate)
        {
            _open[staffId] = _open.GetValueOrDefault(staffId) + 1;
        }
    }

    /// <summary>A desk of this person is gone from this host.</summary>
    public void Closed(string staffId)
    {
        lock (_gate)
        {
            if (_open.GetValueOrDefault(staffId) > 1)
            {
                _open[staffId]--;
            }
            else
            {
                _open.Remove(staffId);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // After a start of the host everybody gets the time to come back.
        var begun = clock.GetTimestamp();
        using var timer = new PeriodicTimer(policy.ConnectionLostAfter / 6, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await Touch(stoppingToken);
                    if (clock.GetElapsedTime(begun) > policy.ConnectionLostAfter)
                    {
                        await Sweep(stoppingToken);
                    }
                }
                catch (Exception fault) when (fault is NpgsqlException or EventLog.EventLogUnavailableException)
                {
                    logger.LogWarning("The presence of desks is interrupted; it is tried again: {Why}", fault.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task Touch(CancellationToken cancel)
    {
        string[] people;
        lock (_gate)
        {
            people = [.. _open.Keys];
        }

        await using var touch = database.CreateCommand(
            """
            insert into presence.desk select staff_id, now() from unnest($1) staff_id order by staff_id
            on conflict (staff_id) do update set seen_at = excluded.seen_at
            """);
        touch.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = people });
        await touch.ExecuteNonQueryAsync(cancel);
    }

    // Whose desk went while he could not be given work anyhow is forgotten; whose went during a call is looked at again after it.
    private async Task Sweep(CancellationToken cancel)
    {
        await using var sweep = database.CreateCommand(
            """
            delete from presence.desk desk using operator_queue.person person
            where person.key = desk.staff_id and desk.seen_at < now() - $1 and person.presence in ('Offline', 'NotReady')
            """);
        sweep.Parameters.Add(new NpgsqlParameter { Value = policy.ConnectionLostAfter });
        await sweep.ExecuteNonQueryAsync(cancel);
        await using var query = database.CreateCommand(
            """
            select desk.staff_id, desk.seen_at from presence.desk desk join operator_queue.person person on person.key = desk.staff_id
            where desk.seen_at < now() - $1 and person.presence in ('Ready', 'Reserved')
            """);
        query.Parameters.Add(new NpgsqlParameter { Value = policy.ConnectionLostAfter });
        foreach (var (staffId, seenAt) in await query.ListOf(row => (row.GetString(0), row.GetDateTime(1)), cancel))
        {
            await Lost(staffId, seenAt, cancel);
        }
    }

    private async Task Lost(string staffId, DateTime seenAt, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new CommandContext(
            EventLog.Serialisation.EventId.Named($"desk of {staffId} last seen {seenAt:O}"), Actor.System, clock.GetUtcNow(), string.Empty, "presence");
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new LoseConnection(staffId) { Context = context }, cancel);
    }
}
