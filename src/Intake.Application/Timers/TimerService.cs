using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Intake.Application.Timers;

/// <summary>
/// Sends the commands of timers that are due. Several hosts may do so at once: the commands' ids are the same, so the log keeps one of
/// each. A timer whose command met an outage stays, and is tried again.
/// </summary>
public sealed class TimerService(TimerRows rows, IServiceScopeFactory scopes, TimeProvider clock, ILogger<TimerService> logger) :
    BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var due = await rows.DueAt(clock.GetUtcNow(), AtOnce, stoppingToken);
                foreach (var timer in due)
                {
                    await Fire(timer, stoppingToken);
                }

                if (due.Count < AtOnce)
                {
                    await Task.Delay(LookEvery, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever stops the timers is reported and tried again: open work must not stay undone.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                logger.LogWarning("The timers stopped; they resume in {RetryAfter}: {Why}", RetryAfter, fault.Message);
                await Task.Delay(RetryAfter, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private async Task Fire(Timer timer, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(Timetable.Due(timer, clock.GetUtcNow()), cancel);
        if (result is Conflict)
        {
            return;
        }

        if (result is not Done)
        {
            logger.LogWarning("The timer {Kind} of {Subject} ended as {Result}", timer.Kind, timer.Subject, result);
        }

        await rows.Done(timer, cancel);
    }
}
