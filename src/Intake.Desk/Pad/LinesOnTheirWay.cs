using Intake.Contracts;
using Intake.Desk.Api;

namespace Intake.Desk.Pad;

/// <summary>A position typed at the pad that the host has not confirmed yet, or has refused.</summary>
/// <param name="Line">Number of the line whose quantity changes; null for a new one.</param>
public sealed record LineOnItsWay(string ProductId, string ProductName, decimal Quantity, int? Line, Problem? Problem);

/// <summary>
/// Positions go to the host one after another, in the order in which they were typed; typing goes on meanwhile. What was refused stays
/// on show until the person takes it away or types it anew.
/// </summary>
public sealed class LinesOnTheirWay
{
    private readonly List<LineOnItsWay> lines = [];
    private Task last = Task.CompletedTask;

    /// <summary>As typed.</summary>
    public IReadOnlyList<LineOnItsWay> Lines => lines;

    /// <summary>Raised when one was added, confirmed or refused.</summary>
    public event Action? Changed;

    /// <summary>Sends it after those before it, then calls <paramref name="confirmed"/>.</summary>
    /// <param name="api">In whose right.</param>
    public Task Send(IntakeApi api, string order, LineOnItsWay line, Func<Task> confirmed)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(line);
        lines.RemoveAll(waiting => waiting.ProductId == line.ProductId && waiting.Problem is not null);
        lines.Add(line);
        Changed?.Invoke();
        return last = After(last, api, order, line, confirmed);
    }

    /// <summary>Takes a refused one away.</summary>
    public void Dismiss(LineOnItsWay line)
    {
        lines.Remove(line);
        Changed?.Invoke();
    }

    /// <summary>Forgets all; the call is over.</summary>
    public void Clear() => lines.Clear();

    private async Task After(Task before, IntakeApi api, string order, LineOnItsWay line, Func<Task> confirmed)
    {
        await before;
        var outcome = line.Line is { } number
            ? await api.ChangeLine(order, number, line.Quantity)
            : await api.AddLine(order, line.ProductId, line.Quantity);
        if (outcome.Problem is { } problem)
        {
            var at = lines.IndexOf(line);
            if (at >= 0)
            {
                lines[at] = line with { Problem = problem };
            }
        }
        else
        {
            await confirmed();
            lines.Remove(line);
        }

        Changed?.Invoke();
    }
}
