using Intake.EventLog;

namespace Intake.Benchmarks;

/// <summary>
/// What a command does to the log: load a stream of about five events, decide, append one event at the revision that was loaded. Streams
/// grow from none to ten events, so that five is the mean.
/// </summary>
internal sealed class CommandBenchmark(int writers) : IBenchmark
{
    private const int StreamLength = 10;

    public string Name => $"command-{writers}";

    public Task<IReadOnlyList<Figure>> Measure(Server server, RunLength length, CancellationToken cancel) =>
        server.WithFreshLog(async log =>
        {
            var streams = Enumerable.Range(0, writers).Select(_ => Workload.NewStream()).ToArray();
            return await ClosedLoop.Measure(
                Name,
                writers,
                length,
                async writer =>
                {
                    var (revision, bytes) = (-1L, 0);
                    await foreach (var e in log.ReadStream(streams[writer], 0, CancellationToken.None))
                        (revision, bytes) = (e.Revision, bytes + e.Data.Length);
                    if (bytes < 0)
                        throw new InvalidOperationException("The decision is no.");
                    if (await log.Append(streams[writer], new ExpectedRevision(revision), [Workload.Event()], CancellationToken.None)
                        is not Appended appended)
                    {
                        throw new InvalidOperationException("A writer alone on its stream lost a race.");
                    }

                    if (appended.Revision == StreamLength)
                        streams[writer] = Workload.NewStream();
                },
                cancel);
        });
}
