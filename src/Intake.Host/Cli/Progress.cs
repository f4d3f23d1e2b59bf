using System.Diagnostics;
using System.Globalization;

namespace Intake.Host.Cli;

/// <summary>Progress of long work, on standard error.</summary>
public sealed class Progress(TextWriter output, bool quiet = false)
{
    private readonly ProgressLine _line = new(output);
    private readonly Lock _gate = new();
    private string _what = string.Empty;
    private int _total;
    private int _done;
    private long _began;

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
            _line.End();
        }
    }

    /// <summary>A step is done.</summary>
    public void Step()
    {
        lock (_gate)
        {
            _done++;
            if (quiet || (_done < _total && !_line.Due))
            {
                return;
            }

            var rate = _done / Math.Max(0.001, Stopwatch.GetElapsedTime(_began).TotalSeconds);
            _line.Say(string.Create(CultureInfo.InvariantCulture, $"{_what}: {_done} of {_total} ({rate:0} per second)"));
            if (_done == _total)
            {
                _line.End();
            }
        }
    }
}
