using System.Diagnostics;

namespace Intake.Benchmarks;

/// <summary>Workers who each do one piece of work after the other, for a time; every piece's duration is kept.</summary>
internal static class ClosedLoop
{
    /// <summary>A warm-up and the runs; answers the medians of rate, p50 and p99.</summary>
    /// <param name="work">One piece of work of the worker with this number.</param>
    public static async Task<IReadOnlyList<Figure>> Measure(
        string name, int workers, RunLength length, Func<int, Task> work, CancellationToken cancel)
    {
        await Run(workers, length.Run, work, cancel);
        var runs = new List<Result>();
        for (var i = 0; i < length.Runs; i++)
            runs.Add(await Run(workers, length.Run, work, cancel));
        return
        [
            new Figure($"{name}.rate", Math.Round(Median(runs.Select(run => run.Rate))), "per-second"),
            new Figure($"{name}.p50", Median(runs.Select(run => run.Percentile(0.50))), "ms"),
            new Figure($"{name}.p99", Median(runs.Select(run => run.Percentile(0.99))), "ms"),
        ];
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static async Task<Result> Run(int workers, TimeSpan duration, Func<int, Task> work, CancellationToken cancel)
    {
        GC.Collect();
        var begun = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(
            async () =>
            {
                var mine = new List<long>();
                for (var start = begun; Stopwatch.GetElapsedTime(begun, start) < duration && !cancel.IsCancellationRequested;)
                {
                    await work(worker);
                    var end = Stopwatch.GetTimestamp();
                    mine.Add(end - start);
                    start = end;
                }

                return mine;
            },
            cancel)));
        var elapsed = Stopwatch.GetElapsedTime(begun);
        var all = times.SelectMany(mine => mine).Order().ToArray();
        return new Result(all.Length / elapsed.TotalSeconds, all);
    }

    private sealed record Result(double Rate, long[] Sorted)
    {
        public double Percentile(double share) =>
            Sorted[(int)(share * (Sorted.Length - 1))] * 1000.0 / Stopwatch.Frequency;
    }
}
