using System.Collections.Concurrent;
using System.Diagnostics;
using Intake.EventLog;

namespace Intake.Benchmarks;

/// <summary>
/// Calls that come in at a steady rate, whether or not the system keeps up. What is timed is from the answer of each append until
/// it is seen.
/// </summary>
internal static class OpenLoop
{
    private const int EventsOfACall = 6;
    private static readonly TimeSpan BetweenEvents = TimeSpan.FromMilliseconds(200);

    /// <summary>Median and 99th percentile, each the median over the runs.</summary>
    /// <param name="seen">Completes when everything up to the position is seen.</param>
    public static async Task<IReadOnlyList<Figure>> Lag(
        string name, IEventLog log, int perSecond, RunLength length, Func<LogPosition, Task> seen, CancellationToken cancel)
    {
        var number = 0;
        await Run(length.Run);
        var (p50, p99) = (new List<double>(), new List<double>());
        for (var run = 0; run < length.Runs; run++)
        {
            var times = await Run(length.Run);
            p50.Add(times[times.Length / 2]);
            p99.Add(times[(int)(times.Length * 0.99)]);
        }

        return [new Figure($"{name}.p50", ClosedLoop.Median(p50), "ms"), new Figure($"{name}.p99", ClosedLoop.Median(p99), "ms")];

        async Task<double[]> Run(TimeSpan duration)
        {
            var times = new ConcurrentBag<double>();
            var calls = new List<Task>();
            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < (int)(duration.TotalSeconds * perSecond / EventsOfACall); i++)
            {
                var call = number++;
                calls.Add(Task.Run(() => Call(call, times), cancel));
                var due = TimeSpan.FromSeconds((i + 1) * (double)EventsOfACall / perSecond) - Stopwatch.GetElapsedTime(begun);
                if (due > TimeSpan.Zero)
                    await Task.Delay(due, cancel);
            }

            await Task.WhenAll(calls);
            return [.. times.Order()];
        }

        async Task Call(int call, ConcurrentBag<double> times)
        {
            var (stream, events) = ShiftEvents.Call(call);
            var expected = ExpectedRevision.NoStream;
            foreach (var e in events)
            {
                var appended = await Append(stream, expected, e);
                expected = new ExpectedRevision(appended.Revision);
                var answered = Stopwatch.GetTimestamp();
                await seen(appended.Position);
                times.Add(Stopwatch.GetElapsedTime(answered).TotalMilliseconds);
                await Task.Delay(BetweenEvents, cancel);
            }
        }

        // Policies of a running host write to the calls too.
        async Task<Appended> Append(StreamName stream, ExpectedRevision expected, NewEvent e)
        {
            while (true)
            {
                switch (await log.Append(stream, expected, [e], cancel))
                {
                    case Appended appended:
                        return appended;
                    case WrongExpectedRevision lost:
                        expected = new ExpectedRevision(lost.Actual);
                        break;
                }
            }
        }
    }
}
