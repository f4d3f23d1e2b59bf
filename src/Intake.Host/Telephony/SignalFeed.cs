using Intake.Application;
using Intake.Application.Calls;
using Intake.Domain.Calls;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using MediatR;

namespace Intake.Host.Telephony;

/// <summary>How a call took its signals of a batch.</summary>
/// <param name="Changed">False when all of them were known already.</param>
public sealed record CallHeard(string CallId, LogPosition Position, bool Changed);

/// <summary>
/// Gives signals to their calls: those of one call together, in their order and in one append; calls beside each other, so that many share
/// a commit.
/// </summary>
public sealed class SignalFeed(IMediator mediator, TimeProvider clock)
{
    private const int AtOnce = 64;

    // Of one call so many at most in one append, which has to stay below what every engine takes.
    private const int Together = 500;

    /// <summary>Takes the signals; answers by the id of the call.</summary>
    /// <param name="source"><c>telephony</c> for what happens now, <c>import</c> for what is taken over later.</param>
    public async Task<IReadOnlyDictionary<string, CallHeard>> Take(
        IReadOnlyList<CallSignal> signals, string source, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(signals);
        var calls = signals.GroupBy(signal => CallIds.Of(signal.Source, signal.SourceCallId)).ToList();
        var heard = new CallHeard[calls.Count];
        await Parallel.ForAsync(
            0, calls.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (n, stop) =>
            {
                foreach (var some in calls[n].Chunk(Together))
                {
                    var told = await Tell(calls[n].Key, some, source, stop);
                    heard[n] = told with { Changed = told.Changed || heard[n] is { Changed: true } };
                }
            });
        return heard.ToDictionary(one => one.CallId, StringComparer.Ordinal);
    }

    private async Task<CallHeard> Tell(string callId, IReadOnlyList<CallSignal> signals, string source, CancellationToken cancel)
    {
        while (true)
        {
            var context = new CommandContext(Guid.CreateVersion7(), Actor.System, clock.GetUtcNow(), callId, source);
            switch (await mediator.Send(new RecordCallSignals(callId, signals) { Context = context }, cancel))
            {
                case Done done:
                    return new CallHeard(callId, done.Position, done.Changed);
                case Conflict:
                    continue;
                case var other:
                    throw new InvalidOperationException($"The signals of call {callId} ended as {other}.");
            }
        }
    }
}
