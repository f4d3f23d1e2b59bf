using System.Diagnostics;
using System.Globalization;

namespace Intake.Host.Cli;

/// <summary>Progress of long work, on standard error: one line that is written over, or a line now and then where nobody watches.</summary>
public sealed class Progress(TextWriter output, bool quiet = false)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(Console.IsErrorRedirected ? 5000 : 200);
    private readonly Lock _gate = new();
    private string _what = string.Empty;
    private int _total;
    private int _done;
    private long _began;
    private long _said;

    /// <summary>Steps done of the present work.</summary>
    public int Done
    {
        get
        {
            lock (_gate)
            {
                return _done;
            }
        }
    }

    /// <summary>Work of so many steps begins.</summary>
    public void Begin(string what, int total)
    {
        lock (_gate)
        {
            (_what, _total, _done, _began) = (what, total, 0, Stopwatch.GetTimestamp());
            _said = 0;
        }
    }

    /// <summary>A step is done.</summary>
    public void Step()
    {
        lock (_gate)
        {
            _done++;
            if (quiet || (_done < _total && _said != 0 && Stopwatch.GetElapsedTime(_said) < Between))
            {
                return;
            }

            _said = Stopwatch.GetTimestamp();
            var rate = _done / Math.Max(0.001, Stopwatch.GetElapsedTime(_began).TotalSeconds);
            var line = string.Create(CultureInfo.InvariantCulture, $"{_what}: {_done} of {_total} ({rate:0} per second)");
            if (Console.IsErrorRedirected)
            {
                output.WriteLine(line);
            }
            else
            {
                output.Write($"\r\u001b[K{line}{(_done == _total ? Environment.NewLine : string.Empty)}");
            }
        }
    }
}
