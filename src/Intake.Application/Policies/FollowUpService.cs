using Intake.Application.Timers;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Intake.Application.Policies;

/// <summary>
/// Follows the log, sends the commands that events make necessary, and sets the timers. Several hosts may do so at once: the commands'
/// ids are the same, so the log keeps one of each.
/// </summary>
public sealed class FollowUpService(
    IEventLog log, EventCodec codec, FollowUps followUps, Timetable timetable, TimerRows timers, IServiceScopeFactory scopes,
    NpgsqlDataSource database, ILogger<FollowUpService> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Creates what the service keeps its place in.</summary>
    public static async Task Migrate(NpgsqlDataSource database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var create = database.CreateCommand(
            """
            create schema if not exists policies;
            create table if not exists policies.checkpoint (name text primary key, commit_position bigint not null, prepare_position bigint not null);
            """);
        await create.ExecuteNonQueryAsync(cancel);
        await TimerRows.Migrate(database, cancel);
    }

    /// <summary>
    /// Goes through the log from its beginning when the service next starts: the log is another one. What has followed is recognised by
    /// the ids of its commands, which are the same in a copy of a log.
    /// </summary>
    public static async Task StartOver(NpgsqlDataSource database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var forget = database.CreateCommand("delete from policies.checkpoint");
        await forget.ExecuteNonQueryAsync(cancel);
        await TimerRows.Forget(database, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Follow(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever stops the policies is reported and tried again: open work must not stay undone.
            catch (Exception error)
#pragma warning restore CA1031
            {
                logger.LogError(error, "The policies stopped; they resume in {RetryAfter}", RetryAfter);
                await Task.Delay(RetryAfter, stoppingToken);
            }
        }
    }

    private async Task Follow(CancellationToken cancel)
    {
        var handled = codec.NamesOf(FollowUps.Handles.Union(Timetable.Handles).ToHashSet());
        await foreach (var message in log.Subscribe(await Checkpoint(cancel), cancel))
        {
            if (message is not EventsAppeared { Events: var events })
            {
                continue;
            }

            var changes = new List<TimerChange>();
            foreach (var recorded in events.Where(recorded => handled.Contains(recorded.Type)))
            {
                var occurred = codec.Decode(recorded);
                foreach (var command in await followUps.Of(occurred, cancel))
                {
                    await Send(command, recorded, cancel);
                }

                changes.AddRange(timetable.Of(occurred));
            }

            await timers.Change(changes, cancel);
            await Save(events[^1].Position, cancel);
        }
    }

    private async Task Send(Command command, RecordedEvent cause, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var result = await mediator.Send(command, cancel);

        // A race is lost to others' commands, and what follows from an event must not be lost with it.
        for (; result is Conflict; result = await mediator.Send(command, cancel))
        {
            await Task.Delay(RetryAfter, cancel);
        }

        if (result is not Done)
        {
            logger.LogWarning(
                "{Command}, which follows from position {Position}, ended as {Result}", command.GetType().Name, cause.Position, result);
        }
    }

    private async Task<LogPosition> Checkpoint(CancellationToken cancel)
    {
        await using var read = database.CreateCommand(
            "select commit_position, prepare_position from policies.checkpoint where name = 'follow-ups'");
        await using var reader = await read.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new LogPosition((ulong)reader.GetInt64(0), (ulong)reader.GetInt64(1))
            : LogPosition.Start;
    }

    // What is lost of it in a crash is done again, to no effect; so no commit waits for the disk.
    private async Task Save(LogPosition position, CancellationToken cancel)
    {
        await using var write = database.CreateCommand(
            """
            with unhurried as materialized (select set_config('synchronous_commit', 'off', true))
            insert into policies.checkpoint select 'follow-ups', $1, $2 from unhurried
            on conflict (name) do update set commit_position = excluded.commit_position, prepare_position = excluded.prepare_position
            where policies.checkpoint.commit_position < excluded.commit_position
            """);
        write.Parameters.Add(new NpgsqlParameter { Value = (long)position.Commit });
        write.Parameters.Add(new NpgsqlParameter { Value = (long)position.Prepare });
        await write.ExecuteNonQueryAsync(cancel);
    }
}
