using System.Diagnostics;

namespace Intake.Host.Cli;

/// <summary>A line that is written over on a terminal, a few times a second; one after the other, now and then, where nobody watches.</summary>
public sealed class ProgressLine(TextWriter output)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(Console.IsErrorRedirected ? 5000 : 200);
    private long _said;
    private bool _open;

    /// <summary>Nothing is written before the next line is due.</summary>
    public bool Due => _said == 0 || Stopwatch.GetElapsedTime(_said) >= Between;

    /// <summary>Writes it, due or not.</summary>
    public void Say(string line)
    {
        _said = Stopwatch.GetTimestamp();
        if (Console.IsErrorRedirected)
        {
            output.WriteLine(line);
            return;
        }

        output.Write($"\r\u001b[K{line}");
        _open = true;
    }

    /// <summary>What comes next is not written over it, and is due at once.</summary>
    public void End()
    {
        if (_open)
        {
            output.WriteLine();
        }

        (_open, _said) = (false, 0);
    }
}
