using System.Globalization;

namespace Intake.Benchmarks;

/// <summary>A named measurement.</summary>
internal interface IBenchmark
{
    /// <summary>As on the command line and at the head of its figures: <c>append-32</c>.</summary>
    string Name { get; }

    /// <summary>Measures PostgreSQL itself, so there is nothing to measure where another engine keeps the log.</summary>
    bool OfPostgres => false;

    /// <summary>Measures in a database of its own on the server, and answers the medians over the runs.</summary>
    Task<IReadOnlyList<Figure>> Measure(Server server, RunLength length, CancellationToken cancel);
}

/// <summary>How long to measure: one warm-up and then some runs.</summary>
/// <param name="Run">Length of a run and of the warm-up.</param>
/// <param name="Runs">Runs that count; at least 1.</param>
internal sealed record RunLength(TimeSpan Run, int Runs);

/// <summary>A measured value.</summary>
/// <param name="Name">The benchmark and what was measured: <c>append-32.rate</c>.</param>
/// <param name="Unit"><c>per-second</c> or <c>ms</c>.</param>
internal sealed record Figure(string Name, double Value, string Unit)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name} {Value:0.###} {Unit}");
}

/// <summary>All benchmarks, in the order in which they run.</summary>
internal static class Suite
{
    public static readonly IReadOnlyList<IBenchmark> All =
    [
        new PlainInsertBenchmark(),
        new AppendBenchmark(1),
        new AppendBenchmark(32),
        new AppendBenchmark(256),
        new CommandBenchmark(1),
        new CommandBenchmark(32),
        new ReadBenchmark(20_000),
        new RowLagBenchmark(perSecond: 200),
        new HubLagBenchmark(perSecond: 200),
        new RebuildBenchmark(20_000, "rebuild"),
    ];
}
