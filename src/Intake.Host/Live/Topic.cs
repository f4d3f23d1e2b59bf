using Intake.Host.Queries;

namespace Intake.Host.Live;

/// <summary>A read model whose changed rows go to the desks.</summary>
/// <param name="Since">What changed after a stand; null where other tables have taken over since.</param>
/// <param name="Reached">Where the desks stand once they have the change.</param>
/// <param name="Rows">How many rows a change brings; one without any is not sent.</param>
/// <param name="Send">Hands the change over to those who may see it.</param>
internal sealed record Topic<TChange>(
    string ReadModel, Func<Stand, CancellationToken, Task<TChange?>> Since, Func<TChange, Stand> Reached, Func<TChange, int> Rows,
    Func<TChange, Step, CancellationToken, Task> Send)
    where TChange : class;

/// <summary>A read model has moved on.</summary>
/// <param name="Known">Where this host's desks stand.</param>
/// <param name="Start">When that was known, as a timestamp of the stopwatch.</param>
/// <param name="First">Nothing was pushed from these tables before.</param>
internal sealed record Step(Stand Known, long Start, bool First);
