namespace Intake.Desk.Shell;

/// <summary>Of questions that follow each other, as a person types, only the last is answered: each takes the place of the one before.</summary>
public sealed class Latest : IDisposable
{
    private CancellationTokenSource asking = new();

    /// <summary>Asks, and gives up what was asked before; returns quietly where something else was asked meanwhile.</summary>
    public async Task Ask(Func<CancellationToken, Task> question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var before = asking;
        asking = new CancellationTokenSource();
        var cancel = asking.Token;
        await before.CancelAsync();
        before.Dispose();
        try
        {
            await question(cancel);
        }
        catch (OperationCanceledException)
        {
            // Something else was asked meanwhile.
        }
    }

    public void Dispose() => asking.Dispose();
}
