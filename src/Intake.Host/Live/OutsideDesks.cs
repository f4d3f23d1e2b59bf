using System.Collections.Concurrent;
using Intake.Domain.Staff;
using Intake.EventLog;
using Intake.Host.Accounts;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace Intake.Host.Live;

/// <summary>
/// The desks outside the office that are connected to this host. A connection asks nothing by itself, so it is looked at again and again: it
/// is closed when its session is over or its device is admitted no more.
/// </summary>
public sealed class OutsideDesks(OutsideSessions sessions, RemotePolicy policy, TimeProvider clock, ILogger<OutsideDesks> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (HubCallerContext Connection, OutsideStay Stay)> _open = new(StringComparer.Ordinal);

    /// <summary>A desk has connected; one in the office is none of these.</summary>
    public void Opened(HubCallerContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.GetHttpContext()?.Outside() is { } stay)
        {
            _open[connection.ConnectionId] = (connection, stay);
        }
    }

    /// <summary>A desk is gone.</summary>
    public void Closed(HubCallerContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _open.TryRemove(connection.ConnectionId, out _);
    }

    /// <summary>How many rows this desk is sent of those that it would be sent in the office.</summary>
    public int Rows(HubCallerContext connection, int otherwise)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return _open.ContainsKey(connection.ConnectionId) ? Math.Min(otherwise, policy.MostRows) : otherwise;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await Look(stoppingToken);
                }
                catch (Exception fault) when (fault is NpgsqlException or EventLogUnavailableException)
                {
                    logger.LogWarning("Desks outside the office were not looked at; it is tried again: {Why}", fault.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task Look(CancellationToken cancel)
    {
        foreach (var desks in _open.Values.GroupBy(open => open.Stay.SessionId))
        {
            if (!await sessions.GoesOn(desks.First().Stay, cancel))
            {
                foreach (var (connection, _) in desks)
                {
                    connection.Abort();
                }
            }
        }
    }
}
