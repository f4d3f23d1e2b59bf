namespace Intake.Testing;

/// <summary>Waits for a condition that other threads or processes bring about, and fails by its deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns when the condition holds.</summary>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="expectation">What is waited for, as the failure's message says it.</param>
    /// <param name="within">The deadline; 20 s if not given.</param>
    /// <exception cref="TimeoutException">The condition did not come to hold.</exception>
    public static async Task Holds(Func<Task<bool>> condition, string expectation, TimeSpan? within = null)
    {
        var deadline = within ?? TimeSpan.FromSeconds(20);
        var begun = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > deadline)
                throw new TimeoutException($"Not within {deadline}: {expectation}");
            await Task.Delay(Between);
        }
    }

    /// <inheritdoc cref="Holds(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task Holds(Func<bool> condition, string expectation, TimeSpan? within = null) =>
        Holds(() => Task.FromResult(condition()), expectation, within);
}
