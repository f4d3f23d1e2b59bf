using Intake.EventLog;

namespace Intake.Benchmarks;

/// <summary>
/// One event with an expected revision, committed, by so many writers at once, each on its own streams of ten events. A writer's next
/// append begins when the last one is answered.
/// </summary>
internal sealed class AppendBenchmark(int writers) : IBenchmark
{
    private const int StreamLength = 10;

    public string Name => $"append-{writers}";

    public Task<IReadOnlyList<Figure>> Measure(Server server, RunLength length, CancellationToken cancel) =>
        server.WithFreshLog(async log =>
        {
            var streams = Enumerable.Range(0, writers).Select(_ => Workload.NewStream()).ToArray();
            var revisions = Enumerable.Repeat(-1L, writers).ToArray();
            return await ClosedLoop.Measure(
                Name,
                writers,
                length,
                async writer =>
                {
                    if (revisions[writer] == StreamLength - 1)
                        (streams[writer], revisions[writer]) = (Workload.NewStream(), -1);
                    var outcome = await log.Append(
                        streams[writer], new ExpectedRevision(revisions[writer]), [Workload.Event()], CancellationToken.None);
                    revisions[writer] = outcome is Appended appended
                        ? appended.Revision
                        : throw new InvalidOperationException($"A writer alone on its stream was answered {outcome}.");
                },
                cancel);
        });
}
