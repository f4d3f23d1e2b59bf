using System.Diagnostics;
using System.Diagnostics.Metrics;
using Intake.Domain;
using MediatR;

namespace Intake.Application;

/// <summary>
/// Deny by default: lets a command pass when its <see cref="ForAttribute"/> names the sender's role, or that of the person for whom he
/// stands in by it.
/// </summary>
public sealed class RoleCheck<TCommand> : IPipelineBehavior<TCommand, CommandResult>
    where TCommand : Command
{
    public Task<CommandResult> Handle(TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<CommandResult> next)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(next);
        var (actor, role) = (request.Context.Actor, request.Context.Role);
        return actor.Person == StaffRef.System || Rights.Of(typeof(TCommand)).Contains(role)
            ? next()
            : Task.FromResult<CommandResult>(new NotAllowed(typeof(TCommand).Name, role));
    }
}

/// <summary>Counts and times commands, and opens the span to which append, projection and push belong.</summary>
public sealed class Measured<TCommand> : IPipelineBehavior<TCommand, CommandResult>
    where TCommand : Command
{
    public async Task<CommandResult> Handle(
        TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<CommandResult> next)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(next);
        using var span = Telemetry.Source.StartActivity(typeof(TCommand).Name);
        span?.SetTag("intake.command_id", request.Context.CommandId);
        var start = Stopwatch.GetTimestamp();
        var result = await next();
        var outcome = result switch
        {
            Done => "done",
            Refused => "refused",
            Conflict => "conflict",
            _ => "not-allowed",
        };
        span?.SetTag("intake.outcome", outcome);
        var command = new KeyValuePair<string, object?>("command", typeof(TCommand).Name);
        Telemetry.Duration.Record(
            Stopwatch.GetElapsedTime(start).TotalMilliseconds, command, new KeyValuePair<string, object?>("outcome", outcome));
        if (result is Refused { Refusal: { } refusal })
        {
            Telemetry.Refusals.Add(1, command, new KeyValuePair<string, object?>("reason", refusal.Code));
        }

        return result;
    }
}

/// <summary>The names under which commands are seen from outside.</summary>
public static class Telemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Intake.Commands";

    internal static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    internal static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("intake.command.duration", "ms", "From command to answer, by command and outcome.");

    internal static readonly Counter<long> Refusals =
        Meter.CreateCounter<long>("intake.refusals", description: "Commands that the rules rejected, by command and reason.");
}
