using Intake.Application;
using Intake.Application.Calls;
using Intake.Domain.Calls;
using Intake.EventLog;
using Intake.EventLog.Serialisation;
using MediatR;

namespace Intake.Host.Telephony;

/// <summary>How a call, or a phone, took its signals of a batch.</summary>
/// <param name="Changed">False when all of them were known already.</param>
public sealed record SignalsTaken(string Id, LogPosition Position, bool Changed);

/// <summary>
/// Gives signals to their calls and phones: those of one together, in their order and in one append; calls beside each other, so that many
/// share a commit.
/// </summary>
public sealed class SignalFeed(IMediator mediator, TimeProvider clock)
{
    private const int AtOnce = 64;

    // Of one so many at most in one append, which has to stay below what every engine takes.
    private const int Together = 500;

    /// <summary>Takes signals of calls; answers by the id of the call.</summary>
    /// <param name="source"><c>telephony</c> for what happens now, <c>import</c> for what is taken over later.</param>
    public Task<IReadOnlyDictionary<string, SignalsTaken>> Take(IReadOnlyList<CallSignal> signals, string source, CancellationToken cancel) => Take(
        signals, signal => CallIds.Of(signal.Source, signal.SourceCallId),
        (callId, some) => new RecordCallSignals(callId, some) { Context = Now(callId, source) }, cancel);

    /// <summary>Takes signals of phones; answers by the id of the phone.</summary>
    /// <inheritdoc cref="Take(IReadOnlyList{CallSignal}, string, CancellationToken)"/>
    public Task<IReadOnlyDictionary<string, SignalsTaken>> Take(IReadOnlyList<PhoneSignal> signals, string source, CancellationToken cancel) => Take(
        signals, signal => PhoneIds.Of(signal.Source, signal.Extension),
        (phoneId, some) => new RecordPhoneSignals(phoneId, some) { Context = Now(string.Empty, source) }, cancel);

    private async Task<IReadOnlyDictionary<string, SignalsTaken>> Take<TSignal>(
        IReadOnlyList<TSignal> signals, Func<TSignal, string> idOf, Func<string, IReadOnlyList<TSignal>, Command> record, CancellationToken cancel)
    {
        var groups = signals.GroupBy(idOf).ToList();
        var taken = new SignalsTaken[groups.Count];
        await Parallel.ForAsync(
            0, groups.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (n, stop) =>
            {
                foreach (var some in groups[n].Chunk(Together))
                {
                    var told = await Tell(groups[n].Key, () => record(groups[n].Key, some), stop);
                    taken[n] = told with { Changed = told.Changed || taken[n] is { Changed: true } };
                }
            });
        return taken.ToDictionary(one => one.Id, StringComparer.Ordinal);
    }

    private async Task<SignalsTaken> Tell(string id, Func<Command> command, CancellationToken cancel)
    {
        while (true)
        {
            switch (await mediator.Send(command(), cancel))
            {
                case Done done:
                    return new SignalsTaken(id, done.Position, done.Changed);
                case Conflict:
                    continue;
                case var other:
                    throw new InvalidOperationException($"The signals of {id} ended as {other.GetType().Name}.");
            }
        }
    }

    private CommandContext Now(string correlation, string source) =>
        new(Guid.CreateVersion7(), Actor.System, clock.GetUtcNow(), correlation, source);
}
