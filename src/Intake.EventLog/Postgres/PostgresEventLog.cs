using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Intake.EventLog.Postgres;

/// <summary>
/// The event log in PostgreSQL. Positions are 1, 2, 3, ... without a gap. Appends that wait at the same time share one commit; several
/// hosts may share one database. Calls outlast a restart of the server, up to <see cref="PostgresEventLogOptions.GiveUpAfter"/>.
/// </summary>
public sealed class PostgresEventLog : IOpenEventLog
{
    private const int FirstPage = 32;

    private readonly PostgresEventLogOptions options;
    private readonly NpgsqlDataSource source;
    private readonly GroupCommit commits;
    private readonly StreamReads streams;
    private readonly LogPages pages;
    private readonly HeadWatch head;

    /// <summary>Opens the log of a database that <see cref="PostgresSchema.Migrate"/> has prepared; connects when first used.</summary>
    public PostgresEventLog(PostgresEventLogOptions options)
    {
        this.options = options;
        source = NpgsqlDataSource.Create(Connection(options.ConnectionString));
        head = new HeadWatch(source, options.PollEvery);
        var seen = new SeenRevisions();
        commits = new GroupCommit(source, options, seen, head.Grown);
        streams = new StreamReads(source, options, seen);
        pages = new LogPages(source);
    }

    public bool PositionsCountEvents => true;

    public async Task<AppendOutcome> Append(
        StreamName stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken cancel = default)
    {
        NewEvent.RefuseMalformed(events);
        cancel.ThrowIfCancellationRequested();
        return await EventLogTelemetry.Measured(stream, events, () =>
        {
            var append = new PendingAppend(stream, expected, events);
            commits.Add(append);
            return append.Task.WaitAsync(cancel);
        });
    }

    public async IAsyncEnumerable<RecordedEvent> ReadStream(
        StreamName stream, long fromRevision = 0, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromRevision);
        IReadOnlyList<RecordedEvent> page;
        do
        {
            page = await streams.Page(stream, fromRevision).WaitAsync(cancel);
            foreach (var e in page)
                yield return e;
            fromRevision += page.Count;
        }
        while (page.Count == options.StreamPageSize);
    }

    public async IAsyncEnumerable<RecordedEvent> ReadAll(LogPosition after, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        // Who wants an event or two does not pay for a page of thousands.
        var most = Math.Min(FirstPage, options.PageSize);
        var end = (await Head(cancel)).Number;
        for (var position = after.Number; position < end; most = Math.Min(most * 8, options.PageSize))
        {
            var page = await Page(position, most, options.GiveUpAfter, cancel);
            foreach (var e in page.Where(e => e.Position.Number <= end))
                yield return e;
            position = page[^1].Position.Number;
        }
    }

    public async IAsyncEnumerable<LogMessage> Subscribe(LogPosition after, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var position = after;
        var behind = true;
        while (true)
        {
            var page = await Page(position.Number, options.PageSize, Timeout.InfiniteTimeSpan, cancel);
            if (page.Count > 0)
            {
                position = page[^1].Position;
                yield return new EventsAppeared(page);
            }

            if (page.Count == options.PageSize)
            {
                behind = true;
                continue;
            }

            if (behind)
                yield return new CaughtUp(position);
            behind = false;
            await head.Beyond(position.Number, cancel);
        }
    }

    public async Task<LogPosition> Head(CancellationToken cancel = default) =>
        LogPosition.Of(await Outage.Outlast(options.GiveUpAfter, pages.Head, cancel));

    /// <summary>Answers the appends that wait, then closes. No call may be made afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        await commits.DisposeAsync();
        await streams.DisposeAsync();
        await head.DisposeAsync();
        await source.DisposeAsync();
    }

    private Task<IReadOnlyList<RecordedEvent>> Page(long after, int most, TimeSpan patience, CancellationToken cancel) =>
        Outage.Outlast(patience, c => pages.Page(after, most, c), cancel);

    // The log is read by key only: a plan made while a table was still empty must not be a scan. Sessions are not reset, since none of
    // this program's leaves anything behind; prepared statements outlive the pool's hand-over.
    private static string Connection(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        return new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "intake-event-log",
            NoResetOnClose = true,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
            CommandTimeout = 5,
            Timeout = 5,
            ReadBufferSize = 64 * 1024,
            WriteBufferSize = 64 * 1024,
            Options = $"{given.Options} -c enable_seqscan=off -c enable_bitmapscan=off -c jit=off".TrimStart(),
        }.ConnectionString;
    }
}
