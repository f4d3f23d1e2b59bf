using System.Diagnostics;
using Intake.Domain;
using Intake.EventLog;
using Intake.EventLog.Serialisation;

namespace Intake.Application;

/// <summary>An aggregate as it was loaded.</summary>
/// <param name="Revision">-1 where its stream has no events.</param>
public sealed record Loaded<TState>(TState State, long Revision);

/// <summary>
/// Load, decide, append: the one way in which commands change anything. A race that is lost is run again on what the winner
/// left; a command that was carried out before is answered as it was then.
/// </summary>
public sealed class CommandRunner(IEventLog log, EventCodec codec)
{
    private const int Attempts = 16;

    /// <summary>The state of an aggregate now, straight from the log.</summary>
    public async Task<Loaded<TState>> Load<TState>(Aggregate<TState> aggregate, string id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        var state = aggregate.Initial;
        var revision = -1L;
        await foreach (var recorded in log.ReadStream(new StreamName(aggregate.Category, id), cancel: cancel))
        {
            state = aggregate.Evolve(state, codec.DecodeEvent(recorded));
            revision = recorded.Revision;
        }

        return new Loaded<TState>(state, revision);
    }

    /// <summary>The ids of an aggregate's events, by which a command that was carried out on it is known.</summary>
    public async Task<IReadOnlySet<Guid>> EventIds<TState>(Aggregate<TState> aggregate, string id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        var ids = new HashSet<Guid>();
        await foreach (var recorded in log.ReadStream(new StreamName(aggregate.Category, id), cancel: cancel))
        {
            ids.Add(recorded.EventId);
        }

        return ids;
    }

    /// <summary>Runs a decider on the aggregate's state and appends what it decides.</summary>
    /// <param name="policies">Versions of the policies that decide, for the envelope.</param>
    public Task<CommandResult> Run<TState>(
        Aggregate<TState> aggregate, string id, CommandContext context, Func<TState, Decision> decide, CancellationToken cancel,
        params string[] policies)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return RunLooking(aggregate, id, context, state => ValueTask.FromResult(decide(state)), cancel, policies);
    }

    /// <summary>As <see cref="Run"/>, for a decider that is handed something looked up by the state.</summary>
    /// <param name="decide">Looks up, then decides; asked again when a race was lost.</param>
    public async Task<CommandResult> RunLooking<TState>(
        Aggregate<TState> aggregate, string id, CommandContext context, Func<TState, ValueTask<Decision>> decide, CancellationToken cancel,
        params string[] policies)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(decide);
        var stream = new StreamName(aggregate.Category, id);
        var firstId = EventId.Of(context.CommandId, stream, 0);
        for (var attempt = 1; ; attempt++)
        {
            var state = aggregate.Initial;
            var revision = -1L;
            List<RecordedEvent>? earlier = null;
            await foreach (var recorded in log.ReadStream(stream, cancel: cancel))
            {
                if (recorded.EventId == firstId || (earlier is not null && IsOf(context.CommandId, recorded)))
                {
                    (earlier ??= []).Add(recorded);
                }

                state = aggregate.Evolve(state, codec.DecodeEvent(recorded));
                revision = recorded.Revision;
            }

            if (earlier is not null)
            {
                return Answer(codec.DecodeEvent(earlier[^1]), earlier[^1].Revision, earlier[^1].Position);
            }

            if (context.ExpectedRevision is { } expected && expected != revision)
            {
                return new Conflict(expected, revision);
            }

            var decision = await decide(state);
            if (decision.Events.Count == 0)
            {
                return new Done(revision, Changed: false);
            }

            var envelope = new Envelope(
                context.CommandId, context.CorrelationId, context.CausationId, context.Now, context.Actor, context.OnBehalfOf?.Person, policies,
                context.Source, Activity.Current?.Id);
            var events = decision.Events
                .Select((@event, index) => codec.Encode(
                    EventId.Of(context.CommandId, stream, index), @event,
                    decision.Raw.TryGetValue(index, out var raw) ? envelope with { Raw = raw } : envelope))
                .ToList();
            switch (await log.Append(stream, new ExpectedRevision(revision), events, cancel))
            {
                case Appended appended:
                    return Answer(decision.Events[^1], appended.Revision, appended.Position);
                case WrongExpectedRevision lost when attempt == Attempts:
                    return new Conflict(revision, lost.Actual);
            }
        }
    }

    private static bool IsOf(Guid commandId, RecordedEvent recorded) =>
        EventCodec.DecodeEnvelope(recorded).CommandId == commandId;

    private static CommandResult Answer(IEvent last, long revision, LogPosition position) => last is IRefusal refusal
        ? new Refused(refusal) { Position = position }
        : new Done(revision, Changed: true) { Position = position };
}
