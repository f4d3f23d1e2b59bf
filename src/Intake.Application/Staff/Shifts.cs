using System.Collections.Concurrent;
using Intake.Application.LookUps;
using Intake.Domain;
using Intake.Domain.Staff;
using Intake.EventLog;
using Intake.EventLog.Serialisation;

namespace Intake.Application.Staff;

/// <summary>
/// The sessions of people: a stream a shift, see <see cref="ShiftStream"/>. A command is decided in the shift that is not over, so one
/// session is open at a time, and what it costs does not grow with the shifts before. Where the current one stands is remembered, or taken
/// from rows; either may be behind, and going from shift to shift finds it.
/// </summary>
/// <param name="rows">Where to begin with a person whom this host has not met; with his first shift where there are none.</param>
public sealed class Shifts(CommandRunner runner, LastShifts? rows = null)
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>His session now, straight from the log; the initial one where he is signed off.</summary>
    public async Task<OperatorSession> Load(string staffId, CancellationToken cancel)
    {
        for (var shift = (await Last(staffId, cancel)).Shift; ; shift++)
        {
            var session = (await runner.Load(OperatorSession.Stream, ShiftStream.Id(staffId, shift), cancel)).State;
            if (!session.IsOver)
            {
                return session;
            }

            await Reach(staffId, shift + 1, cancel);
        }
    }

    /// <summary>
    /// Runs a decider on the person's session, as <see cref="CommandRunner.Run"/> does. A command that was carried out in the current
    /// shift, or in the one before, is answered as it was then.
    /// </summary>
    public async Task<CommandResult> Run(
        string staffId, CommandContext context, Func<OperatorSession, Decision> decide, CancellationToken cancel, params string[] policies)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(decide);
        var last = await Last(staffId, cancel);
        for (var shift = last.Before.Contains(FirstEvent(context, staffId, last.Shift - 1)) ? last.Shift - 1 : last.Shift; ; shift++)
        {
            var isOver = false;
            var result = await runner.Run(
                OperatorSession.Stream, ShiftStream.Id(staffId, shift), context,
                session => (isOver = session.IsOver) ? Decision.Nothing : decide(session), cancel, policies);
            if (!isOver)
            {
                return result;
            }

            await Reach(staffId, shift + 1, cancel);

            // Who has seen the end of a shift has seen that the next has not begun.
            context = context with { ExpectedRevision = context.ExpectedRevision is null ? null : -1 };
        }
    }

    private async Task<Known> Last(string staffId, CancellationToken cancel) => _known.TryGetValue(staffId, out var known)
        ? known
        : await Reach(staffId, rows is null ? 0 : await rows.Of(staffId, cancel), cancel);

    // Nothing is added to a shift that is over, so what was carried out in it needs to be read only once.
    private async Task<Known> Reach(string staffId, int shift, CancellationToken cancel)
    {
        var reached = new Known(
            shift, shift == 0 ? new HashSet<Guid>() : await runner.EventIds(OperatorSession.Stream, ShiftStream.Id(staffId, shift - 1), cancel));
        return _known.AddOrUpdate(staffId, reached, (_, known) => known.Shift > shift ? known : reached);
    }

    private static Guid FirstEvent(CommandContext context, string staffId, int shift) =>
        EventId.Of(context.CommandId, new StreamName(OperatorSession.Stream.Category, ShiftStream.Id(staffId, shift)), 0);

    /// <param name="Shift">The last shift that is known; all before it are over.</param>
    /// <param name="Before">The ids of the events in the shift before it.</param>
    private sealed record Known(int Shift, IReadOnlySet<Guid> Before);
}
