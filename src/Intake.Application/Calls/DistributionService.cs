using Intake.Application.LookUps;
using Intake.Domain.Calls;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using Intake.Projections.ClientCard;
using Intake.Projections.Engine;
using Intake.Projections.OperatorQueue;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Intake.Application.Calls;

/// <summary>
/// Lets waiting calls ring at ready operators, as soon as the live queue shows that there are both. One host at a time does so, by an
/// advisory lock of the session with which it looks; when that ends another host takes over. A look at rows that are stale by the
/// time of the command does no harm: the command then changes nothing.
/// </summary>
public sealed class DistributionService(
    ProjectionEngine engine, NpgsqlDataSource database, DistributionPolicy policy, IServiceScopeFactory scopes, TimeProvider clock,
    ILogger<DistributionService> logger) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly string Queue = OperatorQueueProjection.Definition.Name;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // Should the news be lost, or the lock: the next look finds out.
    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                try
                {
                    while (!await TryLead(connection, stoppingToken))
                    {
                        await Task.Delay(RetryAfter, stoppingToken);
                    }

                    await Distribute(connection, stoppingToken);
                }
                finally
                {
                    await Resign(connection);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever stops the distribution is reported and tried again: calls must not stay waiting.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                logger.LogWarning("The distribution of calls stopped; it resumes in {RetryAfter}: {Why}", RetryAfter, fault.Message);
                await Task.Delay(RetryAfter, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private async Task Distribute(NpgsqlConnection connection, CancellationToken cancel)
    {
        // Both read models have tables from here on.
        await engine.Watch.Reached(Queue, LogPosition.Start, cancel);
        await engine.Watch.Reached(ClientCardProjection.Definition.Name, LogPosition.Start, cancel);
        ProjectionAdvanced? seen = null;
        while (true)
        {
            var news = engine.Watch.Known(Queue);
            var floor = await WaitingFloor.Look(connection, cancel);
            var offered = await Offer(Distribution.Pairs(policy, floor.Calls, floor.Operators), cancel);
            if (offered > LogPosition.Start)
            {
                // The rows show what was offered before the next look.
                await Within(stop => engine.Watch.Reached(Queue, offered, stop), cancel);
                continue;
            }

            seen = news;
            await Within(stop => engine.Watch.After(Queue, seen, stop), cancel);
        }
    }

    /// <returns>Where the last offer stands in the log; the beginning where nothing was offered.</returns>
    private async Task<LogPosition> Offer(IReadOnlyList<Pair> pairs, CancellationToken cancel)
    {
        var last = LogPosition.Start;
        var gate = new Lock();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(pairs, parallel, async (pair, stop) =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(
                new OfferCall(pair.Call.CallId, pair.Operator.Person)
                {
                    Context = new CommandContext(
                        Guid.CreateVersion7(), Actor.System, clock.GetUtcNow(), pair.Call.CallId, "distribution"),
                },
                stop);
            lock (gate)
            {
                last = result.Position > last ? result.Position : last;
            }
        });
        return last;
    }

    private static async Task Within(Func<CancellationToken, Task> waiting, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(LookAtLeastEvery);
        try
        {
            await waiting(patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Time for another look.
        }
    }

    // The server notices within seconds that the host is gone, so that another one can lead.
    private static async Task<bool> TryLead(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var lead = new NpgsqlCommand(
            """
            set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 2;
            select pg_try_advisory_lock(7239404, 1)
            """,
            connection);
        return (bool)(await lead.ExecuteScalarAsync(cancel))!;
    }

    // The session goes back to the pool, where it must not keep the lock.
    private static async Task Resign(NpgsqlConnection connection)
    {
        if (connection.State == System.Data.ConnectionState.Open)
        {
            await using var resign = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
            await resign.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
