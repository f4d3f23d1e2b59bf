using System.Diagnostics;
using Intake.EventLog;

namespace Intake.Benchmarks;

/// <summary>Reads the whole log of so many calls and orders, 16 events each pair, once a run; the last event must come.</summary>
internal sealed class ReadBenchmark(int streams) : IBenchmark
{
    public string Name => "read-all";

    public Task<IReadOnlyList<Figure>> Measure(Server server, RunLength length, CancellationToken cancel) =>
        server.WithFreshLog(async log =>
        {
            await RebuildBenchmark.Fill(log, streams, cancel);
            var rates = new List<double>();
            for (var run = 0; run <= length.Runs; run++)
            {
                var (begun, count) = (Stopwatch.GetTimestamp(), 0L);
                await foreach (var _ in log.ReadAll(LogPosition.Start, cancel))
                    count++;
                if (count != streams * 16L)
                    throw new InvalidOperationException($"{count} events were read of {streams * 16L}.");
                if (run > 0)
                    rates.Add(count / Stopwatch.GetElapsedTime(begun).TotalSeconds);
            }

            return (IReadOnlyList<Figure>)[new Figure($"{Name}.rate", Math.Round(ClosedLoop.Median(rates)), "per-second")];
        });
}
